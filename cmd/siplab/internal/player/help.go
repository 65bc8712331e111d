package player

import (
	"strings"

	"siplab/sim/scenario"
)

// helpLines are the keys, by what they are for.
func (p Player) helpLines() []line {
	var out []line
	of := groups()
	if p.reading {
		of = readingGroups()
	}
	for _, g := range of {
		out = append(out, styled(g.title, strong))
		for _, b := range g.bindings {
			if b.shown != "" {
				out = append(out, line{{"  " + text(b.shown).draw(11), strong}, {b.does, plain}})
			}
		}
	}
	return out
}

// usages say of each word that begins a statement how it goes on.
var usages = func() map[string]string {
	of := map[string]string{}
	for _, st := range scenario.Statements() {
		of[st.Keyword] = st.Usage + "  " + st.Means
	}
	return of
}()

func cutWord(s string) (word, rest string, found bool) {
	return strings.Cut(strings.TrimLeft(s, " "), " ")
}
