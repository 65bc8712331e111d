package law

import (
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// cancelled is §9.2: "If the original request was an INVITE, the UAS SHOULD
// immediately respond to the INVITE with a 487 (Request Terminated)."
var cancelled = Law{
	ID:      "cancelled",
	Text:    "a user agent that says 200 to a CANCEL has answered the INVITE, or does so at once",
	Section: "RFC 3261 §9.2",
	watch:   func() any { return &cancelledWatch{} },
}

type cancelledWatch struct {
	ledger *ledger
	due    duties
}

func (w *cancelledWatch) look(g *ledger) { w.ledger = g }

func (w *cancelledWatch) event(e *trace.Event, law *tally) { w.judge(e.At, law) }

func (w *cancelledWatch) judge(now time.Duration, law *tally) {
	w.due.judge(now, func(x duty) {
		law.broken(x.event, "the INVITE of transaction %d is cancelled, and gets no final response", x.of.id)
	})
}

func (w *cancelledWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.answers(e) || l.by != isAgent || l.Status < 200 {
		return
	}
	w.due.done(l.of.id)
	// What is repeated was said of the INVITE that there was then: a late copy of
	// it may have begun another.
	if l.of.request.Method == sip.CANCEL && isSuccess(l.Status) && e.Packet.Again == "" {
		if invite := w.ledger.by[inviteOf(l.of.request)]; invite != nil && invite.final == 0 {
			law.met()
			w.due.add(invite.id, e)
		}
	}
}

func (w *cancelledWatch) finish(end *trace.End, law *tally) {
	if end.Why == trace.Quiet {
		w.judge(end.At+1, law)
	}
}
