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

	pane     pane
	zoom     bool
	help     bool
	scroll   int // lines of the pane above its first shown one
	relative bool

	asking bool
	prompt entry
	wrong  string // what is wrong with the prompt's line
	notice string // what the last key did, where the screen does not say it

	width, height int
}

// pane is what stands beside or below the ladder.
type pane uint8

const (
	messagePane pane = iota
	statesPane
	rawPane
	whyPane
	panes
)

// New is a player at the start of a scenario's run. The error says what in the
// scenario cannot be.
func New(s *sim.Scenario) (Player, error) {
	r, err := newRun(s)
	return Player{run: r}, err
}

// Init implements tea.Model.
func (p Player) Init() tea.Cmd { return nil }

// Update implements tea.Model.
func (p Player) Update(m tea.Msg) (tea.Model, tea.Cmd) {
	switch m := m.(type) {
	case tea.WindowSizeMsg:
		p.width, p.height = m.Width, m.Height
	case tea.KeyPressMsg:
		return p.key(m)
	case tea.PasteMsg:
		if p.asking {
			p.prompt, p.wrong = p.prompt.insert(m.Content), ""
		}
	}
	return p, nil
}

// goTo shows so many events.
func (p Player) goTo(at int) Player {
	p.at, p.scroll = max(0, min(at, len(p.run.Events))), 0
	return p
}

// turn goes to another pane. Where there is room for the states beside the
// others, they are none of the panes to choose from.
func (p Player) turn(by int) Player {
	next := (int(p.pane) + by + int(panes)) % int(panes)
	if p.wide() && pane(next) == statesPane {
		next = (next + by + int(panes)) % int(panes)
	}
	p.pane, p.scroll = pane(next), 0
	return p
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

// uncovered takes away what covers the screen.
func (p Player) uncovered() Player {
	p.help, p.zoom, p.scroll = false, false, 0
	return p
}

// ask opens the prompt.
func (p Player) ask(line string) Player {
	p.asking, p.prompt, p.wrong = true, entryOf(line), ""
	return p
}
