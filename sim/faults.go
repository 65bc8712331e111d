package sim

import (
	"fmt"

	"siplab/netem"
	"siplab/sim/fault"
	"siplab/sim/trace"
)

// addFaults compiles the named faults to the judge that the network asks, and
// puts those with a time into the queue.
func (w *World) addFaults() error {
	if len(w.scenario.Faults) == 0 {
		return nil
	}
	for _, f := range w.scenario.Faults {
		for _, name := range f.Hosts() {
			if w.byName[name] == nil {
				return fmt.Errorf("%s: no host is called %s", f, name)
			}
		}
	}
	w.judge = fault.Compile(w.scenario.Faults, func(id netem.HostID) string {
		if id < 0 {
			return ""
		}
		return w.hosts[id].name
	})
	w.net.Judge = w.judge.Verdict
	for i, t := range w.judge.Times() {
		w.start(timer{duty: faultDuty, idle: true, key: int32(i), cause: noCause}, t.At)
	}
	return nil
}

// timedFault begins or ends what a fault says of a time.
func (w *World) timedFault(i int) {
	t := w.judge.Times()[i]
	if t.Gate != 0 {
		w.noteFates(w.net.Open(t.Gate), noCause)
		return
	}
	from, to := w.byName[t.From], w.byName[t.To]
	w.net.Cut(from.net, to.net, t.Cut)
	does := "is whole again"
	if t.Cut {
		does = "is cut"
	}
	w.note(trace.NoHost, noCause, "", fmt.Sprintf("the way from %s to %s %s", t.From, t.To, does))
}

// passedGates opens the gates that wait for this packet to be sent.
func (w *World) passedGates(p *netem.Packet, cause int32) {
	if w.judge == nil {
		return
	}
	for _, gate := range w.judge.Sent(p) {
		w.noteFates(w.net.Open(gate), cause)
	}
}

// arrivedGates opens the gates that wait for this packet to arrive.
func (w *World) arrivedGates(p *netem.Packet, cause int32) {
	if w.judge == nil {
		return
	}
	for _, gate := range w.judge.Arrived(p) {
		w.noteFates(w.net.Open(gate), cause)
	}
}

// noteUnused says which faults never met a packet: a fault that did nothing is
// most often one that names the wrong thing.
func (w *World) noteUnused() {
	if w.judge == nil {
		return
	}
	for _, f := range w.judge.Unused() {
		w.note(trace.NoHost, noCause, "", fmt.Sprintf("no packet met the fault %q", f))
	}
}
