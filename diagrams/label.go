package diagrams

import (
	"strconv"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// labels are the words for an arrow, from the fullest to the shortest:
// F3 REGISTER (Authorization), F3 REGISTER, F3.
func (r *reader) labels(f *flight) []string {
	if f.segment != nil {
		return segmentLabels(f)
	}
	p := f.packet
	name := visible(p.Label)
	if f.how == duplicate || name == "" {
		name = visible(r.original(p))
	}
	what := joined(name, r.what(p))
	short, least := what, what
	if p.Status != 0 {
		least = joined(name, strconv.Itoa(p.Status))
		short = joined(least, r.asked(p))
	}
	hint := r.hint(f)
	all := make([]string, 0, 4)
	if hint != "" {
		all = append(all, what+" ("+hint+")")
	}
	if f.how == plain || hint == "" {
		all = append(all, what)
	}
	if short != what {
		all = append(all, joined(short, inBrackets(hint)))
	}
	if least != short {
		all = append(all, joined(least, inBrackets(hint)))
	}
	if f.how == again {
		all = append(all, joined(least, "(="+visible(p.Again)+")"))
	}
	return all
}

// what is the message in a few words: its method, or its status and reason.
func (r *reader) what(p *trace.Packet) string {
	switch {
	case p.Status != 0:
		return joined(strconv.Itoa(p.Status), reasonOf(p.Raw), r.asked(p))
	case p.Method == sip.INVITE && withinDialog(p.Raw):
		return "re-" + sip.INVITE // RFC 3261 §14: an INVITE "within an existing dialog"
	case p.Method != "":
		return visible(p.Method)
	}
	return strconv.Itoa(len(p.Raw)) + " bytes"
}

// asked is the method that a response answers, in brackets, where it could be
// that of another: an INVITE alone has provisional responses that ring.
func (r *reader) asked(p *trace.Packet) string {
	if !r.l.mixed || p.Method == "" || p.Method == sip.INVITE && p.Status < 200 {
		return ""
	}
	return inBrackets(visible(p.Method))
}

// withinDialog says whether a request has a tag in its To header: then it
// belongs to a dialog (RFC 3261 §12.2).
func withinDialog(raw string) bool {
	value, long := header(raw, "To")
	if !long {
		value, _ = header(raw, "t")
	}
	return strings.Contains(strings.ToLower(value), ";tag=")
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
		if _, ok := header(p.Raw, name); ok {
			return name
		}
	}
	return ""
}

// header looks for a header field without parsing the message.
func header(raw, name string) (value string, ok bool) {
	for {
		end := strings.IndexByte(raw, '\n')
		if end < 0 {
			return "", false
		}
		raw = raw[end+1:]
		if len(raw) == 0 || raw[0] == '\r' || raw[0] == '\n' {
			return "", false
		}
		if len(raw) > len(name) && strings.EqualFold(raw[:len(name)], name) {
			if rest := strings.TrimLeft(raw[len(name):], " \t"); strings.HasPrefix(rest, ":") {
				value, _, _ = strings.Cut(rest[1:], "\n")
				return value, true
			}
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
