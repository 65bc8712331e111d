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

// with is the scenario with one more line. Where it is that of a host which the
// scenario has already, it takes the place of that host's line: all that is said
// of the host elsewhere, its routes too, stays.
func with(s *sim.Scenario, line string) (*sim.Scenario, error) {
	lines := strings.Split(scenario.Print(s), "\n")
	if i := hostLine(s, lines, line); i >= 0 {
		return replaced(s, lines, i, line)
	}
	c := *s
	if err := scenario.ParseStatement(&c, line); err != nil {
		return nil, err
	}
	return &c, nil
}

// replaced is the scenario with another line of a host. Errors speak of that
// line alone.
func replaced(s *sim.Scenario, lines []string, i int, line string) (*sim.Scenario, error) {
	alone := *s
	alone.Hosts = slices.DeleteFunc(slices.Clone(s.Hosts), func(h sim.Host) bool { return statesHost(line, h) })
	if err := scenario.ParseStatement(&alone, line); err != nil {
		return nil, err
	}
	lines[i] = line
	return scenario.Parse("", strings.Join(lines, "\n"))
}

// hostLine is the index of the line that states the host which a line states
// anew, -1 for none.
func hostLine(s *sim.Scenario, lines []string, line string) int {
	for _, h := range s.Hosts {
		if statesHost(line, h) {
			return slices.IndexFunc(lines, func(l string) bool { return statesHost(l, h) })
		}
	}
	return -1
}

// statesHost says whether a line is the statement of a host.
func statesHost(line string, h sim.Host) bool {
	ws, err := words.Split(line)
	return err == nil && len(ws) > 1 && ws[0].Is(h.Element.Kind()) && ws[1].Text == h.Name
}
