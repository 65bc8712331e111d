package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"siplab/diagrams"
	"siplab/lessons"
	"siplab/sim/ask"
	"siplab/sim/law"
	"siplab/sim/scenario"
)

// topics are the pages that `siplab help` has besides the commands' own. Each
// is printed from the registry that the parser reads. A topic that has a
// command's name is that command's long help.
func topics() []*cobra.Command {
	page := func(name, short string, text func() string) *cobra.Command {
		c := &cobra.Command{Use: name, Short: short, Hidden: false}
		c.SetHelpFunc(func(c *cobra.Command, _ []string) { c.OutOrStdout().Write([]byte(text())) })
		return c
	}
	return []*cobra.Command{
		page("scenario", "The language of scenarios (a help topic)", scenario.Help),
		page("lesson", "What a lesson may hold (a help topic)", lessons.Help),
		page("laws", "What holds in every run (a help topic)", lawsHelp),
		page("shards", "A sweep in parts: xargs, Slurm, Kubernetes (a help topic)", func() string { return shardsHelp }),
	}
}

// lawsHelp lists the laws, with the section that each rests on.
func lawsHelp() string {
	var b strings.Builder
	b.WriteString("What must hold in every run, whatever the network does. Each run of a lesson and\nof lose-each is held against all laws.\n")
	about := ""
	for _, l := range law.All() {
		if l.About != about {
			about = l.About
			fmt.Fprintf(&b, "\n%s\n", strings.ToUpper(about))
		}
		fmt.Fprintf(&b, "\n  %s\n", strings.TrimSpace(l.ID+"  "+l.Section))
		for _, line := range diagrams.Wrapped(l.Text, 74) {
			b.WriteString("      " + line + "\n")
		}
	}
	return b.String()
}

// askHelp is the help of the ask command: its usage, then the grammar.
func askHelp(c *cobra.Command, _ []string) {
	out := c.OutOrStdout()
	out.Write([]byte(c.Long + "\n\n" + c.UsageString() + "\n" + ask.Help()))
}
