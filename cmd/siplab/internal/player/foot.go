package player

import (
	"strings"

	"siplab/sim/trace"
)

// foot is what has just happened, and the keys; or the prompt, with what is
// wrong in it. The help does with the keys alone.
func (p Player) foot(s *scene) []line {
	if p.help {
		return []line{p.lastLine()}
	}
	said := p.happened(s)
	lines := block(said.text, p.width, 0, said.style)
	for len(lines) < p.sayRows() {
		lines = append(lines, nil)
	}
	return append(lines[:p.sayRows():p.sayRows()], p.lastLine())
}

// Two rows say what happened; what is wrong in the prompt is said whole.
const (
	leastSayRows = 2
	mostSayRows  = 6
)

func (p Player) sayRows() int {
	if p.asking == nothing {
		return leastSayRows
	}
	return max(leastSayRows, min(len(wrap(p.promptHint().text, p.width, 0)), mostSayRows))
}

// bodyHeight is what is left between title and foot.
func (p Player) bodyHeight() int {
	if p.help {
		return p.height - 2
	}
	return p.height - 2 - p.sayRows()
}

// promptHint is what the prompt says of its line.
func (p Player) promptHint() span {
	switch {
	case p.wrong != "":
		return span{capital(p.wrong), bad}
	case p.asking == aFile:
		return span{"The name of a new file; its ending says the format. Enter saves, Esc leaves.", dim}
	}
	return span{usage(p.prompt.String()), dim}
}

func (p Player) happened(s *scene) span {
	switch {
	case p.asking != nothing:
		return p.promptHint()
	case p.menu != nil:
		return span{}
	case p.twin != nil:
		return span{p.twin.says(), plain}
	case p.reading:
		return p.readingFoot()
	case p.notice != "":
		return span{p.notice, good}
	case s.last == nil:
		return span{"Nothing has happened yet.", plain}
	}
	said := sentence(p.run.describe(s.last))
	if s.last.Packet != nil {
		said = capital(said)
	}
	if p.at == len(p.run.Events) {
		said += " " + p.ending()
	}
	if s.last.Kind == trace.Lose {
		return span{said, bad}
	}
	return span{said, plain}
}

// ending says why the run ends.
func (p Player) ending() string {
	end := &p.run.End
	said := "The run ends: nothing more will happen by itself."
	if end.Text != "" {
		said = "The run ends: " + end.Text + "."
	}
	for _, held := range end.Held {
		said += " Still held: " + held + "."
	}
	return said
}

// sentence ends a text with a full stop.
func sentence(s string) string {
	if s == "" || s[len(s)-1] == '.' {
		return s
	}
	return s + "."
}

// capital begins a text with a capital letter. The names of hosts stay as they
// are.
func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// keyHint is a key in the last line.
type keyHint struct{ keys, does string }

// The hints are in the order of their use: as many as fit are shown.
var keyHints = []keyHint{
	{"→←", "event"}, {"↓↑", "message"}, {"l", "lose"}, {"d", "delay"}, {"D", "duplicate"}, {"h", "hold"}, {"Tab", "pane"},
	{"u", "undo"}, {"b", "both"}, {":", "statement"}, {"Space", "compare"}, {"f", "filter"}, {"v", "view"}, {"S", "save"}, {"t", "time"},
}

// lastLine is the prompt, or the keys.
func (p Player) lastLine() line {
	if p.asking != nothing {
		shown, _ := p.prompt.window(p.width - len(p.promptMark()))
		return line{{p.promptMark(), strong}, {shown, plain}}
	}
	hints := keyHints
	switch {
	case p.menu != nil:
		hints = menuHints
	case p.comparing():
		hints = compareHints
	case p.reading:
		hints = readingHints
	case p.learn != nil:
		hints = lessonRunHints
	}
	const always = "? help  q quit"
	var l line
	room := p.width - len(always)
	for _, h := range hints {
		need := cells(h.keys) + 1 + len(h.does) + 2
		if need > room {
			break
		}
		room -= need
		l = append(l, span{h.keys, strong}, span{" " + h.does + "  ", dim})
	}
	return append(l, span{"?", strong}, span{" help  ", dim}, span{"q", strong}, span{" quit", dim})
}

var (
	menuHints    = []keyHint{{"↓↑", "choose"}, {"Enter", "goes there"}, {"Esc", "back"}}
	compareHints = []keyHint{{"↓↑", "scroll"}, {"Esc", "back"}}
)

// lessonRunHints are those of a lesson's run.
var lessonRunHints = append([]keyHint{{"Esc", "lesson"}}, keyHints...)

// promptMark stands before the line that is typed.
func (p Player) promptMark() string {
	if p.asking == aFile {
		return "Save as: "
	}
	return ":"
}

// usage says how what is being typed can go on.
func usage(typed string) string {
	word, _, _ := cutWord(typed)
	if says, ok := usages[word]; ok {
		return says
	}
	return "Any statement of a scenario, such as: lose 1st REGISTER from bob. Enter runs it, Esc leaves."
}
