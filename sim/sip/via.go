package sip

import (
	"strconv"
	"strings"
)

// Via is one value of a Via header field (RFC 3261 §20.42): where a message
// passed, and so the way of its response.
type Via struct {
	Protocol  string // "SIP/2.0"; "" stands for it when printed
	Transport string // "UDP" as written
	Host      string // of sent-by: a name or an address, an IPv6 one in brackets
	Port      int    // of sent-by; 0 when not written
	Params    Params

	sentBy string // as written, when nothing but the colon stands between host and port
}

// ParseVia reads sent-protocol LWS sent-by *( SEMI via-params ). The error is
// a *Problem with its place in s; what could be read is given beside it.
func ParseVia(s string) (v Via, err error) {
	head, params := cutParams(s)
	v.Params = params
	rest, p := v.readProtocol(head)
	if p == nil {
		p = v.readSentBy(rest, len(head)-len(rest))
	}
	if p == nil {
		p = paramsProblem(params, len(head), "RFC 3261 §20.42")
	}
	if p != nil {
		return v, p
	}
	return v, nil
}

// readProtocol reads protocol-name SLASH protocol-version SLASH transport LWS
// and returns what follows.
func (v *Via) readProtocol(s string) (rest string, p *Problem) {
	const want = "a value such as SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776"
	if strings.HasPrefix(s, "SIP/2.0/") {
		v.Protocol, rest = s[:7], s[7:]
	} else {
		name := spanOf(s, tokenChars)
		version, ok := cutSlash(s[name:])
		n := spanOf(version, tokenChars)
		if name == 0 || !ok || n == 0 {
			return s, wrong(name, "RFC 3261 §20.42", "a Via does not begin with a protocol and its version", want)
		}
		v.Protocol, rest = s[:name]+"/"+version[:n], version[n:]
	}
	transport, ok := cutSlash(rest)
	n := spanOf(transport, tokenChars)
	if !ok || n == 0 {
		return rest, wrong(len(s)-len(rest), "RFC 3261 §20.42", "a Via has no transport after its version", want)
	}
	v.Transport, rest = transport[:n], transport[n:]
	if rest == "" || !isSpace(rest[0]) {
		return rest, wrong(len(s)-len(rest), "RFC 3261 §20.42", "no space and host follow the transport of a Via", want)
	}
	return trimLeft(rest), nil
}

// cutSlash cuts SLASH, with white space around it, off the start of s.
func cutSlash(s string) (rest string, ok bool) {
	s = trimLeft(s)
	if s == "" || s[0] != '/' {
		return s, false
	}
	return trimLeft(s[1:]), true
}

// readSentBy reads host [ COLON port ].
func (v *Via) readSentBy(s string, at int) *Problem {
	s = trimRight(s)
	n := hostSpan(s)
	host, rest := trimRight(s[:n]), trimLeft(s[n:])
	v.Host = host
	if f := hostFlaw(host); f.found() {
		return wrong(at+f.at, "RFC 3261 §20.42", f.text, f.want)
	}
	if rest == "" {
		v.sentBy = host
		return nil
	}
	at += len(s) - len(rest)
	port, ok := strings.CutPrefix(rest, ":")
	if !ok {
		return wrong(at, "RFC 3261 §20.42", "a Via has more than a host and a port after the transport", "a semicolon before each parameter")
	}
	number, ok := parseDigits(trimLeft(port), 65535)
	if !ok || number == 0 {
		return wrong(at+1, "RFC 3261 §20.42", "the port of a Via is no number from 1 to 65535", "a port such as 5060, or none")
	}
	v.Port = int(number)
	if len(host)+len(rest) == len(s) && !isSpace(port[0]) {
		v.sentBy = s
	}
	return nil
}

// Branch is the branch parameter, the identity of a transaction (§8.1.1.7).
func (v Via) Branch() string { b, _ := v.Params.Get("branch"); return b }

// Received is the received parameter (§18.2.1).
func (v Via) Received() string { r, _ := v.Params.Get("received"); return r }

// RPort is the rport parameter (RFC 3581 §3): present without a value in a
// request that asks for it, with the source port in the one that was answered.
// A value that is no port counts as 0.
func (v Via) RPort() (port int, present bool) {
	s, ok := v.Params.Get("rport")
	n, _ := parseDigits(s, 65535)
	return int(n), ok
}

// SentBy is host, or host:port where a port is written.
func (v Via) SentBy() string {
	switch {
	case v.Port == 0:
		return v.Host
	case v.sentBy != "":
		if port, ok := strings.CutPrefix(v.sentBy, v.Host); ok && len(port) > 1 {
			if n, ok := parseDigits(port[1:], 65535); ok && int(n) == v.Port {
				return v.sentBy
			}
		}
	}
	return v.Host + ":" + strconv.Itoa(v.Port)
}

// String is the value as it is written.
func (v Via) String() string {
	protocol := v.Protocol
	if protocol == "" {
		protocol = "SIP/2.0"
	}
	return protocol + "/" + v.Transport + " " + v.SentBy() + string(v.Params)
}
