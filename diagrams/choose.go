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
	for i := range choices {
		c := &choices[i]
		n, last := 0, int32(0)
		for k := range tr.Events {
			p := tr.Events[k].Packet
			if tr.Events[k].Kind != trace.Send || p == nil || !c.Match(ask.Facts(&tr.Header, p)) {
				continue
			}
			if n++; c.Nth == 0 || c.Nth == n {
				all[p.N] = true
			}
			last = p.N
		}
		if c.Nth < 0 && n > 0 {
			all[last] = true
		}
	}
	return all
}

// isChosen says whether a packet, or the one of which it is a copy, is among
// the chosen.
func (r *reader) isChosen(p *trace.Packet) bool {
	return r.chosen == nil || r.chosen[p.N] || p.CopyOf != 0 && r.chosen[p.CopyOf]
}
