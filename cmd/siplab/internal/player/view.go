package player

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// The least terminal, and the width from which ladder and message stand side
// by side.
const (
	leastWidth  = 80
	leastHeight = 24
	wideFrom    = 120
)

func (p Player) wide() bool { return p.width >= wideFrom }

// ladderWidth is what the ladder takes of a wide terminal.
func (p Player) ladderWidth() int { return p.width * 53 / 100 }

// View implements tea.Model.
func (p Player) View() tea.View {
	v := tea.NewView(strings.Join(p.screen(), "\n"))
	v.AltScreen, v.MouseMode = true, p.mouse
	v.WindowTitle = "siplab learn"
	if p.asking != nothing && !p.tooSmall() {
		_, x := p.prompt.window(p.width - len(p.promptMark()))
		v.Cursor = tea.NewCursor(x+len(p.promptMark()), p.height-1)
	}
	return v
}

func (p Player) tooSmall() bool { return p.width < leastWidth || p.height < leastHeight }

// screen is all rows of the terminal.
func (p Player) screen() []string {
	if p.tooSmall() {
		say := fmt.Sprintf("siplab learn needs %dx%d cells; this is %dx%d", leastWidth, leastHeight, p.width, p.height)
		rows := drawn(block(say, max(1, p.width), 0, plain), p.width)
		return rows[:min(len(rows), max(1, p.height))]
	}
	s := p.run.scene(p.at)
	rows := append([]string{p.title(s)}, p.body(s)...)
	return append(rows, drawn(p.foot(s), p.width)...)
}

// title says what runs, and where in it the player is.
func (p Player) title(s *scene) string {
	name := p.run.Title
	switch {
	case p.learn != nil:
		name = p.lessonTitle()
	case name == "":
		name = "siplab learn"
	}
	place := fmt.Sprintf("event %d of %d   %s ", p.at, len(p.run.Events), p.time(s))
	switch {
	case p.reading && !p.wide():
		place = p.solvedSoFar()
	case p.filter.says != "":
		place = "only " + p.filter.says + "   " + place
	}
	room := p.width - cells(place) - 2
	return line{{" " + text(name).draw(room) + " " + place, bar}}.draw(p.width)
}

// time is the time of the run, or how long after the time before it is.
func (p Player) time(s *scene) string {
	if !p.relative {
		return clock(s.now, p.run.decimals())
	}
	for i := p.at - 1; i >= 0; i-- {
		if e := &p.run.Events[i]; e.At < s.now {
			return "+" + clock(s.now-e.At, p.run.decimals())
		}
	}
	return "+" + clock(0, p.run.decimals())
}

// body is what stands between title and foot.
func (p Player) body(s *scene) []string {
	height := p.bodyHeight()
	switch {
	case p.help:
		return p.framed("Help", p.helpLines(), p.width, height)
	case p.menu != nil:
		return p.menuRows(height)
	case p.twin != nil:
		return p.twinLines(height)
	case p.pair != nil:
		return p.framed("Two messages", p.pairLines(p.width), p.width, height)
	case p.reading && !p.wide():
		return p.readingRows(height)
	case p.zoom:
		return p.framed(p.tabs(), p.paneLines(p.pane, s, p.width), p.width, height)
	case p.wide():
		return p.beside(s, height)
	}
	ladder := p.ladder(s, p.width, height-p.paneHeight()-1)
	return append(drawn(ladder, p.width), p.framed(p.tabs(), p.paneLines(p.pane, s, p.width), p.width, p.paneHeight()+1)...)
}

const between = " │ " // ladder and panes

// beside puts the ladder to the left and the panes to the right.
func (p Player) beside(s *scene, height int) []string {
	left, right := p.ladderWidth(), p.paneWidth()
	rows := drawn(p.ladder(s, left, height), left)
	for i, pane := range p.besides(s, right, height) {
		rows[i] += between + pane
	}
	return rows
}

// besides are the panes beside the ladder: the lesson's page where it is read.
func (p Player) besides(s *scene, width, height int) []string {
	if p.reading {
		return p.readingRows(height)
	}
	panes := p.framed(p.tabs(), p.paneLines(p.mainPane(), s, width), width, p.paneHeight()+1)
	q := p
	q.scroll = 0
	return append(panes, q.framed("States", p.statesLines(s, width), width, height-len(panes))...)
}

// paneHeight is how many lines of the pane are shown.
func (p Player) paneHeight() int {
	height := p.bodyHeight()
	switch {
	case p.covered():
		return p.coverHeight()
	case p.wide():
		return height*3/5 - 1
	}
	return height/2 - 1
}

// coverHeight is how many lines of what covers the screen are shown.
func (p Player) coverHeight() int { return p.bodyHeight() - 1 }

// mainPane is the pane that is shown: beside the states, not once more these.
func (p Player) mainPane() pane {
	if p.wide() && !p.zoom && p.pane == statesPane {
		return messagePane
	}
	return p.pane
}

// mostScroll is how far the pane can be scrolled.
func (p Player) mostScroll() int {
	var lines []line
	switch {
	case p.twin != nil:
		return p.twin.mostTwin()
	case p.help:
		lines = p.helpLines()
	case p.pair != nil:
		lines = p.pairLines(p.width)
	default:
		lines = p.paneLines(p.mainPane(), p.run.scene(p.at), p.paneWidth())
	}
	return max(0, len(lines)-p.paneHeight())
}

func (p Player) paneWidth() int {
	if p.wide() && !p.zoom {
		return p.width - p.ladderWidth() - cells(between)
	}
	return p.width
}

// framed is a rule with a title and, below it, what of the lines is in view.
func (p Player) framed(title string, lines []line, width, height int) []string {
	from := min(p.scroll, max(0, len(lines)-height+1))
	to := min(len(lines), from+height-1)
	place := ""
	if len(lines) > height-1 {
		place = fmt.Sprintf(" lines %d-%d of %d, PgDn ─", from+1, to, len(lines))
	}
	rule := "── " + title + " "
	rule += strings.Repeat("─", max(0, width-cells(rule)-cells(place))) + place
	rows := append([]string{text(rule).draw(width)}, drawn(lines[from:to], width)...)
	for len(rows) < height {
		rows = append(rows, text("").draw(width))
	}
	return rows
}

func drawn(lines []line, width int) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.draw(width)
	}
	return out
}

var paneNames = [panes]string{"Message", "States", "Raw", "Why", "Lesson"}

// tabs are the names of the panes, with the one that is shown in brackets.
func (p Player) tabs() string {
	var names []string
	for i, n := range paneNames {
		switch {
		case pane(i) == p.mainPane():
			names = append(names, "["+n+"]")
		case p.has(pane(i)):
			names = append(names, " "+n+" ")
		}
	}
	return strings.Join(names, "─")
}

func (p Player) paneLines(what pane, s *scene, width int) []line {
	switch what {
	case statesPane:
		return p.statesLines(s, width)
	case rawPane:
		return p.rawLines(s, width)
	case whyPane:
		return p.whyLines(s, width)
	case lessonPane:
		return p.lessonLines(width)
	}
	return p.messageLines(s, width)
}
