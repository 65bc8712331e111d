package sip

import "strings"

// maxRequestURI is how long a Request-URI may be before a server answers 414.
const maxRequestURI = 4096

// startLine checks the Request-Line (RFC 3261 §7.1) or the Status-Line (§7.2).
func (c *checker) startLine() {
	at := len(c.m.form.leading)
	line, _ := cutLine(c.m.text, at)
	if c.m.IsRequest() {
		c.requestLine(line, at)
	} else {
		c.statusLine(line, at)
	}
}

func (c *checker) requestLine(line string, at int) {
	m := c.m
	uri := at + len(line) - len(trimLeft(line[len(m.Method):]))
	version := at + len(trimRight(line)) - len(m.Version)
	if n := spanOf(m.Method, tokenChars); n < len(m.Method) {
		c.start(&flaw{at: at + n, text: show(m.Method[n:]) + " cannot stand in a method", want: "a token such as INVITE"})
	}
	c.spaces(line, at, uri, version)
	c.requestURI(uri)
	c.version(version)
}

func (c *checker) start(f *flaw) { c.add(f, "", "RFC 3261 §7.1", true) }

// spaces notes white space beyond the single spaces between method, Request-URI and version.
func (c *checker) spaces(line string, at, uri, version int) {
	const want = "one space before the Request-URI, one before the version, none at the end"
	switch {
	case uri > at+len(c.m.Method)+1:
		c.start(&flaw{at: at + len(c.m.Method) + 1, text: "more than one space after the method", want: want})
	case version > uri+len(c.m.URI)+1:
		c.start(&flaw{at: uri + len(c.m.URI) + 1, text: "more than one space before the version", want: want})
	case at+len(line) > version+len(c.m.Version):
		c.start(&flaw{at: version + len(c.m.Version), text: "white space at the end of the start line", want: want})
	}
}

// requestURI checks the Request-URI. A scheme that nobody knows is no fault of syntax.
func (c *checker) requestURI(at int) {
	m, text := c.m, c.m.URI
	if len(text) > maxRequestURI {
		c.start(&flaw{at: at, text: "the Request-URI is too long", want: "at most 4096 bytes", section: "RFC 3261 §21.4.12", status: 414})
		return
	}
	if strings.HasPrefix(text, "<") {
		c.start(&flaw{at: at, text: "the Request-URI stands in angle brackets", want: "the URI alone"})
		return
	}
	if rest, plain := plainURI(text); plain && rest == "" {
		return
	}
	r := reader{s: text, limits: m.limits()}
	u := r.uri(at, text)
	for _, f := range r.flaws {
		c.start(&f)
	}
	if len(r.flaws) > 0 {
		return
	}
	if u.Headers != "" {
		c.start(&flaw{at: at + strings.IndexByte(text, '?'), text: "the Request-URI has headers", want: "no ? part: it only stands in a URI from which a request is made", section: "RFC 3261 §19.1.1"})
	}
	if u.IsSIP() && u.HasParam("method") {
		c.start(&flaw{at: at, text: "the Request-URI has the parameter method", want: "the method at the start of the line only", section: "RFC 3261 §19.1.5", mild: true})
	}
}

// version takes "SIP/2.0", in any case (§7.1). Another version of the same form is answered 505.
func (c *checker) version(at int) {
	v := c.m.Version
	if EqualFold(v, "SIP/2.0") {
		return
	}
	major, minor, _ := strings.Cut(v[len("SIP/"):], ".")
	f := &flaw{at: at, text: "this is no version of SIP", want: "SIP/2.0"}
	if only(major, digitChars) && only(minor, digitChars) {
		f.text, f.section, f.status = "a version of SIP that nobody speaks", "RFC 3261 §21.5.6", 505
	}
	c.start(f)
}

func (c *checker) statusLine(line string, at int) {
	m := c.m
	c.version(at)
	rest := line[len(m.Version):]
	code := at + len(m.Version) + len(rest) - len(trimLeft(rest))
	status := func(f *flaw) { c.add(f, "", "RFC 3261 §7.2", true) }
	if m.Status > 699 {
		status(&flaw{at: code, text: "there is no such class of responses", want: "a status code from 100 to 699"})
	}
	if code > at+len(m.Version)+1 {
		status(&flaw{at: at + len(m.Version) + 1, text: "more than one space before the status code", want: "one space"})
	}
	if at+len(line) == code+len("200") {
		status(&flaw{at: at + len(line), text: "the space after the status code is missing", want: "a space, even before an empty reason phrase", mild: true})
		return
	}
	r := reader{s: m.Reason, limits: m.limits()}
	r.free()
	for _, f := range r.flaws {
		status(f.after(at + len(line) - len(m.Reason)))
	}
}
