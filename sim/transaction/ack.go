package transaction

import (
	"strconv"

	"siplab/sim/sip"
)

// buildACK makes the ACK to a final response that is no 2xx, from the INVITE
// that the transaction sent (§17.1.1.3): "The ACK request constructed by the
// client transaction MUST contain values for the Call-ID, From, and Request-URI
// that are equal to the values of those header fields in the request passed to
// the transport by the client transaction". §22.1 adds the credentials.
func (t *Tx) buildACK(response *sip.Message) *sip.Message {
	const rule = "RFC 3261 §17.1.1.3"
	tb := t.table
	invite := tb.parsed(t.Request, t.Packet)
	m := tb.blank()
	m.Request(sip.ACK, invite.URI)
	for via := range invite.Values(sip.NameVia) {
		if tb.stack.ackBranch {
			via = rebranched(via)
		}
		m.Add(sip.NameVia, via, sip.Rule(rule))
		break
	}
	copyWay(m, invite)
	m.CopyFrom(response, sip.NameTo)
	m.CopyFrom(invite, sip.NameCallID)
	m.Add(sip.NameCSeq, strconv.FormatUint(uint64(invite.CSeq().Seq), 10)+" "+sip.ACK, sip.Rule(rule))
	m.CopyFrom(invite, sip.NameAuthorization)
	m.CopyFrom(invite, sip.NameProxyAuthorization)
	t.ack = tb.print(m)
	return m
}

// rebranched is a Via with another branch, as a faulty stack has it.
func rebranched(value string) string {
	via, err := sip.ParseVia(value)
	if err != nil {
		return value
	}
	via.Params = via.Params.With("branch", via.Branch()+"-ack")
	return via.String()
}
