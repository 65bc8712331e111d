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
			if err := out.settle([]string{"text", "json"}); err != nil {
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
				if out.format == "json" {
					return writeJSON(w, list)
				}
				return printLessons(w, list)
			})
		},
	}
	out.flags(c, "text or json")
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
	_, err := fmt.Fprint(w, "\n★ is the short course, ✓ what you have solved (siplab quiz, siplab goal). Run one by either name: siplab run register\n")
	return err
}
