package sip

import (
	"strconv"
	"strings"
)

// Request empties the message and makes it a request.
func (m *Message) Request(method, uri string) {
	m.Reset()
	m.Method, m.URI, m.Version = method, uri, "SIP/2.0"
	m.form.built = true
}

// Response empties the message and makes it a response. An empty reason stands
// for the phrase that the RFC suggests.
func (m *Message) Response(status int, reason string) {
	m.Reset()
	if reason == "" {
		reason = Reason(status)
	}
	m.Status, m.Reason, m.Version = status, reason, "SIP/2.0"
	m.form.built = true
}

// Add appends a field. A CR or LF in the value becomes a space, here and in
// every other builder: no value can begin a new row.
func (m *Message) Add(n Name, value string, o Origin) {
	m.fill(m.grow(), n, n.String(), value, o)
}

// AddOther appends a field by its name, known or not. A byte that cannot stand
// in a name becomes an underscore.
func (m *Message) AddOther(name, value string, o Origin) {
	m.fill(m.grow(), ParseName(name), tokenOf(name), value, o)
}

func (m *Message) fill(f *Field, n Name, text, value string, o Origin) {
	f.Name, f.Text, f.Value, f.Origin = n, text, oneLine(value), o
	f.raw, f.read, f.at = "", "", 0
}

// tokenOf is name when it is a token, else one like it: with underscores, which
// no known name has, so that "Max Forwards" does not become one.
func tokenOf(name string) string {
	if only(name, tokenChars) {
		return name
	}
	b := []byte(name)
	for i := range b {
		if !is(b[i], tokenChars) {
			b[i] = '_'
		}
	}
	if len(b) == 0 {
		return "_"
	}
	return string(b)
}

// Prepend puts a row before the first one of its name; when there is none,
// after the Vias, or at the top if it is a Via itself.
func (m *Message) Prepend(n Name, value string, o Origin) {
	i := m.find(n)
	if i < 0 {
		i = m.afterVias(n)
	}
	m.grow()
	copy(m.Fields[i+1:], m.Fields[i:])
	m.fill(&m.Fields[i], n, n.String(), value, o)
}

func (m *Message) afterVias(n Name) int {
	i := 0
	for n != NameVia && i < len(m.Fields) && m.Fields[i].Name == NameVia {
		i++
	}
	return i
}

// Set makes value the only value of n: in the place of the first row, or at
// the end when there was none.
func (m *Message) Set(n Name, value string, o Origin) {
	i := m.find(n)
	if i < 0 {
		m.Add(n, value, o)
		return
	}
	m.fill(&m.Fields[i], n, n.String(), value, o)
	m.removeFrom(i+1, n)
}

// SetTop replaces the first value of n and leaves those after it and those of
// other rows; it adds a row at the end when there is none.
func (m *Message) SetTop(n Name, value string) {
	row, _, rest := m.first(n)
	if row < 0 {
		m.Add(n, value, Origin{})
		return
	}
	if value = oneLine(value); rest != "" {
		value += "," + rest
	}
	m.Fields[row].Value = value
}

// RemoveTop removes the first value of n, and its row when it was the last one
// there.
func (m *Message) RemoveTop(n Name) {
	row, _, rest := m.first(n)
	if row < 0 {
		return
	}
	if rest = trim(rest); rest != "" {
		m.Fields[row].Value = rest
		return
	}
	m.Fields = append(m.Fields[:row], m.Fields[row+1:]...)
}

// Remove removes all fields n.
func (m *Message) Remove(n Name) { m.removeFrom(0, n) }

func (m *Message) removeFrom(i int, n Name) {
	kept := m.Fields[:i]
	for ; i < len(m.Fields); i++ {
		if m.Fields[i].Name != n {
			kept = append(kept, m.Fields[i])
		}
	}
	m.Fields = kept
}

// CopyFrom appends all fields n of another message, in order, with their own
// bytes where these are safe in any message, and the origin "copied from" the
// other's packet.
func (m *Message) CopyFrom(src *Message, n Name) {
	for i := range src.Fields {
		if f := &src.Fields[i]; f.Name == n {
			m.copyField(src, f)
		}
	}
}

// copyField copies one row, if it is a header field. The bytes of a message
// whose lines end in a bare LF, or of a row that holds a bare CR or LF, would
// read otherwise in here.
func (m *Message) copyField(src *Message, f *Field) {
	if f.Text == "" {
		return
	}
	g := m.grow()
	m.fill(g, f.Name, f.Text, f.Value, Copied(src.Packet))
	if f.Name == NameOther {
		g.Text = tokenOf(f.Text)
	}
	if f.unchanged() && !src.form.lf && g.Value == f.Value && g.Text == f.Text && strings.HasSuffix(f.raw, "\r\n") {
		g.raw, g.read = f.raw, f.read
	}
}

// Finish adds the Content-Length that printing would add, so that it stands
// among the Fields with its origin.
func (m *Message) Finish() {
	if m.form.built && !m.Has(NameContentLength) {
		m.Add(NameContentLength, strconv.Itoa(len(m.Body)), Rule("RFC 3261 §20.14"))
	}
}

// SetBody makes body the body. Content-Type is set to contentType, or removed
// when that is empty; Content-Length is written anew when the message prints.
func (m *Message) SetBody(contentType, body string) {
	m.Remove(NameContentLength)
	if contentType == "" {
		m.Remove(NameContentType)
	} else {
		m.Set(NameContentType, contentType, Rule("RFC 3261 §7.4.1"))
	}
	m.Body, m.Trailing = body, ""
	m.form.open, m.form.built = false, true
}

// ReplaceBody puts another body into the place of the one that is there. Of the
// header fields only Content-Length changes, if there is one.
func (m *Message) ReplaceBody(body string) {
	m.Body, m.Trailing, m.form.open = body, "", false
	if m.Has(NameContentLength) {
		m.Set(NameContentLength, strconv.Itoa(len(body)), Rule("RFC 3261 §20.14"))
	}
}
