package sip

import "strings"

// parseStart reads the start line at a place and returns where the next line
// begins. A line that begins with "SIP/" is a Status-Line; one that ends in a
// word beginning with "SIP/" is a Request-Line (RFC 3261 §7.1, §7.2).
func (m *Message) parseStart(at int) (int, *Problem) {
	text := m.text
	end, next := len(text), len(text)
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		end, next = at+i, at+i+1
		m.form.lines++
		m.form.lf = true
		if end > at && text[end-1] == '\r' {
			end--
			m.form.lf = false
		}
	}
	line := text[at:end]
	var p *Problem
	if isVersion(line) {
		p = m.parseStatusLine(line)
	} else {
		p = m.parseRequestLine(line)
	}
	if p != nil {
		p.Offset += at
		p.Line = 1 + strings.Count(text[:at], "\n")
		return 0, p
	}
	m.start = startLine{text[at:next], m.Method, m.URI, m.Version, m.Reason, m.Status}
	return next, nil
}

func isVersion(s string) bool { return len(s) >= 4 && s[3] == '/' && EqualFold(s[:3], "SIP") }

// parseRequestLine reads Method SP Request-URI SP SIP-Version, leniently as to
// white space: what stands between the first word and the last is the
// Request-URI.
func (m *Message) parseRequestLine(line string) *Problem {
	s := trimRight(line)
	first := wordLen(s)
	last := len(s)
	for last > first && !isSpace(s[last-1]) {
		last--
	}
	uri := trim(s[first:last])
	if first == 0 || uri == "" || !isVersion(s[last:]) {
		return wrong(0, "RFC 3261 §7.1", "the first line is no start line",
			`a request begins like "INVITE sip:bob@biloxi.example.com SIP/2.0", a response like "SIP/2.0 200 OK"`)
	}
	m.Method, m.URI, m.Version = s[:first], uri, s[last:]
	return nil
}

// parseStatusLine reads SIP-Version SP Status-Code SP Reason-Phrase. A code
// that is not three digits with a class is refused: such a text is no
// response, and the number must never be cut down to one.
func (m *Message) parseStatusLine(line string) *Problem {
	version := line[:wordLen(line)]
	rest := trimLeft(line[len(version):])
	code := rest[:wordLen(rest)]
	n, ok := parseDigits(code, 999)
	if !ok || len(code) != 3 || n < 100 {
		p := wrong(len(line)-len(rest), "RFC 3261 §7.2", "the status code is not three digits from 100 on", `a response begins like "SIP/2.0 200 OK"`)
		p.Status = 0
		return p
	}
	m.Version, m.Status = version, int(n)
	if rest = rest[3:]; rest != "" {
		m.Reason = rest[1:]
	}
	return nil
}

// wordLen is how many bytes stand before the first space.
func wordLen(s string) int {
	i := 0
	for i < len(s) && !isSpace(s[i]) {
		i++
	}
	return i
}
