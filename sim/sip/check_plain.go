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

// plainVia knows SIP/2.0/UDP pc33.atlanta.com:5060;branch=z9hG4bK776asdhds;received=192.0.2.1.
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
	if !ok {
		return false
	}
	n := spanOf(branch, tokenChars)
	if n == 0 || n == len(branch) {
		return n > 0
	}
	received, ok := strings.CutPrefix(branch[n:], ";received=")
	return ok && isIPv4(received)
}

// plainRoutes knows <sip:p1.atlanta.com;lr>, <sip:p2.biloxi.com;lr>.
func plainRoutes(s string) bool {
	for range DefaultLimits.Routes {
		uri, ok := strings.CutPrefix(s, "<")
		if !ok {
			return false
		}
		if s, ok = plainURI(uri); !ok {
			return false
		}
		if s, ok = strings.CutPrefix(s, ";lr>"); !ok || s == "" {
			return ok
		}
		if s, ok = strings.CutPrefix(s, ", "); !ok {
			return false
		}
	}
	return false
}

// plainTokens knows INVITE, ACK, BYE.
func plainTokens(s string) bool {
	for range maxValues {
		n := spanOf(s, tokenChars)
		if n == 0 || n == len(s) {
			return n > 0
		}
		var ok bool
		if s, ok = strings.CutPrefix(s[n:], ", "); !ok {
			return false
		}
	}
	return false
}

// plainAddress knows Bob <sip:bob@biloxi.com:5060>, with the name or without, and gives what follows it.
func plainAddress(s string) (rest string, ok bool) {
	if name := spanOf(s, tokenChars); name > 0 {
		if s, ok = strings.CutPrefix(s[name:], " "); !ok {
			return "", false
		}
	}
	if s, ok = strings.CutPrefix(s, "<"); !ok {
		return "", false
	}
	if rest, ok = plainURI(s); !ok {
		return "", false
	}
	return strings.CutPrefix(rest, ">")
}

// plainURI knows sip:user@host:port, with the user or without, and gives what follows it.
func plainURI(s string) (rest string, ok bool) {
	if s, ok = strings.CutPrefix(s, "sip:"); !ok {
		return "", false
	}
	if user := spanOf(s, schemeChars); user < len(s) && s[user] == '@' {
		if user == 0 {
			return "", false
		}
		s = s[user+1:]
	}
	return plainHostport(s)
}

// plainHostport knows a name or an IPv4 address, with a port or without, and gives what follows it.
func plainHostport(s string) (rest string, ok bool) {
	rest, ok = plainHost(s)
	if !ok || rest == "" || rest[0] != ':' {
		return rest, ok
	}
	n := 1 + spanOf(rest[1:], digitChars)
	port, ok := parseDigits(rest[1:n], 65535)
	return rest[n:], ok && port > 0
}
