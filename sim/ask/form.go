package ask

import (
	"slices"
	"strings"
)

// Form is one form of question.
type Form struct {
	Usage   string // words as they stand, slots in capitals, what may be left out in brackets
	Means   string // one sentence
	Example string
	Gives   Type
	About   string // the section of the help
	pattern pattern
	answer  func(*run, []arg) (Value, error)
}

// The sections of the help.
const (
	aboutPackets  = "Packets"
	aboutHeaders  = "What a message says"
	aboutMachines = "Transactions, machines and timers"
	aboutUsers    = "Users, bindings and the end"
	aboutEnds     = "Calls, media and what the ends believe"
)

// Forms are all forms of questions, in the order of the help.
func Forms() []Form { return slices.Clone(forms) }

var forms = compiled(slices.Concat(packetForms, headerForms, machineForms, userForms, callForms, subscriptionForms))

func compiled(fs []Form) []Form {
	for i := range fs {
		fs[i].pattern = compile(fs[i].Usage)
	}
	return fs
}

// firstWords are the words that a question can begin with.
func firstWords() []string {
	var out []string
	for _, f := range forms {
		if first, _, _ := strings.Cut(f.Usage, " "); !slices.Contains(out, first) {
			out = append(out, first)
		}
	}
	return out
}

func join(ws []string) string { return strings.Join(ws, ", ") }
