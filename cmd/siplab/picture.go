package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"siplab/diagrams"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// picture is what a command's flags say of a ladder.
type picture struct {
	opt                    diagrams.Options
	messages, hide, remark []string
	show                   []string
	from, until            string
	colours, theme         string
}

// flags gives a command the flags that choose what a ladder shows.
func (p *picture) flags(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&p.opt.Raw, "raw", false, "every message's bytes under its arrow")
	f.StringSliceVar(&p.opt.Hosts, "hosts", nil, "only these hosts, in this order: alice,bob")
	f.StringVar(&p.opt.Tap, "tap", "", "only what a tap at this host sees")
	f.StringVar(&p.from, "from", "", "only what happens from this time on, as in 500ms")
	f.StringVar(&p.until, "until", "", "only what happens up to this time")
	f.StringArrayVar(&p.messages, "only", nil, `only these messages, as in "INVITE from alice" or "4xx", or segments; may be given again`)
	f.StringSliceVar(&p.hide, "hide", nil, "leave out "+list(diagrams.ShownNames))
	f.StringSliceVar(&p.show, "show", nil, "what is else left out: states (of proxies, in text of more than four hosts), waits (of more than eight), segments (of TCP)")
	f.BoolVar(&p.opt.Notes, "notes", false, "with the remarks of the elements")
	f.StringArrayVar(&p.remark, "remark", nil, `a text beside an arrow, as in "F3 this one is too late"; may be given again`)
	f.StringVar(&p.colours, "colours", diagrams.ColourNames[0], "what colours tell apart: "+list(diagrams.ColourNames))
	f.BoolVar(&p.opt.Even, "even", false, "rows of one height: time has no scale (drawings)")
	f.StringVar(&p.theme, "theme", diagrams.Themes[0], "colours of a drawing: "+list(diagrams.Themes))
	f.IntVar(&p.opt.Width, "width", 0, "in characters; where it is not said 72, and room for every label in drawings and in text of more than four hosts")
}

// options are what the flags mean for a run.
func (p *picture) options(tr *trace.Trace) (diagrams.Options, error) {
	opt := p.opt
	for _, name := range append(slices.Clone(opt.Hosts), opt.Tap) {
		if name != "" && tr.FindHost(name) == trace.NoHost {
			return opt, noHost(tr, name)
		}
	}
	return opt, nil
}

// noHost says that a run has no host of that name.
func noHost(tr *trace.Trace, name string) error {
	names := tr.HostNames()
	return &badInput{
		what: fmt.Sprintf("there is no host %q in this run", name),
		hint: cmp.Or(didYouMean(name, names), "its hosts are "+list(names)),
	}
}

// settle reads the flags that are words.
func (p *picture) settle() error {
	for _, err := range []error{
		p.times(), p.choices(), p.remarks(),
		among("--hide", p.hide, diagrams.ShownNames, &p.opt.Hide),
		among("--show", p.show, diagrams.AskedNames, &p.opt.Show),
		pick("--colours", p.colours, diagrams.ColourNames, &p.opt.Colours),
		pick("--theme", p.theme, diagrams.Themes, &p.opt.Theme),
	} {
		if err != nil {
			return err
		}
	}
	if p.opt.Width < 0 {
		return &badInput{what: "--width is less than nothing"}
	}
	return nil
}

// pick sets a number to the place of a word among those that are known.
func pick[N ~uint8](flag, word string, known []string, into *N) error {
	if err := oneOf(flag, word, known); err != nil {
		return err
	}
	*into = N(slices.Index(known, word))
	return nil
}

func (p *picture) times() (err error) {
	if p.from != "" {
		if p.opt.From, err = words.Duration(p.from); err != nil {
			return flagError("--from", p.from, err)
		}
	}
	if p.until != "" {
		if p.opt.To, err = words.Duration(p.until); err != nil {
			return flagError("--until", p.until, err)
		}
	}
	if p.opt.To > 0 && p.opt.To < p.opt.From {
		return &badInput{what: "--until " + p.until + " is before --from " + p.from}
	}
	return nil
}

func (p *picture) choices() error {
	if len(p.messages) > 0 {
		p.opt.Messages = []words.Packets{}
	}
	for _, text := range p.messages {
		if strings.TrimSpace(text) == diagrams.SegmentsName {
			p.opt.Show |= diagrams.Segments
			continue
		}
		choice, err := packets("--only", text)
		if err != nil {
			return err
		}
		p.opt.Messages = append(p.opt.Messages, choice)
	}
	return nil
}

// packets is the choice of packets that a flag makes.
func packets(flag, text string) (words.Packets, error) {
	l, err := words.Read(text)
	if err != nil {
		return words.Packets{}, flagError(flag, text, err)
	}
	choice, err := l.Packets()
	if err == nil {
		err = l.Done()
	}
	if err != nil {
		return choice, flagError(flag, text, err)
	}
	return choice, nil
}

func (p *picture) remarks() error {
	for _, text := range p.remark {
		label, rest, ok := strings.Cut(strings.TrimSpace(text), " ")
		if !ok {
			return &badInput{what: fmt.Sprintf("--remark %q: a remark is the label of a message and a text", text), hint: `--remark "F3 this one is too late"`}
		}
		p.opt.Remarks = append(p.opt.Remarks, diagrams.Remark{Label: label, Text: rest})
	}
	return nil
}

// among adds to a set what a flag names of those that are known there.
func among(flag string, named, known []string, into *diagrams.Shown) error {
	for _, name := range named {
		if err := oneOf(flag, name, known); err != nil {
			return err
		}
		*into |= 1 << slices.Index(diagrams.ShownNames, name)
	}
	return nil
}
