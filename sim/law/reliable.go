package law

import (
	"strconv"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// reliable is RFC 3262 §3, "The value of the RSeq in each subsequent reliable
// provisional response for the same request MUST be greater by exactly one.",
// and §4, by which a PRACK names in RAck the response that it answers.
var reliable = Law{
	ID:      "reliable",
	Text:    "the reliable provisional responses to a request are numbered one by one, and a PRACK has the numbers of the one that it answers",
	Section: "RFC 3262 §3, §4, §7.2",
	watch:   func() any { return &reliableWatch{last: map[txn]uint64{}} },
}

// reliableWatch keeps the last RSeq of each server transaction that runs.
type reliableWatch struct {
	ledger *ledger
	last   map[txn]uint64
}

func (w *reliableWatch) look(g *ledger) { w.ledger = g }

func (w *reliableWatch) event(e *trace.Event, _ *tally) {
	if e.Kind == trace.State && e.Txn != 0 && e.To == "Terminated" {
		delete(w.last, txnOf(e))
	}
}

func (w *reliableWatch) read(e *trace.Event, l *letter, law *tally) {
	switch {
	case e.Kind != trace.Send || e.Packet.Again != "":
	case l.Method == sip.PRACK && l.asks(e):
		w.prack(e, l, law)
	case l.answers(e) && l.from == nil && l.Status < 200 && l.Has(sip.NameRSeq):
		w.number(e, l, law)
	}
}

func (w *reliableWatch) number(e *trace.Event, l *letter, law *tally) {
	law.met()
	rseq, err := strconv.ParseUint(l.Get(sip.NameRSeq), 10, 32)
	before, known := w.last[l.of.id]
	switch {
	case err != nil || rseq == 0:
		law.broken(e.I, "a %d has the RSeq %q", l.Status, l.Get(sip.NameRSeq))
	case known && rseq != before+1:
		law.broken(e.I, "a %d has the RSeq %d, and the one before it %d", l.Status, rseq, before)
	case !strings.Contains(l.Get(sip.NameRequire), "100rel"):
		law.broken(e.I, "a %d has an RSeq and does not require 100rel", l.Status)
	}
	w.last[l.of.id] = rseq
}

// prack looks at what came last: a PRACK follows at once, or it is sent again
// with the credentials that were asked for.
func (w *reliableWatch) prack(e *trace.Event, l *letter, law *tally) {
	last := w.ledger.arrived
	if last == nil || last.host != e.Host || last.Status == 401 || last.Status == 407 {
		return
	}
	law.met()
	seq := last.CSeq()
	want := last.Get(sip.NameRSeq) + " " + strconv.FormatUint(uint64(seq.Seq), 10) + " " + seq.Method
	if rack := strings.Join(strings.Fields(l.Get(sip.NameRAck)), " "); last.Status < 101 || last.Status > 199 || rack != want {
		law.broken(e.I, "a PRACK has the RAck %q, and answers %q", rack, want)
	}
}
