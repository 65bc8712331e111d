package sip

import "bytes"

// Framer cuts a stream of bytes into messages by their Content-Length (RFC
// 3261 §18.3). Give it bytes with Write as they come, cut anywhere, and take
// messages with Next until it has none. It looks at each byte once, and holds
// no more than one message of the limit and what was written last.
type Framer struct {
	Limits *Limits // nil: DefaultLimits
	Pings  int     // pairs of CRLF between messages, for who answers them (RFC 5626 §3.5.1)

	buf  []byte
	scan int  // bytes of buf that were looked at for the end of the head
	line int  // where the line at scan begins
	head int  // length of the head with its empty line; 0: not seen
	need int  // length of the message; known with head
	lf   bool // its lines end in a bare LF
	half bool // one CRLF of a pair has come
	err  *Problem
}

// Held is how many bytes were written and are not of a message that Next gave.
func (f *Framer) Held() int { return len(f.buf) }

// Write takes in bytes of the stream. It keeps a copy.
func (f *Framer) Write(p []byte) { f.buf = append(f.buf, p...) }

// Next is the next whole message; ok is false when more bytes are needed. An
// error ends the stream, as nobody can tell where the next message begins: it
// is a *Problem, and text is the head that shows it, for who wants to answer.
func (f *Framer) Next() (text string, ok bool, err error) {
	if f.err == nil {
		f.skipLineEnds()
		f.findHead()
	}
	switch {
	case f.err != nil:
		return string(f.buf[:f.head]), false, f.err
	case f.head == 0 || len(f.buf) < f.need:
		return "", false, nil
	}
	text = string(f.buf[:f.need])
	f.buf = f.buf[f.need:]
	f.scan, f.line, f.head, f.need, f.half = 0, 0, 0, 0, false
	return text, true, nil
}

// skipLineEnds drops "any CRLF appearing before the start-line" (§7.5), and
// counts each second CRLF in a row.
func (f *Framer) skipLineEnds() {
	for f.scan == 0 {
		n := leadingLineEnds(string(f.buf[:min(len(f.buf), len(lineEnd))]))
		if n == 0 {
			return
		}
		single := string(f.buf[:n]) == lineEnd
		if single && f.half {
			f.Pings++
		}
		f.half = single && !f.half
		f.buf = f.buf[n:]
	}
}

const lineEnd = "\r\n"

// findHead looks for the empty line in the bytes that were not looked at.
func (f *Framer) findHead() {
	for f.head == 0 {
		i := bytes.IndexByte(f.buf[f.scan:], '\n')
		if i < 0 {
			if string(f.buf) != "\r" { // half a line end before the start line
				f.scan = len(f.buf)
			}
			f.bound(f.scan)
			return
		}
		end := f.scan + i
		f.scan = end + 1
		f.endLine(end)
	}
}

// endLine looks at the LF at a place: whether it ends a line, and with it the
// head.
func (f *Framer) endLine(end int) {
	cr := end > f.line && f.buf[end-1] == '\r'
	if f.line == 0 {
		f.lf = !cr
	}
	if !cr && !f.lf {
		return
	}
	length := end - f.line
	if cr {
		length--
	}
	f.line = end + 1
	if length == 0 {
		f.measure(end + 1)
	}
}

// measure reads the head for the length of the message.
func (f *Framer) measure(head int) {
	f.head = head
	var m Message
	m.Limits = f.Limits
	if err := m.ParseFrame(string(f.buf[:head])); err != nil {
		f.err, _ = err.(*Problem)
		return
	}
	length, state := m.ContentLength()
	switch state {
	case LengthAbsent:
		f.fail("a message of a stream has no Content-Length", "RFC 3261 §18.3")
	case LengthBad:
		f.fail("the Content-Length is no number", "RFC 3261 §20.14")
	case LengthConflict:
		f.fail("two rows of Content-Length differ", "RFC 3261 §20.14")
	}
	f.need = head + length
	f.bound(f.need)
}

// bound refuses a message that is longer than the limit as soon as that is
// known.
func (f *Framer) bound(length int) {
	limits := f.Limits
	if limits == nil {
		limits = &DefaultLimits
	}
	if f.err == nil && length > limits.Stream {
		f.fail("the message is longer than the limit", "RFC 3261 §21.5.7")
		f.err.Status = 513
	}
}

func (f *Framer) fail(text, section string) {
	f.err = &Problem{Offset: f.head, Column: 1, Header: NameContentLength.String(), Section: section, Text: text, Status: 400}
}
