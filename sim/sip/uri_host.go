package sip

import (
	"net/netip"
	"strings"
)

// hostFlaw reads s as host = hostname / IPv4address / IPv6reference (RFC 3261 §25.1, corrected by RFC 5954 §4.1).
// Escapes are not allowed in a host (§19.1.2).
func hostFlaw(s string) *flaw {
	switch {
	case s == "":
		return &flaw{at: 0, text: "the host is missing", want: "a host name or an address"}
	case s[0] == '[':
		return referenceFlaw(s)
	}
	rest, ok := plainHost(s)
	switch {
	case ok && rest == "":
		return nil
	case spanOf(s, digitChars|dotChar) == len(s):
		return &flaw{at: 0, text: "this is no IPv4 address", want: "four numbers from 0 to 255 such as 192.0.2.4, or a name whose last label begins with a letter"}
	}
	return hostnameFlaw(s)
}

// referenceFlaw reads "[" IPv6address "]". An address with a zone is refused: it means nothing on another host.
func referenceFlaw(s string) *flaw {
	inner, closed := strings.CutSuffix(s[1:], "]")
	if !closed {
		return &flaw{at: len(s), text: "an IPv6 reference is not closed", want: "a ] after the address"}
	}
	if _, ok := ipv6Address(inner); !ok {
		return &flaw{at: 1, text: "this is no IPv6 address", want: "an address such as 2001:db8::10, without a zone"}
	}
	return nil
}

// ipv6Address reads an IPv6 address. The grammar of RFC 3261 made some elements write three colons before an IPv4 part;
// RFC 5118 §4.10 has receivers take them for two.
func ipv6Address(s string) (netip.Addr, bool) {
	if head, tail, found := strings.Cut(s, ":::"); found && ipv4Part(tail) {
		s = head + "::" + tail
	}
	a, err := netip.ParseAddr(s)
	return a, err == nil && a.Is6() && a.Zone() == ""
}

// isBareIPv6 reports whether s is an address that lacks its brackets.
func isBareIPv6(s string) bool {
	if strings.Count(s, ":") < 2 || strings.Trim(s, "0123456789abcdefABCDEF:.") != "" {
		return false
	}
	_, ok := ipv6Address(s)
	return ok
}

func ipv4Part(s string) bool { return only(s, digitChars|dotChar) && strings.IndexByte(s, '.') > 0 }

// isIPv4 reports whether s is an IPv4 address as netip.ParseAddr takes it: four numbers up to 255 without leading zeros. It
// is asked of each host of each message, and the error of ParseAddr is an allocation.
func isIPv4(s string) bool {
	dots, digits, number := 0, 0, 0
	for i := range len(s) {
		switch d := s[i] - '0'; {
		case d <= 9 && (digits == 0 || number > 0):
			digits, number = digits+1, number*10+int(d)
		case s[i] == '.' && digits > 0:
			dots, digits, number = dots+1, 0, 0
		default:
			return false
		}
		if number > 255 {
			return false
		}
	}
	return dots == 3 && digits > 0
}

// plainHost knows a host name or an IPv4 address at the start of s, but for a name with a dot at its end, and gives what
// follows it. It is asked of each host of each message; hostFlaw finds what is wrong.
func plainHost(s string) (rest string, ok bool) {
	for label := 0; ; {
		end := label + spanOf(s[label:], labelChars)
		if end == label || s[label] == '-' || s[end-1] == '-' {
			return s, false
		}
		if end == len(s) || s[end] != '.' {
			return s[end:], is(s[label], alphaChars) || isIPv4(s[:end])
		}
		label = end + 1
	}
}

// hostnameFlaw reads *( domainlabel "." ) toplabel [ "." ].
func hostnameFlaw(s string) *flaw {
	start := 0
	for rest, more := s, true; more; {
		var label string
		label, rest, more = cutByte(rest, '.')
		if label == "" && !more && start > 0 {
			break
		}
		if f := labelFlaw(label); f.found() {
			return f.after(start)
		}
		if last := !more || rest == ""; last && !is(label[0], alphaChars) {
			return &flaw{at: start, text: "the last label of a host name begins with a letter", want: "a name such as atlanta.com"}
		}
		start += len(label) + 1
	}
	return nil
}

func labelFlaw(label string) *flaw {
	n := spanOf(label, labelChars)
	switch {
	case label == "":
		return &flaw{at: 0, text: "a host name has an empty label", want: "letters, digits and hyphens between its dots"}
	case n < len(label) && label[n] == '%':
		return &flaw{at: n, text: "a host has no escapes", want: "the characters themselves (RFC 3261 §19.1.2)"}
	case n < len(label):
		return &flaw{at: n, text: show(label[n:]) + " cannot stand in a host", want: "letters, digits, hyphens and dots"}
	case label[0] == '-':
		return &flaw{at: 0, text: "a label of a host name begins with a hyphen", want: "a letter or a digit"}
	case label[len(label)-1] == '-':
		return &flaw{at: len(label) - 1, text: "a label of a host name ends in a hyphen", want: "a letter or a digit"}
	}
	return nil
}

// sameHost compares two hosts without case; two addresses are the same when they are the same in binary (RFC 5954 §4.2).
func sameHost(a, b string) bool {
	if EqualFold(a, b) {
		return true
	}
	if a == "" || b == "" || a[0] != '[' || b[0] != '[' {
		return false
	}
	x, okX := ipv6Address(strings.Trim(a, "[]"))
	y, okY := ipv6Address(strings.Trim(b, "[]"))
	return okX && okY && x == y
}
