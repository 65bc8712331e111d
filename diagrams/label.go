package diagrams

import (
	"strconv"
	"strings"

	"siplab/sim/trace"
)

// labels are the words for an arrow, from the fullest to the shortest:
// F3 REGISTER (Authorization), F3 REGISTER, F3.
func (r *reader) labels(f *flight) []string {
	p := f.packet
	name := visible(p.Label)
	if f.how == duplicate || name == "" {
		name = visible(r.original(p))
	}
	what := joined(name, r.what(p))
	short := what
	if p.Status != 0 {
		short = joined(name, strconv.Itoa(p.Status))
	}
	hint := r.hint(f)
	all := make([]string, 0, 3)
	if hint != "" {
		all = append(all, what+" ("+hint+")")
	}
	if f.how == plain || hint == "" {
		all = append(all, what)
	}
	if short != what {
		all = append(all, joined(short, inBrackets(hint)))
	}
	return all
}

// what is the message in a few words: its method, or its status and reason.
func (r *reader) what(p *trace.Packet) string {
	switch {
	case p.Status != 0:
		s := joined(strconv.Itoa(p.Status), reasonOf(p.Raw))
		if r.mixed && p.Method != "" {
			s += " (" + visible(p.Method) + ")"
		}
		return s
	case p.Method != "":
		return visible(p.Method)
	}
	return strconv.Itoa(len(p.Raw)) + " bytes"
}

// hint is what a learner should notice about this message.
func (r *reader) hint(f *flight) string {
	p := f.packet
	switch f.how {
	case corrupted:
		return "corrupted"
	case duplicate:
		return "duplicate"
	case again:
		copied := "copy " + strconv.Itoa(f.copyNo)
		if p.Timer != "" {
			return copied + ", " + timerName(p.Timer)
		}
		return copied
	}
	return credentials(p)
}

// credentials names the header by which a request proves who sent it
// (RFC 3261 §22.2, §22.3).
func credentials(p *trace.Packet) string {
	if p.Status != 0 {
		return ""
	}
	for _, name := range [...]string{"Authorization", "Proxy-Authorization"} {
		if hasHeader(p.Raw, name) {
			return name
		}
	}
	return ""
}

// hasHeader looks for a header field without parsing the message; neither of
// those that we ask for has a compact form.
func hasHeader(raw, name string) bool {
	for {
		end := strings.IndexByte(raw, '\n')
		if end < 0 {
			return false
		}
		raw = raw[end+1:]
		if len(raw) == 0 || raw[0] == '\r' || raw[0] == '\n' {
			return false
		}
		if len(raw) > len(name) && strings.EqualFold(raw[:len(name)], name) &&
			strings.HasPrefix(strings.TrimLeft(raw[len(name):], " \t"), ":") {
			return true
		}
	}
}

// reasonOf is the Reason-Phrase of a response (RFC 3261 §7.2).
func reasonOf(raw string) string {
	line := rawFirstLine(raw)
	for range 2 {
		_, rest, ok := strings.Cut(line, " ")
		if !ok {
			return ""
		}
		line = rest
	}
	return visible(line)
}

func firstLine(raw string) string { return visible(rawFirstLine(raw)) }

func rawFirstLine(raw string) string {
	if i := strings.IndexAny(raw, "\r\n"); i >= 0 {
		return raw[:i]
	}
	return raw
}
