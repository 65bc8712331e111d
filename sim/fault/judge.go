package fault

import (
	"time"

	"siplab/netem"
	"siplab/sim/sip"
	"siplab/sim/words"
)

// Judge says what the faults of one run do to its packets. It counts, so that
// each run needs its own.
type Judge struct {
	hostName func(netem.HostID) string
	rules    []rule
	gates    []uint32
}

// rule is a fault at work.
type rule struct {
	Fault
	verdict netem.Verdict
	chosen  counter // of Packets
	other   counter // of Other
	open    bool    // the gate of a Hold
	used    bool
}

// Compile makes a judge of faults. hostName gives the names that they use.
func Compile(faults []Fault, hostName func(netem.HostID) string) *Judge {
	j := &Judge{hostName: hostName, rules: make([]rule, len(faults))}
	for i, f := range faults {
		v := netem.Verdict{Do: actions[f.Kind], Delay: f.By, Why: f.String()}
		if f.Kind == Hold {
			v.Gate = uint32(i) + 1
		}
		j.rules[i] = rule{Fault: f, verdict: v}
	}
	return j
}

var actions = [...]netem.Action{
	Lose: netem.Lose, Delay: netem.Delay, Duplicate: netem.Duplicate, Corrupt: netem.Corrupt, Hold: netem.Hold,
	// The link is cut as well, for what was held when the cut began; the
	// verdict says which fault it was.
	Cut: netem.Lose,
}

// Verdict is for netem.Network.Judge.
func (j *Judge) Verdict(p *netem.Packet) netem.Verdict {
	facts := j.facts(p)
	var v netem.Verdict
	for i := range j.rules {
		r := &j.rules[i]
		if r.wants(p, &facts) && v.Do == netem.Pass {
			v, r.used = r.verdict, true
		}
	}
	return v
}

// wants reports whether the rule has something to do to the packet, and counts
// it.
func (r *rule) wants(p *netem.Packet, facts *words.Facts) bool {
	switch {
	case r.Kind == Cut:
		return r.covers(facts.From, facts.To) && p.Sent >= r.From && (r.Until == 0 || p.Sent < r.Until)
	case !r.chosen.meets(&r.Packets, p, facts):
		return false
	case r.Kind == Hold && r.Release == AtTime:
		return p.Sent < r.Until
	}
	return !r.open
}

// Sent says which gates open because the packet has been sent. The slice is
// valid until the next call of Sent or Arrived.
func (j *Judge) Sent(p *netem.Packet) []uint32 { return j.opened(p, AfterSent) }

// Arrived says which gates open because the packet has arrived. The slice is
// valid until the next call of Sent or Arrived.
func (j *Judge) Arrived(p *netem.Packet) []uint32 { return j.opened(p, OnArrival) }

func (j *Judge) opened(p *netem.Packet, by Release) []uint32 {
	j.gates = j.gates[:0]
	var facts words.Facts
	for i := range j.rules {
		r := &j.rules[i]
		if r.Kind != Hold || r.Release != by || r.open {
			continue
		}
		if facts == (words.Facts{}) {
			facts = j.facts(p)
		}
		if r.open = r.other.meets(&r.Other, p, &facts); r.open {
			j.gates = append(j.gates, r.verdict.Gate)
		}
	}
	return j.gates
}

// Unused are the faults that did nothing to any packet so far: most often one
// that names the wrong thing.
func (j *Judge) Unused() []Fault {
	var unused []Fault
	for i := range j.rules {
		if !j.rules[i].used {
			unused = append(unused, j.rules[i].Fault)
		}
	}
	return unused
}

func (j *Judge) facts(p *netem.Packet) words.Facts {
	return Facts(p.Payload, j.hostName(p.From), j.hostName(p.To))
}

// Facts are what a fault sees of a packet: its bytes, and between which hosts
// it goes. What is no message is still a packet.
func Facts(raw, from, to string) words.Facts {
	f := words.Facts{From: from, To: to}
	if method, status, cseq, ok := sip.Peek(raw); ok {
		f.Method, f.Status, f.CSeqMethod = method, status, cseq
	}
	return f
}

// counter counts the packets of a choice on each link.
type counter map[[2]netem.HostID]int

// meets reports whether the packet is the one, and counts it if it is of the
// sort.
func (c *counter) meets(choice *words.Packets, p *netem.Packet, facts *words.Facts) bool {
	if !choice.Match(*facts) {
		return false
	}
	if choice.Nth == 0 {
		return true
	}
	if *c == nil {
		*c = counter{}
	}
	link := [2]netem.HostID{p.From, p.To}
	(*c)[link]++
	return (*c)[link] == choice.Nth
}

// Timed is what is to be done at a time of the run: where Gate is not 0, open
// it, else cut or mend the way from one host to another.
type Timed struct {
	At       time.Duration
	Gate     uint32
	From, To string
	Cut      bool
}
