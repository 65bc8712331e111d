package scenario

import (
	"fmt"
	"strings"

	"siplab/sim"
	"siplab/sim/core"
	"siplab/sim/transaction"
)

const intro = `A scenario is lines of words. A # where a word could begin starts a comment.
A text with spaces that stands among other words goes in quotes: display "Bob B".
A time is a number with a unit: 500ms, 1.5s, 2m, 1h.`

const packetsHelp = `PACKETS is [NTH|every] MESSAGE [for METHOD] [from HOST] [to HOST]: 1st INVITE from alice,
every response to bob, 200 for BYE. MESSAGE is a method, a status (401), a class (4xx),
request, response or packet. A number counts what one host sends on one link, repeated
packets too.`

const conditionsHelp = `CONDITIONS are those of tc netem, and mean what they mean there:
delay TIME [JITTER [CORRELATION]] [distribution uniform|normal|pareto|paretonormal]
loss [random] PERCENT [CORRELATION]
loss gemodel P [R [1-H [1-K]]]
loss state P13 [P31 [P32 [P23 [P14]]]]
duplicate PERCENT [CORRELATION]
reorder PERCENT [CORRELATION] [gap N]
corrupt PERCENT [CORRELATION]
rate RATE
limit PACKETS`

// Elements are one host of each kind, for what only they know.
func Elements() []sim.Element {
	var out []sim.Element
	for _, k := range kinds {
		out = append(out, k.element())
	}
	return out
}

// Help is the whole language, for a terminal.
func Help() string {
	var b strings.Builder
	b.WriteString(intro + "\n")
	about := ""
	for _, st := range all {
		if st.About != about {
			about = st.About
			fmt.Fprintf(&b, "\n%s\n", strings.ToUpper(about))
		}
		fmt.Fprintf(&b, "\n  %s\n      %s\n      %s\n", st.Usage, st.Means, st.Example)
		for _, o := range st.Options {
			fmt.Fprintf(&b, "        %-40s %s\n", o.Usage, o.Means)
		}
	}
	for _, e := range Elements() {
		fmt.Fprintf(&b, "\nACTS OF A %s\n\n", strings.ToUpper(e.Kind()))
		for _, v := range e.Verbs() {
			fmt.Fprintf(&b, "  %s\n      %s\n", verbUsage(v), v.Means)
		}
		helpBugs(&b, "a "+e.Kind(), e.Bugs())
	}
	helpBugs(&b, stacks, stackBugs())
	fmt.Fprintf(&b, "\n%s\n\n%s\n", packetsHelp, conditionsHelp)
	return b.String()
}

// Reference is the whole language in Markdown.
func Reference() string {
	var b strings.Builder
	b.WriteString("# The scenario language\n\n" + intro + "\n")
	about := ""
	for _, st := range all {
		if st.About != about {
			about = st.About
			fmt.Fprintf(&b, "\n## %s\n", about)
		}
		fmt.Fprintf(&b, "\n### %s\n\n    %s\n\n%s For example:\n\n    %s\n", st.Keyword, st.Usage, st.Means, st.Example)
		if len(st.Options) > 0 {
			b.WriteString("\n| option | means |\n|---|---|\n")
		}
		for _, o := range st.Options {
			fmt.Fprintf(&b, "| `%s` | %s |\n", cell(o.Usage), o.Means)
		}
	}
	for _, e := range Elements() {
		fmt.Fprintf(&b, "\n## Acts of a %s\n\n| act | means |\n|---|---|\n", e.Kind())
		for _, v := range e.Verbs() {
			fmt.Fprintf(&b, "| `%s` | %s |\n", cell(verbUsage(v)), v.Means)
		}
		referBugs(&b, "a "+e.Kind(), e.Bugs())
	}
	referBugs(&b, stacks, stackBugs())
	fmt.Fprintf(&b, "\n## Packets\n\n%s\n\n## Conditions\n\n```\n%s\n```\n", packetsHelp, conditionsHelp)
	return b.String()
}

// stacks says whose transactions can be faulty.
const stacks = "the transactions of a phone, a registrar or a proxy"

func stackBugs() []core.Bug {
	var all []core.Bug
	for _, b := range transaction.Bugs() {
		all = append(all, core.Bug{Name: b.Name, Means: b.Means, Seen: b.Seen, Ref: b.Ref})
	}
	return all
}

func helpBugs(b *strings.Builder, of string, bugs []core.Bug) {
	if len(bugs) == 0 {
		return
	}
	fmt.Fprintf(b, "\nBUGS OF %s\n\n", strings.ToUpper(of))
	for _, bug := range bugs {
		fmt.Fprintf(b, "  %s\n      %s (%s)\n", bug.Name, bug.Means, bug.Ref)
	}
}

func referBugs(b *strings.Builder, of string, bugs []core.Bug) {
	if len(bugs) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## Bugs of %s\n\n| bug | what it does wrong | breaks | seen |\n|---|---|---|---|\n", of)
	for _, bug := range bugs {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", bug.Name, bug.Means, bug.Ref, bug.Seen)
	}
}

func verbUsage(v core.Verb) string { return strings.TrimSpace(v.Name + " " + v.Args) }

// cell escapes what would end a cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
