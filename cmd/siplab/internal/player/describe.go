package player

import (
	"strconv"
	"strings"
	"time"

	"siplab/sim/trace"
	"siplab/sim/words"
)

// describe is an event in one sentence.
func (r *run) describe(e *trace.Event) string {
	host := r.HostName(e.Host)
	switch e.Kind {
	case trace.Act:
		return joined(host, e.Name, e.Text)
	case trace.Tell:
		return host + " is told: " + told(e)
	case trace.State:
		return r.move(e)
	case trace.Timer:
		return r.timing(e)
	case trace.Bind:
		return r.binding(e)
	case trace.Media:
		return joined(prefixed(host), "media with", e.To, "may flow:", e.On)
	case trace.Note:
		return joined(prefixed(host), e.Text, bracketed(e.Ref))
	case trace.Segment:
		return r.segment(e)
	}
	if e.Packet == nil {
		return host
	}
	return r.happening(e)
}

// happening is an event of a packet.
func (r *run) happening(e *trace.Event) string {
	p := e.Packet
	name := r.packetName(p)
	switch e.Kind {
	case trace.Send:
		return joined(r.HostName(e.Host), "sends", name, "to", r.destination(p)) + r.again(p)
	case trace.Arrive:
		return joined(name, "arrives at", r.HostName(e.Host))
	case trace.Lose:
		return joined(name, "is lost") + because(e.Text)
	case trace.Duplicate:
		return joined("the network makes a", name) + because(e.Text)
	case trace.Corrupt:
		return joined("the network turns a bit of", name)
	}
	return r.decision(e, name)
}

// segment is an event of a TCP segment.
func (r *run) segment(e *trace.Event) string {
	name := "the TCP segment " + e.Name
	if e.Code > 0 {
		name += " with " + words.Count(int(e.Code), "byte")
	}
	switch e.Op {
	case "send":
		return joined(r.HostName(e.Host), "sends", name, "to", r.destination(e.Packet))
	case "repeat":
		return joined(r.HostName(e.Host), "sends", name, "to", r.destination(e.Packet), "again")
	case "deliver":
		return joined("the network will deliver", name, "in", words.FormatDuration(e.After)) + because(e.Text)
	case "lose":
		return joined("the network loses", name) + because(e.Text)
	}
	return joined("the network:", e.Op, name) + because(e.Text)
}

// decision is a verdict of the network.
func (r *run) decision(e *trace.Event, name string) string {
	switch e.Name {
	case "deliver":
		return joined("the network will deliver", name, "in", words.FormatDuration(e.After)) + because(e.Text)
	case "hold":
		return joined("the network holds", name) + because(e.Text)
	case "lose":
		return joined("the network loses", name) + because(e.Text)
	case "duplicate":
		return joined("the network copies", name) + because(e.Text)
	case "corrupt":
		return joined("the network damages", name) + because(e.Text)
	}
	return joined("the network:", e.Name, name) + because(e.Text)
}

// packetName is what a packet is called: F2 401 Unauthorized.
func (r *run) packetName(p *trace.Packet) string {
	copied := ""
	if p.CopyOf != 0 {
		copied = "copy of"
	}
	return joined(copied, r.labels[p.N], message(p))
}

// message is what a packet carries, in a few words.
func message(p *trace.Packet) string {
	switch {
	case p.Status != 0:
		return joined(strconv.Itoa(p.Status), reason(p.Raw))
	case p.Method != "":
		return p.Method
	}
	return strconv.Itoa(len(p.Raw)) + " bytes"
}

// reason is the Reason-Phrase of a response (RFC 3261 §7.2).
func reason(raw string) string {
	line, _, _ := strings.Cut(raw, "\r\n")
	if parts := strings.SplitN(line, " ", 3); len(parts) == 3 {
		return parts[2]
	}
	return ""
}

func (r *run) destination(p *trace.Packet) string {
	if name := r.HostName(p.To); name != "" {
		return name
	}
	return p.Dst.String() + ", where nobody is"
}

func (r *run) again(p *trace.Packet) string {
	if p.Again == "" {
		return ""
	}
	if p.Timer == "" {
		return " again, the same as " + p.Again
	}
	return " again, the same as " + p.Again + ": " + timerName(p.Timer) + " fired"
}

func (r *run) move(e *trace.Event) string {
	what := r.HostName(e.Host) + ": " + e.Name
	if e.From == "" {
		what += " begins in " + e.To
	} else {
		what += " goes from " + e.From + " to " + e.To
	}
	if e.On != "" {
		what += " on " + e.On
	}
	return joined(what, bracketed(e.Ref))
}

func (r *run) timing(e *trace.Event) string {
	host, name := r.HostName(e.Host), timerName(e.Name)
	switch e.Op {
	case "start":
		return joined(host, "starts", name, "with", words.FormatDuration(e.After))
	case "stop":
		return joined(host, "stops", name)
	}
	return joined(name, "fires at", host)
}

// timerName is "Timer E" for those of RFC 3261 Table 4; others have a word of
// the element, as in "refresh timer".
func timerName(name string) string {
	if len(name) == 1 && name[0] >= 'A' && name[0] <= 'Z' {
		return "Timer " + name
	}
	return name + " timer"
}

func (r *run) binding(e *trace.Event) string {
	host := r.HostName(e.Host)
	lasting := "for " + strconv.Itoa(int(e.Code)) + " s"
	switch e.Op {
	case "add":
		return joined(host, "binds", e.Name, "to", e.To, lasting)
	case "refresh":
		return joined(host, "keeps", e.Name, "bound to", e.To, lasting)
	case "remove":
		return joined(host, "no longer binds", e.Name, "to", e.To)
	}
	return joined("at", host, "the binding of", e.Name, "to", e.To, "expires")
}

func told(e *trace.Event) string {
	code := ""
	if e.Code != 0 {
		code = "(" + strconv.Itoa(int(e.Code)) + ")"
	}
	what := joined(e.Name, code)
	if e.Text != "" {
		what += ", " + e.Text
	}
	return what
}

// clock is a time of the run: 0.020 s.
func clock(at time.Duration, decimals int) string {
	unit, digits := time.Millisecond, 3
	if decimals > 3 {
		unit, digits = time.Microsecond, 6
	}
	n := int64(at / unit)
	per := int64(time.Second / unit)
	fraction := strconv.FormatInt(n%per+per, 10)[1:]
	return strconv.FormatInt(n/per, 10) + "." + fraction[:digits] + " s"
}

// decimals is how many a run's times need.
func (r *run) decimals() int {
	if r.fine {
		return 6
	}
	return 3
}

func joined(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, " ")
}

func prefixed(host string) string {
	if host == "" {
		return ""
	}
	return host + ":"
}

func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}
