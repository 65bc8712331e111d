package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"siplab/sim/behaviour"
)

func behavioursCommand(s *streams) *cobra.Command {
	var out output
	c := &cobra.Command{
		Use:   "behaviours [GROUP]",
		Short: "List what siplab accounts for, and which test holds it",
		Long: strings.TrimSpace(`
Lists the behaviours of SIP that siplab accounts for: given this, when that
happens, this is expected; with the section, and the test files of the project
that hold it or the reason why none does.`),
		Example: `  siplab behaviours
  siplab behaviours DLG
  siplab behaviours registrar --format json`,
		ValidArgs: groupNames(),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return nil
			}
			return &badInput{what: "behaviours takes one group", hint: "one of " + list(groupNames())}
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := out.settle([]string{"text", "json"}); err != nil {
				return err
			}
			groups, err := findGroups(args)
			if err != nil {
				return err
			}
			return out.write(s, func(w io.Writer) error {
				if out.format == "json" {
					return writeJSON(w, groups)
				}
				return printBehaviours(w, groups)
			})
		},
	}
	out.flags(c, "text or json")
	return c
}

func groupNames() []string {
	var names []string
	for _, g := range behaviour.Groups() {
		names = append(names, g.Prefix)
	}
	return names
}

// findGroups are all groups, or the one that is named by its prefix or its name.
func findGroups(args []string) ([]behaviour.Group, error) {
	groups := behaviour.Groups()
	if len(args) == 0 {
		return groups, nil
	}
	var names []string
	for i, g := range groups {
		if strings.EqualFold(args[0], g.Prefix) || strings.EqualFold(args[0], g.Name) {
			return groups[i : i+1], nil
		}
		names = append(names, g.Prefix, g.Name)
	}
	return nil, &badInput{
		what: fmt.Sprintf("there is no group %q", args[0]),
		hint: cmp.Or(didYouMean(args[0], names), "one of "+list(groupNames())),
	}
}

func printBehaviours(w io.Writer, groups []behaviour.Group) error {
	all, held := 0, 0
	var b strings.Builder
	for _, g := range groups {
		fmt.Fprintf(&b, "%s  %s\n\n", g.Prefix, g.Name)
		for _, x := range g.Behaviours {
			all++
			if len(x.Held) > 0 {
				held++
			}
			printBehaviour(&b, x)
		}
	}
	fmt.Fprintf(&b, "%d behaviours: %d held by tests, %d left out\n", all, held, all-held)
	_, err := io.WriteString(w, b.String())
	return err
}

func printBehaviour(b *strings.Builder, x behaviour.Behaviour) {
	fmt.Fprintf(b, "  %s  %s, %s\n", x.ID, x.Level, x.Section)
	say := func(word, text string) {
		if text != "" {
			fmt.Fprintf(b, "    %-8s  %s\n", word, text)
		}
	}
	say("given", x.Given)
	say("when", x.Event)
	say("expected", x.Expect)
	say("held by", strings.Join(x.Held, ", "))
	say("left out", x.LeftOut)
	b.WriteString("\n")
}
