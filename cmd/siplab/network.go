package main

import (
	"io"

	"github.com/spf13/cobra"

	"siplab/diagrams"
)

func networkCommand(s *streams) *cobra.Command {
	r := running{streams: s}
	var out output
	var opt diagrams.Options
	theme := ""
	c := &cobra.Command{
		Use:   "network LESSON|FILE|-",
		Short: "Draw the hosts of a scenario, its links and their conditions as a map",
		Long: `Draw who is there and what the network does to packets between them. A link
is drawn where the scenario has one of its own, and where its run sends
anything.`,
		Example: `  siplab network rfc3665-3.2
  siplab network rfc3665-3.2 -o map.svg
  siplab network my.siplab --net "loss 30%" -o map.dot`,
		Args: oneName,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := out.settle(networkFormats); err != nil {
				return err
			}
			if err := pick("--theme", theme, diagrams.Themes, &opt.Theme); err != nil {
				return err
			}
			tr, err := r.run(args[0])
			if err != nil {
				return err
			}
			n := diagrams.NewNetwork(tr, opt)
			return out.write(s, func(w io.Writer) error { return drawNetwork(w, n, out.format) })
		},
	}
	r.flags(c)
	c.Flags().StringVar(&theme, "theme", diagrams.Themes[0], "colours of a drawing: "+list(diagrams.Themes))
	out.flags(c, list(networkFormats))
	return c
}

// networkFormats are what a map can be drawn in.
var networkFormats = []string{"text", "ascii", "svg", "png", "dot", "json"}

func drawNetwork(w io.Writer, n *diagrams.Network, format string) error {
	text := ""
	switch format {
	case "json":
		return writeJSON(w, n)
	case "png":
		return writePNG(w, n)
	case "svg":
		text = n.SVG()
	case "dot":
		text = n.DOT()
	case "ascii":
		text = n.ASCII()
	default:
		text = n.Text()
	}
	_, err := io.WriteString(w, text)
	return err
}
