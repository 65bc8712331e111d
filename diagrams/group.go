package diagrams

import (
	"strconv"

	"siplab/sim/sip"
)

// hues is how many colours groups have; more groups have them in turn.
const hues = 6

var hueClass = [hues]string{"hue1", "hue2", "hue3", "hue4", "hue5", "hue6"}

// group is what some arrows have in common: a transaction, or a dialog.
type group struct {
	letter string // stands at the label of each
	name   string
}

// grouper finds the group of each message. Flights that are of none have 0.
type grouper struct {
	l    *Ladder
	seen map[string]int // by key: index+1 of the group
}

// groups gives each flight its group, if the colours tell groups apart.
func (l *Ladder) group() {
	if l.opt.Colours == ByKind {
		return
	}
	g := grouper{l: l, seen: make(map[string]int)}
	for i := range l.flights {
		f := &l.flights[i]
		key, name := l.opt.Colours.keyOf(f)
		if key == "" || f.segment != nil {
			continue
		}
		if f.group = g.seen[key]; f.group == 0 {
			l.groups = append(l.groups, group{letter: letterOf(len(l.groups)), name: visible(name)})
			f.group = len(l.groups)
			g.seen[key] = f.group
		}
		for k := range f.labels {
			f.labels[k] += " [" + l.groups[f.group-1].letter + "]"
		}
	}
}

// keyOf says to which transaction or dialog a message belongs: a key that its
// other messages share, and a name for people.
func (c Colours) keyOf(f *flight) (key, name string) {
	p := f.packet
	var m sip.Message
	if m.Parse(p.Raw) != nil {
		return "", ""
	}
	if c == ByDialog {
		// RFC 3261 §12: a dialog is a Call-ID and two tags. Without the To tag
		// there is none yet.
		from, to := m.From().Tag(), m.To().Tag()
		if p.CallID == "" || to == "" {
			return "", ""
		}
		return p.CallID + "\x00" + min(from, to) + "\x00" + max(from, to), "dialog " + p.CallID
	}
	branch := m.Branch()
	if branch == "" {
		return "", ""
	}
	method := p.Method
	if method == sip.ACK {
		method = sip.INVITE // the ACK of a final response that is no 2xx (RFC 3261 §17.1.1.3)
	}
	return branch + "\x00" + method, joined(visible(p.Method), branch)
}

// letterOf names groups a to z, then a2 to z2, and so on.
func letterOf(n int) string {
	s := string(rune('a' + n%26))
	if n >= 26 {
		s += strconv.Itoa(n/26 + 1)
	}
	return s
}
