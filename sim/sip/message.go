package sip

import (
	"iter"
	"strings"
)

// Message is a SIP message, a request or a response (RFC 3261 §7). Its texts
// are substrings of the text that Parse read, or what a builder was given.
//
// The zero Message is ready to use, and one Message is made to be used again:
// Parse, Request and Response forget what it held.
type Message struct {
	Method  string // of a request; "" for a response
	URI     string // Request-URI as written
	Version string // "SIP/2.0"
	Status  int    // of a response, 100 to 999; 0 for a request
	Reason  string // of a response
	Fields  []Field
	Body    string
	// Trailing are the bytes after the body that Content-Length announces.
	// They are no part of the message (§18.3) and print back all the same.
	Trailing string
	Packet   int32   // number of the packet it came in; 0 for none
	Limits   *Limits // nil: DefaultLimits; kept by Reset

	text    string // all that was parsed; "" for a built message
	form    form
	start   startLine
	checker *checker // of the last Check, to be used again

	via      known[Via] // the topmost
	from, to known[NameAddr]
	cseq     known[CSeq]
}

// form is how the text of a parsed message was laid out.
type form struct {
	leading string // line ends before the start line
	blank   string // the empty line, where it is not CRLF
	open    bool   // the text ended before the empty line
	lf      bool   // lines end in a bare LF
	lines   int    // how many lines end before the body
	body    int    // offset of what follows the empty line
	built   bool   // length is ours to write when the field is absent
}

// startLine keeps the start line as it was read. It holds for as long as its
// parts stay equal.
type startLine struct {
	raw                          string
	method, uri, version, reason string
	status                       int
}

func (s *startLine) holds(m *Message) bool {
	return s.raw != "" && s.method == m.Method && s.uri == m.URI && s.version == m.Version && s.reason == m.Reason && s.status == m.Status
}

// IsRequest tells a request from a response.
func (m *Message) IsRequest() bool { return m.Method != "" }

// Reset empties the message and keeps its memory and its Limits. Field by
// field: assigning a whole zero struct costs a write barrier for each pointer.
func (m *Message) Reset() {
	m.Method, m.URI, m.Version, m.Status, m.Reason = "", "", "", 0, ""
	m.Fields = m.Fields[:0]
	m.Body, m.Trailing, m.Packet, m.text = "", "", 0, ""
	m.form.leading, m.form.blank = "", ""
	m.form.open, m.form.lf, m.form.built, m.form.lines, m.form.body = false, false, false, 0, 0
	m.start.raw = ""
	m.via.text, m.from.text, m.to.text, m.cseq.text = "", "", "", ""
}

// find is the index of the first field n, -1 when there is none.
func (m *Message) find(n Name) int {
	for i := range m.Fields {
		if m.Fields[i].Name == n {
			return i
		}
	}
	return -1
}

// Has says whether a field n is present.
func (m *Message) Has(n Name) bool { return m.find(n) >= 0 }

// Get is the first value of n, trimmed: of a comma list its first element. It
// is "" where there is none.
func (m *Message) Get(n Name) string {
	_, value, _ := m.first(n)
	return value
}

// first is the first value of n that is not empty: its row, -1 when there is
// none, and what follows it in that row.
func (m *Message) first(n Name) (row int, value, rest string) {
	i := m.find(n)
	if i >= 0 && !n.IsList() {
		return i, m.Fields[i].Value, ""
	}
	for ; i >= 0 && i < len(m.Fields); i++ {
		for rest = m.Fields[i].Value; m.Fields[i].Name == n && rest != ""; {
			if value, rest = cutElement(rest); value != "" {
				return i, value, rest
			}
		}
	}
	return -1, "", ""
}

// Count is how many values n has over all its rows, comma lists counted.
func (m *Message) Count(n Name) int {
	c := 0
	for range m.Values(n) {
		c++
	}
	return c
}

// Values are the values of n in order: each element of a comma list, trimmed,
// over all rows (§7.3.1); of a header that is no list, each row's value. Empty
// elements of a list are left out.
func (m *Message) Values(n Name) iter.Seq[string] {
	return func(yield func(string) bool) { m.values(n, yield) }
}

func (m *Message) values(n Name, yield func(string) bool) {
	for i := range m.Fields {
		if m.Fields[i].Name != n {
			continue
		}
		if !n.IsList() {
			if !yield(m.Fields[i].Value) {
				return
			}
			continue
		}
		for rest, v := m.Fields[i].Value, ""; rest != ""; {
			v, rest = cutElement(rest)
			if v != "" && !yield(v) {
				return
			}
		}
	}
}

// Lookup is the first value of a header by any name of it, long or compact, in
// any case; "" where there is none.
func (m *Message) Lookup(name string) string {
	if n := ParseName(name); n != NameOther {
		return m.Get(n)
	}
	for i := range m.Fields {
		if m.Fields[i].Name == NameOther && EqualFold(m.Fields[i].Text, name) {
			return m.Fields[i].Value
		}
	}
	return ""
}

// CallID is the Call-ID.
func (m *Message) CallID() string { return m.Get(NameCallID) }

// MaxForwards is the Max-Forwards value. It is false when the field is absent
// or no number from 0 to 255 (§20.22).
func (m *Message) MaxForwards() (int, bool) {
	n, ok := parseDigits(m.Get(NameMaxForwards), 255)
	return int(n), ok
}

// Expires is the Expires value in seconds, false when it is absent or no
// number. "The value of this field is an integral number of seconds (in
// decimal) between 0 and (2**32)-1" (§20.19): a greater one counts as that
// greatest.
func (m *Message) Expires() (uint32, bool) {
	return ParseSeconds(m.Get(NameExpires))
}

// ParseSeconds reads delta-seconds (§25.1), as in Expires, Min-Expires and the
// expires parameter of Contact. More than 2³²−1 counts as 2³²−1, so that no
// timer wraps.
func ParseSeconds(s string) (uint32, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	if n, ok := parseDigits(s, 1<<32-1); ok {
		return uint32(n), true
	}
	return 1<<32 - 1, true
}

// parseDigits reads 1*DIGIT up to limit.
func parseDigits(s string, limit uint64) (uint64, bool) {
	var n uint64
	for i := 0; i < len(s); i++ {
		d := uint64(s[i]) - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + d
		if n > limit {
			return 0, false
		}
	}
	return n, s != ""
}
