package lessons

import (
	"slices"

	"siplab/sim/words"
)

// kind is a sort of block.
type kind struct {
	name     string
	needsRun bool
	read     func(r *reader, b *Block, col int) // col: of its options
	prove    func(p *proof, b *Block)
}

var kinds []kind

// init fills the list, since what is in it looks through it.
func init() {
	kinds = []kind{
		{"lesson", false, (*reader).head, (*proof).head},
		{"scenario", false, (*reader).scenario, (*proof).scenario},
		{"ladder", true, (*reader).ladder, (*proof).drawing},
		{"states", true, (*reader).states, (*proof).drawing},
		{"message", true, (*reader).message, (*proof).drawing},
		{"expect", true, (*reader).expect, (*proof).expect},
		{"flow", true, (*reader).flow, (*proof).flow},
		{"question", true, (*reader).question, (*proof).question},
		{"goal", true, (*reader).goal, (*proof).goal},
		{"play", true, (*reader).play, (*proof).play},
	}
}

func findKind(name string) *kind {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if i < 0 {
		return nil
	}
	return &kinds[i]
}

func kindNames() []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = k.name
	}
	return out
}

// noOptions refuses words after the kind.
func (r *reader) noOptions(b *Block, col int) {
	if b.Options != "" {
		r.errs.say(b.Line, col, words.Show(b.Options)+" says nothing here", "a "+b.Kind+" block has no options")
	}
}
