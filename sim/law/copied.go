package law

import (
	"slices"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// copied is §8.2.6.2: "The From field of the response MUST equal the From
// header field of the request. The Call-ID header field of the response MUST
// equal the Call-ID header field of the request. The CSeq header field of the
// response MUST equal the CSeq field of the request. The Via header field
// values in the response MUST equal the Via header field values in the request
// and MUST maintain the same ordering."
var copied = Law{
	ID:      "copied",
	Text:    "a response has the Vias, From, Call-ID and CSeq of its request, and its To but for the tag",
	Section: "RFC 3261 §8.2.6.2",
	watch:   func() any { return &copiedWatch{} },
}

// copiedWatch keeps room for the Vias of two messages.
type copiedWatch struct{ asked, answered []string }

// same are the fields that a response has as its request has them.
var same = [...]sip.Name{sip.NameFrom, sip.NameCallID, sip.NameCSeq}

// read holds a response against its request. One that a proxy passes on was
// made by another.
func (w *copiedWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.answers(e) || l.from != nil {
		return
	}
	law.met()
	request := l.of.request
	for _, n := range same {
		if theirs, own := request.Get(n), l.Get(n); own != theirs && oneLine(theirs) {
			law.broken(e.I, "a %d has the %s %q, and its request %q", l.Status, n, own, theirs)
		}
	}
	own, theirs := l.To(), request.To()
	if own.URI != theirs.URI && request.hasTo() {
		law.broken(e.I, "a %d has the To %q, and its request %q", l.Status, own.URI, theirs.URI)
	}
	w.asked = appendVias(w.asked[:0], request)
	w.answered = appendVias(w.answered[:0], l)
	if !slices.EqualFunc(w.asked, w.answered, sameVia) {
		law.broken(e.I, "a %d has the Vias %q, and its request %q", l.Status, w.answered, w.asked)
	}
}

func appendVias(list []string, l *letter) []string {
	for value := range l.Values(sip.NameVia) {
		if strings.TrimSpace(value) != "" { // a line end alone is nothing to copy
			list = append(list, value)
		}
	}
	return list
}

// sameVia says whether a Via is that of the request: its server may have added
// where the packet came from (§18.2.1).
func sameVia(asked, answered string) bool {
	if asked == answered || !oneLine(asked) {
		return true
	}
	a, err := sip.ParseVia(asked)
	b, bad := sip.ParseVia(answered)
	return err == nil && bad == nil && a.Branch() == b.Branch() && strings.EqualFold(a.SentBy(), b.SentBy()) &&
		a.Transport == b.Transport
}
