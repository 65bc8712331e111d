package words

import (
	"strconv"
	"strings"
)

// mostOrdinal bounds what is counted: no run has more packets.
const mostOrdinal = 1_000_000

// Ordinal reads 1st, 2nd, 3rd, 11th, up to a million.
func Ordinal(s string) (int, bool) {
	if len(s) < 3 || len(s) > 9 || s[0] < '1' || s[0] > '9' {
		return 0, false
	}
	n, err := strconv.Atoi(s[:len(s)-2])
	if err != nil || n > mostOrdinal || FormatOrdinal(n) != s {
		return 0, false
	}
	return n, true
}

// FormatOrdinal is the inverse of Ordinal.
func FormatOrdinal(n int) string {
	suffix := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}

// nearOrdinal is the ordinal that somebody meant who wrote s; "" for none.
func nearOrdinal(s string) string {
	switch strings.ToLower(s) {
	case "first":
		return "1st"
	case "second":
		return "2nd"
	case "third":
		return "3rd"
	case "any", "all", "each":
		return "every"
	}
	number := digits(s)
	n, err := strconv.Atoi(number)
	if err != nil || n == 0 || n > mostOrdinal || FormatOrdinal(n) == s {
		return ""
	}
	switch s[len(number):] {
	case "st", "nd", "rd", "th", ".":
		return FormatOrdinal(n)
	}
	return ""
}
