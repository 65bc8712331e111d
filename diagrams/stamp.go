package diagrams

import (
	"strconv"
	"time"
)

// stamp writes a time in seconds with that many decimals; what is finer is cut
// off.
func stamp(at time.Duration, decimals int) string {
	s := strconv.FormatInt(int64(at/time.Second), 10)
	frac := strconv.FormatInt(int64(at%time.Second+time.Second), 10)[1:]
	return s + "." + frac[:decimals] + " s"
}

// decimals is how many a ladder's times need so that no two of them look the
// same: three, or six where things are less than a millisecond apart.
func decimals(items []item) int {
	for i := 1; i < len(items); i++ {
		if d := items[i].at - items[i-1].at; d > 0 && d < time.Millisecond {
			return 6
		}
	}
	return 3
}

// pauseText writes the length of a break in time: ~ 31.2 s ~.
func pauseText(d time.Duration) string {
	ms := (d + time.Millisecond/2) / time.Millisecond
	s := strconv.FormatInt(int64(ms/1000), 10)
	if frac := ms % 1000; frac > 0 {
		f := strconv.FormatInt(int64(frac+1000), 10)[1:]
		for f[len(f)-1] == '0' {
			f = f[:len(f)-1]
		}
		s += "." + f
	}
	return "~ " + s + " s ~"
}

// stampWidth keeps the room for the times on the left.
func (s *scheduler) stampWidth() {
	items := s.ladder.whole.items
	if len(items) == 0 {
		return
	}
	s.sheet.decimals = decimals(items)
	s.sheet.stampTo = len(stamp(items[len(items)-1].at, s.sheet.decimals)) + 2
	if s.sheet.since = s.ladder.opt.Since; s.sheet.since {
		s.sheet.stampTo++
	}
}

// time writes the time of a row: that of the run, or how long after the row
// with a time before it is.
func (s *sheet) time(i int) string {
	at := s.rows[i].at
	if !s.since {
		return stamp(at, s.decimals)
	}
	for k := i - 1; k >= 0; k-- {
		if s.rows[k].stamp {
			return "+" + stamp(at-s.rows[k].at, s.decimals)
		}
	}
	return "+" + stamp(0, s.decimals)
}
