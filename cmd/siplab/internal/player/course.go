package player

import (
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"siplab/cmd/siplab/internal/progress"
	"siplab/lessons"
)

// Course is what a learner walks through.
type Course struct {
	Lessons []Entry
	Name    func(*lessons.Lesson) string                                   // of a lesson in the progress; nil: its id
	Solved  func(progress.Task) (faults int, ok bool)                      // before; nil: nothing was
	Keep    func(l *lessons.Lesson, page int, now []progress.Solved) error // keeps where the learner is, on a page from 1, and what was solved; nil: it is not kept
}

// Entry is a lesson of a course. It is read when somebody goes there.
type Entry struct {
	ID   string
	Open func() (*lessons.Lesson, error)
}

// name is what a lesson is called in the progress.
func (c *Course) name(l *lessons.Lesson) string {
	if c.Name == nil {
		return l.ID
	}
	return c.Name(l)
}

// learner is where somebody is in a course. It is never changed, but a new one
// takes its place.
type learner struct {
	course *Course
	at     int // index of the lesson
	book   *book
	page   int
	works  []work // by page
	solved map[progress.Task]int
}

// work is what the learner has done on a page.
type work struct {
	from    int // line of the page that is the first in view
	pick    int // option under the cursor
	given   int // option that was given as the answer, from 1; 0: none
	hints   int // that have been asked for
	attempt *lessons.Attempt
	left    *past // where its run was left; nil: it was not
}

// NewLearner is a player in a lesson of a course, at a page of it from 1; where
// there is none of that number, at the nearest. The error says what in that lesson
// cannot be.
func NewLearner(c *Course, at, page int) (Player, error) {
	l := &learner{course: c, solved: map[progress.Task]int{}}
	return Player{learn: l}.open(at, page)
}

// open goes to a page of a lesson.
func (p Player) open(at, page int) (Player, error) {
	read, err := p.learn.course.Lessons[at].Open()
	if err != nil {
		return p, err
	}
	b, err := newBook(read, p.learn.course.name(read))
	if err != nil {
		return p, err
	}
	l := &learner{course: p.learn.course, at: at, book: b, works: make([]work, len(b.pages)+1), solved: p.learn.solved}
	q := p
	q.learn, q.run, q.reading, q.notice = l, nil, true, ""
	if q, err = q.turned(page - 1); err != nil {
		return p, err
	}
	return q.keep(), nil
}

// learning changes the learner of a player.
func (p Player) learning(do func(l *learner, w *work)) Player {
	l := *p.learn
	l.works = slices.Clone(l.works)
	do(&l, &l.works[l.page])
	p.learn = &l
	return p
}

// work is that of the page.
func (p Player) work() *work { return &p.learn.works[p.learn.page] }

// sheet is the page that is read. The last of a lesson is none of its file: it
// says what was done.
func (p Player) sheet() *page { return p.learn.book.at(p.learn.page) }

func (b *book) at(i int) *page {
	if i < len(b.pages) {
		return &b.pages[i]
	}
	return &page{run: b.Runs[len(b.Runs)-1]}
}

// over says whether the page behind the lesson's last is shown.
func (p Player) over() bool { return p.learn.page == len(p.learn.book.pages) }

// turned goes to a page: its run is where it was left, or goes on from where
// the page before has it.
func (p Player) turned(to int) (Player, error) {
	to = max(0, min(to, len(p.learn.book.pages)))
	if p.run != nil {
		p = p.learning(func(_ *learner, w *work) { w.left = &past{run: p.run, at: p.at, undo: p.undo} })
	}
	p = p.learning(func(l *learner, _ *work) { l.page = to })
	p.notice, p.scroll, p.pane = "", 0, messagePane
	if left := p.work().left; left != nil {
		p.run, p.at, p.undo = left.run, left.at, left.undo
		return p, nil
	}
	return p.fresh()
}

// fresh begins the run of a page anew, unless it goes on with that of the page
// before.
func (p Player) fresh() (Player, error) {
	s := p.sheet()
	of := s.run
	if of == nil {
		of = p.learn.book.Runs[0]
	}
	mine := s.task != nil && s.task.Question == nil
	if p.run != nil && !mine && p.run.of == of && len(p.undo) == 0 {
		return p, nil
	}
	r, err := newRun(of.Scenario)
	if err != nil {
		return p, err
	}
	r.of = of
	p.run, p.at, p.undo = r, 0, nil
	if s.task != nil && s.task.Play != nil {
		p.at = max(0, s.task.Play.Stop())
	}
	return p, nil
}

// turnPage goes on by so many pages, from the last to the next lesson.
func (p Player) turnPage(by int) Player {
	if by > 0 && p.over() {
		return p.nextLesson()
	}
	q, err := p.turned(p.learn.page + by)
	if err != nil {
		return p.refused(err)
	}
	return q.keep()
}

// next is the index of the lesson to read after this one; -1: it is the last.
func (l *learner) next() int {
	named := func(e Entry) bool { return e.ID == l.book.Next }
	if l.book.Next != "" {
		if i := slices.IndexFunc(l.course.Lessons, named); i >= 0 {
			return i
		}
	}
	if l.at+1 < len(l.course.Lessons) {
		return l.at + 1
	}
	return -1
}

func (p Player) nextLesson() Player {
	i := p.learn.next()
	if i < 0 {
		p.notice = "This is the last lesson. q leaves; L lists all lessons."
		return p
	}
	return p.visit(i)
}

// visit goes to a lesson; one that cannot be read leaves the learner where he is.
func (p Player) visit(i int) Player {
	q, err := p.open(i, 1)
	if err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		p.notice = p.learn.course.Lessons[i].ID + " cannot be read: " + first
		return p
	}
	return q
}

// listed is the menu of all lessons.
func (p Player) listed() Player {
	if p.learn == nil {
		p.notice = "This run is no lesson of a course: siplab learn goes through one."
		return p
	}
	m := &menu{title: "Lessons", pick: p.learn.at}
	for i, e := range p.learn.course.Lessons {
		name := e.ID
		if l, err := e.Open(); err != nil {
			name += "  cannot be read"
		} else {
			name = e.ID + p.learn.marks(l) + l.Title
		}
		m.items = append(m.items, item{name, func(p Player) Player { return p.visit(i) }})
	}
	return p.offered(m)
}

// marks says whether a lesson is of the short course, and what of it is solved.
func (l *learner) marks(of *lessons.Lesson) string {
	star, solved, tasks := " ", 0, of.Tasks()
	if of.Short {
		star = "★"
	}
	for _, b := range tasks {
		if _, ok := l.isSolved(progress.TaskOf(l.course.name(of), b)); ok {
			solved++
		}
	}
	switch {
	case solved == 0:
		return " " + star + "   "
	case solved == len(tasks):
		return " " + star + " ✓ "
	}
	return " " + star + " · "
}

// isSolved says whether a task is solved, now or before.
func (l *learner) isSolved(t progress.Task) (faults int, ok bool) {
	if faults, ok = l.solved[t]; ok || l.course.Solved == nil {
		return faults, ok
	}
	return l.course.Solved(t)
}

// solve notes the task of the page as solved, and keeps it.
func (p Player) solve(faults int) Player {
	t := p.sheet().name
	if before, ok := p.learn.isSolved(t); ok && before <= faults {
		return p
	}
	p = p.learning(func(l *learner, _ *work) {
		l.solved = maps.Clone(l.solved)
		l.solved[t] = faults
	})
	return p.keep(progress.Solved{Task: t, Faults: faults})
}

// kept is the message that something was kept, or not.
type kept struct{ err error }

// keep keeps where the learner is and what he has just solved.
func (p Player) keep(now ...progress.Solved) Player {
	if keep, l, page := p.learn.course.Keep, p.learn.book.Lesson, p.learn.page+1; keep != nil {
		p.todo = append(slices.Clip(p.todo), func() tea.Msg { return kept{keep(l, page, now)} })
	}
	return p
}

// wasKept says that something could not be kept, once for each reason: every
// page that is turned is kept.
func (p Player) wasKept(err error) Player {
	why := ""
	if err != nil {
		why = err.Error()
	}
	if why != "" && why != p.unkept {
		p.notice = capital(sentence(why))
	}
	p.unkept = why
	return p
}

// KeepAll keeps once more where the learner is and what was solved since the
// player began, and is for when it is left: who leaves while something is being
// kept loses nothing. The error is one that the player has not said yet.
func (p Player) KeepAll() error {
	if p.learn == nil || p.learn.course.Keep == nil {
		return nil
	}
	var all []progress.Solved
	for t, faults := range p.learn.solved {
		all = append(all, progress.Solved{Task: t, Faults: faults})
	}
	err := p.learn.course.Keep(p.learn.book.Lesson, p.learn.page+1, all)
	if err != nil && err.Error() == p.unkept {
		return nil
	}
	return err
}
