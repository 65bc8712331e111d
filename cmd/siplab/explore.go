package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"siplab/cmd/siplab/internal/whole"
	"siplab/sim"
	"siplab/sim/explore"
	"siplab/sim/scenario"
	"siplab/sim/words"
)

// exploring is what siplab explore was asked for.
type exploring struct {
	running
	out     output
	bounds  explore.Bounds
	only    string
	seeds   int
	law     bool
	all     bool // situations
	outcome int
	chosen  bool // --outcome was given
	kinds   bool // a bound of a kind was given
	fit     bool // --faults was given
}

func exploreCommand(s *streams) *cobra.Command {
	e := exploring{running: running{streams: s}}
	c := &cobra.Command{
		Use:   "explore LESSON|FILE|-",
		Short: "Try every set of faults: which outcomes there are, and what leads to each",
		Long: `Run a scenario with every set of faults within bounds, and group the runs by
how they ended: what each end believes, and what each user was told. For each
outcome comes the smallest set of faults that leads to it. A fault meets one
packet: it is lost, or duplicated (the copy comes at once, or when a later packet
is sent), or held until a later packet has been sent; a cut takes all packets of
one way from one on, until another or for ever. Then come the situations of RFC
5407 that faults brought about: which message met a dialog in which state.

With --seeds, runs differ by their seed and by what chance does (--net), and the
smallest set of faults is found by leaving out what is not needed.

Ctrl-C prints what was found so far. Exit 1 where a run breaks a law.`,
		Example: `  siplab explore rfc3665-3.1
  siplab explore my.siplab --losses 3 --holds 0 --duplicates 0 --cuts 0
  siplab explore my.siplab --outcome 4 | siplab run -
  siplab explore my.siplab -o outcomes                     a folder with a scenario for each
  siplab explore my.siplab -o outcomes.html
  siplab explore my.siplab --seeds 100000 --net "loss 20%" --law`,
		Args: oneName,
		RunE: func(c *cobra.Command, args []string) error {
			set := c.Flags().Changed
			e.chosen = set("outcome")
			e.kinds = set("losses") || set("duplicates") || set("holds") || set("cuts")
			e.fit = set("faults")
			return e.explore(c.Context(), args[0])
		},
	}
	e.flags(c)
	f := c.Flags()
	f.IntVar(&e.bounds.Losses, "losses", 2, "how many packets may be lost in a run")
	f.IntVar(&e.bounds.Duplicates, "duplicates", 1, "how many may be duplicated")
	f.IntVar(&e.bounds.Holds, "holds", 1, "how many may be held")
	f.IntVar(&e.bounds.Cuts, "cuts", 1, "how many cuts of one way there may be")
	f.IntVar(&e.bounds.Faults, "faults", 2, "how many of all kinds together; where bounds of kinds are given, their sum")
	f.StringVar(&e.only, "only", "", `faults meet only these packets, as in "BYE from bob"`)
	f.IntVar(&e.bounds.Most, "most", explore.MostRuns, "how many runs there may be")
	f.IntVar(&e.seeds, "seeds", 0, "so many runs with a seed each, and no faults but the scenario's own")
	f.BoolVar(&e.law, "law", false, "stop at the first broken law, and print its smallest set of faults")
	f.BoolVar(&e.all, "situations", false, "list all situations, not those alone that RFC 5407 treats")
	f.IntVar(&e.outcome, "outcome", 0, "print the scenario that leads to this outcome")
	f.IntVar(&e.bounds.Workers, "workers", 0, "how many runs at a time; 0: one for each processor")
	e.out.flags(c, "text, json or html; -o FOLDER: a scenario for each outcome")
	return c
}

var exploreFormats = []string{"text", "json", "html"}

func (e *exploring) explore(ctx context.Context, name string) error {
	if err := e.settle(); err != nil {
		return err
	}
	src, err := e.open(name)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	p := newPace(e.errs)
	e.bounds.Report = p.report
	found, failed := e.search(ctx, src.scenario)
	p.clear()
	switch {
	case found == nil:
		return &badInput{what: src.name + ": " + failed.Error()}
	case failed != nil:
		fmt.Fprintf(e.errs, "siplab: not all was tried: %s\n", why(failed))
	}
	if err := e.show(found); err != nil {
		return err
	}
	if failed != nil || anyLaw(found) {
		return errFailed
	}
	return nil
}

func (e *exploring) search(ctx context.Context, s *sim.Scenario) (*explore.Found, error) {
	if e.seeds > 0 {
		return explore.Seeds(ctx, s, e.seeds, e.bounds)
	}
	return explore.Search(ctx, s, e.bounds)
}

// why says in words what ended a search.
func why(err error) string {
	if errors.Is(err, context.Canceled) {
		return "it was interrupted"
	}
	return err.Error()
}

func anyLaw(f *explore.Found) bool {
	for i := range f.Outcomes {
		if len(f.Outcomes[i].Broken) > 0 {
			return true
		}
	}
	return false
}

// settle checks the flags, and says all that is wrong with them.
func (e *exploring) settle() error {
	b := &e.bounds
	for _, n := range []struct {
		flag  string
		value int
	}{
		{"losses", b.Losses}, {"duplicates", b.Duplicates}, {"holds", b.Holds}, {"cuts", b.Cuts}, {"faults", b.Faults},
		{"seeds", e.seeds}, {"workers", b.Workers}, {"most", b.Most}, {"outcome", e.outcome},
	} {
		if n.value < 0 {
			return &badInput{what: fmt.Sprintf("--%s %d is less than nothing", n.flag, n.value)}
		}
	}
	if e.kinds && !e.fit {
		b.Faults = 0
	}
	if e.seeds > 0 && (e.kinds || e.fit || e.only != "") {
		return &badInput{what: "--seeds leaves the faults to chance: it takes no bounds of faults", hint: `--net "loss 10%" says what chance does`}
	}
	b.Law = e.law
	if err := e.onlyThese(); err != nil {
		return err
	}
	if e.out.format == "" && e.out.file != "" && filepath.Ext(e.out.file) == "" {
		e.out.format = "folder"
		return nil
	}
	return e.out.settle(exploreFormats)
}

func (e *exploring) onlyThese() error {
	if e.only == "" {
		return nil
	}
	choice, err := packets("--only", e.only)
	switch {
	case err != nil:
		return err
	case choice.Nth != 0:
		which, _, _ := strings.Cut(strings.TrimSpace(e.only), " ")
		return flagError("--only", e.only, &words.Error{Col: 1, Text: "a search chooses among all of a sort", Want: "leave out " + which})
	}
	e.bounds.Only = choice
	return nil
}

// show prints what was found.
func (e *exploring) show(found *explore.Found) error {
	if e.chosen {
		if e.outcome >= len(found.Outcomes) {
			return &badInput{what: fmt.Sprintf("--outcome %d: there are the outcomes 0 to %d", e.outcome, len(found.Outcomes)-1)}
		}
		o := &found.Outcomes[e.outcome]
		return e.out.write(e.streams, func(w io.Writer) error {
			_, err := io.WriteString(w, noted(&o.Smallest, outcomeNote(o)))
			return err
		})
	}
	if e.out.format == "folder" {
		return e.folder(found)
	}
	return e.out.write(e.streams, func(w io.Writer) error {
		switch e.out.format {
		case "json":
			return writeJSON(w, foundJSON(found))
		case "html":
			page, err := foundPage(found)
			if err == nil {
				_, err = io.WriteString(w, page)
			}
			return err
		}
		if e.law {
			return writeLaw(w, found)
		}
		return writeFound(w, found, e.all)
	})
}

// folder writes a scenario for each outcome and each situation.
func (e *exploring) folder(found *explore.Found) error {
	if err := os.MkdirAll(e.path(e.out.file), 0o777); err != nil {
		return missing(e.out.file, err)
	}
	for i := range found.Outcomes {
		o := &found.Outcomes[i]
		if err := e.file(fmt.Sprintf("outcome-%d.siplab", o.N), noted(&o.Smallest, outcomeNote(o))); err != nil {
			return err
		}
	}
	for i := range found.Situations {
		x := &found.Situations[i]
		if err := e.file(fmt.Sprintf("situation-%d.siplab", i+1), noted(&x.Witness, x.Meeting.String())); err != nil {
			return err
		}
	}
	return writeFound(e.streams.out, found, e.all)
}

func (e *exploring) file(name, text string) error {
	return whole.WriteFile(filepath.Join(e.path(e.out.file), name), []byte(text))
}

// noted is the scenario of a witness, with a note of what it leads to.
func noted(w *explore.Witness, note string) string {
	with := *w.Scenario
	with.Notes = append(slices.Clip(with.Notes), note)
	return scenario.Print(&with)
}

// outcomeNote tells an outcome in one line.
func outcomeNote(o *explore.Outcome) string {
	return fmt.Sprintf("outcome %d: %s", o.N, outcomeEnds(o))
}

// outcomeEnds is what each end believes.
func outcomeEnds(o *explore.Outcome) string {
	var parts []string
	for i := range o.Ends {
		parts = append(parts, o.Ends[i].About+": "+o.Ends[i].String())
	}
	return cmp.Or(strings.Join(parts, "; "), "nothing is left")
}
