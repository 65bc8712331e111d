package player

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"siplab/sim/sip"
)

// entry is a line that is being typed, with the place of the cursor in runes.
type entry struct {
	text []rune
	at   int
}

const longestEntry = 1000

func entryOf(s string) entry {
	t := []rune(s)
	return entry{t, len(t)}
}

func (e entry) String() string { return string(e.text) }

// insert adds a text at the cursor; what came from a clipboard may be anything.
func (e entry) insert(s string) entry {
	s, _, _ = strings.Cut(strings.TrimLeft(s, "\r\n"), "\n")
	add := []rune(sip.Visible(strings.ReplaceAll(strings.TrimRight(s, "\r"), "\t", " ")))
	add = add[:min(len(add), max(0, longestEntry-len(e.text)))]
	t := append(append(append([]rune{}, e.text[:e.at]...), add...), e.text[e.at:]...)
	return entry{t, e.at + len(add)}
}

// cut takes out the runes from i to j and leaves the cursor there.
func (e entry) cut(i, j int) entry {
	i, j = max(0, i), min(len(e.text), j)
	return entry{append(append([]rune{}, e.text[:i]...), e.text[j:]...), i}
}

// word is where the word before the cursor begins.
func (e entry) word() int {
	i := e.at
	for i > 0 && e.text[i-1] == ' ' {
		i--
	}
	for i > 0 && e.text[i-1] != ' ' {
		i--
	}
	return i
}

// key edits the line as a shell does.
func (e entry) key(k tea.KeyPressMsg) entry {
	switch k.String() {
	case "left", "ctrl+b":
		e.at = max(0, e.at-1)
	case "right", "ctrl+f":
		e.at = min(len(e.text), e.at+1)
	case "home", "ctrl+a":
		e.at = 0
	case "end", "ctrl+e":
		e.at = len(e.text)
	case "backspace", "ctrl+h":
		return e.cut(e.at-1, e.at)
	case "delete", "ctrl+d":
		return e.cut(e.at, e.at+1)
	case "ctrl+w", "alt+backspace":
		return e.cut(e.word(), e.at)
	case "ctrl+u":
		return e.cut(0, e.at)
	case "ctrl+k":
		return e.cut(e.at, len(e.text))
	default:
		return e.insert(k.Text)
	}
	return e
}

// window is the part of the line that fits into so many cells with the cursor
// in it, and the cell of the cursor.
func (e entry) window(width int) (shown string, cursor int) {
	from := 0
	for cells(string(e.text[from:e.at])) >= width {
		from++
	}
	return string(e.text[from:]), cells(string(e.text[from:e.at]))
}
