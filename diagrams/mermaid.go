package diagrams

import (
	"strconv"
	"strings"
)

// Mermaid writes a character as an entity code: #59; is a semicolon.
var mermaidTongue = tongue{code: func(b *strings.Builder, r rune) {
	b.WriteByte('#')
	b.WriteString(strconv.Itoa(int(r)))
	b.WriteByte(';')
}}

// Mermaid writes the ladder as a sequence diagram of Mermaid. A lost packet
// ends in a cross, one that arrives after something else at its receiver has an
// open head and a note where it arrives, and a repeated one is dashed.
func (l *Ladder) Mermaid() string {
	t := &mermaidTongue
	var b strings.Builder
	b.WriteString("sequenceDiagram\n")
	if l.title != "" {
		b.WriteString("  title " + t.text(short(l.title)) + "\n")
	}
	for i := range l.columns {
		b.WriteString("  participant " + lifeline(i) + " as " + t.text(l.columns[i].shown()) + "\n")
	}
	for _, s := range l.sequence() {
		text := t.lines(s.text, "<br/>") + "\n"
		if s.kind == arrowStep {
			b.WriteString("  " + lifeline(s.from) + s.arrow("x", ")", ">>") + lifeline(s.to) + ": " + text)
		} else {
			b.WriteString("  Note over " + s.over() + ": " + text)
		}
	}
	return b.String()
}

// shown is the name of a lifeline as the languages have it.
func (c *column) shown() string {
	if c.name == "" {
		return "(no name)"
	}
	return short(c.name)
}
