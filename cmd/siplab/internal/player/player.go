package player

import (
	tea "charm.land/bubbletea/v2"

	"siplab/sim"
)

// Player shows one run and lets it go another way. It is a bubbletea model,
// and a value: Update gives a new one.
type Player struct {
	run  *run
	at   int // how many events have been shown
	undo []past

	learn   *learner  // where in a course; nil: this is a run alone
	reading bool      // the lesson's page, and not its run
	todo    []tea.Cmd // what the last key asks of the world

	pane     pane
	zoom     bool
	help     bool
	menu     *menu  // things to choose from; nil: none
	twin     *twin  // two runs side by side; nil: not now
	pair     *pair  // two messages side by side; nil: not now
	marked   *scene // where the first message to compare was chosen; nil: nowhere
	filter   filter
	scroll   int // lines of the pane above its first shown one
	relative bool

	save   Saver
	asking asks
	prompt entry
	wrong  string // what is wrong with the prompt's line
	notice string // what the last key did, where the screen does not say it
	unkept string // why nothing is kept, as it was said; "": it is

	width, height int
	mouse         tea.MouseMode
}

// pane is what stands beside or below the ladder.
type pane uint8

const (
	messagePane pane = iota
	statesPane
	rawPane
	whyPane
	lessonPane // of a lesson's run
	panes
)

// asks is what the prompt asks for.
type asks uint8

const (
	nothing asks = iota // there is no prompt
	aStatement
	aFile
)

// New is a player at the start of a scenario's run. The error says what in the
// scenario cannot be.
func New(s *sim.Scenario) (Player, error) {
	r, err := newRun(s)
	return Player{run: r}, err
}

// Init implements tea.Model.
func (p Player) Init() tea.Cmd { return tea.Batch(p.todo...) }

// Update implements tea.Model.
func (p Player) Update(m tea.Msg) (tea.Model, tea.Cmd) {
	switch m := m.(type) {
	case tea.WindowSizeMsg:
		p.width, p.height = m.Width, m.Height
		p = p.twinDrawn()
	case tea.KeyPressMsg:
		return handing(p.key(m))
	case tea.MouseWheelMsg:
		return p.wheeled(tea.Mouse(m)), nil
	case tea.MouseClickMsg:
		return handing(p.clicked(tea.Mouse(m)), nil)
	case kept:
		return p.wasKept(m.err), nil
	case eachDone:
		return p.lostEach(m), nil
	case saved:
		return p.wasSaved(m), nil
	case tea.PasteMsg:
		if p.asking != nothing {
			p.prompt, p.wrong = p.prompt.insert(m.Content), ""
		}
	}
	return p, nil
}

// handing hands out what a player asks of the world.
func handing(p Player, cmd tea.Cmd) (tea.Model, tea.Cmd) {
	todo := append(p.todo, cmd)
	p.todo = nil
	return p, tea.Batch(todo...)
}

// goTo shows so many events.
func (p Player) goTo(at int) Player {
	p.at, p.scroll = max(0, min(at, len(p.run.Events))), 0
	return p
}

// turn goes to another pane. Where there is room for the states beside the
// others, they are none of the panes to choose from.
func (p Player) turn(by int) Player {
	next := p.pane
	for {
		next = pane((int(next) + by + int(panes)) % int(panes))
		if p.has(next) {
			p.pane, p.scroll = next, 0
			return p
		}
	}
}

// has says whether a pane is one of those to choose from.
func (p Player) has(what pane) bool {
	switch what {
	case statesPane:
		return !p.wide() || p.zoom
	case lessonPane:
		return p.learn != nil
	}
	return true
}

// show goes to a pane, or back to the message where it is shown.
func (p Player) show(what pane) Player {
	p.scroll = 0
	if p.pane == what {
		what = messagePane
	}
	p.pane = what
	return p
}

func (p Player) scrolled(by int) Player {
	p.scroll = max(0, min(p.scroll+by*(p.paneHeight()-1), p.mostScroll()))
	return p
}

func (p Player) zoomed() Player {
	p.zoom, p.scroll = !p.zoom, 0
	return p
}

// helped shows the help, or no longer.
func (p Player) helped() Player {
	p.help, p.scroll = !p.help, 0
	return p
}

// covered says whether something covers the screen.
func (p Player) covered() bool {
	return p.help || p.zoom || p.menu != nil || p.twin != nil || p.pair != nil
}

// uncovered takes away what covers the screen; where nothing does, it goes back
// to the lesson.
func (p Player) uncovered() Player {
	if !p.covered() && p.learn != nil {
		p.reading = true
	}
	p.help, p.zoom, p.scroll, p.menu, p.twin, p.pair = false, false, 0, nil, nil, nil
	return p
}

// ask opens the prompt.
func (p Player) ask(what asks, line string) Player {
	p.asking, p.prompt, p.wrong = what, entryOf(line), ""
	return p
}
