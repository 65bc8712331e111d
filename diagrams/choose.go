package diagrams

import (
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
			if tr.Events[k].Kind != trace.Send || p == nil || !c.Match(facts(tr, p)) {
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

// facts are what choices ask of a packet.
func facts(tr *trace.Trace, p *trace.Packet) words.Facts {
	f := words.Facts{Status: p.Status, CSeqMethod: p.Method, From: tr.HostName(p.From), To: tr.HostName(p.To)}
	if p.Status == 0 {
		f.Method = p.Method
	}
	return f
}

// isChosen says whether a packet, or the one of which it is a copy, is among
// the chosen.
func (r *reader) isChosen(p *trace.Packet) bool {
	return r.chosen == nil || r.chosen[p.N] || p.CopyOf != 0 && r.chosen[p.CopyOf]
}
