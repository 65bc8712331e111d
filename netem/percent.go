package netem

import (
	"math/bits"
	"strconv"
	"strings"
)

// Percent is a probability, or a part of one, in units of 1/(2³²-1), as in
// tc netem: 0 is never and Always is 100 %.
type Percent uint32

// Always is 100 %.
const Always Percent = 1<<32 - 1

// String writes the percentage with no more decimals than give p back.
func (p Percent) String() string {
	unit := uint64(1) // of the last decimal
	for decimals := 0; ; decimals++ {
		n := scale(uint64(p), 100*unit, uint64(Always))
		if fraction(n, 100*unit) == p {
			return point(n, decimals) + "%"
		}
		unit *= 10
	}
}

// point writes n with the last digits behind a point.
func point(n uint64, decimals int) string {
	s := strconv.FormatUint(n, 10)
	if decimals == 0 {
		return s
	}
	if len(s) <= decimals {
		s = strings.Repeat("0", decimals-len(s)+1) + s
	}
	return s[:len(s)-decimals] + "." + s[len(s)-decimals:]
}

// scale is n*by/of, rounded, or the largest number if that is larger.
func scale(n, by, of uint64) uint64 {
	hi, lo := bits.Mul64(n, by)
	lo, carry := bits.Add64(lo, of/2, 0)
	if hi+carry >= of {
		return 1<<64 - 1
	}
	q, _ := bits.Div64(hi+carry, lo, of)
	return q
}

// fraction is n/of as a probability.
func fraction(n, of uint64) Percent { return Percent(scale(n, uint64(Always), of)) }

// parsePercent reads 5, 5%, 0.1%. Digits behind the ninth decimal are finer
// than a Percent and mean nothing.
func parsePercent(s string) (Percent, bool) {
	whole, decimals, _ := strings.Cut(strings.TrimSuffix(s, "%"), ".")
	if whole == "" || len(whole) > 3 || !isDigits(whole) || !isDigits(decimals) {
		return 0, false
	}
	const most = 9
	decimals = decimals[:min(len(decimals), most)]
	n, _ := strconv.ParseUint(whole+decimals+strings.Repeat("0", most-len(decimals)), 10, 64)
	const hundred = 100_000_000_000
	if n > hundred {
		return 0, false
	}
	return fraction(n, hundred), true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
