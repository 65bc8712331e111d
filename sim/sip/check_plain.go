package sip

import "strings"

// This file knows at a glance the values that nearly all messages carry. A plain function is true only where the reader of
// that header finds nothing wrong under the DefaultLimits; what it does not know, the reader reads.

// plainFromTo knows <sip:alice@atlanta.com>;tag=a6c85cf.
func plainFromTo(s string) bool {
	rest, ok := plainAddress(s)
	if !ok || rest == "" {
		return ok
	}
	tag, ok := strings.CutPrefix(rest, ";tag=")
	return ok && only(tag, tokenChars)
}

// plainContact knows <sip:bob@192.0.2.4>;expires=3600.
func plainContact(s string) bool {
	rest, ok := plainAddress(s)
	if !ok || rest == "" {
		return ok
	}
	seconds, ok := strings.CutPrefix(rest, ";expires=")
	if ok {
		_, ok = parseDigits(seconds, maxSeconds)
	}
	return ok
}

// plainVia knows SIP/2.0/UDP pc33.atlanta.com:5060;branch=z9hG4bK776asdhds.
func plainVia(s string) bool {
	sentBy, ok := strings.CutPrefix(s, "SIP/2.0/UDP ")
	if !ok {
		return false
	}
	rest, ok := plainHostport(sentBy)
	if !ok {
		return false
	}
	branch, ok := strings.CutPrefix(rest, ";branch="+branchCookie)
	return ok && only(branch, tokenChars)
}

// plainAddress knows <sip:user@host:port> and gives what follows it.
func plainAddress(s string) (rest string, ok bool) {
	s, ok = strings.CutPrefix(s, "<sip:")
	if !ok {
		return "", false
	}
	user := spanOf(s, schemeChars)
	if user == 0 || user == len(s) || s[user] != '@' {
		return "", false
	}
	rest, ok = plainHostport(s[user+1:])
	if !ok || rest == "" || rest[0] != '>' {
		return "", false
	}
	return rest[1:], true
}

// plainHostport knows a name or an IPv4 address, with a port or without, and gives what follows it.
func plainHostport(s string) (rest string, ok bool) {
	n := spanOf(s, alphaChars|digitChars|hyphenChar|dotChar)
	if hostFlaw(s[:n]).found() {
		return "", false
	}
	if rest = s[n:]; rest == "" || rest[0] != ':' {
		return rest, true
	}
	n = 1 + spanOf(rest[1:], digitChars)
	port, ok := parseDigits(rest[1:n], 65535)
	return rest[n:], ok && port > 0
}
