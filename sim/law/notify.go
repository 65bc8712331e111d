package law

import (
	"slices"
	"strings"
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// notify is RFC 6665 §4.2.1.2, "Upon successfully accepting or refreshing a
// subscription, notifiers MUST send a NOTIFY request immediately to communicate
// the current resource state to the subscriber", which RFC 3515 §2.4.4 has of
// REFER too; and §4.2.2: "If the value of the "Subscription-State" header field
// is "active" or "pending", the notifier MUST also include in the
// "Subscription-State" header field an "expires" parameter".
var notify = Law{
	ID:      "notify",
	Text:    "who answers SUBSCRIBE or REFER with a 2xx sends NOTIFY at once, unless it says that there is no subscription; a NOTIFY that is active or pending says for how long",
	Section: "RFC 6665 §4.2.1.2, §4.2.2",
	watch:   func() any { return &notifyWatch{} },
}

// notifyWatch keeps the 2xx that await their NOTIFY.
type notifyWatch struct {
	header *trace.Header
	owed   []owed
}

// owed is a 2xx that promises a NOTIFY.
type owed struct {
	event  int32
	host   trace.HostID
	at     time.Duration
	method string
	callID string
}

func (w *notifyWatch) begin(h *trace.Header) { w.header = h }

func (w *notifyWatch) event(e *trace.Event, law *tally) {
	if len(w.owed) > 0 && w.owed[0].at < e.At {
		w.judge(law)
	}
	if e.Kind == trace.Note && e.Ref == "RFC 3261 §18.4" { // nothing could be sent
		w.owed = slices.DeleteFunc(w.owed, func(o owed) bool { return o.host == e.Host })
	}
}

func (w *notifyWatch) finish(_ *trace.End, law *tally) { w.judge(law) }

// judge looks at what was owed at a time that is over.
func (w *notifyWatch) judge(law *tally) {
	for _, o := range w.owed {
		law.broken(o.event, "%s answers a %s with a 2xx and sends no NOTIFY", w.header.HostName(o.host), o.method)
	}
	w.owed = w.owed[:0]
}

func (w *notifyWatch) read(e *trace.Event, l *letter, law *tally) {
	method := l.CSeq().Method
	switch {
	case e.Kind != trace.Send || !l.bound || l.by == isProxy || e.Packet.Again != "":
	case l.Method == sip.NOTIFY:
		w.owed = slices.DeleteFunc(w.owed, func(o owed) bool { return o.host == e.Host && o.callID == l.CallID() })
		law.met()
		w.duration(e, l, law)
	case isSuccess(l.Status) && (method == sip.SUBSCRIBE || method == sip.REFER) && !sip.EqualFold(l.Get(sip.NameReferSub), "false"):
		law.met()
		w.owed = append(w.owed, owed{e.I, e.Host, e.At, method, l.CallID()})
	}
}

func (w *notifyWatch) duration(e *trace.Event, l *letter, law *tally) {
	value := l.Get(sip.NameSubscriptionState)
	name, _, _ := strings.Cut(value, ";")
	name = strings.TrimSpace(name)
	if _, has := sip.Params(value[len(name):]).Get("expires"); !has && !sip.EqualFold(name, "terminated") {
		law.broken(e.I, "a NOTIFY says %q, and not for how long", value)
	}
}
