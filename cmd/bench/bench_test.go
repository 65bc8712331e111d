package main

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestMedianAndSpread(t *testing.T) {
	for _, c := range []struct {
		ns   []time.Duration
		want spread
	}{
		{[]time.Duration{7}, spread{7, 7, 7}},
		{[]time.Duration{9, 1, 4}, spread{1, 4, 9}},
		{[]time.Duration{8, 2, 4, 90}, spread{2, 6, 90}},
	} {
		var figures []figure
		for _, d := range c.ns {
			figures = append(figures, figure{cpu: d})
		}
		if got := spreadOf(figures, cpuOf); got != c.want {
			t.Errorf("%v: %v, not %v", c.ns, got, c.want)
		}
	}
}

func TestThreeDigitsCount(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "-", 7: "7 ns", 999: "999 ns", 1234: "1.23 µs", 12_345_678: "12.3 ms", 2_345 * time.Millisecond: "2.35 s",
	} {
		if got := show(d); got != want {
			t.Errorf("%d: %q, not %q", d, got, want)
		}
	}
}

// TestWhatIsMissingIsNamed holds that an absent peer costs nobody the table.
func TestWhatIsMissingIsNamed(t *testing.T) {
	c := contest{title: "A race", entries: []entry{
		inProcess("here", 10, func() error { time.Sleep(time.Microsecond); return nil }),
		{name: "elsewhere", missing: absent("no-such-program", "apt-get install it")},
	}}
	var out strings.Builder
	if err := c.run(&out, 2); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "elsewhere: not here (apt-get install it)") || !strings.Contains(out.String(), "1.00") {
		t.Error(out.String())
	}
}

// TestAFailedRoundIsNoFigure holds that the others' figures stand, that the
// failure is said, and that an entry without any figure is an error.
func TestAFailedRoundIsNoFigure(t *testing.T) {
	n := 0
	flaky := entry{name: "flaky", measure: func() (figure, error) {
		if n++; n == 1 {
			return figure{}, errors.New("it rained")
		}
		return figure{cpu: time.Second}, nil
	}}
	var out strings.Builder
	c := contest{entries: []entry{flaky}}
	if err := c.run(&out, 3); err != nil || !strings.Contains(out.String(), "1 of 3 rounds failed, the last by flaky: it rained") {
		t.Error(err, out.String())
	}
	n = 0
	c = contest{entries: []entry{flaky}}
	if err := c.run(&out, 1); err == nil {
		t.Error("no figure and no error")
	}
}

func TestAWholeProcessIsCharged(t *testing.T) {
	f, err := whole(exec.Command("sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"))
	if err != nil || f.cpu <= 0 || f.wall < f.cpu/4 {
		t.Error(f, err)
	}
	if _, err := whole(exec.Command("sh", "-c", "echo why >&2; exit 3")); err == nil || !strings.Contains(err.Error(), "why") {
		t.Error(err)
	}
}

// TestWorldsCallHasSevenMessages: the World's figure is refused where a call is
// not the one that the peers make.
func TestWorldsCallHasSevenMessages(t *testing.T) {
	world, err := worldOfCalls()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := world(); err != nil {
		t.Error(err)
	}
}
