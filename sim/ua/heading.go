package ua

import "siplab/sim/sip"

// heading is what all tries of a request outside of a dialog have in common
// (§8.1.1).
type heading struct {
	to, from string
	callID   string
	seq      uint32 // CSeq number of the last try
	route    string // to the outbound proxy; "" for none
	ref      string // the section by which the next try is a further one; "" for the first
}

// heading begins a request to whom.
func (i *identity) heading(t *turn, whom string) heading {
	return heading{to: sip.NameAddr{URI: whom}.String(), from: i.newFrom(t), callID: i.newCallID(t), route: i.route}
}

// address adds the fields, with the next CSeq number.
func (h *heading) address(m *sip.Message) {
	h.seq++
	tag, id, number := sip.Fresh("RFC 3261 §8.1.1.3"), sip.Fresh("RFC 3261 §8.1.1.4"), sip.Rule("RFC 3261 §8.1.1.5")
	if h.ref != "" {
		tag, id, number = sip.Rule(h.ref), sip.Rule(h.ref), sip.Rule(h.ref)
	}
	m.Add(sip.NameMaxForwards, "70", sip.Rule("RFC 3261 §8.1.1.6"))
	addRoute(m, h.route)
	m.Add(sip.NameFrom, h.from, tag)
	m.Add(sip.NameTo, h.to, sip.Rule("RFC 3261 §8.1.1.2"))
	m.Add(sip.NameCallID, h.callID, id)
	m.Add(sip.NameCSeq, sip.CSeq{Seq: h.seq, Method: m.Method}.String(), number)
}

// addRoute adds the Route to the outbound proxy, which is the phone's
// pre-existing route set: "it is RECOMMENDED that this be done by providing it
// with a pre-existing route set with a single URI, that of the outbound proxy."
// (§8.1.1.1)
func addRoute(m *sip.Message, route string) {
	if route != "" {
		m.Add(sip.NameRoute, route, sip.Setting("outbound proxy"))
	}
}
