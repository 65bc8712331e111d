package sip

import "slices"

// Assign makes m equal to src, with rows of its own.
func (m *Message) Assign(src *Message) {
	fields, checker := m.Fields, m.checker
	*m = *src
	m.checker, m.Fields = checker, append(fields[:0], src.Fields...)
}

// CopyOf makes m a copy of src, so that a proxy can forward it: "The proxy
// starts with a copy of the received request." (RFC 3261 §16.6 item 1) Each
// field has its own bytes; one without an origin gets "copied from" src's
// packet. What stood around the message in its packet is left behind (§18.3).
func (m *Message) CopyOf(src *Message) {
	const more = 4 // rows that a proxy adds
	m.Fields = slices.Grow(m.Fields[:0], len(src.Fields)+more)
	m.Assign(src)
	m.Trailing, m.form.leading = "", ""
	from := Copied(src.Packet)
	for i := range m.Fields {
		if o := &m.Fields[i].Origin; o.Kind == OriginNone {
			*o = from
		}
	}
}
