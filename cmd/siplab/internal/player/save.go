package player

import (
	tea "charm.land/bubbletea/v2"

	"siplab/diagrams"
	"siplab/sim/trace"
)

// Saver writes a run into a new file; the ending of its name says as what. It
// says in words what is wrong.
type Saver func(name string, tr *trace.Trace, opt diagrams.Options) error

// Saving is the player with something that saves its runs.
func (p Player) Saving(save Saver) Player {
	p.save = save
	return p
}

// saved is the message that a file was written, or not.
type saved struct {
	name string
	err  error
}

// saves opens the prompt for a name.
func (p Player) saves() Player {
	if p.save == nil {
		p.notice = "Nothing can be saved here."
		return p
	}
	return p.ask(aFile, "run.svg")
}

// write saves the run as the ladder shows it.
func (p Player) write(name string) Player {
	tr, _ := p.filter.of(p.run, len(p.run.Events))
	save, opt := p.save, diagrams.Options{Tap: p.filter.tap}
	p.asking = nothing
	p.todo = append(p.todo, func() tea.Msg { return saved{name, save(name, tr, opt)} })
	return p
}

// wasSaved says that a file is there, or asks for another name.
func (p Player) wasSaved(m saved) Player {
	if m.err != nil {
		p = p.ask(aFile, m.name)
		p.wrong = m.err.Error()
		return p
	}
	p.notice = "Saved: " + m.name
	return p
}
