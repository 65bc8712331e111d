package sip

// Peek looks at a text without reading all of it: the method of a request or
// the status of a response, and the method of its CSeq. ok is false for what
// has no start line.
func Peek(text string) (method string, status int, cseqMethod string, ok bool) {
	var m Message
	m.text = text
	at, p := m.parseStart(leadingLineEnds(text))
	if p != nil {
		return "", 0, "", false
	}
	for at < len(text) {
		end, next, folded := m.row(at)
		if end == at {
			break
		}
		if cseqMethod, ok = m.peekCSeq(text[at:end], folded); ok {
			break
		}
		at = next
	}
	return m.Method, m.Status, cseqMethod, true
}

func (m *Message) peekCSeq(line string, folded bool) (method string, ok bool) {
	name := trimRight(line[:spanOf(line, tokenChars)])
	if len(name) != 4 || !EqualFold(name, "CSeq") {
		return "", false
	}
	value, ok := cutColon(line[4:])
	if !ok {
		return "", false
	}
	if folded {
		value = m.unfold(value)
	}
	c, _ := ParseCSeq(trim(value))
	return c.Method, true
}

func cutColon(s string) (value string, ok bool) {
	s = trimLeft(s)
	if s == "" || s[0] != ':' {
		return "", false
	}
	return s[1:], true
}
