package law

import (
	"net/netip"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// letter is a message as it was sent, or as it arrived. Whoever reads it has it
// during the call only; the texts in it stay.
type letter struct {
	sip.Message
	raw      string // the bytes that it was read from; "": they are no message
	corrupt  bool   // these are not the bytes that were sent
	bound    bool   // an element made it: no script host
	by       kind   // what it was sent by, or came to
	host     trace.HostID
	src, dst netip.AddrPort
	datagram bool
	of       *exchange // the transaction that it belongs to; nil for none
	context  txn       // the server transaction for which its client transaction runs, at a proxy
	from     *letter   // what a proxy that sends it passes on; nil: it is its own
	seq      sip.CSeq
	fromTag  string
	toTag    string
	key      branchKey // what a request is matched by
	keyed    bool
	kept     bool // as the request or the answer of an exchange
}

// tags are the tags of From and To.
func (l *letter) tags() (from, to string) { return l.fromTag, l.toTag }

// CSeq is read once for all laws.
func (l *letter) CSeq() sip.CSeq { return l.seq }

// accepts says whether the message is a 2xx to an INVITE.
func (l *letter) accepts() bool {
	return isSuccess(l.Status) && l.CSeq().Method == sip.INVITE
}

// answers says whether it is a response that a transaction of this host sends
// of its own, or for a proxy passes on.
func (l *letter) answers(e *trace.Event) bool {
	return e.Kind == trace.Send && l.bound && l.Status != 0 && l.of != nil && l.of.server
}

// hasTo says whether a request has a To that can be read, and so given back.
func (l *letter) hasTo() bool {
	a, err := sip.ParseNameAddr(l.Get(sip.NameTo))
	_, bad := sip.ParseURI(a.URI)
	return err == nil && bad == nil
}

// asks says whether a user agent of the run makes this request: what a proxy
// passes on has another Via.
func (l *letter) asks(e *trace.Event) bool {
	return e.Kind == trace.Send && l.bound && l.Status == 0 && l.by != isProxy
}

// kind is what the laws have to know of an element.
type kind uint8

const (
	isAgent kind = iota
	isProxy
	isScript // made up by hand: it may do what it likes
)

func kindOf(h *trace.Host) kind {
	switch h.Kind {
	case "proxy":
		return isProxy
	case "script":
		return isScript
	}
	return isAgent
}

// mail opens each message of a run once for all laws that read it. The last
// that arrived stays open until the next one does.
type mail struct {
	sent, arrived *letter
	spare         []*letter
	corrupt       map[int32]string // by packet: the bytes that the network made of it
}

// begin forgets the run before.
func (x *mail) begin() {
	if x.corrupt == nil {
		x.corrupt = map[int32]string{}
	}
	clear(x.corrupt)
	last := [...]*letter{x.sent, x.arrived}
	x.sent, x.arrived = nil, nil
	for _, l := range last {
		if l != nil {
			x.release(l)
		}
	}
}

// open is the message of an event, nil where it has none.
func (x *mail) open(e *trace.Event) *letter {
	if e.Packet == nil {
		return nil
	}
	switch e.Kind {
	case trace.Send:
		x.sent = x.blank(x.sent)
		return x.sent.read(e, e.Packet.Raw, nil)
	case trace.Arrive:
		x.arrived = x.blank(x.arrived)
		text, corrupt := x.corrupt[e.Packet.N]
		if !corrupt {
			return x.arrived.read(e, e.Packet.Raw, x.sent)
		}
		delete(x.corrupt, e.Packet.N)
		l := x.arrived.read(e, text, nil)
		x.arrived.corrupt = true
		return l
	case trace.Corrupt:
		x.corrupt[e.Packet.N] = e.Text
	case trace.Lose:
		delete(x.corrupt, e.Packet.N)
	}
	return nil
}

// blank is a letter to write on: the same one, where nobody keeps it.
func (x *mail) blank(l *letter) *letter {
	if l != nil && !l.kept {
		return l
	}
	if n := len(x.spare); n > 0 {
		l = x.spare[n-1]
		x.spare = x.spare[:n-1]
		return l
	}
	return new(letter)
}

// read takes the message of an event; nil for what is none. What arrives is most
// often what was sent last, as sent says: then it need not be parsed again.
func (l *letter) read(e *trace.Event, raw string, sent *letter) *letter {
	p := e.Packet
	l.corrupt, l.of, l.from, l.context, l.host, l.src, l.dst = false, nil, nil, txn{}, e.Host, p.Src, p.Dst
	l.datagram = p.Transport == "udp"
	switch {
	case sent != nil && sent.raw == raw && raw != "":
		l.Assign(&sent.Message)
		l.raw, l.seq, l.fromTag, l.toTag = raw, sent.seq, sent.fromTag, sent.toTag
	case !l.parse(raw):
		return nil
	}
	l.key, l.keyed = matchKey(e, l)
	return l
}

func (l *letter) parse(raw string) bool {
	if l.Parse(raw) != nil {
		l.Reset()
		l.raw = ""
		return false
	}
	from, to := l.From(), l.To()
	l.raw, l.seq, l.fromTag, l.toTag = raw, l.Message.CSeq(), from.Tag(), to.Tag()
	return true
}

// release takes back a letter that was kept.
func (x *mail) release(l *letter) {
	l.kept, l.of, l.from = false, nil, nil
	if l != x.arrived && l != x.sent {
		x.spare = append(x.spare, l)
	}
}
