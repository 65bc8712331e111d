package transaction

import (
	"strconv"

	"siplab/sim/sip"
)

// Cancel makes the CANCEL of the request that a client transaction sent, in m.
// It has the request's topmost Via, and so its branch (RFC 3261 §9.1): "A
// CANCEL constructed by a client MUST have only a single Via header field value
// matching the top Via value in the request being cancelled."
func (t *Tx) Cancel(m *sip.Message) {
	const rule = "RFC 3261 §9.1"
	request := t.table.parsed(t.Request, t.Packet)
	m.Request(sip.CANCEL, request.URI)
	m.Add(sip.NameVia, topVia(request), sip.Copied(t.Packet))
	copyWay(m, request)
	m.CopyFrom(request, sip.NameTo)
	m.CopyFrom(request, sip.NameCallID)
	m.Add(sip.NameCSeq, strconv.FormatUint(uint64(request.CSeq().Seq), 10)+" "+sip.CANCEL, sip.Rule(rule))
}

// copyWay gives an ACK or a CANCEL what takes it the way of its request: the
// Route and who sends it. It goes one hop, and whoever makes it is its UAC: "A
// UAC MUST insert a Max-Forwards header field into each request it originates
// with a value that SHOULD be 70." (RFC 3261 §8.1.1.6)
func copyWay(m, request *sip.Message) {
	m.Add(sip.NameMaxForwards, "70", sip.Rule("RFC 3261 §8.1.1.6"))
	m.CopyFrom(request, sip.NameRoute)
	m.CopyFrom(request, sip.NameFrom)
}
