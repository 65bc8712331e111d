package player

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"siplab/sim/trace"
)

const registration = `title First registration
net delay 20ms
phone bob sip:bob@biloxi.example.com password zanzibar
registrar biloxi domain biloxi.example.com
at 0s bob registers
`

const call = `net delay 20ms
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com
lose 1st 200 from bob
at 0s alice calls bob
at 2s bob answers
at 5s alice hangs up
`

// troubled has all that a packet can meet.
const troubled = `net delay 20ms 10ms loss 20% duplicate 20% reorder 10% 50%
phone bob sip:bob@biloxi.example.com password zanzibar
phone carol sip:carol@biloxi.example.com password sesame
registrar biloxi domain biloxi.example.com
hold 1st 401 to carol until after 2nd REGISTER from carol
corrupt 2nd REGISTER from bob
at 0s bob registers
at 10ms carol registers
`

var sizes = [][2]int{{80, 24}, {100, 30}, {140, 45}}

func TestBackGivesTheSameScreenAsForward(t *testing.T) {
	for _, c := range []struct {
		text, keys    string
		width, height int
	}{
		{registration, "", 80, 24},
		{call, "", 80, 24},
		{call, "s", 80, 24},
		{call, "w t enter", 80, 24},
		{call, "r", 100, 30},
		{call, "", 140, 45},
		{troubled, "s", 80, 24},
	} {
		p := press(t, sized(play(t, c.text), c.width, c.height), strings.Fields(c.keys)...)
		var forward []string
		for range p.run.Events {
			forward = append(forward, p.View().Content)
			p = press(t, p, "right")
		}
		for i := len(forward) - 1; i >= 0; i-- {
			p = press(t, p, "left")
			require.Equal(t, forward[i], p.View().Content, "event %d of %+v", i, c)
		}
	}
}

func TestTheLifelinesStayWhereTheyAre(t *testing.T) {
	for _, text := range []string{registration, call, troubled} {
		for _, size := range sizes {
			p := play(t, text)
			end := len(p.run.Events)
			p.at = end
			names := p.ladder(p.run.scene(end), size[0], size[1])[0]
			for at := range end {
				p.at = at
				require.Equal(t, names, p.ladder(p.run.scene(at), size[0], size[1])[0], "event %d", at)
			}
		}
	}
}

func TestByMessageBackGoesWhereForwardWent(t *testing.T) {
	p := sized(play(t, troubled), 80, 24)
	stops := []int{0}
	for p.at < len(p.run.Events) {
		p = press(t, p, "down")
		require.Greater(t, p.at, stops[len(stops)-1])
		stops = append(stops, p.at)
	}
	for i := len(stops) - 2; i >= 0; i-- {
		p = press(t, p, "up")
		require.Equal(t, stops[i], p.at)
	}
}

func TestStartAndEnd(t *testing.T) {
	p := sized(play(t, registration), 80, 24)
	first := p.View().Content
	p = press(t, p, "end")
	require.Equal(t, len(p.run.Events), p.at)
	require.Equal(t, p.View().Content, press(t, p, "right", "right").View().Content, "nothing is behind the end")
	require.Equal(t, first, press(t, p, "home").View().Content)
	require.Equal(t, first, press(t, p, "home", "left").View().Content, "nothing is before the start")
}

func TestEveryScreenHasExactlyTheTerminalsSize(t *testing.T) {
	for _, size := range sizes {
		for _, shows := range [][]string{{"s"}, {"w", "enter", "t"}, {"?"}, {"r", "d"}} {
			p := press(t, sized(play(t, registration), size[0], size[1]), append(shows, "down")...)
			for range p.run.Events {
				rows := strings.Split(p.View().Content, "\n")
				require.Len(t, rows, size[1])
				for _, r := range rows {
					require.Equal(t, size[0], cells(r), "%q", r)
				}
				p.at = min(p.at+1, len(p.run.Events))
			}
		}
	}
}

func TestEveryPacketHasAName(t *testing.T) {
	p := sized(play(t, troubled), 80, 24)
	for i := range p.run.Events {
		e := &p.run.Events[i]
		if e.Kind != trace.Send {
			continue
		}
		t.Run(e.Packet.Label, func(t *testing.T) {
			at := p
			at.at = i + 1
			name, err := p.run.named(e.Packet)
			require.NoError(t, err)
			q := press(t, at, "l")
			require.Empty(t, q.wrong)
			require.Contains(t, q.changed(), "lose "+name.String())
			lost := q.run.scene(q.at)
			require.Equal(t, e.Packet.Label, lost.packet.Label)
			require.True(t, lost.fate.lost, "the packet under the cursor, and no other, is lost")
			require.Equal(t, "lose "+name.String(), lost.fate.why)
		})
	}
}

func TestLosing(t *testing.T) {
	p := press(t, sized(play(t, registration), 80, 24), "down")
	before := p.View().Content
	lost := press(t, p, "l")
	t.Run("the run goes another way from the loss", func(t *testing.T) {
		require.Equal(t, trace.Lose, lost.run.Events[lost.at-1].Kind)
		require.Contains(t, shown(lost), "lose 1st REGISTER from bob to biloxi: from here the run goes another way")
	})
	t.Run("u takes it back", func(t *testing.T) {
		back := press(t, lost, "u")
		require.Same(t, p.run, back.run)
		require.Equal(t, p.at, back.at)
		require.Equal(t, before, press(t, back, "left", "right").View().Content)
	})
	t.Run("once more: it is not lost", func(t *testing.T) {
		again := press(t, lost, "l")
		require.Equal(t, -1, difference(p.run, again.run))
	})
	t.Run("what the scenario itself loses can be taken out too", func(t *testing.T) {
		p := press(t, sized(play(t, registration+"lose 1st REGISTER from bob\n"), 80, 24), "down", "l")
		require.Empty(t, p.run.scenario.Faults)
		require.Contains(t, shown(p), "without lose 1st REGISTER from bob: from here the run goes another way")
	})
	t.Run("but not where it loses others as well", func(t *testing.T) {
		p := press(t, sized(play(t, registration+"lose every REGISTER from bob\n"), 80, 24), "down", "l")
		require.Contains(t, shown(p), `"lose REGISTER from bob" does that already, and to others too.`)
	})
	t.Run("a past packet: the player goes back to it", func(t *testing.T) {
		p := press(t, p, "end", "up", "up", "up", "up", "up", "up", "l")
		require.Equal(t, "F2", p.run.scene(p.at).packet.Label)
		require.Equal(t, trace.Lose, p.run.Events[p.at-1].Kind)
	})
	t.Run("what is said last of a packet holds", func(t *testing.T) {
		p := press(t, lost, "D")
		require.Len(t, p.run.scenario.Faults, 1)
		require.Equal(t, "duplicate 1st REGISTER from bob to biloxi", p.run.scenario.Faults[0].String())
	})
	t.Run("before the first message there is nothing to lose", func(t *testing.T) {
		require.Contains(t, shown(press(t, lost, "home", "l")), "No packet has been sent yet.")
	})
	t.Run("with nothing changed there is nothing to take back", func(t *testing.T) {
		require.Contains(t, shown(press(t, p, "u")), "There is no change to take back.")
	})
}

func TestAChangeLeavesTheOldPlayerAsItWas(t *testing.T) {
	p := press(t, sized(play(t, registration), 80, 24), "down")
	before := p.View().Content
	a := press(t, p, "l", "down", "down", "down", "l")
	b := press(t, p, "D")
	require.Equal(t, before, p.View().Content)
	require.Equal(t, []string{"duplicate 1st REGISTER from bob to biloxi"}, b.changed())
	require.Len(t, a.changed(), 2)
}

func TestPrompt(t *testing.T) {
	p := sized(play(t, registration), 80, 24)
	say := func(p Player, line string) Player {
		p = press(t, p, ":")
		next, _ := p.Update(tea.PasteMsg{Content: line})
		return press(t, next.(Player), "enter")
	}
	for _, c := range []struct{ line, says string }{
		{"loose 1st REGISTER from bob", `did you mean lose?`},
		{"lose 1st REGISTER from bbo", `column 24: "bbo" is no host`},
		{"at 1s bob sings", `"sings"`},
		{"phone carol", "column 12"},
	} {
		t.Run(c.line, func(t *testing.T) {
			q := say(p, c.line)
			require.Equal(t, aStatement, q.asking, "a wrong line stays")
			require.Contains(t, strings.Join(strings.Fields(q.wrong), " "), c.says)
			require.Contains(t, shown(q), ":"+c.line)
			require.Same(t, p.run, q.run)
		})
	}
	t.Run("any statement", func(t *testing.T) {
		for _, line := range []string{
			"net delay 1ms", "phone carol sip:carol@biloxi.example.com", "at 1s bob unregisters", "seed 7", "title Another",
			"registrar biloxi domain biloxi.example.com open", "link bob biloxi loss 50%", "cut bob biloxi until 1s", "timers T1 100ms",
		} {
			q := say(p, line)
			require.Equal(t, nothing, q.asking, "%s: %s", line, q.wrong)
			require.Equal(t, []string{line}, q.changed())
			require.Equal(t, p.run, press(t, q, "u").run)
		}
	})
	t.Run("an empty line is none", func(t *testing.T) {
		q := say(p, "   ")
		require.Equal(t, nothing, q.asking)
		require.Empty(t, q.changed())
	})
	t.Run("what is pasted is one line, and harmless", func(t *testing.T) {
		q := press(t, p, ":")
		next, _ := q.Update(tea.PasteMsg{Content: "title \x1b[2J\u202e\nnote x"})
		require.Equal(t, `title \x1b[2J\u{202e}`, next.(Player).prompt.String())
	})
	t.Run("a line longer than the terminal shows where the cursor is", func(t *testing.T) {
		q := press(t, p, ":")
		next, _ := q.Update(tea.PasteMsg{Content: "title " + strings.Repeat("long ", 60) + "end"})
		require.Contains(t, shown(next.(Player)), "long end")
		require.Less(t, next.View().Cursor.X, 80)
	})
}

func TestEditing(t *testing.T) {
	e := entryOf("lose 1st INVITE")
	for _, c := range []struct{ keys, text string }{
		{"ctrl+w", "lose 1st "},
		{"left left left left left left backspace", "lose 1stINVITE"},
		{"home delete", "ose 1st INVITE"},
		{"ctrl+a right right ctrl+k", "lo"},
		{"left ctrl+u", "E"},
		{"end x", "lose 1st INVITEx"},
		{"home backspace left", "lose 1st INVITE"},
	} {
		got := e
		for _, k := range strings.Fields(c.keys) {
			got = got.key(key(k))
		}
		require.Equal(t, c.text, got.String(), c.keys)
	}
	require.Equal(t, "lose 1st INVITE", e.String())
}

func TestATerminalThatIsTooSmallSaysWhatItNeeds(t *testing.T) {
	for _, size := range [][2]int{{79, 24}, {80, 23}, {60, 10}, {1, 1}} {
		p := sized(play(t, registration), size[0], size[1])
		rows := strings.Split(p.View().Content, "\n")
		require.LessOrEqual(t, len(rows), size[1])
		for _, row := range rows {
			require.LessOrEqual(t, cells(row), size[0])
		}
	}
	require.Equal(t, "siplab learn needs 80x24 cells; this is 60x10",
		strings.TrimSpace(shown(sized(play(t, registration), 60, 10))))
	require.Equal(t, []string{"siplab learn needs 80x24", "cells; this is 30x10"}, strings.FieldsFunc(
		strings.ReplaceAll(shown(sized(play(t, registration), 30, 10)), "  ", ""), func(r rune) bool { return r == '\n' }))
}

// NO_COLOR (no-color.org) takes the colours; what is bold or reversed stays,
// and no word depends on either.
func TestWithoutColour(t *testing.T) {
	p := press(t, sized(play(t, registration), 80, 24), "down", "l")
	var b strings.Builder
	w := &colorprofile.Writer{Forward: &b, Profile: colorprofile.Detect(&b, []string{"TERM=xterm-256color", "TTY_FORCE=1", "NO_COLOR=1"})}
	_, err := w.WriteString(p.View().Content)
	require.NoError(t, err)
	const colour = "\x1b\\[[0-9;]*(3[0-9]|4[0-9]|9[0-9])[;m]"
	require.Regexp(t, colour, p.View().Content)
	require.NotRegexp(t, colour, b.String())
	require.Contains(t, b.String(), "\x1b[7m", "the title is reversed")
	require.Contains(t, b.String(), "lose 1st REGISTER from bob to biloxi: from here the run goes another way")
}

// SEC: a scenario, and what a message carries, may hold anything; none of it
// reaches the terminal as it is.
func TestHostileBytesAreMadeHarmless(t *testing.T) {
	p := play(t, registration)
	p.run.Title = "\u202e\x1b]0;owned\a"
	for i := range p.run.Events {
		if k := p.run.Events[i].Packet; k != nil {
			k.Raw = strings.Replace(k.Raw, "tag=", "\x1b]0;owned\a\u202e\xff\x9b31m=", 1)
		}
	}
	for _, shows := range []string{"s", "r", "w"} {
		q := press(t, sized(p, 140, 45), "home", shows)
		for range p.run.Events {
			for _, bad := range []string{"\x1b]", "\a", "\u202e", "\xff", "\x9b"} {
				require.NotContains(t, q.View().Content, bad)
			}
			q = press(t, q, "right")
		}
	}
}

func TestHelpNamesEveryKey(t *testing.T) {
	run := sized(play(t, registration), 80, 24)
	page := sized(lesson(t, "L05"), 80, 24)
	for _, of := range []struct {
		p      Player
		groups []group
	}{{run, groups()}, {page, readingGroups()}} {
		p := press(t, of.p, "?")
		help := shown(p)
		for range 3 {
			p = press(t, p, "pgdown")
			help += shown(p)
		}
		for _, g := range of.groups {
			require.Contains(t, help, g.title)
			for _, b := range g.bindings {
				require.Contains(t, help, b.does)
			}
		}
	}
	p := press(t, sized(play(t, registration), 80, 24), "?", "down")
	require.False(t, p.help, "any other key leaves the help, and does what it means")
	require.Equal(t, 6, p.at)
}

func TestLeaving(t *testing.T) {
	p := sized(play(t, registration), 80, 24)
	for _, k := range []string{"q", "ctrl+c"} {
		_, cmd := p.Update(key(k))
		require.IsType(t, tea.QuitMsg{}, cmd())
	}
	for _, covered := range []string{"?", "enter"} {
		back, cmd := press(t, p, covered).Update(key("q"))
		require.Nil(t, cmd)
		require.Equal(t, p.View().Content, back.View().Content)
	}
	_, cmd := press(t, p, ":").Update(key("q"))
	require.Nil(t, cmd, "in the prompt, q is a letter")
}

func TestNoKeysBreakTheScreen(t *testing.T) {
	all := []string{"q", "enter", "esc", "backspace", "x", "ctrl+w", "delete"}
	for k := range pressed {
		all = append(all, k)
	}
	slices.Sort(all)
	start := play(t, call)
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.SampledFrom(sizes).Draw(rt, "size")
		p := sized(start, size[0], size[1])
		for _, k := range rapid.SliceOfN(rapid.SampledFrom(all), 1, 15).Draw(rt, "keys") {
			p = press(t, p, k)
		}
		require.Len(rt, strings.Split(p.View().Content, "\n"), size[1])
	})
}

func TestWrapping(t *testing.T) {
	for _, c := range []struct {
		s     string
		lines []string
	}{
		{"one two three", []string{"one two", "  three"}},
		{"onetwothree", []string{"onetwoth", "  ree"}},
		{"", []string{""}},
		{"日本語日本語", []string{"日本語日", "  本語"}},
		{"a\x1bb", []string{`a\x1bb`}},
	} {
		require.Equal(t, c.lines, wrap(c.s, 8, 2), c.s)
	}
	require.Equal(t, []string{"日", "日"}, wrap("日日", 1, 0), "what has no room at all does not hang")
}

func BenchmarkStep(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			p := press(b, sized(play(b, call), size[0], size[1]), "end")
			for b.Loop() {
				p = press(b, p, "left")
				_ = p.View()
				p = press(b, p, "right")
				_ = p.View()
			}
		})
	}
}

func BenchmarkFork(b *testing.B) {
	p := press(b, sized(play(b, call), 140, 45), "down")
	for b.Loop() {
		_ = press(b, p, "l").View()
	}
}

// A hundred phones and their thousands of events are more than anybody steps
// through.
func BenchmarkForkOfACrowd(b *testing.B) {
	crowd := "net delay 20ms\nregistrar biloxi domain biloxi.example.com\nphones p 1..100 sip:p*@biloxi.example.com password secret*\n"
	for i := range 100 {
		crowd += fmt.Sprintf("at %dms p%d registers\n", i, i+1)
	}
	p := press(b, sized(play(b, crowd), 140, 45), "end")
	for b.Loop() {
		_ = press(b, p, "l").View()
	}
}
