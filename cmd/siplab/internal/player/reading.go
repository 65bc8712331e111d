package player

import (
	"fmt"
	"strings"

	"siplab/lessons"
)

// readingGroups are the keys of a lesson's page.
func readingGroups() []group {
	return []group{
		{"Through the lesson", []binding{
			{[]string{"space", "pgdown", "ctrl+f"}, "Space", "further down, then the next page; PgDn does the same, PgUp goes up", Player.readOn},
			{[]string{"pgup", "ctrl+b"}, "", "", func(p Player) Player { return p.moved(-p.readingHeight() + 1) }},
			{[]string{"right", "n"}, "→ ←", "the next page, and back; n and p do the same", Player.on},
			{[]string{"left", "p"}, "", "", func(p Player) Player { return p.turnPage(-1) }},
			{[]string{"down"}, "↓ ↑", "the next option, or the next line", func(p Player) Player { return p.moveDown(1) }},
			{[]string{"up"}, "", "", func(p Player) Player { return p.moveDown(-1) }},
			{[]string{"enter"}, "Enter", "what the last line says: answer, run, see why, go on", Player.does},
			{letters, "a b c", "answer with that option", nil},
			{[]string{"h"}, "h", "a hint; once more: the next", Player.hint},
			{[]string{"tab"}, "Tab", "to the run; Esc comes back", Player.toRun},
			{[]string{"o"}, "o", "opens a row of a table of losses as a ladder", Player.losses},
			{[]string{"L"}, "L", "all lessons", Player.listed},
			{[]string{"?", "f1"}, "? F1", "this help, and back; in the run, ? shows the keys of the run", Player.helped},
			{[]string{"esc"}, "q", "leaves; what you have solved is kept", Player.uncovered},
		}},
	}
}

// letters are those of the options.
var letters = []string{"a", "b", "c", "d", "e", "f"}

// readingWidth and readingHeight are the room for the page.
func (p Player) readingWidth() int {
	if p.wide() {
		return p.width - p.ladderWidth() - cells(between)
	}
	return p.width
}

func (p Player) readingHeight() int { return max(1, p.bodyHeight()-1) }

// reading draws the page.
func (p Player) readingRows(height int) []string {
	width := p.readingWidth()
	lines, _ := p.pageLines(width)
	q := p
	q.scroll = p.work().from
	return q.framed(p.pageTitle(), lines, width, height)
}

func (p Player) pageTitle() string {
	if p.over() {
		return "The end"
	}
	return fmt.Sprintf("Page %d of %d", p.learn.page+1, len(p.learn.book.pages))
}

// lessonLines are the task of the page as a pane beside its run, or the page
// itself.
func (p Player) lessonLines(width int) []line {
	if p.over() || p.sheet().task == nil {
		lines, _ := p.pageLines(width)
		return lines
	}
	lines, _ := p.taskLines(nil, width)
	return lines
}

// moved scrolls the page by so many lines.
func (p Player) moved(by int) Player {
	lines, _ := p.pageLines(p.readingWidth())
	most := max(0, len(lines)-p.readingHeight())
	return p.learning(func(_ *learner, w *work) { w.from = max(0, min(w.from+by, most)) })
}

// inView scrolls the page so that those lines are in view.
func (p Player) inView(at place) Player {
	w := p.work()
	switch {
	case at.from < w.from:
		return p.moved(at.from - w.from)
	case at.to > w.from+p.readingHeight():
		return p.moved(at.to - w.from - p.readingHeight())
	}
	return p
}

// endInView scrolls the page to its end.
func (p Player) endInView() Player {
	lines, _ := p.pageLines(p.readingWidth())
	return p.moved(len(lines))
}

// readOn goes a screen down; from the end of the page, to the next.
func (p Player) readOn() Player {
	before := p.work().from
	if q := p.moved(p.readingHeight() - 1); q.work().from > before {
		return q
	}
	return p.turnPage(1)
}

// moveDown goes to the next option, or to the next line where there is none.
func (p Player) moveDown(by int) Player {
	if len(p.sheet().options) > 0 {
		return p.picked(by)
	}
	return p.moved(by)
}

// toRun goes to the run of the page.
func (p Player) toRun() Player {
	p.reading = false
	if p.goal() != nil {
		p.pane = lessonPane
		if p.work().attempt == nil {
			p = p.judged()
		}
	}
	return p
}

// step is what Enter does on a page, in words, and how.
type step struct {
	says string
	do   func(Player) Player
}

// nextStep is what Enter does now. Nobody answers what has not been read.
func (p Player) nextStep() step {
	w, s := p.work(), p.sheet()
	untouched := w.given == 0 && w.attempt == nil
	switch given := p.given(); {
	case p.over():
		return p.leaving()
	case s.task != nil && untouched && p.more():
		return step{"goes further down", Player.readOn}
	case given != nil && w.pick == w.given-1:
		return p.following(given)
	case len(s.options) > 0:
		return step{"answers " + lessons.Letter(w.pick), func(p Player) Player { return p.answer(w.pick) }}
	case s.task != nil && (w.attempt == nil || !w.attempt.Reached()):
		return step{"goes to the run: reach it there", Player.toRun}
	case s.begins && p.at == 0:
		return step{"goes to the run: step through it", Player.toRun}
	case p.more():
		return step{"goes further down", Player.readOn}
	}
	return step{"goes on", Player.on}
}

// leaving goes from the end of a lesson to the next.
func (p Player) leaving() step {
	if i := p.learn.next(); i >= 0 {
		return step{"goes on to lesson " + p.learn.course.Lessons[i].ID, Player.on}
	}
	return step{"goes nowhere: this is the last lesson", Player.on}
}

// following goes on from an answer: to what shows that it is wrong, or to the
// next page.
func (p Player) following(given *lessons.Option) step {
	switch play := p.sheet().task.Play; {
	case given.Right && play != nil && p.at == play.Stop():
		return step{"shows what comes of it", Player.played}
	case given.Right:
		return step{"goes on", Player.on}
	case given.Play != nil:
		return step{"shows what comes of it, beside what " + p.sheet().task.Play.Host + " does by itself", Player.evidence}
	case given.Wrong.Change == nil:
		return step{"shows the message that refutes it", Player.evidence}
	}
	return step{"shows the run in which it would be right, beside this one", Player.evidence}
}

// played shows the run in which an element did the right thing.
func (p Player) played() Player {
	p = p.goTo(len(p.run.Events)).toRun()
	p.notice = "This is what comes of it. ← and ↑ go back in the run, Esc to the lesson."
	return p
}

func (p Player) on() Player { return p.turnPage(1) }

// more says whether there is more of the page below what is in view.
func (p Player) more() bool {
	lines, _ := p.pageLines(p.readingWidth())
	return p.work().from+p.readingHeight() < len(lines)
}

// does what the last line says of Enter.
func (p Player) does() Player { return p.nextStep().do(p) }

// readingFoot says what Enter does, or what the last key did.
func (p Player) readingFoot() span {
	if p.notice != "" {
		return span{p.notice, good}
	}
	return span{"Enter " + p.nextStep().says + ".", plain}
}

var readingHints = []keyHint{
	{"Space", "on"}, {"→←", "page"}, {"h", "hint"}, {"Tab", "run"}, {"L", "lessons"},
}

// lessonTitle names the lesson in the bar above.
func (p Player) lessonTitle() string {
	return strings.TrimSpace(p.learn.book.ID + " " + p.learn.book.Title)
}
