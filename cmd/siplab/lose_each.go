package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"siplab/diagrams"
	"siplab/sim"
	"siplab/sim/explore"
	"siplab/sim/fault"
	"siplab/sim/law"
	"siplab/sim/sip"
)

// losing is what siplab lose-each was asked for.
type losing struct {
	running
	out                    output
	duplicate, hold, pairs bool
	row                    int
	chosen                 bool // --row was given
}

func loseEachCommand(s *streams) *cobra.Command {
	l := losing{running: running{streams: s}}
	c := &cobra.Command{
		Use:   "lose-each LESSON|FILE|-",
		Short: "Lose each packet in turn: who repairs it, and what each user saw",
		Long: `Run a scenario once for each packet of its undisturbed run, with that packet
lost, and print one table: what was lost, what each user saw and when, who made
up for the packet by which timer or rule, and whether both ends agree when all
is over. Exit 1 where a run breaks a law.`,
		Example: `  siplab lose-each register
  siplab lose-each register --row 2
  siplab lose-each register --pairs --format csv -o pairs.csv`,
		Args: oneName,
		RunE: func(c *cobra.Command, args []string) error {
			l.chosen = c.Flags().Changed("row")
			return l.losePackets(c.Context(), args[0])
		},
	}
	l.flags(c)
	f := c.Flags()
	f.BoolVar(&l.duplicate, "duplicate-each", false, "duplicate each packet in the place of losing it")
	f.BoolVar(&l.hold, "hold-each", false, "hold each packet until the next of the same way has passed")
	f.BoolVar(&l.pairs, "pairs", false, "every pair: a packet, and then one that is sent after it")
	f.IntVar(&l.row, "row", 0, "open this row as a ladder, with its story; 0 is the undisturbed run")
	l.out.flags(c, "text, markdown, csv or json; with --row: text, ascii, svg or json")
	return c
}

func (l *losing) losePackets(ctx context.Context, name string) error {
	if l.duplicate && l.hold {
		return &badInput{what: "--duplicate-each and --hold-each are two tables", hint: "ask for them one after the other"}
	}
	formats := tableFormats
	if l.chosen {
		formats = []string{"text", "ascii", "svg", "json"}
	}
	if err := l.out.settle(formats); err != nil {
		return err
	}
	src, err := l.open(name)
	if err != nil {
		return err
	}
	table, err := explore.Each(ctx, src.scenario, l.options())
	if err != nil {
		return &badInput{what: src.name + ": " + err.Error()}
	}
	if l.chosen {
		return l.openRow(name, src.scenario, table)
	}
	if err := l.out.write(l.streams, func(w io.Writer) error { return writeTable(w, table, l.out.format) }); err != nil {
		return err
	}
	return anyBroken(table)
}

func (l *losing) options() explore.Options {
	o := explore.Options{Packets: 1}
	switch {
	case l.duplicate:
		o.Do = fault.Duplicate
	case l.hold:
		o.Do = fault.Hold
	}
	if l.pairs {
		o.Packets = 2
	}
	return o
}

// anyBroken is the failure of a table in which a law is broken.
func anyBroken(t *explore.Table) error {
	if len(t.Undisturbed.Broken) > 0 {
		return errFailed
	}
	for i := range t.Rows {
		if len(t.Rows[i].Broken) > 0 {
			return errFailed
		}
	}
	return nil
}

// openRow draws the run of one row, as the run command does.
func (l *losing) openRow(name string, s *sim.Scenario, t *explore.Table) error {
	if l.row < 0 || l.row > len(t.Rows) {
		return &badInput{what: fmt.Sprintf("--row %d: the table has rows 1 to %d, and 0 is the undisturbed run", l.row, len(t.Rows))}
	}
	row := &t.Undisturbed
	if l.row > 0 {
		row = &t.Rows[l.row-1]
	}
	run, err := explore.Play(s, row.Faults...)
	if err != nil {
		return &badInput{what: err.Error()}
	}
	err = l.out.write(l.streams, func(w io.Writer) error {
		words := l.out.format == "text" || l.out.format == "ascii"
		if words {
			fmt.Fprintf(w, "%s\n\n", sip.Visible(l.command(name, row)))
		}
		if err := draw(w, run.Trace, l.out.format, diagrams.Options{}); err != nil || !words {
			return err
		}
		printBroken(w, run.Broken)
		return nil
	})
	if err == nil && len(run.Broken) > 0 {
		err = errFailed
	}
	return errors.Join(err, warn(l.streams, run.Trace))
}

func printBroken(w io.Writer, broken []law.Breach) {
	for _, b := range broken {
		fmt.Fprintf(w, "the law %s is broken: %s\n", b.Law, sip.Visible(b.Text))
	}
}

// command is the line that runs a row by itself.
func (l *losing) command(name string, row *explore.Row) string {
	words := []string{"siplab", "run", quoted(name)}
	if l.net != "" {
		words = append(words, "--net", quoted(l.net))
	}
	if l.seeded {
		words = append(words, "--seed", fmt.Sprint(l.seed))
	}
	for _, f := range l.faults {
		words = append(words, "--fault", quoted(f))
	}
	for _, f := range row.Faults {
		words = append(words, "--fault", quoted(f.String()))
	}
	return strings.Join(words, " ")
}
