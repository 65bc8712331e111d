package diagrams

import (
	"strconv"
	"strings"
	"time"

	"siplab/sim/trace"
)

// Story tells a run in words: one sentence for each act, each message sent and
// why, each loss, and each thing that a user was told.
func Story(tr *trace.Trace) []string {
	t := newTeller(tr)
	var all []string
	var last *trace.Event // of the last sentence
	wide := 0
	if n := len(tr.Events); n > 0 {
		wide = len(stamp(tr.Events[n-1].At, t.decimals))
	}
	for i := range tr.Events {
		e := &tr.Events[i]
		s := t.sentence(e)
		if e.Kind == trace.Send && e.Packet != nil {
			t.sent[e.Packet.Label] = e.Packet
		}
		if s == "" {
			continue
		}
		if n := len(all); e.Kind == trace.Lose && n > 0 && last != nil && last.Packet == e.Packet && last.At == e.At {
			all[n-1] += visible(" It is lost" + spaced(e.Text) + ".")
			continue
		}
		last = e
		at := stamp(e.At, t.decimals)
		all = append(all, strings.Repeat(" ", max(0, wide-len(at)))+at+"  "+visible(s))
	}
	return all
}

// Why tells the chain of causes of the message with that label: from its send
// down to a human's act, a timer's start or the beginning of the run. It is
// empty when no message has the label.
func Why(tr *trace.Trace, label string) string {
	e := tr.ByLabel(label)
	if e == nil {
		return ""
	}
	t := newTeller(tr)
	lines := []string{t.link(e)}
	for e = t.behind(e); e != nil; e = t.behind(e) {
		lines = append(lines, "because "+t.link(e))
	}
	var b strings.Builder
	for i, l := range lines {
		b.WriteString(strings.Repeat("  ", min(i, 1)) + visible(l))
		if i < len(lines)-1 {
			b.WriteString(",\n")
		}
	}
	return b.String() + ".\n"
}

// teller puts events into words.
type teller struct {
	tr       *trace.Trace
	decimals int
	sent     map[string]*trace.Packet // by label
	labels   map[int32]string         // by packet number
}

func newTeller(tr *trace.Trace) *teller {
	return &teller{tr: tr, decimals: momentDecimals(tr.Events), sent: make(map[string]*trace.Packet), labels: labelsSent(tr)}
}

// momentDecimals is how many decimals the times of these events need.
func momentDecimals(events []trace.Event) int {
	for i := 1; i < len(events); i++ {
		if d := events[i].At - events[i-1].At; d > 0 && d < time.Millisecond {
			return 6
		}
	}
	return 3
}

func (t *teller) sentence(e *trace.Event) string {
	name := t.tr.HostName(e.Host)
	switch e.Kind {
	case trace.Act:
		return joined(name, e.Name, e.Text) + "."
	case trace.Send:
		if e.Packet != nil {
			return t.send(e)
		}
	case trace.Lose:
		if e.Packet != nil {
			return t.packet(e.Packet) + " " + t.way(e.Packet) + " is lost" + spaced(e.Text) + "."
		}
	case trace.Duplicate:
		if e.Packet != nil {
			return "The network makes " + t.packet(e.Packet) + " " + t.way(e.Packet) + "."
		}
	case trace.Corrupt:
		if e.Packet != nil {
			return "The network changes bytes of " + t.packet(e.Packet) + " " + t.way(e.Packet) + "."
		}
	case trace.Tell:
		return t.after(e) + name + " is told: " + toldText(e) + "."
	case trace.Bind:
		return t.bind(e, name)
	case trace.Note:
		return joined(name+colonAfter(name), e.Text, inBrackets(e.Ref)) + "."
	}
	return ""
}

func (t *teller) send(e *trace.Event) string {
	p := e.Packet
	verb := " sends "
	if p.Status != 0 {
		verb = " answers "
	}
	what := message(p)
	if p.Again != "" {
		same := "once more what " + p.Again + " said"
		if first := t.sent[p.Again]; first != nil && first.Raw == p.Raw {
			same = "the same bytes as " + p.Again
		}
		what += " again (" + p.Label + ", " + same + ")"
	} else {
		what += " (" + joined(p.Label+comma(credentials(p)), with(credentials(p))) + ")"
	}
	to := ""
	if p.Status == 0 && p.Again == "" {
		if to = t.tr.HostName(p.To); to == "" {
			to = p.Dst.String() + ", where nobody is"
		}
		to = " to " + to
	}
	return t.tr.HostName(e.Host) + verb + what + to + t.since(e) + "."
}

func with(header string) string {
	if header == "" {
		return ""
	}
	return "with " + header
}

func comma(s string) string {
	if s == "" {
		return ""
	}
	return ","
}

func spaced(why string) string {
	if why == "" {
		return ""
	}
	return " (" + why + ")"
}

func colonAfter(s string) string {
	if s == "" {
		return ""
	}
	return ":"
}

// message is what a packet carries, in two or three words.
func message(p *trace.Packet) string {
	switch {
	case p.Status != 0:
		return joined(strconv.Itoa(p.Status), reasonOf(p.Raw))
	case p.Method != "":
		return p.Method
	}
	return strconv.Itoa(len(p.Raw)) + " bytes"
}

// packet names a packet: F2 401 Unauthorized.
func (t *teller) packet(p *trace.Packet) string {
	label := p.Label
	if p.CopyOf != 0 {
		label = joined("a copy of", t.labels[p.CopyOf])
	}
	return joined(label, message(p))
}

func (t *teller) way(p *trace.Packet) string {
	to := t.tr.HostName(p.To)
	if to == "" {
		to = p.Dst.String()
	}
	return "from " + t.tr.HostName(p.From) + " to " + to
}

func (t *teller) bind(e *trace.Event, name string) string {
	switch e.Op {
	case "add":
		return name + " binds " + e.Name + " to " + e.To + " for " + strconv.Itoa(int(e.Code)) + " s."
	case "refresh":
		return name + " keeps " + e.Name + " bound to " + e.To + " for " + strconv.Itoa(int(e.Code)) + " s more."
	case "remove":
		return name + " no longer binds " + e.Name + " to " + e.To + "."
	case "expire":
		return "At " + name + " the binding of " + e.Name + " to " + e.To + " expires."
	}
	return ""
}

// since says in a few words, behind a sentence, why e happened. That a human
// acted stands in the sentence before.
func (t *teller) since(e *trace.Event) string {
	if s := t.reason(e); s != "" {
		return ": " + s
	}
	return ""
}

// after says the same before a sentence.
func (t *teller) after(e *trace.Event) string {
	if s := t.reason(e); s != "" {
		return s + "; "
	}
	return ""
}

func (t *teller) reason(e *trace.Event) string {
	c := t.behind(e)
	switch {
	case c == nil:
		return ""
	case c.Kind == trace.Timer:
		return timerName(c.Name) + " fired"
	case c.Kind == trace.Arrive:
		return t.packet(c.Packet) + " arrived"
	}
	return ""
}

// behind is the next cause of e that says something: states, verdicts and the
// starts of timers only hand it on, and an arrival says more than the send
// before it.
func (t *teller) behind(e *trace.Event) *trace.Event {
	for {
		if e.Cause < 0 || e.Cause >= e.I {
			return nil
		}
		if e = t.tr.Event(int(e.Cause)); e == nil {
			return nil
		}
		switch e.Kind {
		case trace.Act, trace.Send, trace.Tell:
			return e
		case trace.Arrive:
			if e.Packet != nil {
				return e
			}
		case trace.Timer:
			if e.Op == "fire" {
				return e
			}
		}
	}
}

// link is one event of a chain of causes.
func (t *teller) link(e *trace.Event) string {
	name, at := t.tr.HostName(e.Host), " at "+stamp(e.At, t.decimals)
	switch e.Kind {
	case trace.Act:
		return joined(name, e.Name, e.Text) + at + " (a human's act)"
	case trace.Send:
		if e.Packet == nil {
			return name + " sent something" + at
		}
		return name + " sent " + t.packet(e.Packet) + at
	case trace.Arrive:
		return t.packet(e.Packet) + " arrived at " + name + at
	case trace.Timer:
		return timerName(e.Name) + " fired at " + name + at + t.ran(e)
	case trace.Tell:
		return name + " was told: " + toldText(e) + at
	}
	return ""
}

// ran says how long a timer ran that fired.
func (t *teller) ran(fire *trace.Event) string {
	start := t.tr.Event(int(fire.Cause))
	if start == nil || start.Kind != trace.Timer || start.Op != "start" {
		return ""
	}
	return ", " + strings.Trim(pauseText(fire.At-start.At), "~ ") + " after it was started"
}
