package player

import (
	"strconv"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// filter chooses what of a run the ladder shows. The zero filter shows all.
type filter struct {
	host string // what it sends and receives; "": all hosts
	txn  string // key of a transaction; "": all of them
	tap  string // what is seen at this host; "": all that happens
	says string // in words; "": it shows all
}

// filters is the menu of what the ladder can show.
func (p Player) filters() Player {
	m := &menu{title: "Show", items: []item{{"everything", filter{}.set}}}
	for i := range p.run.Hosts {
		name := p.run.Hosts[i].Name
		m.items = append(m.items, item{"what " + name + " sends and receives", filter{host: name, says: name}.set})
	}
	if k := p.run.scene(p.at).packet; k != nil && txnKey(k) != "" {
		says := "the transaction of " + p.run.packetName(k)
		m.items = append(m.items, item{says, filter{txn: txnKey(k), says: says}.set})
	}
	return p.offered(m)
}

// views is the menu of the places from which a run can be seen.
func (p Player) views() Player {
	m := &menu{title: "Seen from", items: []item{{"above: all hosts", filter{}.set}}}
	for i := range p.run.Hosts {
		name := p.run.Hosts[i].Name
		m.items = append(m.items, item{"a tap at " + name, filter{tap: name, says: "a tap at " + name}.set})
	}
	return p.offered(m)
}

func (f filter) set(p Player) Player {
	p.filter = f
	if f.says != "" {
		p.notice = "The ladder shows only " + f.says + ". f and v show everything again."
	}
	return p
}

// txnKey is by what the messages of a transaction are known at both its ends:
// the branch and the method, an ACK being the INVITE's (RFC 3261 §17.1.3,
// §17.2.3). "" for a packet that is no message.
func txnKey(p *trace.Packet) string {
	var m sip.Message
	if m.Parse(p.Raw) != nil || m.Branch() == "" {
		return ""
	}
	method := m.CSeq().Method
	if method == sip.ACK {
		method = sip.INVITE
	}
	return m.Branch() + " " + method
}

// of is the run that is left, and how many of its events are still to come when
// so many of the run are.
func (f filter) of(r *run, at int) (tr *trace.Trace, ahead int) {
	if f.host == "" && f.txn == "" {
		return r.Trace, len(r.Events) - at
	}
	kept := *r.Trace
	kept.Events = nil
	passes := f.passes(r)
	for i := range r.Events {
		if passes(&r.Events[i]) {
			kept.Events = append(kept.Events, r.Events[i])
			if i >= at {
				ahead++
			}
		}
	}
	return &kept, ahead
}

// passes says of the events of a run whether the filter lets them through.
func (f filter) passes(r *run) func(*trace.Event) bool {
	if f.txn != "" {
		return f.ofTxn(r)
	}
	host := r.FindHost(f.host)
	return func(e *trace.Event) bool {
		return e.Host == host || e.Packet != nil && (e.Packet.From == host || e.Packet.To == host)
	}
}

// ofTxn lets through the messages of a transaction, and what its machines do.
func (f filter) ofTxn(r *run) func(*trace.Event) bool {
	packets, machines := map[int32]bool{}, map[string]bool{}
	machine := func(e *trace.Event) string { return strconv.Itoa(int(e.Host)) + " " + strconv.Itoa(int(e.Txn)) }
	for i := range r.Events {
		e := &r.Events[i]
		if e.Packet == nil || e.Kind != trace.Send && e.Kind != trace.Arrive && e.Kind != trace.Duplicate {
			continue
		}
		if packets[e.Packet.N] || txnKey(e.Packet) == f.txn {
			packets[e.Packet.N] = true
			if e.Txn != 0 {
				machines[machine(e)] = true
			}
		}
	}
	return func(e *trace.Event) bool {
		if e.Packet != nil {
			return packets[e.Packet.N]
		}
		return e.Txn != 0 && machines[machine(e)]
	}
}
