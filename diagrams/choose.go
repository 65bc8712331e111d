package diagrams

import (
	"siplab/sim/ask"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// chosen are the numbers of the packets that one of the choices means; nil
// where there are none, and all are meant.
func chosen(tr *trace.Trace, choices []words.Packets) map[int32]bool {
	if choices == nil {
		return nil
	}
	all := make(map[int32]bool)
	for _, c := range choices {
		var met []int32
		for i := range tr.Events {
			e := &tr.Events[i]
			if e.Kind == trace.Send && e.Packet != nil && c.Match(ask.Facts(&tr.Header, e.Packet)) {
				met = append(met, e.Packet.N)
			}
		}
		for _, n := range words.Meant(c, met) {
			all[n] = true
		}
	}
	return all
}

// isChosen says whether a packet, or the one of which it is a copy, is among
// the chosen.
func (r *reader) isChosen(p *trace.Packet) bool {
	return r.chosen == nil || r.chosen[p.N] || p.CopyOf != 0 && r.chosen[p.CopyOf]
}
