package law

import (
	"slices"
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// acknowledged is §13.2.2.4, "The UAC core MUST generate an ACK request for each
// 2xx received from the transaction layer.", and §13.3.1.4: "The 2xx response is
// passed to the transport with an interval that starts at T1 seconds and doubles
// for each retransmission until it reaches T2 seconds"; "If the server
// retransmits the 2xx response for 64*T1 seconds without receiving an ACK, the
// dialog is confirmed, but the session SHOULD be terminated. This is accomplished
// with a BYE".
var acknowledged = Law{
	ID:      "acknowledged",
	Text:    "who gets a 2xx to its INVITE sends an ACK at once, a controller that has to ask another for the answer within 64*T1; who sent one sends it again, T1 to T2 apart, until it gets an ACK, and within 64*T1 has it or sends BYE, unless a BYE ended the dialog or the host was off the network",
	Section: "RFC 3261 §13.2.2.4, §13.3.1.4",
	watch:   func() any { return &ackWatch{asked: map[txn]answered{}} },
}

// answered is one 2xx to an INVITE that awaits an ACK: at the host that sent it,
// or at the one that has to send the ACK.
type answered struct {
	event  int32
	host   trace.HostID
	since  time.Duration
	callID string
	tag    string // To tag
	seq    uint32

	again time.Duration // when who sent it sends it again
	gap   time.Duration // before that
}

// ackWatch keeps the 2xx that await their ACK, in order of time.
type ackWatch struct {
	header  *trace.Header
	sent    []answered
	arrived []answered
	asked   map[txn]answered      // what the INVITE of each client transaction that runs has
	hungUp  book[map[string]bool] // To or From tags of the BYEs of a call
}

func (w *ackWatch) begin(h *trace.Header) { w.header = h }

// due is when the sender of a 2xx sends BYE at the latest.
func (w *ackWatch) due(a *answered) time.Duration { return a.since + 64*w.header.Timers.T1 }

// owes is when who got a 2xx sends the ACK at the latest. A controller may have to
// ask another phone for the answer that the ACK brings (RFC 3725 §4.1).
func (w *ackWatch) owes(a *answered) time.Duration {
	if w.header.Hosts[a.host].Kind == "controller" {
		return w.due(a)
	}
	return a.since
}

func (w *ackWatch) event(e *trace.Event, law *tally) {
	w.judge(e.At, law)
	w.hungUp.event(e)
	switch {
	case e.Kind == trace.State && e.Txn != 0 && (e.To == "Terminated" || e.To == "Completed"):
		delete(w.asked, txnOf(e)) // which tells its user of no 2xx any more
	case e.Kind == trace.Act && (e.Name == "goes" || e.Name == "comes"):
		w.settle(&w.sent, func(a *answered) bool { return a.host == e.Host })
	case e.Kind == trace.Note && e.Ref == "RFC 3261 §18.4": // nothing could be sent
		w.settle(&w.arrived, func(a *answered) bool { return a.host == e.Host })
	}
}

// judge looks at what is overdue at that time.
func (w *ackWatch) judge(now time.Duration, law *tally) {
	w.settle(&w.arrived, func(a *answered) bool {
		late := w.owes(a) < now
		if late {
			law.broken(a.event, "%s gets a 2xx to its INVITE at %s and sends no ACK", w.header.HostName(a.host), a.since)
		}
		return late
	})
	w.settle(&w.sent, func(a *answered) bool {
		missed := a.again < min(now, w.due(a))
		if missed {
			law.broken(a.event, "the 2xx that %s sent at %s has no ACK, and is not sent again at %s", w.header.HostName(a.host), a.since, a.again)
		}
		return missed
	})
	for len(w.sent) > 0 && w.due(&w.sent[0]) < now {
		a := w.sent[0]
		w.sent = w.sent[1:]
		law.broken(a.event, "the 2xx that %s sent at %s had neither ACK nor BYE by %s", w.header.HostName(a.host), a.since, w.due(&a))
	}
}

func (w *ackWatch) settle(list *[]answered, is func(*answered) bool) {
	*list = slices.DeleteFunc(*list, func(a answered) bool { return is(&a) })
}

func (w *ackWatch) read(e *trace.Event, l *letter, law *tally) {
	defer w.hungUp.read(e, l)
	from, to := l.tags()
	seq := l.CSeq()
	t1 := w.header.Timers.T1
	a := answered{e.I, e.Host, e.At, l.CallID(), to, seq.Seq, e.At + t1, t1}
	switch {
	case l.Method == sip.INVITE:
		w.hungUp.note(a.callID)
		if e.Kind == trace.Send && e.Txn != 0 {
			w.asked[txnOf(e)] = a
		}
	case l.Method == sip.BYE:
		w.bye(e, &a, from)
	case l.Method == sip.ACK && e.Kind == trace.Arrive:
		w.settle(&w.sent, func(b *answered) bool { return b.same(&a) && b.seq == a.seq })
	case l.Method == sip.ACK:
		w.settle(&w.arrived, func(b *answered) bool { return b.same(&a) })
	case !l.accepts() || e.Txn == 0 || w.passesOn(e.Host):
	case e.Kind == trace.Arrive && !l.corrupt && !w.forged(e.Packet):
		w.owed(a, txnOf(e), law)
	case e.Kind == trace.Send && e.Packet.Again != "":
		w.repeated(&a)
	case e.Kind == trace.Send && !w.over(&a):
		law.met()
		w.sent = append(w.sent, a)
	}
}

// repeated takes a 2xx that is sent again.
func (w *ackWatch) repeated(a *answered) {
	for i := range w.sent {
		if b := &w.sent[i]; b.same(a) && b.seq == a.seq && b.again == a.since {
			b.gap = min(2*b.gap, max(w.header.Timers.T1, w.header.Timers.T2))
			b.again += b.gap
		}
	}
}

// owed takes a 2xx that has come to the INVITE of a transaction. Its Call-ID is
// that of the INVITE, which the far end may have got otherwise.
func (w *ackWatch) owed(a answered, by txn, law *tally) {
	if invite, asked := w.asked[by]; asked && invite.seq == a.seq {
		law.met()
		a.callID = invite.callID
		w.arrived = append(w.arrived, a)
	}
}

func (a *answered) same(b *answered) bool {
	return a.host == b.host && a.callID == b.callID && a.tag == b.tag
}

// bye takes a BYE, sent or received: it ends the dialog with either tag.
func (w *ackWatch) bye(e *trace.Event, a *answered, from string) {
	w.settle(&w.sent, func(b *answered) bool {
		return b.host == e.Host && b.callID == a.callID && (b.tag == a.tag || b.tag == from)
	})
	tags := w.hungUp.note(a.callID)
	if *tags == nil {
		*tags = map[string]bool{}
	}
	(*tags)[a.tag], (*tags)[from] = true, true
}

// over says whether a BYE had ended the dialog before its 2xx was sent.
func (w *ackWatch) over(a *answered) bool {
	tags := w.hungUp.look(a.callID)
	return tags != nil && (*tags)[a.tag]
}

// forged says whether a script host made the packet up.
func (w *ackWatch) forged(p *trace.Packet) bool {
	return p.From >= 0 && w.header.Hosts[p.From].Kind == "script"
}

// passesOn says whether the host is no user agent: it answers nothing itself.
func (w *ackWatch) passesOn(h trace.HostID) bool { return w.header.Hosts[h].Kind == "proxy" }

func (w *ackWatch) finish(end *trace.End, law *tally) {
	now := end.At
	if end.Why == trace.Quiet {
		now = 1<<63 - 1 // nothing more will come
	}
	w.judge(now, law)
}
