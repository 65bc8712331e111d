package player

import (
	"fmt"
	"strings"

	"siplab/lessons"
)

// solvedSoFar says how many tasks of the lesson are solved.
func (p Player) solvedSoFar() string {
	solved, tasks := 0, 0
	for i := range p.learn.book.pages {
		if s := &p.learn.book.pages[i]; s.task != nil {
			tasks++
			if _, ok := p.learn.isSolved(s.name); ok {
				solved++
			}
		}
	}
	if tasks == 0 {
		return ""
	}
	return fmt.Sprintf("solved %d of %d ", solved, tasks)
}

var taskNames = map[string]string{"question": "Question", "goal": "Goal", "play": "Your turn"}

// place is lines of a page, from one up to another.
type place struct{ from, to int }

// pageLines are the page with its task below, and where its options stand.
func (p Player) pageLines(width int) (out []line, options []place) {
	if p.over() {
		return p.endLines(width), nil
	}
	s := p.sheet()
	out = p.learn.book.text(s, width)
	if s.task == nil {
		return out, nil
	}
	if len(out) > 0 {
		out = append(out, nil)
	}
	return p.taskLines(out, width)
}

// taskLines adds what is to be done, what was done, and what came of it.
func (p Player) taskLines(out []line, width int) (_ []line, options []place) {
	s, w := p.sheet(), p.work()
	title := taskNames[s.task.Kind]
	if s.task.Play != nil {
		title += ", " + s.task.Play.Host
	}
	mark := span{}
	if _, ok := p.learn.isSolved(s.name); ok {
		mark = span{"  ✓", good}
	}
	out = append(out, line{{title, strong}, mark})
	out = append(out, flow(text(s.task.Task().Ask), width, "")...)
	for i := range s.options {
		lines := p.optionLines(i, width)
		options = append(options, place{len(out), len(out) + len(lines)})
		out = append(out, lines...)
	}
	if s.task.Goal != nil {
		out = append(out, p.goalLines(width)...)
	}
	out = append(out, p.hintLines(width)...)
	if w.given > 0 {
		out = append(out, verdictLines(&s.options[w.given-1], width)...)
	}
	return out, options
}

func (p Player) optionLines(i, width int) []line {
	o, w := &p.sheet().options[i], p.work()
	cursor, as := "  ", plain
	if i == w.pick {
		cursor, as = "▸ ", strong
	}
	mark := span{"  ", plain}
	switch {
	case w.given == i+1 && o.Right:
		mark = span{"✓ ", good}
	case w.given == i+1:
		mark = span{"✗ ", bad}
	}
	lead := line{{cursor, as}, mark, {lessons.Letter(i) + "  ", strong}}
	var out []line
	for n, l := range wrap(o.Text, max(1, width-7), 0) {
		if n > 0 {
			lead = text("       ")
		}
		out = append(out, append(lead, span{l, as}))
	}
	return out
}

func (p Player) hintLines(width int) []line {
	w, hints := p.work(), p.sheet().task.Task().Hints
	var out []line
	if w.hints > 0 {
		out = append(out, nil)
	}
	for i, h := range hints[:min(w.hints, len(hints))] {
		out = append(out, block(fmt.Sprintf("Hint %d: %s", i+1, h), width, 2, dim)...)
	}
	return out
}

func verdictLines(o *lessons.Option, width int) []line {
	said, as := "Wrong.", bad
	if o.Right {
		said, as = "Right.", good
	}
	out := []line{nil, styled(said, as)}
	for _, l := range o.Says {
		out = append(out, flow(text(l), width, "")...)
	}
	return out
}

// endLines are the page behind the last one: what was solved, what it taught,
// and where to go on.
func (p Player) endLines(width int) []line {
	b := p.learn.book
	out := []line{styled(strings.TrimSpace("The end of "+b.ID+" "+b.Title), strong)}
	for i := range b.pages {
		s := &b.pages[i]
		if s.task == nil {
			continue
		}
		out = append(out, nil)
		mark := span{"· ", dim}
		_, solved := p.learn.isSolved(s.name)
		if solved {
			mark = span{"✓ ", good}
		}
		for n, l := range flow(text(s.task.Task().Ask), width-2, "") {
			if n > 0 {
				mark = span{"  ", plain}
			}
			out = append(out, append(line{mark}, l...))
		}
		for _, learned := range s.task.Task().Learned {
			if solved {
				out = append(out, block("  "+learned, width, 2, dim)...)
			}
		}
	}
	if len(b.Sections) > 0 {
		out = append(out, nil)
		out = append(out, block("It rests on "+strings.Join(b.Sections, ", ")+".", width, 2, dim)...)
	}
	return out
}
