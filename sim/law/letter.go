package law

import (
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// letter is a message as it was sent, or as it arrived.
type letter struct {
	sip.Message
	corrupt bool // these are not the bytes that were sent
}

// tags are the tags of From and To.
func (l *letter) tags() (from, to string) {
	f, t := l.From(), l.To()
	return f.Tag(), t.Tag()
}

// accepts says whether the message is a 2xx to an INVITE.
func (l *letter) accepts() bool {
	return isSuccess(l.Status) && l.CSeq().Method == sip.INVITE
}

// reader is a watcher that looks into the messages which are sent and arrive.
// The letter is valid during the call only, the texts in it stay.
type reader interface {
	read(e *trace.Event, l *letter, say sayer)
}

// mail opens each message of a run once for all laws that read it.
type mail struct {
	letter  letter
	corrupt map[int32]string // by packet: the bytes that the network made of it
}

// open is the message of an event, nil where it has none.
func (x *mail) open(e *trace.Event) *letter {
	if e.Packet == nil {
		return nil
	}
	raw := e.Packet.Raw
	x.letter.corrupt = false
	switch e.Kind {
	case trace.Send:
	case trace.Arrive:
		if text, ok := x.corrupt[e.Packet.N]; ok {
			raw, x.letter.corrupt = text, true
			delete(x.corrupt, e.Packet.N)
		}
	case trace.Corrupt:
		x.corrupt[e.Packet.N] = e.Text
		return nil
	case trace.Lose:
		delete(x.corrupt, e.Packet.N)
		return nil
	default:
		return nil
	}
	if x.letter.Parse(raw) != nil {
		return nil
	}
	return &x.letter
}
