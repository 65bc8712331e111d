package law

import (
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// tags is §12: "A dialog is identified at each UA with a dialog ID, which
// consists of a Call-ID value, a local tag and a remote tag."
var tags = Law{
	ID:      "tags",
	Text:    "the tags of a dialog never change: a request inside it has those that its INVITE and the response to it gave, and a response has those of its request",
	Section: "RFC 3261 §8.2.6.2, §12, §12.2.1.1",
	watch:   func() any { return &tagsWatch{invites: map[txn]invite{}} },
}

// tagsWatch keeps the dialogs of the calls that go on, from the caller's side.
type tagsWatch struct {
	book[map[side]bool]
	invites map[txn]invite
}

// invite is what an INVITE says of the dialogs that it may make, at the host
// that sends it: "The call identifier component of the dialog ID MUST be set to
// the value of the Call-ID in the request" (§12.1.2), whatever the far end has
// got of it.
type invite struct{ callID, local string }

func (w *tagsWatch) event(e *trace.Event, _ *tally) {
	w.book.event(e)
	if e.Kind == trace.State && e.Txn != 0 && e.To == "Terminated" {
		delete(w.invites, txnOf(e))
	}
}

func (w *tagsWatch) read(e *trace.Event, l *letter, law *tally) {
	from, to := l.tags()
	switch {
	case !l.IsRequest():
		w.response(e, l, side{from, to}, law)
	case e.Kind == trace.Send:
		if l.Method == sip.INVITE && e.Txn != 0 {
			w.invites[txnOf(e)] = invite{l.CallID(), from}
		}
		w.request(e, l, side{from, to}, law)
	}
	w.book.read(e, l)
}

// response holds a response against its request, and notes the dialog that it
// makes: at the callee when it leaves and at the caller as it arrives, for the
// network may change it between them.
func (w *tagsWatch) response(e *trace.Event, l *letter, s side, law *tally) {
	req, asked := asked(e, l)
	if asked {
		law.met()
	}
	switch {
	case asked && s.local != req.local:
		law.broken(e.I, "a %d has the From tag %q, and its request %q", l.Status, s.local, req.local)
	case asked && req.remote != "" && s.remote != req.remote:
		law.broken(e.I, "a %d has the To tag %q, and its request %q", l.Status, s.remote, req.remote)
	case l.CSeq().Method != sip.INVITE || l.Status <= 100 || l.Status >= 300 || asked && req.remote != "":
	default:
		callID := l.CallID()
		if own, ok := w.invites[txnOf(e)]; ok && e.Kind == trace.Arrive {
			callID, s.local = own.callID, own.local
		}
		dialogs := w.note(callID)
		if *dialogs == nil {
			*dialogs = map[side]bool{}
		}
		(*dialogs)[s] = true
	}
}

// asked is the side that the request of a response has, where its host made the
// response and can give it back.
func asked(e *trace.Event, l *letter) (s side, ok bool) {
	if !l.answers(e) || l.from != nil {
		return s, false
	}
	req := l.of.request
	s.local, s.remote = req.tags()
	return s, oneLine(req.Get(sip.NameFrom)) && oneLine(req.Get(sip.NameTo))
}

// request wants a request inside a dialog to name one that is there. The ACK to
// a failure names none, and what a proxy passes on is another's.
func (w *tagsWatch) request(e *trace.Event, l *letter, s side, law *tally) {
	dialogs := w.look(l.CallID())
	if dialogs == nil || s.remote == "" || (l.Method == sip.ACK) != (e.Txn == 0) || !l.asks(e) {
		return
	}
	law.met()
	if back := (side{s.remote, s.local}); !(*dialogs)[s] && !(*dialogs)[back] {
		law.broken(e.I, "a %s has the From tag %q and the To tag %q: no dialog of its Call-ID has them", l.Method, s.local, s.remote)
	}
}

// oneLine says whether a response can give a value back as it came: a line break
// in it, which the network can make, it cannot.
func oneLine(value string) bool { return !strings.ContainsAny(value, "\r\n") }
