package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"siplab/cmd/siplab/internal/whole"
	"siplab/diagrams"
	"siplab/sim/fsm"
	"siplab/sim/trace"
)

// machineFormats are what a machine can be drawn in.
var machineFormats = []string{"text", "ascii", "svg", "png", "dot", "json"}

// machines is the states command.
type machines struct {
	running
	out     output
	all     bool
	visited string
	theme   string
}

func statesCommand(s *streams) *cobra.Command {
	m := machines{running: running{streams: s}}
	c := &cobra.Command{
		Use:   "states MACHINE",
		Short: "Show a state machine as a table and a picture",
		Example: `  siplab states non-invite-client
  siplab states invite-server -o invite-server.svg
  siplab states invite-client -o way.svg --visited rfc5407-3.1.2:alice
  siplab states --all -o machines
  siplab states invite-client --format json`,
		Args: m.args,
		RunE: func(_ *cobra.Command, args []string) error {
			if m.all {
				return m.drawAll()
			}
			return m.drawOne(args[0])
		},
	}
	m.flags(c)
	c.ValidArgsFunction, c.ValidArgs = nil, machineNames()
	f := c.Flags()
	f.StringVar(&m.visited, "visited", "", "the way that a run took through the machine, as in rfc5407-3.1.2:alice; alice:2 is the second of its kind there")
	f.BoolVar(&m.all, "all", false, "all machines, as files in the folder that -o names, and one page of them")
	f.StringVar(&m.theme, "theme", diagrams.Themes[0], "colours of a drawing: "+list(diagrams.Themes))
	m.out.flags(c, list(machineFormats))
	return c
}

func (m *machines) args(_ *cobra.Command, args []string) error {
	switch {
	case m.all && len(args) > 0:
		return &badInput{what: "states --all needs no machine"}
	case m.all && m.visited != "":
		return &badInput{what: "--visited is for one machine"}
	case m.all && m.out.file == "":
		return &badInput{what: "states --all needs a folder for its files", hint: "siplab states --all -o machines"}
	case !m.all && len(args) != 1:
		return &badInput{what: "states needs one machine", hint: "one of " + list(machineNames())}
	case m.visited == "" && (len(m.faults) > 0 || m.net != "" || m.seeded):
		return &badInput{what: "--fault, --net and --seed change a run: say which with --visited"}
	}
	return nil
}

// drawOne draws a machine where -o says.
func (m *machines) drawOne(name string) error {
	if err := m.out.settle(machineFormats); err != nil {
		return err
	}
	machine, err := findMachine(name)
	if err != nil {
		return err
	}
	picture, err := m.picture(machine)
	if err != nil {
		return err
	}
	return m.out.write(m.streams, func(w io.Writer) error { return drawMachine(w, machine, picture, m.out.format) })
}

func (m *machines) picture(machine *fsm.Machine) (*diagrams.StateDiagram, error) {
	var opt diagrams.Options
	if err := pick("--theme", m.theme, diagrams.Themes, &opt.Theme); err != nil {
		return nil, err
	}
	d := diagrams.Machine(diagrams.MachineOf(machine), opt)
	if m.visited == "" {
		return d, nil
	}
	visit, err := m.visit(machine.Name)
	return d.Visited(visit), err
}

// visit finds the way that RUN:HOST or RUN:HOST:NUMBER means.
func (m *machines) visit(machine string) (*diagrams.Visit, error) {
	parts := strings.Split(m.visited, ":")
	n := 1
	if last, err := strconv.Atoi(parts[len(parts)-1]); err == nil && len(parts) > 2 {
		n, parts = last, parts[:len(parts)-1]
	}
	if len(parts) < 2 {
		return nil, &badInput{what: "--visited " + m.visited + " names no host", hint: "--visited RUN:HOST, as in rfc5407-3.1.2:alice"}
	}
	host := parts[len(parts)-1]
	tr, err := m.run(strings.Join(parts[:len(parts)-1], ":"))
	if err != nil {
		return nil, err
	}
	if tr.FindHost(host) == trace.NoHost {
		return nil, noHost(tr, host)
	}
	visits := diagrams.Visits(tr, machine, host)
	if n < 1 || n > len(visits) {
		return nil, &badInput{what: fmt.Sprintf("--visited %s: %d of these machines ran at %s", m.visited, len(visits), host), hint: ranThere(tr, host)}
	}
	return &visits[n-1], nil
}

// ranThere names the machines that ran at a host.
func ranThere(tr *trace.Trace, host string) string {
	var names []string
	for _, name := range machineNames() {
		if len(diagrams.Visits(tr, name, host)) > 0 {
			names = append(names, name)
		}
	}
	if names == nil {
		return ""
	}
	return "there ran " + list(names)
}

// drawAll writes a file a machine into a folder, and a page of all of them.
func (m *machines) drawAll() error {
	format, dir := m.out.format, m.out.file
	if format == "" {
		format = "svg"
	}
	if err := oneOf("--format", format, machineFormats); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return missing(dir, err)
	}
	for _, machine := range diagrams.Machines() {
		picture, err := m.picture(machine)
		if err != nil {
			return err
		}
		one := output{file: filepath.Join(dir, machine.Name+endingOf(format))}
		if err := one.write(m.streams, func(w io.Writer) error { return drawMachine(w, machine, picture, format) }); err != nil {
			return err
		}
	}
	var theme diagrams.Theme
	if err := pick("--theme", m.theme, diagrams.Themes, &theme); err != nil {
		return err
	}
	return whole.WriteFile(filepath.Join(dir, "machines.html"), []byte(diagrams.MachinesPage(theme)))
}

func machineNames() []string {
	var names []string
	for _, m := range diagrams.Machines() {
		names = append(names, m.Name)
	}
	return names
}

func findMachine(name string) (*fsm.Machine, error) {
	for _, m := range diagrams.Machines() {
		if m.Name == name {
			return m, nil
		}
	}
	return nil, &badInput{
		what: fmt.Sprintf("there is no machine %q", name),
		hint: cmp.Or(didYouMean(name, machineNames()), "one of "+list(machineNames())),
	}
}

func drawMachine(w io.Writer, m *fsm.Machine, picture *diagrams.StateDiagram, format string) error {
	if format == "json" {
		return writeJSON(w, m.Rows())
	}
	if format == "png" {
		return writePNG(w, picture)
	}
	draw := map[string]func() string{
		"text": picture.Text, "ascii": picture.ASCII, "svg": picture.SVG, "dot": picture.DOT,
	}
	_, err := io.WriteString(w, draw[format]())
	return err
}
