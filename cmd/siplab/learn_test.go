package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/stretchr/testify/require"
)

func TestLearnWithoutATerminalSaysSo(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	for _, c := range []struct{ args, says string }{
		{"learn register", "siplab: learn needs a terminal: standard input and output are no terminal\n  siplab run register prints the whole run\n"},
		{"learn", "siplab: learn needs a terminal: standard input and output are no terminal\n  siplab run L01 prints the whole run\n"},
		{"learn L01 L02", "siplab: learn takes one lesson, file or folder\n"},
		{"learn --seed 3", "siplab: --fault, --net and --seed change the run of one lesson\n"},
		{"learn -", "siplab: learn reads keys from standard input, so the scenario comes from a file\n"},
		{"learn registre", "did you mean register?\n"},
	} {
		var out, errs bytes.Buffer
		require.Equal(t, exitBad, run(strings.Fields(c.args), strings.NewReader(""), &out, &errs), c.args)
		require.Empty(t, out.String())
		require.Contains(t, errs.String(), c.says)
	}
}

// A newcomer's first minutes, in a pseudo-terminal: a lesson is read, a wrong
// answer given and its run seen, the right one given; a packet is lost in the
// run, both futures are seen, the run is saved; the next time the learner is
// where he stopped.
func TestLearnInATerminal(t *testing.T) {
	for _, size := range []pty.Winsize{{Cols: 80, Rows: 24}, {Cols: 120, Rows: 40}, {Cols: 200, Rows: 60}} {
		t.Run(fmt.Sprintf("%dx%d", size.Cols, size.Rows), func(t *testing.T) {
			state := t.TempDir()
			t.Setenv("XDG_STATE_HOME", state)
			t.Chdir(t.TempDir())
			far, leave := learning(t, size, "learn", "L05")
			for _, step := range []struct{ keys, then string }{
				{"", "Page 1 of"},
				{"nn", "When does the phone send its second REGISTER packet?"},
				{"d", "It would be right without this line"},
				{"\r", "≠ marks the first difference"},
				{"\x1b", "When does the phone"},
				{"c", "Timer E of the transaction fires"},
				{"\t\x1b[B", "REGISTER sip:biloxi.example.com SIP/2.0"},
				{"l", "without lose 1st REGISTER from bob"},
				{"b", "Up to there the runs are the same."},
				{"qS\x15run.svg\r", "Saved: run.svg"},
				{":lose 1st 401\r", "lose 1st 401"},
				{"?", "Another way"},
			} {
				far.types(t, step.keys, step.then)
			}
			leave("qq")
			svg, err := os.ReadFile("run.svg")
			require.NoError(t, err)
			require.Contains(t, string(svg), "<svg")
			kept, err := os.ReadFile(filepath.Join(state, "siplab", "progress.txt"))
			require.NoError(t, err)
			require.Contains(t, string(kept), "at L05 page 3\nsolved L05 question 1\n")

			far, leave = learning(t, size, "learn")
			far.types(t, "", "L05 The REGISTER nobody heard")
			far.types(t, "", "Page 3 of")
			leave("q")
		})
	}
}

// What is no room for the player, no home and no folder of lessons is said in
// one line.
func TestLearnWithoutRoomOrHome(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", "")
	t.Setenv("HOME", "")
	far, leave := learning(t, pty.Winsize{Cols: 60, Rows: 10}, "learn", "L05")
	far.types(t, "", "siplab learn needs 80x24 cells; this is 60x10")
	leave("q")
	far, leave = learning(t, pty.Winsize{Cols: 80, Rows: 24}, "learn", "L05")
	far.types(t, "", "What you solved is not kept: there is no home directory.")
	leave("q")
}

// learning runs the command in a terminal of that size; what it returns leaves
// it by keys.
func learning(t *testing.T, size pty.Winsize, args ...string) (far *terminal, leave func(keys string)) {
	t.Setenv("TERM", "xterm-256color")
	t.Setenv("NO_COLOR", "1")
	master, near, err := pty.Open()
	require.NoError(t, err)
	t.Cleanup(func() { master.Close(); near.Close() })
	require.NoError(t, pty.Setsize(master, &size))
	far = newTerminal(master, size)
	go far.read()
	var errs bytes.Buffer
	code := make(chan int, 1)
	go func() { code <- run(args, near, near, &errs) }()
	return far, func(keys string) {
		_, err := master.WriteString(keys)
		require.NoError(t, err)
		select {
		case c := <-code:
			require.Equal(t, exitDone, c, errs.String())
		case <-time.After(10 * time.Second):
			require.Fail(t, "the keys do not leave the player")
		}
	}
}

// types gives keys to the player and waits for what they bring.
func (s *terminal) types(t *testing.T, keys, then string) {
	t.Helper()
	_, err := s.WriteString(keys)
	require.NoError(t, err)
	for end := time.Now().Add(10 * time.Second); !strings.Contains(s.text(), then); time.Sleep(5 * time.Millisecond) {
		require.True(t, time.Now().Before(end), "after %q there is no %q:\n%s", keys, then, s.text())
	}
}
