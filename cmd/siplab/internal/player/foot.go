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
	if !p.asking {
		return leastSayRows
	}
	return max(leastSayRows, min(len(wrap(p.hint().text, p.width, 0)), mostSayRows))
}

// bodyHeight is what is left between title and foot.
func (p Player) bodyHeight() int {
	if p.help {
		return p.height - 2
	}
	return p.height - 2 - p.sayRows()
}

// hint is what the prompt says of its line.
func (p Player) hint() span {
	if p.wrong != "" {
		return span{capital(p.wrong), bad}
	}
	return span{promptHint(p.prompt.String()), dim}
}

func (p Player) happened(s *scene) span {
	switch {
	case p.asking:
		return p.hint()
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

// The hints are in the order of their use: as many as fit are shown.
var keyHints = []struct{ keys, does string }{
	{"→←", "event"}, {"↓↑", "message"}, {"l", "lose"}, {"d", "delay"}, {"D", "duplicate"}, {"h", "hold"}, {"Tab", "pane"},
	{"u", "undo"}, {":", "statement"}, {"Enter", "zoom"}, {"w", "why"}, {"r", "raw"}, {"t", "time"},
}

// lastLine is the prompt, or the keys.
func (p Player) lastLine() line {
	if p.asking {
		shown, _ := p.prompt.window(p.width - 1)
		return line{{":", strong}, {shown, plain}}
	}
	const always = "? help  q quit"
	var l line
	room := p.width - len(always)
	for _, h := range keyHints {
		need := cells(h.keys) + 1 + len(h.does) + 2
		if need > room {
			break
		}
		room -= need
		l = append(l, span{h.keys, strong}, span{" " + h.does + "  ", dim})
	}
	return append(l, span{"?", strong}, span{" help  ", dim}, span{"q", strong}, span{" quit", dim})
}

// promptHint says how what is being typed can go on.
func promptHint(typed string) string {
	word, _, _ := cutWord(typed)
	if usage, ok := usages[word]; ok {
		return usage
	}
	return "Any statement of a scenario, such as: lose 1st REGISTER from bob. Enter runs it, Esc leaves."
}
