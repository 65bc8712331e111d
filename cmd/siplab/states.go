package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"siplab/diagrams"
	"siplab/sim/fsm"
)

func statesCommand(s *streams) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "states MACHINE",
		Short: "Show a state machine as a table and a picture",
		Example: `  siplab states non-invite-client
  siplab states invite-server -o invite-server.svg
  siplab states invite-client --format json`,
		ValidArgs: machineNames(),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &badInput{what: "states needs one machine", hint: "one of " + list(machineNames())}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := out.settle([]string{"text", "ascii", "svg", "png", "json"}); err != nil {
				return err
			}
			m, err := findMachine(args[0])
			if err != nil {
				return err
			}
			return out.write(s, func(w io.Writer) error { return drawMachine(w, m, out.format) })
		},
	}
	out.flags(c, "text, ascii, svg, png or json")
	return c
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
		hint: orElse(didYouMean(name, machineNames()), "one of "+list(machineNames())),
	}
}

func drawMachine(w io.Writer, m *fsm.Machine, format string) error {
	if format == "json" {
		return writeJSON(w, m.Rows())
	}
	picture := diagrams.Machine(diagrams.MachineOf(m), diagrams.Options{})
	if format == "png" {
		return writePNG(w, picture)
	}
	text := picture.Text()
	switch format {
	case "ascii":
		text = picture.ASCII()
	case "svg":
		text = picture.SVG()
	}
	_, err := io.WriteString(w, text)
	return err
}
