package ua

import (
	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/transport"
)

// hops are the addresses where one request can go, in the order in which they
// are tried (RFC 3263 §4). A further try of the request, with credentials say,
// goes where the one before was heard, as long as its next hop is the same.
type hops struct {
	uri   string // the next hop they are of (RFC 3261 §8.1.2)
	to    []core.Hop
	first [1]core.Hop  // the room of most lists
	at    int          // the one that is tried
	heard bool         // it has answered
	sent  *sip.Message // what went there; nil where nothing can follow
}

// ask sends a request to the first of them that has not failed.
func (h *hops) ask(t *turn, key int32, m *sip.Message) {
	if uri, _ := transport.NextHop(m); uri != h.uri {
		h.find(t, uri)
	}
	transport.StrictRoute(m)
	if h.at+1 < len(h.to) {
		h.sent = new(sip.Message)
		h.sent.CopyOf(m)
	}
	h.send(t, key, m)
}

func (h *hops) find(t *turn, uri string) {
	*h = hops{uri: uri}
	if u, err := sip.ParseURI(uri); err == nil {
		h.to = t.env.Resolve(u, h.first[:0])
		t.avoids.last(t, h.to)
	}
}

// forget has the next request look its way up afresh.
func (h *hops) forget() { *h = hops{} }

func (h *hops) send(t *turn, key int32, m *sip.Message) {
	h.heard = false
	var to core.Hop
	if len(h.to) > 0 {
		to = h.to[h.at]
	}
	t.ask(key, m, to)
}

// next is the request once more, for the next address, if the event of this
// turn is the failure of the one that was tried; nil where it is none, or where
// no other address is left. RFC 3263 §4.3: "If a failure occurs, the client
// SHOULD create a new request, which is identical to the previous, but has a
// different value of the Via branch ID than the previous".
func (h *hops) next(t *turn) *sip.Message {
	why := h.failure(t.ev)
	if why == "" || h.at+1 >= len(h.to) {
		return nil
	}
	if m := t.ev.Message; m != nil && retryAfter(m) > 0 {
		t.avoids.add(t, h.to[h.at].Addr.String(), retryAfter(m))
	}
	t.note(h.to[h.at].Addr.String()+" "+why+": the next address is tried, "+h.to[h.at+1].Addr.String(), "RFC 3263 §4.3")
	h.at++
	m := t.env.New()
	m.CopyOf(h.sent)
	return m
}

// failure says how the address that is tried has failed, "" where it has not:
// "failure occurs if the transaction layer reports a 503 error response or a
// transport failure of some sort", or "if the transaction layer times out
// without ever having received any response, provisional or final" (§4.3).
func (h *hops) failure(ev *core.Event) string {
	switch {
	case ev.Kind == core.TransportError:
		return "cannot be reached"
	case ev.Kind == core.Timeout && !h.heard:
		return "does not answer"
	case ev.Kind == core.Response && ev.Message.Status == 503:
		return "answers 503"
	case ev.Kind == core.Response:
		h.heard = true
	}
	return ""
}
