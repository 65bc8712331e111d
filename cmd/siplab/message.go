package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

func messageCommand(s *streams) *cobra.Command {
	out := output{}
	c := &cobra.Command{
		Use:   "message FILE... | -",
		Short: "Explain a message: each header, each problem with place, section and the status owed",
		Long: `Explain a SIP message: each header field in turn, what it is for, and each
problem with its place, the section it breaks and the status that a server
owes for it. Exit 1 where there is a problem. Of a capture, each message.`,
		Example: `  siplab message invite.sip
  siplab run register --format json | jq -r 'select(.label=="F1").raw' | siplab message -`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &badInput{what: "message needs a file, or - for standard input", hint: "siplab message invite.sip"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := out.settle([]string{"text", "json"}); err != nil {
				return err
			}
			return explain(s, &out, args)
		},
	}
	out.flags(c, "text or json")
	return c
}

// explained is one file's message.
type explained struct {
	File string `json:"file"`
	sip.Explanation
}

// explain reads every file before it prints, so that a missing one is bad
// input and not half a result.
func explain(s *streams, out *output, files []string) error {
	list := make([]explained, 0, len(files))
	bad := false
	for _, name := range files {
		in, err := messagesOf(s, name)
		if err != nil {
			return err
		}
		list = append(list, in...)
	}
	for i := range list {
		bad = bad || len(list[i].Problems) > 0
	}
	err := out.write(s, func(w io.Writer) error {
		if out.format == "json" {
			return writeJSON(w, list)
		}
		for i := range list {
			list[i].print(w, len(list) > 1)
		}
		return nil
	})
	if err == nil && bad {
		err = errFailed
	}
	return err
}

// messagesOf explains the message of a file, or each of a capture, under its
// label.
func messagesOf(s *streams, name string) ([]explained, error) {
	in, err := openCapture(s, name)
	if err != nil {
		return nil, err
	}
	if in == nil {
		text, err := readSource(s, name)
		return []explained{{name, sip.ExplainMessage(string(text))}}, err
	}
	tr, err := (&running{streams: s}).capture(name, in)
	if err != nil {
		return nil, err
	}
	var list []explained
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send {
			list = append(list, explained{name + " " + e.Packet.Label, sip.ExplainMessage(e.Packet.Raw)})
		}
	}
	return list, nil
}

// print writes one message for people.
func (e *explained) print(w io.Writer, named bool) {
	if named {
		fmt.Fprintf(w, "== %s\n", sip.Visible(e.File))
	}
	fmt.Fprintf(w, "%s\n", sip.Visible(e.Start.Value))
	for i := range e.Headers {
		printHeader(w, &e.Headers[i])
	}
	if e.Body != nil {
		fmt.Fprintf(w, "\nbody: %d bytes\n", e.Body.Length)
		for _, line := range strings.Split(strings.TrimRight(e.Body.Value, "\r\n"), "\n") {
			fmt.Fprintf(w, "    %s\n", sip.Visible(strings.TrimSuffix(line, "\r")))
		}
	}
	fmt.Fprintln(w)
	e.printProblems(w)
}

func printHeader(w io.Writer, l *sip.Line) {
	fmt.Fprintf(w, "\n%s: %s\n", sip.Visible(l.Name), sip.Visible(l.Value))
	if l.Entry == nil {
		fmt.Fprintln(w, "    unknown here; an element leaves it as it is (RFC 3261 §8.2.2)")
		return
	}
	fmt.Fprintf(w, "    written by: %s\n", l.Entry.Writes)
	fmt.Fprintf(w, "    read by:    %s\n", l.Entry.Reads)
	fmt.Fprintf(w, "    without it: %s (%s)\n", l.Entry.Without, l.Entry.Section)
}

func (e *explained) printProblems(w io.Writer) {
	if len(e.Problems) == 0 {
		fmt.Fprintln(w, "no problem found")
		return
	}
	for i := range e.Problems {
		p := &e.Problems[i]
		fmt.Fprintf(w, "%s:%d:%d: %s\n", sip.Visible(e.File), p.Line, p.Column, sip.Visible(told(p)))
	}
	switch {
	case e.Drop:
		fmt.Fprintln(w, "it is dropped without an answer")
	case e.Status != 0:
		fmt.Fprintf(w, "a server owes %d %s\n", e.Status, sip.Reason(e.Status))
	}
}

// told is a problem without its place: what is wrong, what would be right, the
// rule.
func told(p *sip.Problem) string {
	text := p.Text
	if p.Want != "" {
		text += "; " + p.Want
	}
	return text + " (" + p.Section + ")"
}
