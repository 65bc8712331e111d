package sip

import "strings"

// This file knows at a glance the values that nearly all messages carry. A plain function is true only where the reader of
// that header finds nothing wrong under the DefaultLimits; what it does not know, the reader reads. What a message is asked
// for again and again it keeps when it is read so: the topmost Via, From, To and CSeq.

func plainFrom(m *Message, s string) bool { return m.from.glance(s, (*NameAddr).glance) }

func plainTo(m *Message, s string) bool { return m.to.glance(s, (*NameAddr).glance) }

// glance reads <sip:alice@atlanta.com>;tag=a6c85cf.
func (a *NameAddr) glance(s string) bool {
	name := spanOf(s, tokenChars)
	a.Display = s[:name]
	if s = s[name:]; name > 0 && s != "" && s[0] == ' ' {
		s = s[1:]
	} else if name > 0 {
		return false
	}
	if s == "" || s[0] != '<' {
		return false
	}
	rest, ok := plainURI(s[1:])
	if !ok || rest == "" || rest[0] != '>' {
		return false
	}
	a.URI, a.Params, a.Bracketed = s[1:len(s)-len(rest)], Params(rest[1:]), true
	tag, ok := strings.CutPrefix(rest[1:], ";tag=")
	return a.Params == "" || ok && only(tag, tokenChars)
}

// plainContact knows <sip:bob@192.0.2.4>;expires=3600.
func plainContact(_ *Message, s string) bool {
	rest, ok := plainAddress(s)
	if !ok || rest == "" {
		return ok
	}
	seconds, ok := strings.CutPrefix(rest, ";expires=")
	return ok && plainSeconds(nil, seconds)
}

// plainVia knows what glance knows. The first one that it is asked for is the topmost, which the message keeps.
func plainVia(m *Message, s string) bool {
	if m.via.text == "" || m.via.text == s {
		return m.via.glance(s, (*Via).glance)
	}
	var v Via
	return v.glance(s)
}

// glance reads SIP/2.0/UDP pc33.atlanta.com:5060;branch=z9hG4bK776asdhds;received=192.0.2.1.
func (v *Via) glance(s string) bool {
	rest, ok := strings.CutPrefix(s, "SIP/2.0/")
	n := spanOf(rest, tokenChars)
	if !ok || n == 0 || n == len(rest) || rest[n] != ' ' {
		return false
	}
	v.Protocol, v.Transport = s[:len("SIP/2.0")], rest[:n]
	s = rest[n+1:]
	if v.Host, v.Port, rest, ok = plainHostport(s); !ok {
		return false
	}
	v.sentBy, v.Params = s[:len(s)-len(rest)], Params(rest)
	branch, ok := strings.CutPrefix(rest, ";branch="+branchCookie)
	if n = spanOf(branch, tokenChars); !ok || n == 0 || n == len(branch) {
		return ok && n > 0
	}
	received, ok := strings.CutPrefix(branch[n:], ";received=")
	return ok && isIPv4(received)
}

// glance reads 314159 INVITE.
func (c *CSeq) glance(s string) bool {
	var err error
	*c, err = ParseCSeq(s)
	return err == nil
}

func plainCSeq(m *Message, s string) bool { return m.cseq.glance(s, (*CSeq).glance) }

// plainRoutes knows <sip:p1.atlanta.com;lr>, <sip:p2.biloxi.com;lr>.
func plainRoutes(_ *Message, s string) bool {
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
func plainTokens(_ *Message, s string) bool {
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

// plainMediaType knows application/sdp.
func plainMediaType(_ *Message, s string) bool {
	n := spanOf(s, tokenChars)
	return n > 0 && n < len(s) && s[n] == '/' && only(s[n+1:], tokenChars)
}

// plainCallID knows a84b4c76e66710@pc33.atlanta.com, and one without @.
func plainCallID(_ *Message, s string) bool {
	n := spanOf(s, wordChars)
	return n > 0 && (n == len(s) || s[n] == '@' && only(s[n+1:], wordChars))
}

func plainHops(_ *Message, s string) bool {
	_, ok := parseDigits(s, 255)
	return ok
}

func plainSeconds(_ *Message, s string) bool {
	_, ok := parseDigits(s, maxSeconds)
	return ok
}

func plainLength(_ *Message, s string) bool {
	_, ok := parseDigits(s, 1<<31-1)
	return ok && len(s) <= 10
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

// plainURI knows sip:user@host:port;transport=tcp, with or without user, port and transport, and gives what follows it.
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
	if _, _, rest, ok = plainHostport(s); !ok {
		return "", false
	}
	if transport, found := strings.CutPrefix(rest, ";transport="); found {
		n := spanOf(transport, labelChars)
		return transport[n:], n > 0
	}
	return rest, true
}

// plainHostport knows a name or an IPv4 address, with a port or without, and gives what follows it.
func plainHostport(s string) (host string, port int, rest string, ok bool) {
	rest, ok = plainHost(s)
	host = s[:len(s)-len(rest)]
	if !ok || rest == "" || rest[0] != ':' {
		return host, 0, rest, ok
	}
	n := 1 + spanOf(rest[1:], digitChars)
	number, ok := parseDigits(rest[1:n], 65535)
	return host, int(number), rest[n:], ok && number > 0
}
