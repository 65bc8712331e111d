package player

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"siplab/cmd/siplab/internal/progress"
	"siplab/diagrams"
	"siplab/lessons"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// typed is the player after a text was typed into the prompt.
func typed(t testing.TB, p Player, key, line string) Player {
	p = press(t, p, key, "ctrl+u")
	next, _ := p.Update(tea.PasteMsg{Content: line})
	return press(t, next.(Player), "enter")
}

// toTask goes on to the page with the next task, or to the end.
func toTask(t testing.TB, p Player) Player {
	for !p.over() && p.sheet().task == nil {
		p = press(t, p, "right")
	}
	return p
}

// A new learner walks through the short course key by key: each wrong answer
// and choice is tried and its evidence looked at, each goal is missed and
// reached, and each lesson leads to the next.
func TestANewLearnerWalksThroughTheShortCourse(t *testing.T) {
	short := 0
	for i, id := range lessons.IDs() {
		l, err := lessons.Find(id)
		require.NoError(t, err)
		if !l.Short {
			continue
		}
		short++
		t.Run(id, func(t *testing.T) {
			p := sized(lesson(t, id), 80, 24)
			for p = toTask(t, p); !p.over(); p = toTask(t, press(t, p, "right")) {
				if p.goal() != nil {
					p = reached(t, p)
				} else {
					p = answered(t, p)
				}
				_, ok := p.learn.isSolved(p.sheet().name)
				require.True(t, ok, "page %d", p.learn.page+1)
			}
			for _, b := range l.Tasks() {
				require.Contains(t, strings.Join(strings.Fields(shownWhole(p)), " "), "✓ "+strings.Join(strings.Fields(b.Task().Ask), " "))
			}
			on := press(t, p, "enter")
			if l.Next != "" {
				require.Equal(t, l.Next, on.learn.book.ID)
			}
			require.NotEqual(t, i, on.learn.at)
		})
	}
	require.NotZero(t, short)
}

// shownWhole is all of the page, whatever the terminal shows of it.
func shownWhole(p Player) string {
	lines, _ := p.pageLines(p.readingWidth())
	var b strings.Builder
	for _, l := range lines {
		for _, s := range l {
			b.WriteString(s.text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// answered gives all wrong answers of a page, and then the right one.
func answered(t *testing.T, p Player) Player {
	right := -1
	for i, o := range p.sheet().options {
		if o.Right {
			right = i
			continue
		}
		p = press(t, p, lessons.Letter(i))
		require.Contains(t, shownWhole(p), "Wrong.")
		seen := press(t, p, "enter")
		require.NotEqual(t, p.View().Content, seen.View().Content)
		if seen.twin != nil {
			require.GreaterOrEqual(t, seen.twin.at, 0, "the runs differ")
			require.Contains(t, shown(seen), "≠")
		} else {
			require.Equal(t, o.Wrong.Refuted.Label, seen.run.labels[seen.run.scene(seen.at).packet.N])
		}
		p = press(t, seen, "esc")
		require.True(t, p.reading)
		require.Equal(t, i+1, p.work().given, "the answer stands where it was given")
	}
	p = press(t, p, lessons.Letter(right))
	require.Contains(t, shownWhole(p), "Right.")
	return p
}

// reached makes the solution's faults, one by one.
func reached(t *testing.T, p Player) Player {
	g := p.goal()
	p = press(t, p, "h", "enter")
	require.False(t, p.reading)
	require.False(t, p.work().attempt.Reached())
	for _, line := range g.Solution {
		require.False(t, p.work().attempt.Reached(), "no fault too much")
		p = typed(t, p, ":", line)
		require.Empty(t, p.wrong)
	}
	require.True(t, p.work().attempt.Reached())
	require.Contains(t, shown(p), fmt.Sprintf("Reached with %s;", words.Count(g.Par(), "fault")))
	return press(t, p, "esc")
}

func TestAGoalIsReachedByFaultsAlone(t *testing.T) {
	p := toTask(t, sized(lesson(t, "L06"), 80, 24))
	for p.goal() == nil {
		p = toTask(t, press(t, p, "right"))
	}
	p = press(t, p, "enter")
	for _, line := range []string{"net delay 1ms", "timers T1 100ms", "at 1s bob unregisters"} {
		q := typed(t, p, ":", line)
		require.Contains(t, q.wrong, "a goal is reached by faults alone")
		require.Same(t, p.run, q.run)
	}
	two := typed(t, typed(t, p, ":", "lose 1st 401 from biloxi"), ":", "lose 1st REGISTER from bob")
	require.Len(t, two.work().attempt.Faults, 2)
	require.Contains(t, shownWhole(two), "Your faults: 2; it can be done with 1.")
	require.Empty(t, press(t, two, "u", "u").work().attempt.Faults)
}

// The scenario of a goal may have faults of its own. They stay.
func TestAGoalKeepsTheFaultsOfItsScenario(t *testing.T) {
	p := sized(ownLesson(t, faultyGoal), 80, 24)
	for p.goal() == nil {
		p = press(t, p, "right")
	}
	p = press(t, p, "enter", "down")
	q := press(t, p, "l")
	require.Same(t, p.run, q.run)
	require.Contains(t, shown(q), "The scenario of a goal keeps its own faults: lose 1st REGISTER from bob.")
}

const faultyGoal = "# Own\n\n```lesson\npart T\n```\n\n```scenario\nphone bob sip:bob@biloxi.example.com\nregistrar biloxi domain biloxi.example.com open\n" +
	"lose 1st REGISTER from bob\nat 0s bob registers\n```\n\n```goal\nask Lose another.\nreach count REGISTER at least 3\nsolution lose 2nd REGISTER from bob\nhint Look.\nlearned It works.\n```\n"

// ownLesson is a learner at a lesson of a teacher's own.
func ownLesson(t testing.TB, text string) Player {
	l, err := lessons.Read("T01-own.md", []byte(text))
	require.NoError(t, err)
	p, err := NewLearner(&Course{Lessons: []Entry{{"T01", func() (*lessons.Lesson, error) { return l, nil }}}}, 0, 1)
	require.NoError(t, err)
	return p
}

func TestAnswersOutOfRangeAreRefused(t *testing.T) {
	p := toTask(t, sized(lesson(t, "L05"), 80, 24))
	require.Contains(t, shown(press(t, p, "f")), "There is no f: the options are a to d.")
	require.Zero(t, press(t, p, "f").work().given)
	require.Contains(t, shown(press(t, sized(lesson(t, "L05"), 80, 24), "a")), "Nothing is asked on this page.")
	require.Contains(t, shown(press(t, p, "h", "h", "h", "h")), "There is no other hint.")
}

// done runs what a player asks of the world, and gives it the answers.
func done(p Player, keys ...string) Player {
	for _, k := range keys {
		next, cmd := p.Update(key(k))
		p = next.(Player)
		for _, m := range messages(cmd) {
			next, _ := p.Update(m)
			p = next.(Player)
		}
	}
	return p
}

func messages(cmd tea.Cmd) (out []tea.Msg) {
	if cmd == nil {
		return nil
	}
	switch m := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range m {
			out = append(out, messages(c)...)
		}
	case nil:
	default:
		out = append(out, m)
	}
	return out
}

func TestWhatIsSolvedIsKept(t *testing.T) {
	var keeping []progress.Solved
	var at []string
	page := 0
	fails := error(nil)
	c := &Course{
		Solved: func(task progress.Task) (int, bool) { return 0, task.Kind == "question" && task.Number == 1 },
		Keep: func(l *lessons.Lesson, on int, now []progress.Solved) error {
			at, page, keeping = append(at, l.ID), on, append(keeping, now...)
			return fails
		},
	}
	for _, id := range []string{"L05", "L06"} {
		c.Lessons = append(c.Lessons, Entry{id, func() (*lessons.Lesson, error) { return lessons.Find(id) }})
	}
	p, err := NewLearner(c, 0, 1)
	require.NoError(t, err)
	messages(p.Init())
	require.Equal(t, []string{"L05"}, at, "where the learner is")
	p = toTask(t, sized(p, 80, 24))
	require.Contains(t, shown(p), "Question  ✓", "what was solved before")
	p = toTask(t, press(t, p, "right"))
	p = done(p, "a")
	require.Empty(t, keeping, "a wrong answer is none")
	p = done(p, "c")
	require.Equal(t, []progress.Solved{{Task: progress.Task{Lesson: "L05", Kind: "question", Number: 2}}}, keeping)
	p = done(p, "c")
	require.Len(t, keeping, 1, "once")
	stopped := p.learn.page + 1
	require.Greater(t, stopped, 2)
	require.Equal(t, stopped, page, "the page too")
	p = done(p, "right")
	require.Equal(t, stopped+1, page, "a page that was turned")
	again, err := NewLearner(c, 0, stopped)
	require.NoError(t, err)
	require.Equal(t, "question 2", fmt.Sprint(again.sheet().name.Kind, " ", again.sheet().name.Number), "who comes back is where he stopped")
	for _, none := range []int{0, -7, 9999} {
		again, err = NewLearner(c, 0, none)
		require.NoError(t, err)
		require.Equal(t, none == 9999, again.over(), "the nearest page there is")
	}
	p = press(t, p, "left")

	fails = errors.New("what you solved is not kept: there is no home directory")
	p = toTask(t, press(t, p, "right"))
	for i, o := range p.sheet().options {
		if o.Right {
			p = done(p, lessons.Letter(i))
		}
	}
	require.Contains(t, shown(p), "What you solved is not kept: there is no home directory.")
	_, ok := p.learn.isSolved(p.sheet().name)
	require.True(t, ok, "it stays solved in this session")
	p = done(p, "left")
	p = done(p, "right")
	require.NotContains(t, shown(p), "is not kept", "said once")
	require.NoError(t, p.KeepAll(), "nor on leaving")
	fails = errors.New("what you solved is not kept: the disk is full")
	require.Equal(t, fails, p.KeepAll(), "another reason is news")
	p = done(p, "left")
	require.Contains(t, shown(p), "What you solved is not kept: the disk is full.")
}

func TestABrokenLessonLeavesTheLearnerWhereHeIs(t *testing.T) {
	good, err := lessons.Find("L05")
	require.NoError(t, err)
	_, broken := lessons.Read("T02-broken.md", []byte("# Broken\n"))
	require.Error(t, broken)
	p, err := NewLearner(&Course{Lessons: []Entry{
		{"L05", func() (*lessons.Lesson, error) { return good, nil }},
		{"T02", func() (*lessons.Lesson, error) { return nil, broken }},
	}}, 0, 1)
	require.NoError(t, err)
	p = press(t, sized(p, 80, 24), "L")
	require.Contains(t, shown(p), "T02  cannot be read")
	p = press(t, p, "down", "enter")
	require.Contains(t, shown(p), "T02 cannot be read: T02-broken.md:1:1: there is no lesson block")
	require.Equal(t, "L05", p.learn.book.ID)
	_, err = NewLearner(&Course{Lessons: []Entry{{"T02", func() (*lessons.Lesson, error) { return nil, broken }}}}, 0, 1)
	require.EqualError(t, err, broken.Error())
}

func TestSaving(t *testing.T) {
	var got struct {
		name   string
		events int
		tap    string
	}
	fails := errors.New("run.xyz: no format ends so")
	p := sized(play(t, registration), 80, 24).Saving(func(name string, tr *trace.Trace, opt diagrams.Options) error {
		got.name, got.events, got.tap = name, len(tr.Events), opt.Tap
		return fails
	})
	name := func(p Player, name string) Player {
		p = press(t, p, "S", "ctrl+u")
		next, _ := p.Update(tea.PasteMsg{Content: name})
		return done(next.(Player), "enter")
	}
	require.Contains(t, shown(press(t, p, "S")), "Save as: run.svg")
	q := name(p, "run.xyz")
	require.Contains(t, shown(q), "Run.xyz: no format ends so")
	require.Contains(t, shown(q), "Save as: run.xyz", "the name stays to be mended")
	fails = nil
	q = name(press(t, p, "v", "down", "enter"), "bob.pcapng")
	require.Contains(t, shown(q), "Saved: bob.pcapng")
	require.Equal(t, "bob", got.tap)
	require.Equal(t, len(p.run.Events), got.events, "the whole run, wherever the cursor is")
	name(press(t, p, "down", "f", "end", "enter"), "one.svg")
	require.Less(t, got.events, len(p.run.Events), "what the filter leaves")
	require.Equal(t, nothing, name(p, "  ").asking)
}

// RFC 3261 §17.1.1.3: the ACK to a final response other than 2xx belongs to the
// INVITE's transaction.
func TestTheFilterKnowsTheACKOfARejectedCall(t *testing.T) {
	p := sized(play(t, "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nat 0s alice calls bob\nat 1s bob rejects\n"), 80, 24)
	p = press(t, p, "down", "f", "end", "enter", "end")
	tr, ahead := p.filter.of(p.run, p.at)
	require.Zero(t, ahead)
	var seen []string
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send {
			seen = append(seen, message(e.Packet))
		}
	}
	require.Equal(t, []string{"INVITE", "180 Ringing", "603 Decline", "ACK"}, seen)
}

func TestBackInALessonGivesTheSameScreens(t *testing.T) {
	for _, size := range sizes {
		for _, id := range []string{"L02", "L06", "L08"} {
			p := sized(lesson(t, id), size[0], size[1])
			var forward []string
			for !p.over() {
				forward = append(forward, p.View().Content)
				p = press(t, p, "right")
			}
			for _, want := range slices.Backward(forward) {
				p = press(t, p, "left")
				require.Equal(t, want, p.View().Content, "page %d of %s", p.learn.page+1, id)
			}
		}
	}
}

// Whatever has been pressed, each event of the run looks the same from either
// side.
func TestBackGivesTheSameScreenAfterAnyKeys(t *testing.T) {
	start := lesson(t, "L06")
	keys := []string{"l", "D", "s", "w", "r", "t", "tab", "enter", "down", "right", "end", "u", "pgdown"}
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.SampledFrom(sizes).Draw(rt, "size")
		p := press(t, sized(start, size[0], size[1]), "tab")
		p = press(t, p, rapid.SliceOfN(rapid.SampledFrom(keys), 0, 12).Draw(rt, "keys")...)
		p = press(t, p, "left", "right") // what the last key said is gone
		if p.at == 0 || p.at == len(p.run.Events) {
			return
		}
		before := press(t, p, "left", "right").View().Content
		require.Equal(rt, before, press(t, p, "right", "left").View().Content)
	})
}

func TestNoKeysBreakALesson(t *testing.T) {
	all := []string{"q", "esc", "space", "backspace", "x"}
	for _, of := range []map[string]func(Player) Player{pressed, pageKeys} {
		for k := range of {
			all = append(all, k)
		}
	}
	slices.Sort(all)
	starts := []Player{lesson(t, "L02"), lesson(t, "L06")}
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.SampledFrom(sizes).Draw(rt, "size")
		p := sized(rapid.SampledFrom(starts).Draw(rt, "lesson"), size[0], size[1])
		for _, k := range rapid.SliceOfN(rapid.SampledFrom(all), 1, 25).Draw(rt, "keys") {
			p = press(t, p, k)
		}
		rows := strings.Split(p.View().Content, "\n")
		require.Len(rt, rows, size[1])
		for _, r := range rows {
			require.Equal(rt, size[0], cells(r))
		}
	})
}

// SEC: a teacher's lesson, and the Markdown in it, may be hostile.
func TestHostileMarkdownTakesNoTime(t *testing.T) {
	for _, piece := range []string{"[a](", "[[", "](", "*a_ ", "a**b", "![[", "- ", "`", "|a|\n"} {
		text := strings.Replace(faultyGoal, "# Own\n", "# Own\n\n"+strings.Repeat(piece, 20000)+"\n", 1)
		l, err := lessons.Read("T01-own.md", []byte(text))
		if err != nil {
			continue
		}
		p, err := NewLearner(&Course{Lessons: []Entry{{"T01", func() (*lessons.Lesson, error) { return l, nil }}}}, 0, 1)
		require.NoError(t, err)
		require.Len(t, strings.Split(sized(p, 80, 24).View().Content, "\n"), 24, piece)
	}
}

// All that the mouse does, keys do; with the mouse it is not asked for unless it
// is wanted.
func TestTheMouse(t *testing.T) {
	at := func(p Player, y, x int) Player {
		next, _ := p.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
		return next.(Player)
	}
	row := func(p Player, says string) int {
		for y, l := range strings.Split(shown(p), "\n") {
			if strings.Contains(l, says) {
				return y
			}
		}
		t.Fatalf("no row says %q", says)
		return 0
	}
	for _, size := range sizes {
		run := press(t, sized(play(t, registration), size[0], size[1]), "end", "up", "up")
		q := at(run, row(run, "F2 401"), 10)
		require.Equal(t, "F2", q.run.scene(q.at).packet.Label)
		require.Equal(t, run.View().Content, at(run, 0, 10).View().Content, "the title is no message")
		next, _ := run.Update(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
		require.Equal(t, run.at-1, next.(Player).at)

		page := toTask(t, sized(lesson(t, "L05"), size[0], size[1]))
		column := size[0] - 20
		once := at(page, row(page, "c  500ms"), column)
		require.Equal(t, 2, once.work().pick)
		require.Zero(t, once.work().given)
		require.Equal(t, 3, at(once, row(once, "c  500ms"), column).work().given)
		next, _ = press(t, page, "L").Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		require.Equal(t, page.learn.at+1, next.(Player).menu.pick)
	}
	require.Equal(t, tea.MouseModeNone, play(t, registration).View().MouseMode)
	require.Equal(t, tea.MouseModeCellMotion, play(t, registration).WithMouse().View().MouseMode)
}

func TestAMenuShowsWhatIsUnderItsCursor(t *testing.T) {
	p := press(t, sized(lesson(t, "L01"), 80, 24), "tab", "down", "pgdown", "L")
	require.Contains(t, shown(p), "▸ L01", "wherever the pane before it was scrolled to")
	for range 40 {
		p = press(t, p, "down")
		require.Contains(t, shown(p), "▸ "+p.learn.course.Lessons[p.menu.pick].ID)
	}
	require.Contains(t, shown(press(t, p, "end")), "▸ rfc")
}

func TestLosingEachPacketHasItsBounds(t *testing.T) {
	goal := toTask(t, sized(lesson(t, "L06"), 80, 24))
	for goal.goal() == nil {
		goal = toTask(t, press(t, goal, "right"))
	}
	require.Contains(t, shown(press(t, goal, "enter", "e")), "That would give the goal away.")

	p := sized(play(t, registration), 80, 24)
	next, cmd := p.Update(key("e"))
	changed := press(t, next.(Player), "down", "l")
	for _, m := range messages(cmd) {
		late, _ := changed.Update(m)
		require.Nil(t, late.(Player).menu, "the run has changed meanwhile")
	}
	crowd := "net delay 20ms\nregistrar biloxi domain biloxi.example.com\nphones p 1..100 sip:p*@biloxi.example.com password secret*\n"
	for i := range 100 {
		crowd += fmt.Sprintf("at %dms p%d registers\n", i, i+1)
	}
	require.Contains(t, shown(done(sized(play(t, crowd), 80, 24), "e")), "200")
}

func TestBothFuturesFitATerminalThatChanges(t *testing.T) {
	p := press(t, sized(play(t, registration), 80, 24), "down", "l", "b")
	for _, size := range [][2]int{{140, 45}, {80, 24}, {119, 30}} {
		p = sized(p, size[0], size[1])
		for _, r := range strings.Split(p.View().Content, "\n") {
			require.Equal(t, size[0], cells(r))
		}
		require.Equal(t, 2, strings.Count(shown(p), "≠ ")-1, "a mark in each, and the one that explains it")
	}
	end := press(t, p, "pgdown", "pgdown", "pgdown", "pgdown")
	require.Equal(t, end.View().Content, press(t, end, "down").View().Content, "nothing is behind the end")
	require.Equal(t, p.View().Content, press(t, end, "pgup", "pgup", "pgup", "pgup").View().Content)
}

func BenchmarkPage(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			p := press(b, sized(lesson(b, "L05"), size[0], size[1]), "n", "n", "n", "n")
			for b.Loop() {
				p = press(b, p, "pgdown")
				_ = p.View()
				p = press(b, p, "pgup")
				_ = p.View()
			}
		})
	}
}

func BenchmarkBothFutures(b *testing.B) {
	p := press(b, sized(play(b, call), 140, 45), "down", "l", "b")
	for b.Loop() {
		p = press(b, p, "down", "up")
		_ = p.View()
	}
}
