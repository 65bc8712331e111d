package law

import "siplab/sim/trace"

// totag is §8.2.6.2: "However, if the To header field in the request did not
// contain a tag, the URI in the To header field in the response MUST equal the
// URI in the To header field; additionally, the UAS MUST add a tag to the To
// header field in the response (with the exception of the 100 (Trying)
// response, in which a tag MAY be present)." "The same tag MUST be used for all
// responses to that request, both final and provisional".
var totag = Law{
	ID:      "to-tag",
	Text:    "each response but the 100 has a To tag, and a user agent gives all its responses to one request the same",
	Section: "RFC 3261 §8.2.6.2",
	watch:   func() any { return &totagWatch{given: map[txn]string{}} },
}

// totagWatch keeps the tag that each server transaction that runs has given.
type totagWatch struct{ given map[txn]string }

func (w *totagWatch) event(e *trace.Event, _ *tally) {
	if e.Kind == trace.State && e.Txn != 0 && e.To == "Terminated" {
		delete(w.given, txnOf(e))
	}
}

// read looks at what is answered here: what a proxy passes on has the tags of
// several user agents.
func (w *totagWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.answers(e) || l.from != nil || l.Status == 100 || !l.of.request.hasTo() {
		return
	}
	law.met()
	_, tag := l.tags()
	before, known := w.given[l.of.id]
	switch {
	case tag == "":
		law.broken(e.I, "a %d has no To tag", l.Status)
	case known && before != tag && l.by != isProxy:
		law.broken(e.I, "a %d has the To tag %q, and a response before it %q", l.Status, tag, before)
	default:
		w.given[l.of.id] = tag
	}
}
