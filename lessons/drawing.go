package lessons

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"siplab/diagrams"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// drawer makes the text of a block from the run; a ladder or a table in so many
// cells, 0 for those that a lesson's file has.
type drawer func(tr *trace.Trace, width int) (string, error)

// ladder reads `ladder [from TIME] [until TIME] [tap HOST] [remark LABEL TEXT]... [hosts NAME...]`.
func (r *reader) ladder(b *Block, col int) {
	var opt diagrams.Options
	err := ladderOptions(b.Options, &opt)
	r.errs.add(b.Line, col, err)
	b.draw = func(tr *trace.Trace, width int) (string, error) {
		opt := opt
		opt.Width = width
		named := opt.Hosts
		if opt.Tap != "" {
			named = append(slices.Clip(named), opt.Tap)
		}
		for _, name := range named {
			if tr.FindHost(name) == trace.NoHost {
				return "", unknownHost(tr, name, b.Options)
			}
		}
		for _, m := range opt.Remarks {
			if tr.ByLabel(m.Label) == nil {
				return "", noLabel(tr, words.Word{Text: m.Label, Col: 1 + strings.Index(b.Options, m.Label)})
			}
		}
		return diagrams.NewLadder(tr, opt).Text(), nil
	}
}

func ladderOptions(text string, opt *diagrams.Options) error {
	l, err := words.Read(text)
	for err == nil && l.More() {
		switch w, _ := l.Next(""); w.Text {
		case "from":
			opt.From, err = l.Duration("a time of the run")
		case "until":
			opt.To, err = l.Duration("a time of the run")
		case "tap":
			var at words.Word
			at, err = l.Next("the host whose packets are seen")
			opt.Tap = at.Text
		case "remark":
			var label, text words.Word
			if label, err = l.Next("the label of a message"); err == nil {
				text, err = l.Next("what to say beside its arrow, in quotes")
			}
			opt.Remarks = append(opt.Remarks, diagrams.Remark{Label: label.Text, Text: text.Text})
		case "hosts":
			for _, host := range l.Rest() {
				opt.Hosts = append(opt.Hosts, host.Text)
			}
			if opt.Hosts == nil {
				return l.Missing("names of hosts")
			}
			return nil
		default:
			err = words.Unknown(w, "option of a ladder", []string{"from", "until", "tap", "remark", "hosts"})
		}
	}
	return err
}

// states reads `states [HOST]`.
func (r *reader) states(b *Block, col int) {
	if strings.Contains(b.Options, " ") {
		r.errs.say(b.Line, col, words.Show(b.Options)+" is more than one host", "one host, or none for all of them")
	}
	b.draw = func(tr *trace.Trace, _ int) (string, error) {
		if b.Options != "" && tr.FindHost(b.Options) == trace.NoHost {
			return "", unknownHost(tr, b.Options, b.Options)
		}
		return moves(tr, b.Options), nil
	}
}

// moves is a table of the moves of the machines, at one host or at all.
func moves(tr *trace.Trace, host string) string {
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for i := range tr.Events {
		e := &tr.Events[i]
		at := tr.HostName(e.Host)
		if e.Kind != trace.State || host != "" && at != host {
			continue
		}
		if host == "" {
			fmt.Fprintf(t, "%s\t", at)
		}
		fmt.Fprintf(t, "%s\t%s %d\t%s\t→ %s\t%s\t%s\n", stamp(e.At), e.Name, e.ID, e.From, e.To, e.On, e.Ref)
	}
	t.Flush()
	return b.String()
}

// stamp is a time of the run as the ladder has it.
func stamp(at time.Duration) string {
	return fmt.Sprintf("%3d.%03d s", at/time.Second, at%time.Second/time.Millisecond)
}

// message reads `message F3`.
func (r *reader) message(b *Block, col int) {
	if b.Options == "" {
		r.errs.say(b.Line, col, "the message is missing", "its label in the ladder: message F3")
	}
	b.draw = func(tr *trace.Trace, _ int) (string, error) {
		e := tr.ByLabel(b.Options)
		if e == nil {
			return "", noLabel(tr, words.Word{Text: b.Options, Col: 1})
		}
		var lines []string
		for _, line := range strings.Split(e.Packet.Raw, "\n") {
			lines = append(lines, sip.Visible(strings.TrimSuffix(line, "\r")))
		}
		return strings.Join(lines, "\n"), nil
	}
}

// unknownHost is the error for a name that is no host's.
func unknownHost(tr *trace.Trace, name, in string) error {
	return words.Unknown(words.Word{Text: name, Col: 1 + strings.Index(in, name)}, "host", tr.HostNames())
}

// noLabel is the error for a label that no message has.
func noLabel(tr *trace.Trace, w words.Word) error {
	labels := tr.Labels()
	e := words.Unknown(w, "message of the run", labels)
	if e.Want == "" && len(labels) > 0 {
		e.Want = "F1 to " + labels[len(labels)-1]
	}
	return e
}

// drawn is the text that the block should have: no space at the ends of lines,
// no empty lines at its own.
func (b *Block) drawn() (string, error) {
	tr, err := b.Run.Trace()
	if err != nil {
		return "", err
	}
	text, err := b.draw(tr, 0)
	if err != nil {
		return "", err
	}
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
		if strings.HasPrefix(strings.TrimLeft(line, " "), "```") {
			return "", &words.Error{Text: "what the run gives would end the block: " + words.Show(line), Want: "show another message"}
		}
	}
	return strings.Join(lines, "\n") + "\n", nil
}

// Drawn says whether the block shows what the run gave: a ladder, states, a
// message or a table.
func (b *Block) Drawn() bool { return b.draw != nil }

// In is what a block shows of the run in so many cells: a ladder or a table is
// drawn for them, all else is what stands in the file.
func (b *Block) In(width int) string {
	if b.draw == nil || b.Kind != "ladder" && b.Kind != "lose-each" {
		return b.Text
	}
	tr, err := b.Run.Trace()
	if err != nil {
		return b.Text
	}
	text, err := b.draw(tr, width)
	if err != nil {
		return b.Text
	}
	return strings.Trim(text, "\n") + "\n"
}

// drawing proves that a block is what the run gives.
func (p *proof) drawing(b *Block) {
	if b.Run.play().err != nil {
		return // said where the scenario stands
	}
	text, err := b.drawn()
	if err != nil {
		p.errs.add(b.Line, len("```"+b.Kind+" ")+1, err)
		return
	}
	if no, col, is, should := difference(b.Text, text); no > 0 {
		p.errs.say(b.Line+no, col, "this is not what the run gives: here stands "+words.Show(is), "it gives "+words.Show(should))
	}
}

// last is the line of the block's last line of text.
func (b *Block) last() int { return b.Line + strings.Count(b.Text, "\n") }
