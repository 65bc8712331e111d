package explore

import (
	"cmp"
	"slices"

	"siplab/sim/fsm"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transaction"
)

// The trace has the section of each move of a machine, but not of what a
// machine does where it stays in its state: a repetition. That stands in the
// machine's table.

// timerRef is the section by which a timer did what it did when it fired: of a
// transaction's, that of the row; of a core's, what the event or the start of
// the timer says.
func (c *chains) timerRef(fire *trace.Event) string {
	if fire.Txn != 0 {
		return c.rowRef(fire, "Timer "+fire.Name)
	}
	ref := fire.Ref
	if start := c.cause(fire); start != nil && start.Kind == trace.Timer {
		ref = cmp.Or(ref, start.Ref)
	}
	return ref
}

// packetRef is the section by which a message was repeated because another
// arrived; "" for what is no repetition, and for what a core repeats by itself.
func (c *chains) packetRef(send, arrive *trace.Event) string {
	if send.Packet.Again == "" || send.Txn == 0 || send.Txn != arrive.Txn {
		return ""
	}
	return c.rowRef(arrive, eventNames(arrive.Packet)...)
}

// rowRef is the section of the row that the transaction of e took, where e is
// one of the events called names; "" where its table has none such.
func (c *chains) rowRef(e *trace.Event, names ...string) string {
	name, state := c.stateAt(e)
	for _, m := range transaction.Machines() {
		if m.Name != name {
			continue
		}
		for _, row := range m.Rows() {
			if row.State != nil && *row.State == state && slices.Contains(names, row.Event) && repeats(&row) {
				return row.Section
			}
		}
	}
	return ""
}

// repeats says whether the row sends without asking the transaction's user.
func repeats(row *fsm.RowData) bool {
	for _, does := range row.Action {
		switch does {
		case "send request", "send response", "send ACK":
			return true
		}
	}
	return false
}

// stateAt is the machine of the transaction of e, and its state before e.
func (c *chains) stateAt(e *trace.Event) (machine, state string) {
	for i := range c.tr.Events {
		s := &c.tr.Events[i]
		if s.I >= e.I {
			break
		}
		if s.Kind == trace.State && s.Host == e.Host && s.Txn == e.Txn {
			machine, state = s.Name, s.To
		}
	}
	return machine, state
}

// eventNames are the names that the machines give to the arrival of a packet.
func eventNames(p *trace.Packet) []string {
	switch {
	case p.Status == 0 && p.Method == sip.ACK:
		return []string{"ACK"}
	case p.Status == 0:
		return []string{"request", "INVITE"}
	case p.Status < 200:
		return []string{"1xx"}
	case p.Status < 300:
		return []string{"2xx", "200-699"}
	}
	return []string{"300-699", "200-699"}
}
