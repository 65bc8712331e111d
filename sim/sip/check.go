package sip

import (
	"cmp"
	"slices"
	"strings"
)

// Check appends every problem of the message to ps, in the order of their places, and returns the longer slice. Parse has
// refused what cannot be represented; here stand grammar and the rules that a message obeys by itself, for any receiver:
// whether a method, scheme, option or type is supported is the receiver's to say.
//
// Status is the response that a server owes for a problem; 0 is a remark, which a receiver lives with: "Any other components,
// well-formed or not, SHOULD be ignored" (RFC 3261 §16.3). Drop is set where the message must be discarded without an
// answer: a response or an ACK with a problem that would be owed one.
//
// The places are those of the text that was parsed. A message that was built or changed is checked as it would be printed.
func (m *Message) Check(ps []Problem) []Problem {
	if m.isAsParsed() {
		if m.checker == nil {
			m.checker = new(checker)
		}
		return m.checker.check(m, ps)
	}
	printed := Message{Limits: m.Limits}
	if err := printed.Parse(m.String()); err != nil {
		return append(ps, *err.(*Problem))
	}
	return printed.Check(ps)
}

// Owed says what a server owes for all problems of a message together: a message to be dropped is dropped, else the first
// status is answered; 0 and false: it is processed.
func Owed(ps []Problem) (status int, drop bool) {
	for i := range ps {
		if ps[i].Drop {
			return 0, true
		}
		status = cmp.Or(status, ps[i].Status)
	}
	return status, false
}

// isAsParsed reports whether start line, fields and body stand in the text as they are.
func (m *Message) isAsParsed() bool {
	for i := range m.Fields {
		if !m.Fields[i].unchanged() {
			return false
		}
	}
	body, found := strings.CutSuffix(m.text, m.Trailing)
	return found && m.start.holds(m) && strings.HasPrefix(m.text[len(m.form.leading):], m.start.raw) &&
		m.form.body+len(m.Body) == len(body) && strings.HasSuffix(body, m.Body)
}

// maxProblems bounds the list: who has read so many needs no more.
const maxProblems = 100

// checker is one check at work. A Message that is checked keeps its own, for the next.
type checker struct {
	m     *Message
	ps    []Problem
	first int // what stood in ps before
	r     reader
	bare  bool             // a CR or LF stands somewhere that ends no line
	seen  [nameCount]int32 // index of the first row of a header, plus one
	odd   [nameCount]bool  // it has more rows than one, or a row that was not known at a glance
}

func (c *checker) check(m *Message, ps []Problem) []Problem {
	c.m, c.ps, c.first = m, ps, len(ps)
	c.r.limits = m.limits()
	clear(c.seen[:])
	clear(c.odd[:])
	c.bare = m.hasBareLineEnd()
	c.startLine()
	for i := range c.m.Fields {
		c.field(i)
	}
	c.layout()
	c.mandatory()
	c.together()
	c.body()
	c.sort()
	ps, c.ps = c.ps, nil
	return ps
}

// add records a flaw that stands at an offset of the text.
func (c *checker) add(f *flaw, header, section string, needed bool) {
	if !f.found() || len(c.ps)-c.first >= maxProblems {
		return
	}
	p := Problem{Offset: f.at, Header: header, Section: cmp.Or(f.section, section), Text: f.text, Want: f.want}
	if needed && !f.mild {
		p.Status = cmp.Or(f.status, 400)
		if !c.m.IsRequest() || c.m.Method == ACK {
			p.Status, p.Drop = 0, true // "disallowed responses (such as a response to ACK)" (§17): none is sent
		}
	}
	c.ps = append(c.ps, p)
}

// sort puts the problems in the order of their places and gives each its line and column.
func (c *checker) sort() {
	ps := c.ps[c.first:]
	slices.SortStableFunc(ps, func(a, b Problem) int { return cmp.Compare(a.Offset, b.Offset) })
	line, start := 1, 0
	for i := range ps {
		for at := ps[i].Offset; ; line++ {
			n := strings.IndexByte(c.m.text[start:at], '\n')
			if n < 0 {
				break
			}
			start += n + 1
		}
		ps[i].Line, ps[i].Column = line, ps[i].Offset-start+1
	}
}

// field checks one row by the grammar of its header.
func (c *checker) field(i int) {
	f := &c.m.Fields[i]
	if f.Name == NameOther && c.fieldName(f) {
		return
	}
	row := ruleOf(f.Name)
	first := c.seen[f.Name]
	if first == 0 {
		c.seen[f.Name] = int32(i) + 1
	} else if !row.many {
		c.secondRow(f, &c.m.Fields[first-1], row)
	}
	if c.bare {
		c.bareLineEnd(f)
	}
	plain := row.plain != nil && c.m.Limits == nil && row.plain(c.m, f.Value)
	c.odd[f.Name] = c.odd[f.Name] || first > 0 || !plain
	if plain {
		return
	}
	value, at := f.place()
	c.r.s, c.r.i, c.r.flaws = value, 0, c.r.flaws[:0]
	row.read(&c.r)
	c.r.done(0)
	for _, w := range c.r.flaws {
		c.add(w.after(at), f.heading(), row.section, row.needed)
	}
}

// heading is the name of the header in its long form; as written where none is known.
func (f *Field) heading() string { return cmp.Or(f.Name.String(), f.Text) }

// place returns the value as the row has it, folds and all, and its offset in the message.
func (f *Field) place() (value string, at int) {
	name, value := f.split()
	return trimValue(value, int(f.at)+len(name)+1)
}

// fieldName notes a row that is no header field, or whose name is no token, and reports whether there is nothing more to see.
func (c *checker) fieldName(f *Field) bool {
	switch {
	case f.Text == "":
		c.add(&flaw{at: int(f.at), text: "this line is no header field", want: "a name, a colon and a value"}, "", "RFC 3261 §7.3.1", true)
	case !only(f.Text, tokenChars):
		n := spanOf(f.Text, tokenChars)
		c.add(&flaw{at: int(f.at) + n, text: show(f.Text[n:]) + " cannot stand in the name of a header field", want: "a token"}, f.Text, "RFC 3261 §25.1", true)
	default:
		return false
	}
	return true
}

// secondRow notes a header that stands a second time and may not: "if and only if the entire field-value for that header
// field is defined as a comma-separated list" (§7.3.1).
func (c *checker) secondRow(f, first *Field, row *rule) {
	header := f.heading()
	same := f.Name == NameContentLength && first.Value == f.Value // says nothing that could be taken two ways
	c.add(&flaw{at: int(f.at), text: header + " stands here a second time", want: "one row of it", mild: same}, header, "RFC 3261 §7.3.1", row.needed)
}

// hasBareLineEnd reports whether a CR or LF may stand before the body that ends no line. Where lines end in LF alone, each
// row is looked at.
func (m *Message) hasBareLineEnd() bool {
	head := m.text[len(m.form.leading):m.form.body]
	return m.form.lf || strings.Count(head, "\r") != m.form.lines || strings.Count(head, "\n") != m.form.lines
}

// bareLineEnd notes a CR or LF that ends no line: what one element takes for a character, another takes for a line end.
func (c *checker) bareLineEnd(f *Field) {
	name, value := f.split()
	at := int(f.at) + len(name) + 1
	for i := range len(value) {
		switch value[i] {
		case '\r':
			if i+1 < len(value) && value[i+1] == '\n' {
				continue
			}
		case '\n':
			if c.m.form.lf || i > 0 && value[i-1] == '\r' {
				continue
			}
		default:
			continue
		}
		c.add(&flaw{at: at + i, text: "a single CR or LF stands inside a value", want: "CR and LF together, at the end of a line only"}, f.heading(), "RFC 3261 §7", true)
		return
	}
}

// trimValue takes the white space and line ends around a raw value away.
func trimValue(value string, at int) (string, int) {
	end := len(value)
	for end > 0 && is(value[end-1], blankChars) {
		end--
	}
	start := spanOf(value[:end], blankChars)
	return value[start:end], at + start
}

// layout looks at how the lines end and whether the empty line is there.
func (c *checker) layout() {
	m := c.m
	if m.form.lf {
		c.add(&flaw{at: strings.IndexByte(m.text, '\n'), text: "the lines end in LF alone", want: "CR and LF", mild: true}, "", "RFC 3261 §7", true)
	}
	if m.form.open {
		c.add(&flaw{at: len(m.text), text: "the empty line after the header fields is missing", want: "CR and LF", mild: true}, "", "RFC 3261 §7", true)
	}
	n, state := m.ContentLength()
	at := c.place(NameContentLength)
	switch {
	case state == LengthGood && n > len(m.Body):
		c.add(&flaw{at: at, text: "Content-Length is larger than what is left of the packet", want: "the number of bytes of the body"}, "Content-Length", "RFC 3261 §18.3", true)
	case state == LengthGood && m.Trailing != "":
		c.add(&flaw{at: len(m.text) - len(m.Trailing), text: "bytes stand after the end of the body; they are ignored", want: "the end of the packet", mild: true}, "", "RFC 3261 §18.3", true)
	}
}

// place returns where the value of the first row of a header begins; where there is none, where the header fields end.
func (c *checker) place(n Name) int {
	if i := c.seen[n]; i > 0 {
		_, at := c.m.Fields[i-1].place()
		return at
	}
	if n := len(c.m.Fields); n > 0 {
		return int(c.m.Fields[n-1].at) + len(c.m.Fields[n-1].raw)
	}
	return len(c.m.text) - len(c.m.Body) - len(c.m.Trailing)
}

// body looks at the body by its Content-Type.
func (c *checker) body() {
	m := c.m
	if m.Body == "" {
		return
	}
	at := len(m.text) - len(m.Trailing) - len(m.Body)
	contentType := m.Get(NameContentType)
	if contentType == "" {
		c.add(&flaw{at: at, text: "a body without Content-Type", want: "the header field Content-Type"}, "", "RFC 3261 §20.15", true)
		return
	}
	c.add(bodyFlaw(contentType, m.Body).after(at), "", "RFC 3261 §7.4", true)
}
