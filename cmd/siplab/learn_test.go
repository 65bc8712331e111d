package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
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

// terminal is the far side of a pseudo-terminal: what was written to it so far.
type terminal struct {
	*os.File
	mu   sync.Mutex
	seen bytes.Buffer
}

func (s *terminal) read() {
	_, _ = io.Copy(writerFunc(func(b []byte) (int, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.seen.Write(b)
	}), s.File)
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// text is what stands in the output, without what moves the cursor.
func (s *terminal) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return ansi.Strip(s.seen.String())
}

// A newcomer's first minute, in a pseudo-terminal: step to a message, lose it,
// see the timer repair it, go back, leave.
func TestLearnInATerminal(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("TERM", "xterm-256color")
	t.Setenv("NO_COLOR", "1")
	far, near, err := pty.Open()
	require.NoError(t, err)
	defer far.Close()
	defer near.Close()
	require.NoError(t, pty.Setsize(far, &pty.Winsize{Cols: 80, Rows: 24}))

	screen := &terminal{File: far}
	go screen.read()
	var errs bytes.Buffer
	code := make(chan int, 1)
	go func() { code <- run([]string{"learn", "register"}, near, near, &errs) }()

	for _, step := range []struct{ keys, then string }{
		{"", "Page 1 of"},
		{"\t", "Nothing has happened yet."},
		{"\x1b[B", "REGISTER sip:biloxi.example.com SIP/2.0"},
		{"l", "lost: 1st REGISTER from bob to biloxi"},
		{"\x1b[C", "Timer E fires at bob."},
		{"u", "Taken back: lose 1st REGISTER from bob to biloxi"},
		{":lose 1st 401\r", "the run goes another way further on"},
		{"?", "Another way"},
	} {
		_, err := far.WriteString(step.keys)
		require.NoError(t, err)
		require.Eventually(t, func() bool { return strings.Contains(screen.text(), step.then) },
			10*time.Second, 5*time.Millisecond, "after %q: %q", step.keys, step.then)
	}
	_, err = far.WriteString("qq")
	require.NoError(t, err)
	select {
	case c := <-code:
		require.Equal(t, exitDone, c, errs.String())
	case <-time.After(10 * time.Second):
		require.Fail(t, "q does not leave the player")
	}
}
