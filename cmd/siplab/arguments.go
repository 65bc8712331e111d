package main

import (
	"strings"

	"github.com/spf13/cobra"

	"siplab/lessons"
)

// oneName is the argument of the commands that run one thing.
func oneName(c *cobra.Command, args []string) error {
	if len(args) < 2 {
		return atLeastOneName(c, args)
	}
	return &badInput{what: c.Name() + " takes one lesson or file", hint: "put quotes around a flag's words: --fault \"lose 1st REGISTER from bob\""}
}

// atLeastOneName takes more after the name.
func atLeastOneName(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return nil
	}
	return &badInput{what: c.Name() + " needs a lesson or a file", hint: "siplab lessons lists the lessons; try: " + firstExample(c)}
}

// firstExample is the first line of a command's examples, without what is said
// of it.
func firstExample(c *cobra.Command) string {
	line, _, _ := strings.Cut(strings.TrimSpace(c.Example), "\n")
	line, _, _ = strings.Cut(line, "  ")
	return line
}

// completeSource offers the lessons' names, and files.
func completeSource(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return lessons.Names(), cobra.ShellCompDirectiveDefault
}

// nothing is for commands without arguments.
func nothing(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &badInput{what: c.Name() + " takes no arguments", hint: "siplab " + c.Name() + " --help"}
}
