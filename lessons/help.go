package lessons

import (
	"fmt"
	"strings"
)

// Help says what a lesson may hold: its kinds of blocks, and the lines of each,
// from the list by which they are read.
func Help() string {
	var b strings.Builder
	b.WriteString(`A lesson is a file of Markdown that any forge renders: M01-lost-invite.md. It
begins with its title, a heading. What siplab reads of it stands in fenced
blocks, each with its kind as the first word after the fence. All else is prose.
siplab new lesson NAME writes one that is true; siplab check FILE proves it, and
siplab check --update FILE draws its pictures anew.

BLOCKS

`)
	b.WriteString(kindTable())
	for _, k := range kinds {
		if k.clauses == nil {
			continue
		}
		fmt.Fprintf(&b, "\nLINES OF %s\n\n", strings.ToUpper(k.name))
		for _, c := range k.clauses(&reader{lesson: new(Lesson)}) {
			b.WriteString(strings.TrimRight(fmt.Sprintf("  %-16s %s", c.keyword, c.want), " ") + "\n")
		}
	}
	b.WriteString(`
The statements of a scenario: siplab help scenario. The questions that expect,
answer and reach ask of a run: siplab help ask.
`)
	return b.String()
}

// kindTable lists the kinds of blocks, a line each.
func kindTable() string {
	var b strings.Builder
	for _, k := range kinds {
		name := strings.TrimSpace(k.name + " " + k.options)
		fmt.Fprintf(&b, "  %-16s %s\n", name, k.means)
	}
	return b.String()
}
