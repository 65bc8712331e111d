package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"

	"siplab/sim/explore"
)

// pace tells who waits how far a long work is: on a terminal in one line
// that is written over, elsewhere a line a second. Of what ends within a second
// it says nothing.
type pace struct {
	lock     sync.Mutex
	w        io.Writer
	terminal bool
	begun    time.Time
	told     time.Time
	shown    bool
	round    int
	since    time.Time // when the round began
}

func newPace(w io.Writer) *pace {
	now := time.Now()
	p := &pace{w: w, begun: now, told: now, since: now}
	if f, ok := w.(*os.File); ok {
		p.terminal = term.IsTerminal(f.Fd())
	}
	return p
}

// report may be called by several workers at a time.
func (p *pace) report(x explore.Progress) {
	if !p.lock.TryLock() {
		return
	}
	defer p.lock.Unlock()
	now := time.Now()
	if x.Round != p.round {
		p.round, p.since = x.Round, now
	}
	if now.Sub(p.told) < time.Second {
		return
	}
	p.told = now
	p.say(p.line(x, now))
}

func (p *pace) say(line string) {
	if p.terminal {
		fmt.Fprintf(p.w, "\r\x1b[K%s", line)
		p.shown = true
		return
	}
	fmt.Fprintln(p.w, line)
}

// line is how many runs there were, at what rate, and how long the round will
// take: the rounds after it are known only when it has ended.
func (p *pace) line(x explore.Progress, now time.Time) string {
	rate := int(int64(x.Runs) * int64(time.Second) / max(1, int64(now.Sub(p.begun))))
	line := fmt.Sprintf("%s runs, %s a second", grouped(x.Runs), grouped(rate))
	if x.Round > 0 {
		line += fmt.Sprintf("; round %d: %d%%", x.Round, x.Done*100/max(1, x.Of))
	} else {
		line += fmt.Sprintf(" of %s", grouped(x.Of))
	}
	if took := now.Sub(p.since); x.Done > 0 && took > time.Second/4 {
		left := time.Duration(int64(took) / int64(x.Done) * int64(x.Of-x.Done))
		line += ", " + left.Round(time.Second).String() + " left"
	}
	return line
}

// clear takes the line off the terminal.
func (p *pace) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
