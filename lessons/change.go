package lessons

import (
	"slices"
	"strings"

	"siplab/sim"
	"siplab/sim/scenario"
	"siplab/sim/words"
)

// Change is a line that comes into a scenario, or goes out of it.
type Change struct {
	Out  bool
	Line string
	at   line
}

// Changed is the scenario with the changes. The error is that of the first
// change that cannot be made.
func Changed(s *sim.Scenario, changes []Change) (*sim.Scenario, error) {
	s, _, err := change(s, changes)
	return s, err
}

// change says too which change cannot be made.
func change(s *sim.Scenario, changes []Change) (_ *sim.Scenario, failed Change, err error) {
	for _, c := range changes {
		if c.Out {
			s, err = without(s, c.Line)
		} else {
			s, err = with(s, c.Line)
		}
		if err != nil {
			return nil, c, err
		}
	}
	return s, Change{}, nil
}

// without is the scenario without a line of its canonical form.
func without(s *sim.Scenario, out string) (*sim.Scenario, error) {
	lines := strings.Split(scenario.Print(s), "\n")
	i := slices.Index(lines, out)
	if i < 0 {
		return nil, &words.Error{Col: 1, Text: "the scenario has no line " + words.Show(out), Near: words.Nearest(out, lines)}
	}
	return scenario.Parse("", strings.Join(slices.Delete(lines, i, i+1), "\n"))
}

// with is the scenario with one more line. A host that it has already keeps
// its place, and so its address.
func with(s *sim.Scenario, line string) (*sim.Scenario, error) {
	c := *s
	i := replaced(s, line)
	if i >= 0 {
		c.Hosts = slices.Delete(slices.Clone(s.Hosts), i, i+1)
	}
	if err := scenario.ParseStatement(&c, line); err != nil {
		return nil, err
	}
	if i >= 0 {
		last := len(c.Hosts) - 1
		c.Hosts = slices.Insert(slices.Clone(c.Hosts[:last]), i, c.Hosts[last])
	}
	return &c, nil
}

// replaced is the index of the host that a line makes anew, -1 for none.
func replaced(s *sim.Scenario, line string) int {
	ws, err := words.Split(line)
	if err != nil || len(ws) < 2 {
		return -1
	}
	return slices.IndexFunc(s.Hosts, func(h sim.Host) bool {
		return ws[0].Is(h.Element.Kind()) && ws[1].Text == h.Name
	})
}
