package lessons

import (
	"slices"

	"siplab/sim/words"
)

// kind is a sort of block.
type kind struct {
	name     string
	options  string // what may stand behind it; "": nothing
	means    string // in one line
	needsRun bool
	read     func(r *reader, b *Block, col int) // col: of its options
	prove    func(p *proof, b *Block)
	clauses  func(r *reader) []clause // the lines of the block; nil: it has none of its own
}

var kinds []kind

// init fills the list, since what is in it looks through it.
func init() {
	kinds = []kind{
		{"lesson", "", "part TEXT, short course, next L05", false, (*reader).head, (*proof).head, (*reader).headClauses},
		{"scenario", "", "a scenario; the blocks after it speak of its run", false, (*reader).scenario, (*proof).scenario, nil},
		{"ladder", "[OPTION]", "the picture of the run", true, (*reader).ladder, (*proof).drawing, nil},
		{"states", "[HOST]", "the moves of the state machines", true, (*reader).states, (*proof).drawing, nil},
		{"message", "F3", "the bytes of one message", true, (*reader).message, (*proof).drawing, nil},
		{"lose-each", "", "the run with each packet lost in turn, as a table", true, (*reader).loseEach, (*proof).loseEach, nil},
		{"expect", "", "expectations of the run; breaks LAW", true, (*reader).expect, (*proof).expect, nil},
		{"flow", "", "which drawing of an RFC the run is", true, (*reader).flow, (*proof).flow, func(r *reader) []clause { return r.flowClauses(new(Flow)) }},
		{"question", "", "a question to the learner", true, (*reader).question, (*proof).question, func(r *reader) []clause { return r.questionClauses(new(Question)) }},
		{"goal", "", "something to reach by faults of one's own", true, (*reader).goal, (*proof).goal, func(r *reader) []clause { return r.goalClauses(new(Goal)) }},
		{"play", "", "a place where the learner acts for an element", true, (*reader).play, (*proof).play, func(r *reader) []clause { return r.playClauses(new(Play)) }},
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
