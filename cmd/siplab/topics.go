package main

import (
	"github.com/spf13/cobra"

	"siplab/sim/ask"
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
	}
}

// askHelp is the help of the ask command: its usage, then the grammar.
func askHelp(c *cobra.Command, _ []string) {
	out := c.OutOrStdout()
	out.Write([]byte(c.Long + "\n\n" + c.UsageString() + "\n" + ask.Help()))
}
