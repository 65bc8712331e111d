package ask

import (
	"fmt"
	"strings"
)

// slotOrder is the order of the slots in the help.
var slotOrder = []string{"PACKETS", "HOST", "HEADER", "PARAM", "MACHINE", "NTH", "WHAT", "AOR", "TIME"}

// relationHelp says what each relation means.
var relationHelp = []struct {
	relation Relation
	means    string
}{
	{Is, "the answer is just this"},
	{IsNot, "it is something else"},
	{AtLeast, "a number or a time: this or more"},
	{AtMost, "a number or a time: this or less"},
	{Contains, "a list has this among its values; a text has it within"},
}

const packetsHelp = `[arrived|lost|repeated] [NTH|every|last] MESSAGE [for METHOD] [from HOST] [to HOST]
MESSAGE is a method (INVITE), a status (401), a class (4xx), request, response or packet.
Without a first word packets count when they are sent, whatever becomes of them.`

const valuesHelp = "A value is a number, a time (500ms), a text, yes or no, or a list of them with spaces between; none is no answer."

// Help is the whole grammar, for a terminal.
func Help() string {
	var b strings.Builder
	b.WriteString("A question is put to a run. An expectation is QUESTION RELATION VALUE.\n")
	about := ""
	for _, f := range forms {
		if f.About != about {
			about = f.About
			fmt.Fprintf(&b, "\n%s\n", about)
		}
		fmt.Fprintf(&b, "\n  %s\n      %s Answers with %s.\n      %s\n", f.Usage, f.Means, f.Gives, f.Example)
	}
	b.WriteString("\nWords in capitals\n\n")
	for _, name := range slotOrder {
		fmt.Fprintf(&b, "  %-8s %s\n", name, slots[name].means)
	}
	fmt.Fprintf(&b, "\nPACKETS\n\n  %s\n", strings.ReplaceAll(packetsHelp, "\n", "\n  "))
	b.WriteString("\nRelations\n\n")
	for _, r := range relationHelp {
		fmt.Fprintf(&b, "  %-8s  %s\n", r.relation, r.means)
	}
	fmt.Fprintf(&b, "\n%s\n", valuesHelp)
	return b.String()
}

// Reference is the whole grammar in Markdown.
func Reference() string {
	var b strings.Builder
	b.WriteString("# Questions and expectations\n\nA question is put to a run. An expectation is a question, a relation and a value.\n")
	about := ""
	for _, f := range forms {
		if f.About != about {
			about = f.About
			fmt.Fprintf(&b, "\n## %s\n\n| question | answers with | means | example |\n|---|---|---|---|\n", about)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | `%s` |\n", f.Usage, f.Gives, f.Means, f.Example)
	}
	b.WriteString("\n## Words in capitals\n\n| word | stands for |\n|---|---|\n")
	for _, name := range slotOrder {
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, slots[name].means)
	}
	b.WriteString("\n## PACKETS\n\n```\n" + packetsHelp + "\n```\n\n## Relations\n\n| relation | means |\n|---|---|\n")
	for _, r := range relationHelp {
		fmt.Fprintf(&b, "| `%s` | %s |\n", r.relation, r.means)
	}
	b.WriteString("\n" + valuesHelp + "\n")
	return b.String()
}
