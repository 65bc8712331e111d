package sip

import "strings"

// This file reads the headers that name dialogs, transactions and places: From, To, Contact, Via, Call-ID, Replaces.

// fromTo takes ( name-addr / addr-spec ) *( SEMI param ).
func (r *reader) fromTo() {
	r.nameAddr()
	r.params(func(r *reader, p param) {
		if p.is("tag") {
			r.value(p, (*reader).tag)
		}
	})
}

func (r *reader) tag() { r.token("the tag", "a token after tag=") }

// contact takes STAR / ( contact-param *( COMMA contact-param ) ).
func (r *reader) contact() {
	if strings.TrimSpace(r.s) == "*" {
		r.i = len(r.s)
		return
	}
	r.list(maxValues, func(r *reader) {
		r.nameAddr()
		r.params((*reader).contactParam)
	})
}

func (r *reader) contactParam(p param) {
	r.quality(p)
	if !p.is("expires") {
		return
	}
	counts := "3600"
	if only(p.value, digitChars) {
		counts = "4294967295"
	}
	for k, added := 0, r.value(p, (*reader).seconds); k < len(added); k++ {
		added[k].mild, added[k].section = true, "RFC 3261 §10.2"
		added[k].want += "; it counts as " + counts
	}
}

// callID takes word [ "@" word ].
func (r *reader) callID() {
	const example = "a word, or two with @ between them"
	if r.word(); r.peek() != '@' {
		return
	}
	r.i++
	if r.end() {
		r.missing("the part after @", example)
		return
	}
	r.word()
}

func (r *reader) word() {
	if r.span(wordChars) == "" {
		r.missing("an identifier", "a word, or two with @ between them")
	}
}

// dialog takes callid *( SEMI param ) with exactly one to-tag and one from-tag.
func (r *reader) dialog() {
	r.span(wordChars)
	if r.peek() == '@' {
		r.i++
		r.span(wordChars)
	}
	if r.i == 0 {
		r.missing("a Call-ID", "the Call-ID of a dialog")
	}
	to, from := false, false
	r.params(func(r *reader, p param) {
		to = to || p.is("to-tag") && p.value != ""
		from = from || p.is("from-tag") && p.value != ""
	})
	if !to || !from {
		r.note(r.i, "a dialog needs both its tags", ";to-tag= and ;from-tag=")
	}
}

// via takes sent-protocol LWS sent-by *( SEMI via-params ).
func (r *reader) via() {
	at := r.i
	name := r.token("the protocol", "SIP/2.0/UDP")
	version, transport := r.slashed("the version"), r.slashed("the transport")
	if name == "" || version == "" || transport == "" {
		r.skip(",")
		return
	}
	if !EqualFold(name, "SIP") || version != "2.0" {
		r.remark(at, "RFC 3261 §8.1.1.7", "the protocol is not SIP/2.0", "SIP/2.0")
	}
	if !r.sws() {
		r.missing("white space before the host", "SIP/2.0/UDP, a space and a host")
		r.skip(",")
		return
	}
	r.sentBy()
	r.params((*reader).viaParam)
}

func (r *reader) slashed(what string) string {
	if !r.accept('/') {
		r.missing(`"/" before `+what, "SIP/2.0/UDP")
		return ""
	}
	return r.token(what, "SIP/2.0/UDP")
}

// sentBy takes host [ COLON port ], white space around the colon allowed (§20.42).
func (r *reader) sentBy() {
	n := strings.IndexAny(r.s[r.i:], ";, \t\r\n")
	if n < 0 {
		n = len(r.s) - r.i
	}
	host := n
	if end := hostSpan(r.s[r.i : r.i+n]); end < n {
		host = end
	}
	before := len(r.flaws)
	r.hostUpTo(r.i + host)
	if len(r.flaws) > before {
		r.skip(";,")
		return
	}
	if r.accept(':') {
		r.port()
	}
}

func (r *reader) port() { r.number("the port", 1, 65535) }

func (r *reader) viaParam(p param) {
	switch {
	case p.is("branch"):
		r.value(p, (*reader).branch)
	case p.is("ttl"):
		r.value(p, func(r *reader) { r.number("the time to live", 0, 255) })
	case p.is("maddr"):
		r.value(p, (*reader).host)
	case p.is("received"):
		r.value(p, (*reader).received)
	case p.is("rport") && p.equal: // without a value it asks for one (RFC 3581 §3)
		r.value(p, (*reader).port)
	}
}

// branch takes a token. The cookie alone identifies no transaction (RFC 4475 §3.2.1).
func (r *reader) branch() {
	if t := r.token("the branch", "z9hG4bK and more after branch="); EqualFold(t, branchCookie) {
		r.add(&flaw{at: r.i, text: "the branch has nothing after the magic cookie", want: "a unique text after " + branchCookie, section: "RFC 3261 §8.1.1.7"})
	}
}

const branchCookie = "z9hG4bK"
