package diagrams

import (
	"fmt"
	"strings"
)

// PlantUML writes a character as <U+003B>. Its own preprocessor and its markup
// look at a text before that is read. All that is not ASCII is written so too:
// which encoding a file has is for the reader's machine to say.
var plantUMLTongue = tongue{ascii: true, code: func(b *strings.Builder, r rune) { fmt.Fprintf(b, "<U+%04X>", r) }}

// PlantUML writes the ladder as a sequence diagram of PlantUML. A lost packet
// ends in a cross, one that arrives after something else at its receiver has an
// open head and a note where it arrives, a repeated one is dashed, and states
// stand in hexagons.
func (l *Ladder) PlantUML() string {
	t := &plantUMLTongue
	var b strings.Builder
	b.WriteString("@startuml\nhide footbox\n")
	if l.title != "" {
		b.WriteString("title " + t.text(short(l.title)) + "\n")
	}
	for i := range l.columns {
		b.WriteString("participant \"" + t.text(l.columns[i].shown()) + "\" as " + lifeline(i) + "\n")
	}
	for _, s := range l.sequence() {
		b.WriteString(s.plantUML(t.lines(s.text, `\n`)) + "\n")
	}
	b.WriteString("@enduml\n")
	return b.String()
}

func (s *step) plantUML(text string) string {
	switch s.kind {
	case arrowStep:
		return lifeline(s.from) + " " + s.arrow(">x", ">>", ">") + " " + lifeline(s.to) + " : " + text
	case breakStep:
		return "..." + text + "..."
	case stateStep:
		return "hnote over " + s.over() + " : " + text
	}
	return "note over " + s.over() + " : " + text
}
