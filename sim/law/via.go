package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// via is §17.1.1.3 for ACK, "The ACK MUST contain a single Via header field, and
// this MUST be equal to the top Via header field of the original request.", and
// §9.1 for CANCEL.
var via = Law{
	ID:      "via",
	Text:    "an ACK to a failure and a CANCEL have one Via, that of their INVITE, and its Request-URI, Call-ID, From and CSeq number",
	Section: "RFC 3261 §9.1, §17.1.1.3",
	watch:   func() any { return &viaWatch{invites: map[txn]original{}, by: map[topVia]txn{}} },
}

// original is what an INVITE says that its ACK and its CANCEL have to say too.
type original struct {
	via, uri, callID, from string
	seq                    uint32
}

func originalOf(l *letter) original {
	o := original{uri: l.URI, callID: l.CallID(), from: l.Get(sip.NameFrom), seq: l.CSeq().Seq}
	for v := range l.Values(sip.NameVia) {
		o.via = v
		break
	}
	return o
}

// viaWatch keeps the INVITEs of the client transactions that run.
type viaWatch struct {
	invites map[txn]original
	by      map[topVia]txn
}

// topVia is a Via of a host.
type topVia struct {
	host trace.HostID
	via  string
}

func (v *viaWatch) event(e *trace.Event, _ *tally) {
	if e.Kind == trace.State && e.Txn != 0 && e.To == "Terminated" {
		delete(v.by, topVia{e.Host, v.invites[txnOf(e)].via})
		delete(v.invites, txnOf(e))
	}
}

func (v *viaWatch) read(e *trace.Event, l *letter, law *tally) {
	if e.Kind != trace.Send || e.Txn == 0 {
		return
	}
	switch l.Method {
	case sip.INVITE:
		o := originalOf(l)
		v.invites[txnOf(e)], v.by[topVia{e.Host, o.via}] = o, txnOf(e)
	case sip.ACK:
		v.compare(e, l, v.invites[txnOf(e)], law)
	case sip.CANCEL:
		// §9.1: its Via is the one that "matching the top Via value in the request
		// being cancelled" names.
		v.compare(e, l, v.invites[v.by[topVia{e.Host, originalOf(l).via}]], law)
	}
}

func (v *viaWatch) compare(e *trace.Event, l *letter, invite original, law *tally) {
	law.met()
	if n := l.Count(sip.NameVia); n != 1 {
		law.broken(e.I, "a %s has %d Vias", l.Method, n)
	}
	switch o := originalOf(l); {
	case invite.via == "":
		law.broken(e.I, "a %s has the Via %s, and no INVITE that runs has it", l.Method, o.via)
	case o != invite:
		law.broken(e.I, "a %s says %v, and its INVITE %v", l.Method, o, invite)
	}
}
