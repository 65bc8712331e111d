package player

import (
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"siplab/sim/sip"
)

// style is how a stretch of a line looks. Nothing is said by a style alone:
// the screen reads the same without any.
type style uint8

const (
	plain   style = iota
	strong        // names, the message under the cursor
	dim           // explanations
	bar           // the bars above and between panes
	bad           // losses and errors
	good          // what can be taken back, what is new
	literal       // what stands so in messages and scenarios
)

var looks = [...]lipgloss.Style{
	plain:   lipgloss.NewStyle(),
	strong:  lipgloss.NewStyle().Bold(true),
	dim:     lipgloss.NewStyle().Foreground(lipgloss.BrightBlack),
	bar:     lipgloss.NewStyle().Reverse(true),
	bad:     lipgloss.NewStyle().Foreground(lipgloss.Red),
	good:    lipgloss.NewStyle().Foreground(lipgloss.Green),
	literal: lipgloss.NewStyle().Foreground(lipgloss.Cyan),
}

// span is a stretch of one style.
type span struct {
	text  string
	style style
}

// line is one row of a pane.
type line []span

func text(s string) line             { return line{{s, plain}} }
func styled(s string, as style) line { return line{{s, as}} }

// draw is the line in exactly so many cells. All text passes here on its way
// to the terminal, and is made harmless here.
func (l line) draw(width int) string {
	var b strings.Builder
	for _, s := range l {
		t := sip.Visible(s.text)
		n := cells(t)
		if n > width {
			t = ansi.Truncate(t, width, "…")
			n = cells(t)
		}
		width -= n
		if s.style == plain {
			b.WriteString(t)
		} else {
			b.WriteString(looks[s.style].Render(t))
		}
	}
	b.WriteString(strings.Repeat(" ", max(0, width)))
	return b.String()
}

// cells is how many a text takes. Most texts are plain ASCII, and counted
// without a look at how signs join.
func cells(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return lipgloss.Width(s)
		}
	}
	return len(s)
}

// wrap breaks a text into lines of at most so many cells, between words where
// it can; the lines after the first are indented.
func wrap(s string, width, indent int) []string {
	s = sip.Visible(s)
	var out []string
	lead, room := "", width
	for cells(s) > room {
		cut := breakAt(s, room)
		out = append(out, lead+strings.TrimRight(s[:cut], " "))
		s = strings.TrimLeft(s[cut:], " ")
		lead, room = strings.Repeat(" ", indent), max(1, width-indent)
		if s == "" {
			return out
		}
	}
	return append(out, lead+s)
}

// breakAt is the byte at which a text too long for the room is broken: behind
// its last space there, or where the room ends.
func breakAt(s string, room int) int {
	fits := len(ansi.Truncate(s, room, ""))
	if fits == 0 {
		_, fits = utf8.DecodeRuneInString(s) // wider than the room: it is cut when drawn
	}
	if fits < len(s) && s[fits] == ' ' {
		return fits
	}
	if i := strings.LastIndexByte(s[:fits], ' '); i > 0 {
		return i + 1
	}
	return fits
}

// block is a wrapped text as lines of one style.
func block(s string, width, indent int, as style) []line {
	var out []line
	for _, l := range wrap(s, width, indent) {
		out = append(out, styled(l, as))
	}
	return out
}
