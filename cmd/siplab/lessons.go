package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"siplab/lessons"
)

// listed is a lesson as the list shows it.
type listed struct {
	ID       string   `json:"id"`
	Slug     string   `json:"slug"`
	Title    string   `json:"title"`
	Part     string   `json:"part"`
	Short    bool     `json:"short_course"`
	Sections []string `json:"sections"`
	Next     string   `json:"next,omitempty"`
	Tasks    int      `json:"tasks"`
	Solved   int      `json:"solved"`
}

func lessonsCommand(s *streams) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "lessons",
		Short: "List what there is to run",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			if err := out.settle([]string{"text", "markdown", "json"}); err != nil {
				return err
			}
			all, err := lessons.All()
			if err != nil {
				return err
			}
			solved := marks(s)
			list := make([]listed, len(all))
			for i, l := range all {
				list[i] = listed{l.ID, l.Slug, l.Title, l.Part, l.Short, l.Sections, l.Next, len(l.Tasks()), solved.In(l.ID)}
			}
			return out.write(s, func(w io.Writer) error {
				switch out.format {
				case "json":
					return writeJSON(w, list)
				case "markdown":
					return indexLessons(w, all)
				}
				return printLessons(w, list)
			})
		},
	}
	out.flags(c, "text, markdown or json")
	return c
}

// mark says how much of a lesson is solved; "" where nothing is.
func (l listed) mark() string {
	switch {
	case l.Solved == 0:
		return ""
	case l.Solved >= l.Tasks:
		return "✓"
	}
	return fmt.Sprintf("%d/%d", l.Solved, l.Tasks)
}

func printLessons(w io.Writer, list []listed) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	part := ""
	for i, l := range list {
		if l.Part != part {
			fmt.Fprintf(t, "%s%s\n", strings.Repeat("\n", min(i, 1)), l.Part)
			part = l.Part
		}
		star := ""
		if l.Short {
			star = "★"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", l.ID, l.Slug, star, l.mark(), l.Title)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprint(w, "\n★ is the short course, ✓ what you have solved. siplab learn goes through them; either name means one: siplab run register\n")
	return err
}

// indexLessons is an index in Markdown that stands beside the lessons' files.
// It says nothing of who reads it.
func indexLessons(w io.Writer, all []*lessons.Lesson) error {
	var b strings.Builder
	part := ""
	for i, l := range all {
		if l.Part != part || i == 0 {
			part = l.Part
			fmt.Fprintf(&b, "## %s\n\n| | lesson | sections |\n| --- | --- | --- |\n", markdown(part))
		}
		star := ""
		if l.Short {
			star = " ★"
		}
		fmt.Fprintf(&b, "| %s%s | [%s](%s) | %s |\n", markdown(l.ID), star, markdown(l.Title), l.File(), markdown(sections(l.Sections)))
		if i+1 < len(all) && all[i+1].Part != part {
			b.WriteByte('\n')
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// sections writes each RFC once: RFC 3261 §10.2, §22.2; RFC 3665 §2.1.
func sections(all []string) string {
	var rfcs []string
	of := make(map[string]string)
	for _, s := range all {
		rfc, section, _ := strings.Cut(s, " §")
		if _, known := of[rfc]; !known {
			rfcs = append(rfcs, rfc)
			of[rfc] = rfc
		} else {
			of[rfc] += ","
		}
		of[rfc] += " §" + section
	}
	for i, rfc := range rfcs {
		rfcs[i] = of[rfc]
	}
	return strings.Join(rfcs, "; ")
}
