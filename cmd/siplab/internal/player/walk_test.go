package player

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"siplab/lessons"
	"siplab/sim/scenario"
	"siplab/sim/words"
)

var update = flag.Bool("update", false, "write the screens of the walks in testdata anew")

// TestWalks walks through the scripts in testdata. A line of a script is
//
//	size 80x24          the terminal's size
//	scenario            a new player; the indented lines below are its scenario
//	lesson L05          a new learner at that lesson of the course
//	> down l "text"     keys, and texts that are typed; below, the screen after them
//	| ...               a row of the screen
//	# ...               a remark
func TestWalks(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, scripts)
	for _, name := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			script, err := os.ReadFile(name)
			require.NoError(t, err)
			w := walk{t: t}
			w.script(string(script))
			if *update {
				require.NoError(t, os.WriteFile(name, []byte(w.out.String()), 0o644))
				return
			}
			require.Equal(t, string(script), w.out.String())
		})
	}
}

// walk is a script that is walked through, with its screens made anew.
type walk struct {
	t        *testing.T
	out      strings.Builder
	scenario string
	size     tea.WindowSizeMsg
	player   *Player
}

func (w *walk) script(text string) {
	for l := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		if strings.HasPrefix(l, "|") {
			continue
		}
		fmt.Fprintln(&w.out, l)
		switch {
		case l == "scenario":
			w.scenario, w.player = "", nil
		case strings.HasPrefix(l, "lesson "):
			p := lesson(w.t, strings.TrimPrefix(l, "lesson "))
			w.player = &p
			w.send(w.size)
		case strings.HasPrefix(l, "  "):
			w.scenario += strings.TrimPrefix(l, "  ") + "\n"
		case strings.HasPrefix(l, "size "):
			_, err := fmt.Sscanf(l, "size %dx%d", &w.size.Width, &w.size.Height)
			require.NoError(w.t, err)
			w.send(w.size)
		case strings.HasPrefix(l, ">"):
			w.keys(strings.TrimPrefix(l, ">"))
			w.screen()
		default:
			require.True(w.t, l == "" || strings.HasPrefix(l, "#"), "a line of no sort: %s", l)
		}
	}
}

func (w *walk) send(m tea.Msg) {
	if w.player == nil {
		p := play(w.t, w.scenario)
		w.player = &p
		if _, resized := m.(tea.WindowSizeMsg); !resized {
			w.send(w.size)
		}
	}
	next, cmd := w.player.Update(m)
	*w.player = next.(Player)
	for _, m := range messages(cmd) {
		if _, quits := m.(tea.QuitMsg); !quits {
			next, _ := w.player.Update(m)
			*w.player = next.(Player)
		}
	}
}

func (w *walk) keys(line string) {
	ws, err := words.Split(line)
	require.NoError(w.t, err)
	for _, k := range ws {
		if !k.Quoted {
			w.send(key(k.Text))
			continue
		}
		for _, r := range k.Text {
			w.send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	if len(ws) == 0 {
		w.send(w.size)
	}
}

func (w *walk) screen() {
	for l := range strings.SplitSeq(shown(*w.player), "\n") {
		fmt.Fprintln(&w.out, strings.TrimRight("| "+l, " "))
	}
}

// shown is the screen without its styles.
func shown(p Player) string { return ansi.Strip(p.View().Content) }

var named = map[string]rune{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
	"delete": tea.KeyDelete, "space": tea.KeySpace, "f1": tea.KeyF1,
}

// key is the message for a key as bubbletea writes it.
func key(name string) tea.KeyPressMsg {
	var mod tea.KeyMod
	for _, m := range []struct {
		word string
		mod  tea.KeyMod
	}{{"ctrl+", tea.ModCtrl}, {"shift+", tea.ModShift}} {
		if rest, ok := strings.CutPrefix(name, m.word); ok {
			name, mod = rest, m.mod
		}
	}
	if code, ok := named[name]; ok {
		return tea.KeyPressMsg{Code: code, Mod: mod}
	}
	r := []rune(name)[0]
	if mod != 0 {
		return tea.KeyPressMsg{Code: r, Mod: mod}
	}
	return tea.KeyPressMsg{Code: r, Text: name}
}

func play(t testing.TB, text string) Player {
	s, err := scenario.Parse("", text)
	require.NoError(t, err)
	p, err := New(s)
	require.NoError(t, err)
	return p
}

// lesson is a new learner at a lesson of the course.
func lesson(t testing.TB, id string) Player {
	ids := lessons.IDs()
	c := &Course{}
	for _, id := range ids {
		c.Lessons = append(c.Lessons, Entry{id, sync.OnceValues(func() (*lessons.Lesson, error) { return lessons.Find(id) })})
	}
	p, err := NewLearner(c, slices.Index(ids, id), 1)
	require.NoError(t, err)
	return p
}

// press is the player after some keys.
func press(t testing.TB, p Player, keys ...string) Player {
	for _, k := range keys {
		next, _ := p.Update(key(k))
		p = next.(Player)
	}
	return p
}

func sized(p Player, width, height int) Player {
	next, _ := p.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return next.(Player)
}
