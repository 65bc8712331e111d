package sip

import "strings"

// This file reads the addresses of §25.1: name-addr, addr-spec and hosts, where most headers agree.

const wantBrackets = "the URI in < >"

// uri reads text, which stands at offset at, as a URI. What RFC 5118 has receivers tolerate is a remark.
func (r *reader) uri(at int, text string) URI {
	var u URI
	if f := u.read(text); f.found() {
		f.section = "RFC 3261 §19.1.1"
		r.add(f.after(at))
		return u
	}
	if strings.HasPrefix(u.Host, "[") && strings.Contains(u.Host, ":::") {
		r.remark(at+strings.Index(text, ":::"), "RFC 5118 §4.10", "an IPv6 address with three colons in a row", "two colons")
	}
	return u
}

// nameAddr takes ( name-addr / addr-spec ).
func (r *reader) nameAddr() URI {
	if r.peek() == '"' {
		r.quoted()
		r.sws()
		if r.peek() != '<' && len(r.flaws) == 0 {
			r.missing("the URI after a display name", wantBrackets)
		}
		return r.bracketed()
	}
	start := r.i
	for r.span(tokenChars) != "" && r.sws() {
	}
	if r.peek() == '<' {
		return r.bracketed() // also without white space before it (RFC 4475 §3.1.1.6)
	}
	if c := r.peek(); r.i > start && c != ':' && strings.IndexByte(r.s[r.i:], '<') >= 0 {
		r.note(r.i, show(r.s[r.i:])+" cannot stand in a display name without quotation marks", "the display name in quotation marks")
		return URI{}
	}
	r.i = start
	return r.addrSpec()
}

// bracketed takes LAQUOT addr-spec RAQUOT.
func (r *reader) bracketed() URI {
	if r.peek() != '<' {
		return URI{}
	}
	inner, _, closed := cutByte(r.s[r.i+1:], '>')
	if !closed {
		r.note(r.i, "an angle bracket is never closed", "a > after the URI")
		r.i = len(r.s)
		return URI{}
	}
	at := r.i + 1
	r.i += len(inner) + 2
	if trimmed := strings.TrimSpace(inner); trimmed != inner {
		r.add(&flaw{at: at, text: "white space inside < >", want: "the URI alone", section: "RFC 3261 §25.1"})
		return URI{}
	}
	return r.uri(at, inner)
}

// addrSpec takes a URI without brackets. A semicolon ends it: "If the URI contains a comma, question mark or semicolon, the
// URI MUST be enclosed in angle brackets" (§20).
func (r *reader) addrSpec() URI {
	start := r.i
	n := strings.IndexAny(r.s[r.i:], ";, \t\r\n\"<>")
	if n < 0 {
		n = len(r.s) - r.i
	}
	r.i += n
	text := r.s[start:r.i]
	switch mark := strings.IndexByte(text, '?'); {
	case text == "":
		r.missing("a URI", "a URI such as <sip:alice@atlanta.com>")
	case mark >= 0:
		r.add(&flaw{at: start + mark, text: "a question mark in a URI without brackets", want: wantBrackets, section: "RFC 3261 §20"})
	default:
		return r.uri(start, text)
	}
	return URI{}
}

// route takes name-addr *( SEMI rr-param ), where the brackets are a must (§20.34).
func (r *reader) route() {
	before, start := len(r.flaws), r.i
	r.nameAddr()
	if len(r.flaws) == before && strings.IndexByte(r.s[start:r.i], '<') < 0 {
		r.note(start, "a route without brackets", wantBrackets)
	}
	r.params(nil)
}

// absoluteURI takes LAQUOT absoluteURI RAQUOT *( SEMI generic-param ).
func (r *reader) absoluteURI() {
	if r.peek() != '<' {
		r.missing("<", wantBrackets)
		return
	}
	r.bracketed()
	r.params(nil)
}

// host takes a whole host.
func (r *reader) host() { r.hostUpTo(len(r.s)) }

func (r *reader) hostUpTo(end int) {
	text := r.s[r.i:end]
	if f := hostFlaw(text); f.found() {
		r.add(f.after(r.i))
	} else if text[0] == '[' && strings.Contains(text, ":::") {
		r.remark(r.i+strings.Index(text, ":::"), "RFC 5118 §4.10", "an IPv6 address with three colons in a row", "two colons")
	}
	r.i = end
}

// received takes ( IPv4address / IPv6address ). Brackets do not belong here, but some write them (RFC 5118 §4.5).
func (r *reader) received() {
	text := r.s[r.i:]
	if strings.HasPrefix(text, "[") {
		r.remark(r.i, "RFC 5118 §4.5", "brackets around an address in received", "the address alone")
		r.host()
		return
	}
	if _, ok := ipv6Address(text); !ok && !isIPv4(text) {
		r.note(r.i, "this is no IP address", "an address such as 192.0.2.4 or 2001:db8::10")
	}
	r.i = len(r.s)
}
