package words

import (
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// LongestDuration is the longest time that a text may name: a year.
const LongestDuration = 365 * 24 * time.Hour

// units are the letters after a number: Go's, and those of tc(8).
var units = []struct {
	name string
	unit time.Duration
}{
	{"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}, {"ms", time.Millisecond}, {"us", time.Microsecond}, {"ns", time.Nanosecond},
	{"hour", time.Hour}, {"hours", time.Hour}, {"min", time.Minute}, {"mins", time.Minute}, {"minutes", time.Minute},
	{"sec", time.Second}, {"secs", time.Second}, {"seconds", time.Second}, {"msec", time.Millisecond}, {"msecs", time.Millisecond},
	{"usec", time.Microsecond}, {"usecs", time.Microsecond}, {"µs", time.Microsecond}, {"μs", time.Microsecond},
	{"nsec", time.Nanosecond}, {"nsecs", time.Nanosecond},
}

const durationWant = "a time is a number with a unit: 500ms, 1.5s, 2m, 1h"

// Duration reads a time as people, tc(8) and Go write it: 500ms, 1.5s, 2m,
// 1h30m, 100usec. Without a unit only 0 is a time. It is exact to the
// nanosecond; what is negative, finer or longer than LongestDuration is an
// *Error whose column counts from the start of s.
func Duration(s string) (time.Duration, error) {
	if s == "0" {
		return 0, nil
	}
	var sum time.Duration
	for at := 0; at < len(s) || at == 0; {
		d, n, err := part(s[at:])
		if err != nil {
			err.Col += at
			return 0, err
		}
		if sum += d; sum > LongestDuration {
			return 0, tooLong(s)
		}
		at += n
	}
	return sum, nil
}

// part reads one number with its unit and says how long both were.
func part(s string) (time.Duration, int, *Error) {
	whole := digits(s)
	frac := ""
	n := len(whole)
	if n < len(s) && s[n] == '.' {
		frac = digits(s[n+1:])
		n += 1 + len(frac)
	}
	if whole == "" {
		return 0, 0, noNumber(s)
	}
	name := letters(s[n:])
	if name == "" {
		return 0, 0, noUnit(s, n)
	}
	for _, u := range units {
		if u.name == name {
			d, err := scale(whole, frac, u.unit, s)
			return d, n + len(name), err
		}
	}
	return 0, 0, &Error{Col: n + 1, Text: Show(name) + " is no unit of time", Want: durationWant, Near: Nearest(name, []string{"h", "m", "s", "ms", "us", "ns"})}
}

// scale is whole.frac of a unit, exactly.
func scale(whole, frac string, unit time.Duration, s string) (time.Duration, *Error) {
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n > int64(LongestDuration/unit) {
		return 0, tooLong(s)
	}
	part, exact := fraction(strings.TrimRight(frac, "0"), uint64(unit))
	if !exact {
		return 0, &Error{Col: 1, Text: Show(s) + " is finer than a nanosecond", Want: durationWant}
	}
	return time.Duration(n)*unit + time.Duration(part), nil
}

// fraction is 0.digits of a unit, and whether that is a whole number.
func fraction(digits string, unit uint64) (uint64, bool) {
	const most = 18 // 10^18 is the largest power of ten in an int64
	if len(digits) > most {
		return 0, false
	}
	n, ten := uint64(0), uint64(1)
	for _, c := range []byte(digits) {
		n, ten = n*10+uint64(c-'0'), ten*10
	}
	high, low := bits.Mul64(n, unit)
	whole, rest := bits.Div64(high, low, ten)
	return whole, rest == 0
}

func tooLong(s string) *Error {
	return &Error{Col: 1, Text: Show(s) + " is too long a time", Want: "at most " + FormatDuration(LongestDuration)}
}

func noNumber(s string) *Error {
	e := &Error{Col: 1, Text: Show(s) + " is no time", Want: durationWant}
	if strings.HasPrefix(s, "-") {
		e.Text = Show(s) + " is before the start"
	}
	return e
}

func noUnit(s string, n int) *Error {
	e := &Error{Col: n + 1, Text: Show(s) + " has no unit of time", Want: durationWant}
	if n < len(s) {
		e.Text = Show(s) + " is no time"
	}
	return e
}

// FormatDuration is the inverse of Duration: the largest unit of which d is a
// whole number or, from seconds down, at least one.
func FormatDuration(d time.Duration) string {
	switch {
	case d == 0:
		return "0s"
	case d < 0:
		return "-" + FormatDuration(-d)
	case d%time.Hour == 0:
		return strconv.FormatInt(int64(d/time.Hour), 10) + "h"
	case d%time.Minute == 0:
		return strconv.FormatInt(int64(d/time.Minute), 10) + "m"
	case d >= time.Second:
		return decimal(d, time.Second) + "s"
	case d >= time.Millisecond:
		return decimal(d, time.Millisecond) + "ms"
	case d >= time.Microsecond:
		return decimal(d, time.Microsecond) + "us"
	}
	return strconv.FormatInt(int64(d), 10) + "ns"
}

// decimal is d in units, with no more digits than it takes.
func decimal(d, unit time.Duration) string {
	s := strconv.FormatInt(int64(d/unit), 10)
	rest := d % unit
	if rest == 0 {
		return s
	}
	s += "."
	for ; rest > 0; rest %= unit {
		unit /= 10
		s += string(rune('0' + rest/unit))
	}
	return s
}

func digits(s string) string {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n]
}

// letters is what stands before the next digit, dot or sign.
func letters(s string) string {
	n := strings.IndexAny(s, "0123456789.+-,")
	if n < 0 {
		return s
	}
	return s[:n]
}
