package ask

import (
	"slices"

	"siplab/sim/trace"
)

// flow is what one host believes about media with another, in the words of
// RFC 3264 §5.1.
type flow struct{ host, with, direction string }

const inactive = "inactive"

// media compares what the two ends of each session say last about it.
func media(tr *trace.Trace) []Subject {
	last := flows(tr)
	var all []Subject
	for i, f := range last {
		back := slices.IndexFunc(last, func(g flow) bool { return g.host == f.with && g.with == f.host })
		if back >= 0 && back < i {
			continue // said already, from the other end
		}
		g := flow{f.with, f.host, inactive}
		if back >= 0 {
			g = last[back]
		}
		all = append(all, Subject{
			About:   "media between " + f.host + " and " + f.with,
			Beliefs: []Belief{{f.host, f.direction}, {g.host, g.direction}},
			Agree:   g.direction == seenFrom(f.direction),
		})
	}
	return all
}

// flows are what each host said last about media with each other, in the order
// in which they came up.
func flows(tr *trace.Trace) []flow {
	var last []flow
	for i := range tr.Events {
		e := &tr.Events[i]
		if Forgets(e) {
			for k := range last {
				if last[k].host == tr.HostName(e.Host) {
					last[k].direction = inactive
				}
			}
		}
		if e.Kind != trace.Media {
			continue
		}
		f := flow{e.From, e.To, e.On}
		at := slices.IndexFunc(last, func(g flow) bool { return g.host == f.host && g.with == f.with })
		if at < 0 {
			last = append(last, f)
		} else {
			last[at] = f
		}
	}
	return last
}

// seenFrom is a direction as the other end should see it.
func seenFrom(direction string) string {
	switch direction {
	case "sendonly":
		return "recvonly"
	case "recvonly":
		return "sendonly"
	}
	return direction
}
