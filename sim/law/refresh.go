package law

import (
	"maps"

	"siplab/sim/ask"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// refresh is §10.2: "All registrations from a UAC SHOULD use the same Call-ID
// header field value for registrations sent to a particular registrar." By it a
// registrar knows which of two REGISTERs is the later.
var refresh = Law{
	ID:      "refresh",
	Text:    "all REGISTERs of a user agent for one address-of-record at one registrar have one Call-ID, until it loses its state",
	Section: "RFC 3261 §10.2",
	watch:   func() any { return &refreshWatch{callID: map[registrant]string{}} },
}

type registrant struct {
	host      trace.HostID
	registrar string
	aor       string
}

type refreshWatch struct{ callID map[registrant]string }

func (w *refreshWatch) event(e *trace.Event, _ *tally) {
	if ask.Forgets(e) {
		maps.DeleteFunc(w.callID, func(r registrant, _ string) bool { return r.host == e.Host })
	}
}

func (w *refreshWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.Method != sip.REGISTER || !l.asks(e) || e.Packet.Again != "" {
		return
	}
	to := l.To()
	r := registrant{e.Host, l.URI, to.URI}
	if before, known := w.callID[r]; known {
		if law.met(); before != l.CallID() {
			law.broken(e.I, "a REGISTER for %s has the Call-ID %q, and the one before it %q", to.URI, l.CallID(), before)
		}
	}
	w.callID[r] = l.CallID()
}
