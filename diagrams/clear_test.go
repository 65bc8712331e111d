package diagrams

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"siplab/sim/trace"
)

// requireClear says that no text of a drawn ladder lies over another text or
// over an arrow.
func requireClear(t *testing.T, l *Ladder) {
	t.Helper()
	p := l.draw(l.layout(l.width(drawWidth), false, true))
	type named struct {
		area4
		text string
		pill bool // in a box of its own, over bars and arrows
	}
	var texts []named
	for _, s := range p.shapes {
		if s.kind != letters {
			continue
		}
		n, x, y := cells(s.text)*cellWide, s.points[0].x, s.points[0].y
		if strings.Contains(s.class, "small") {
			n = n * 7 / 8
		}
		x -= n * int(s.anchor) / 2
		texts = append(texts, named{area4{x, y - textTall, x + n, y + textDeep}, s.text, s.class == "host" || s.class == "state" && s.anchor == middleAnchor})
	}
	for i := range texts {
		a := &texts[i]
		require.GreaterOrEqual(t, a.x0, 0, a.text)
		require.LessOrEqual(t, a.x1, p.width, a.text)
		require.LessOrEqual(t, a.y1, p.height, a.text)
		for k := range texts[:i] {
			require.False(t, a.meets(&texts[k].area4), "%q lies over %q", a.text, texts[k].text)
		}
	}
	for _, s := range p.shapes {
		if s.kind == block && s.class == "bar" {
			bar := area4{s.points[0].x, s.points[0].y, s.points[1].x, s.points[1].y}
			for i := range texts {
				require.False(t, !texts[i].pill && bar.meets(&texts[i].area4), "a timer's bar runs through %q", texts[i].text)
			}
		}
		if s.kind != stroke || !strings.HasPrefix(s.class, "ask") && !strings.HasPrefix(s.class, "good") && !strings.HasPrefix(s.class, "stop") {
			continue
		}
		for i := range texts {
			require.False(t, !texts[i].pill && lineMeets(s.points[0], s.points[1], &texts[i].area4), "an arrow (%v) runs through %q", s.points, texts[i].text)
		}
	}
}

func TestNoLabelOfAKeptLadderLiesOverAnother(t *testing.T) {
	for _, r := range runs {
		t.Run(r.name, func(t *testing.T) { requireClear(t, NewLadder(r.trace(), r.opt)) })
	}
}

// requireWhole says that the text back-end shows every label and mark in full
// where the sheet says.
func requireWhole(t require.TestingT, l *Ladder, ascii bool) {
	s := l.layout(l.width(textWidth), ascii, false)
	g := unicodeGlyphs
	if ascii {
		g = asciiGlyphs
	}
	c := l.page(s, g)
	read := func(row, x, n int) string {
		text := ""
		require.True(t, x >= 0 && x+n <= c.width, "from cell %d to %d of %d", x, x+n, c.width)
		for i := x; i < x+n; i++ {
			at := (row+head+1)*c.width + i
			if c.cell[at] != 0 {
				text += string(c.cell[at])
			}
			text += c.extra[at]
		}
		return text
	}
	for i := range s.marks {
		m := &s.marks[i]
		require.Equal(t, m.text, read(m.row, m.x, cells(m.text)))
	}
	for i := range s.ways {
		if w := &s.ways[i]; w.drawn {
			require.Equal(t, w.label, read(w.labelRow, w.labelX, cells(w.label)), "label of flight %d", i)
		}
	}
}

func TestNothingIsWrittenOverInText(t *testing.T) {
	for _, r := range runs {
		requireWhole(t, NewLadder(r.trace(), r.opt), false)
		requireWhole(t, NewLadder(r.trace(), r.opt), true)
	}
}

func TestTextFitsRFCWidthForUpToFourHosts(t *testing.T) {
	for _, r := range runs {
		l := NewLadder(r.trace(), r.opt)
		for _, text := range []string{l.Text(), l.ASCII()} {
			for line := range strings.SplitSeq(text, "\n") {
				require.LessOrEqual(t, cells(line), 72, "%s: %s", r.name, line)
			}
		}
	}
}

func TestAnArrowLeavesAndArrivesAtItsTimes(t *testing.T) {
	for _, r := range runs {
		requireTrue(t, NewLadder(r.trace(), r.opt))
	}
}

// requireTrue says that each end of each arrow stands in a row of its time.
func requireTrue(t require.TestingT, l *Ladder) {
	s := l.layout(l.width(textWidth), false, false)
	for _, it := range l.items {
		switch it.kind {
		case leaves:
			require.Equal(t, it.at, s.rows[s.ways[it.flight].leave].at)
		case arrives, dies:
			w := &s.ways[it.flight]
			require.Equal(t, it.at, s.rows[w.end].at)
			require.GreaterOrEqual(t, w.end, w.leave)
		}
	}
	for i := 1; i < len(s.rows); i++ {
		require.GreaterOrEqual(t, s.rows[i].at, s.rows[i-1].at, "time runs down the page")
	}
}

// TestAnyRunIsDrawnWhole draws runs of chance: many hosts and packets with any
// delay, lost, copied, and with texts of any width.
func TestAnyRunIsDrawnWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := NewLadder(anyRun(t), Options{
			Width: rapid.SampledFrom([]int{0, 40, 60, 132}).Draw(t, "width"),
			Notes: rapid.Bool().Draw(t, "notes"), Raw: rapid.Bool().Draw(t, "raw"),
			Ahead: rapid.IntRange(0, 20).Draw(t, "ahead"),
		})
		requireTrue(t, l)
		requireWhole(t, l, false)
		requireWhole(t, l, true)
		require.Contains(t, l.SVG(), "</svg>")
	})
}

func anyRun(t *rapid.T) *trace.Trace {
	r := newRun("any", []string{"a", "bob", "日本電話", "d", "e"}[:rapid.IntRange(1, 5).Draw(t, "hosts")]...)
	type due struct {
		at time.Duration
		p  *trace.Packet
	}
	var flying []due
	now := time.Duration(0)
	name := func() string { return rapid.SampledFrom(r.tr.Hosts).Draw(t, "host").Name }
	for range rapid.IntRange(1, 25).Draw(t, "events") {
		now += time.Duration(rapid.SampledFrom([]int{0, 0, 1, 10, 20, 500, 30000}).Draw(t, "gap")) * ms
		for i := 0; i < len(flying); i++ {
			if d := flying[i]; d.at <= now {
				r.arrive(now, d.p)
				flying = append(flying[:i], flying[i+1:]...)
				i--
			}
		}
		switch rapid.IntRange(0, 8).Draw(t, "what") {
		case 0:
			r.tell(now, name(), "日本語 and more words than fit", 200, "")
		case 1:
			r.note(now, name(), "a remark", "")
		case 2:
			r.state(now, name(), rapid.SampledFrom([]string{"x-client", "x-server"}).Draw(t, "machine"), 1, "", "Proceeding")
		case 3:
			r.act(now, name(), "acts", "")
		default:
			p := r.send(now, name(), name(), rapid.SampledFrom([]string{"INVITE x", "SIP/2.0 407 Proxy Authentication Required", "名 x"}).Draw(t, "start"))
			delay := time.Duration(rapid.SampledFrom([]int{0, 1, 20, 21, 40, 700}).Draw(t, "delay")) * ms
			switch rapid.IntRange(0, 4).Draw(t, "fate") {
			case 0:
				r.lose(now, p, "for some reason or other")
			case 1:
				flying = append(flying, due{now + delay, r.duplicate(now, p)})
				fallthrough
			default:
				flying = append(flying, due{now + delay, p})
			}
		}
	}
	return r.tr
}
