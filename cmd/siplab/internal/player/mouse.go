package player

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"siplab/sim/trace"
)

// WithMouse is the player that hears the mouse too. Then the terminal does not:
// text is selected with Shift held.
func (p Player) WithMouse() Player {
	p.mouse = tea.MouseModeCellMotion
	return p
}

// mouseWheel lines a page moves with a turn of the wheel.
const mouseWheel = 3

// wheeled moves what is read or compared; in a run it goes on by one event.
func (p Player) wheeled(m tea.Mouse) Player {
	by := 1
	if m.Button == tea.MouseWheelUp {
		by = -1
	}
	switch {
	case p.asking != nothing || p.tooSmall():
		return p
	case p.menu != nil:
		return p.menuMoved(by)
	case p.covered():
		p.scroll = max(0, min(p.scroll+by*mouseWheel, p.mostScroll()))
		return p
	case p.reading:
		return p.moved(by * mouseWheel)
	}
	return p.goTo(p.at + by)
}

// clicked goes to the message in the ladder under the mouse, or picks the option
// there; one that is picked already is the answer.
func (p Player) clicked(m tea.Mouse) Player {
	if m.Button != tea.MouseLeft || p.asking != nothing || p.covered() || p.tooSmall() {
		return p
	}
	p.notice = ""
	row := m.Y - 1 // below the title
	if p.reading && (!p.wide() || m.X > p.ladderWidth()) {
		return p.optionClicked(row - 1 + p.work().from)
	}
	return p.messageClicked(row)
}

func (p Player) optionClicked(at int) Player {
	_, options := p.pageLines(p.readingWidth())
	for i, o := range options {
		switch {
		case at < o.from || at >= o.to:
		case p.work().pick == i:
			return p.answer(i)
		default:
			return p.learning(func(_ *learner, w *work) { w.pick = i })
		}
	}
	return p
}

// messageClicked goes to where the message in a row of the ladder was sent.
func (p Player) messageClicked(row int) Player {
	width, height := p.ladderWidth(), p.bodyHeight()
	if !p.wide() {
		width, height = p.width, p.bodyHeight()-p.paneHeight()-1
	}
	if row < 1 || row >= height {
		return p
	}
	said := ""
	for _, s := range p.ladder(p.run.scene(p.at), width, height)[row] {
		said += s.text
	}
	for i := range p.run.Events[:p.at] {
		if e := &p.run.Events[i]; e.Kind == trace.Send && strings.Contains(said, " "+e.Packet.Label+" ") {
			return p.goTo(p.run.settled(i + 1))
		}
	}
	return p
}
