package sip

import "strconv"

// AppendTo appends the message as it goes on the wire. What was parsed and not
// changed prints its own bytes. A built message gets a Content-Length when it
// has none: "If no body is present in a message, then the Content-Length header
// field value MUST be set to zero" (RFC 3261 §20.14).
func (m *Message) AppendTo(b []byte) []byte {
	b = append(b, m.form.leading...)
	b = m.appendStart(b)
	for i := range m.Fields {
		b = m.Fields[i].appendTo(m.endLine(b), i == 0)
	}
	if m.form.built && !m.Has(NameContentLength) {
		b = append(m.endLine(b), "Content-Length: "...)
		b = strconv.AppendInt(b, int64(len(m.Body)), 10)
		b = append(b, "\r\n"...)
	}
	if m.form.open {
		return b
	}
	b = m.endLine(b)
	if m.form.blank != "" {
		b = append(b, m.form.blank...)
	} else {
		b = append(b, "\r\n"...)
	}
	b = append(b, m.Body...)
	return append(b, m.Trailing...)
}

// String is the message as it goes on the wire.
func (m *Message) String() string { return string(m.AppendTo(nil)) }

// endLine ends a line that the text it was read from left open, as another one
// follows it now.
func (m *Message) endLine(b []byte) []byte {
	n := len(b)
	if n > 0 && b[n-1] == '\n' && (m.form.lf || n > 1 && b[n-2] == '\r') {
		return b
	}
	return append(b, "\r\n"...)
}

func (m *Message) appendStart(b []byte) []byte {
	switch {
	case m.start.holds(m):
		return append(b, m.start.raw...)
	case m.IsRequest():
		b = append(appendLine(b, m.Method), ' ')
		b = append(appendLine(b, m.URI), ' ')
		b = appendLine(b, m.version())
	default:
		b = append(appendLine(b, m.version()), ' ')
		b = append(strconv.AppendInt(b, int64(m.Status), 10), ' ')
		b = appendLine(b, m.Reason)
	}
	if m.form.lf {
		return append(b, '\n')
	}
	return append(b, "\r\n"...)
}

func (m *Message) version() string {
	if m.Version == "" {
		return "SIP/2.0"
	}
	return m.Version
}
