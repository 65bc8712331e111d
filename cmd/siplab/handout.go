package main

import (
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"siplab/lessons"
)

func handoutCommand(s *streams) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "handout [LESSON|FILE...]",
		Short: "Print lessons for paper, with the answers apart",
		Long: `Print lessons as a handout: the text, the runs and their ladders, the questions
with their options, and at the end, on pages of their own, the answers. Without
a name it is the whole course, without the flows of the RFCs.`,
		Example: `  siplab handout L05
  siplab handout -o course.html`,
		ValidArgsFunction: completeSource,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := out.settle([]string{"markdown", "html"}); err != nil {
				return err
			}
			list, err := handed(s, args)
			if err != nil {
				return err
			}
			h := handout{}
			for _, l := range list {
				if err := h.lesson(l); err != nil {
					return err
				}
			}
			return out.write(s, func(w io.Writer) error { return h.print(w, out.format) })
		},
	}
	out.flags(c, "markdown or html")
	return c
}

// handed are the lessons named, or those of the course.
func handed(s *streams, names []string) ([]*lessons.Lesson, error) {
	var out []*lessons.Lesson
	if len(names) == 0 {
		all, err := lessons.All()
		for _, l := range all {
			if l.Flow == nil {
				out = append(out, l)
			}
		}
		return out, err
	}
	for _, name := range names {
		l, err := openLessonOf(s, name)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

// handout is lessons in Markdown, and their answers.
type handout struct {
	title         string
	text, answers strings.Builder
}

// lesson adds a lesson: its own Markdown, with each block in the form of a
// handout.
func (h *handout) lesson(l *lessons.Lesson) error {
	if h.title == "" {
		h.title = l.Title
	}
	if h.text.Len() > 0 {
		h.text.WriteString("\n---\n\n")
	}
	named := strings.TrimSpace(l.ID + " " + l.Title)
	fmt.Fprintf(&h.answers, "\n## %s\n", markdown(named))
	lines := strings.SplitAfter(l.Source, "\n")
	at, task := 0, 0
	for _, b := range l.Blocks {
		h.text.WriteString(strings.Join(lines[at:b.Line-1], ""))
		at = min(b.Line+strings.Count(b.Text, "\n")+1, len(lines))
		switch {
		case b.Task() != nil:
			task++
			if err := h.task(b, task); err != nil {
				return err
			}
		case b.Kind == "scenario" || b.Drawn():
			h.text.WriteString("```\n" + b.Text + "```\n")
		case at < len(lines) && lines[at] == "\n":
			at++ // the block goes with the empty line behind it
		}
	}
	h.text.WriteString(strings.Join(lines[at:], ""))
	if task == 0 {
		h.answers.WriteString("\nNothing is asked.\n")
	}
	return nil
}

// task adds what is to be done, and to the answers what is right.
func (h *handout) task(b *lessons.Block, number int) error {
	options, err := b.Choose()
	if err != nil {
		return err
	}
	fmt.Fprintf(&h.text, "**%d.** %s\n", number, markdown(b.Task().Ask))
	if len(options) > 0 {
		h.text.WriteByte('\n')
	}
	for i, o := range options {
		fmt.Fprintf(&h.text, "- %s) %s\n", lessons.Letter(i), markdown(o.Text))
	}
	fmt.Fprintf(&h.answers, "\n**%d.** ", number)
	if b.Goal != nil {
		h.solution(b.Goal)
		return nil
	}
	for i, o := range options {
		if o.Right {
			fmt.Fprintf(&h.answers, "%s) %s. %s\n\n", lessons.Letter(i), markdown(o.Text), markdown(strings.Join(o.Says, " ")))
		}
	}
	for i, o := range options {
		if !o.Right {
			fmt.Fprintf(&h.answers, "- %s) %s\n", lessons.Letter(i), markdown(strings.Join(o.Says, " ")))
		}
	}
	return nil
}

// solution adds what a goal wants, and the faults that reach it.
func (h *handout) solution(g *lessons.Goal) {
	h.text.WriteString("\nReached when:\n\n")
	for _, x := range g.Reach {
		fmt.Fprintf(&h.text, "- `%s`\n", x.String())
	}
	h.answers.WriteString("One way:\n\n")
	for _, line := range g.Solution {
		fmt.Fprintf(&h.answers, "- `%s`\n", line)
	}
	fmt.Fprintf(&h.answers, "\n%s\n", markdown(strings.Join(g.Learned, " ")))
}

// print writes the handout, the answers behind all lessons.
func (h *handout) print(w io.Writer, format string) error {
	text := h.text.String() + "\n---\n\n# Answers\n" + h.answers.String()
	if format != "html" {
		_, err := io.WriteString(w, text)
		return err
	}
	fmt.Fprintf(w, handoutHead, html.EscapeString(h.title))
	if err := goldmark.New(goldmark.WithExtensions(extension.Table)).Convert([]byte(text), w); err != nil {
		return err
	}
	_, err := io.WriteString(w, "</body>\n</html>\n")
	return err
}

// handoutHead begins the page: each lesson, and the answers, on a sheet of paper
// of their own.
const handoutHead = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>%s</title>
<style>
body { font-family: sans-serif; line-height: 1.4; max-width: 46em; margin: 2em auto; padding: 0 1em; }
pre { line-height: 1.15; overflow-x: auto; font-size: 85%%; }
hr { border: 0; break-after: page; }
table { border-collapse: collapse; } td, th { border: 1px solid; padding: 0.2em 0.5em; }
@media print { pre { break-inside: avoid; } }
</style>
</head>
<body>
`
