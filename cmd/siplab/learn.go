package main

import (
	"github.com/spf13/cobra"

	"siplab/cmd/siplab/internal/player"
)

func learnCommand(s *streams) *cobra.Command {
	r := running{streams: s}
	c := &cobra.Command{
		Use:   "learn LESSON|FILE",
		Short: "Step through a run forward and back, lose a packet, and see it go another way",
		Long: `Step through a run in the terminal: the ladder so far, the message under the
cursor with each header explained, state machines, timers and packets in
flight. Any packet can be lost, delayed, duplicated or held; the run then goes
another way, and back again. The key ? shows all keys.`,
		Example: `  siplab learn register
  siplab learn my.siplab --fault "lose 1st REGISTER from bob"`,
		Args: oneName,
		RunE: func(c *cobra.Command, args []string) error { return learn(c, &r, args[0]) },
	}
	r.flags(c)
	return c
}

func learn(c *cobra.Command, r *running, name string) error {
	if name == "-" {
		return &badInput{what: "learn reads keys from standard input, so the scenario comes from a file", hint: "siplab learn my.siplab"}
	}
	src, err := open(r.streams, name)
	if err != nil {
		return err
	}
	if err := r.apply(src.scenario); err != nil {
		return err
	}
	if err := player.Terminal(r.in, c.OutOrStdout()); err != nil {
		return &badInput{what: "learn needs a terminal: " + err.Error(), hint: "siplab run " + name + " prints the whole run"}
	}
	p, err := player.New(src.scenario)
	if err != nil {
		return &badInput{what: src.name + ": " + err.Error()}
	}
	return player.Play(p, r.in, r.out)
}
