package netem

import (
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// timeUnits are tc's suffixes, each first in the form that is printed.
var timeUnits = []struct {
	name string
	unit time.Duration
}{
	{"s", time.Second}, {"ms", time.Millisecond}, {"us", time.Microsecond}, {"ns", time.Nanosecond},
	{"sec", time.Second}, {"secs", time.Second}, {"msec", time.Millisecond}, {"msecs", time.Millisecond},
	{"usec", time.Microsecond}, {"usecs", time.Microsecond}, {"nsec", time.Nanosecond}, {"nsecs", time.Nanosecond},
}

// parseTime reads 20ms, 1.5s, 100usec. To tc a bare number is microseconds,
// which nobody means who writes it, so only 0 goes without a unit.
func parseTime(s string) (time.Duration, bool) {
	number, frac, unit := decimal(s)
	if unit == "" && number == "0" && frac == "" {
		return 0, true
	}
	for _, u := range timeUnits {
		if strings.EqualFold(u.name, unit) {
			n, ok := scaleDecimal(number, frac, uint64(u.unit), uint64(LongestTime))
			return time.Duration(n), ok
		}
	}
	return 0, false
}

// formatTime is the inverse of parseTime: the largest unit of which there is
// at least one.
func formatTime(d time.Duration) string {
	if d == 0 {
		return "0s"
	}
	u := timeUnits[3]
	for _, larger := range timeUnits[:3] {
		if d >= larger.unit {
			u = larger
			break
		}
	}
	s := strconv.FormatInt(int64(d/u.unit), 10)
	if rest := d % u.unit; rest != 0 {
		digits := strconv.FormatInt(int64(u.unit+rest), 10)[1:]
		s += "." + strings.TrimRight(digits, "0")
	}
	return s + u.name
}

// decimal cuts a number into the digits before and after the point and what
// follows them.
func decimal(s string) (whole, frac, unit string) {
	n := countDigits(s)
	whole, unit = s[:n], s[n:]
	if strings.HasPrefix(unit, ".") {
		n = countDigits(unit[1:])
		frac, unit = unit[1:1+n], unit[1+n:]
	}
	return whole, frac, unit
}

func countDigits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// scaleDecimal is whole.frac of a unit, exactly: false if it is no whole
// number or above most.
func scaleDecimal(whole, frac string, unit, most uint64) (uint64, bool) {
	n, err := strconv.ParseUint(whole, 10, 64)
	if err != nil || n > most/unit {
		return 0, false
	}
	frac = strings.TrimRight(frac, "0")
	const finest = 18
	if len(frac) > finest {
		return 0, false
	}
	part, ones := uint64(0), uint64(1)
	for _, digit := range []byte(frac) {
		part, ones = part*10+uint64(digit-'0'), ones*10
	}
	hi, lo := bits.Mul64(part, unit)
	q, rest := bits.Div64(hi, lo, ones)
	n = n*unit + q
	return n, rest == 0 && n <= most
}
