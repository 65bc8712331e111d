package subscription

import (
	"siplab/sim/fsm"
	"siplab/sim/sip"
)

// maxForks bounds the subscriptions of one SUBSCRIBE. The RFC has no bound; a
// network in which ever new notifiers answer would fill the memory.
const maxForks = 100

// Table holds the subscriptions of one user agent that have not ended.
type Table struct {
	Seen fsm.Probe // of the rows that they take; nil: nobody looks

	live map[ID]*Subscription
	made int32
}

// NewTable makes an empty table.
func NewTable() *Table { return &Table{live: map[ID]*Subscription{}} }

// Len counts the subscriptions that have not ended.
func (t *Table) Len() int { return len(t.live) }

// Subscribe makes the subscriber's part of a subscription whose SUBSCRIBE, or
// REFER, is about to be sent. In a dialog that there is already the ID is
// complete; otherwise the first NOTIFY brings its remote tag.
func (t *Table) Subscribe(id ID) (*Subscription, Step) {
	s := t.make(id, machines[0])
	return s, s.Step(Subscribed)
}

// Serve makes the notifier's part of a subscription.
func (t *Table) Serve(id ID) (*Subscription, Step) {
	s := t.make(id, machines[1])
	return s, s.Step(Asked)
}

// Fork makes the subscriber's part of a further subscription of the SUBSCRIBE
// that led to first: another notifier has sent a NOTIFY with this remote tag and
// state. "Each of these requests establishes a new dialog usage and a new
// subscription." (RFC 6665 §4.1.2.4) first may have ended. nil: there are too
// many.
func (t *Table) Fork(first *Subscription, remoteTag string, st State) (*Subscription, Step) {
	if first.forks++; first.forks >= maxForks {
		return nil, Step{}
	}
	id := first.ID
	id.RemoteTag = remoteTag
	s := t.make(id, machines[0])
	return s, s.Step(st.Event())
}

func (t *Table) make(id ID, m *fsm.Machine) *Subscription {
	t.made++
	s := &Subscription{ID: id, Number: t.made, table: t, machine: m, run: fsm.Run{Seen: t.Seen}}
	t.live[id] = s
	return s
}

// Named gives a subscription the ID that the messages of its notifier have: the
// remote tag of the first NOTIFY, and where REFER made it the Event with the id
// that the notifier chose (RFC 3515 §2.4.6).
func (t *Table) Named(s *Subscription, id ID) {
	t.remove(s)
	s.ID = id
	t.live[id] = s
}

func (t *Table) remove(s *Subscription) {
	if t.live[s.ID] == s {
		delete(t.live, s.ID)
	}
}

// Find is the subscription that a request which has arrived names, nil for
// none: of its dialog, with the same Event "byte by byte" (RFC 6665 §8.2.1).
func (t *Table) Find(m *sip.Message) *Subscription {
	e, ok := ParseEvent(m.Get(sip.NameEvent))
	if !ok {
		return nil
	}
	return t.live[idOf(m, e)]
}

// FindFirst is the subscription whose SUBSCRIBE a NOTIFY may be the first to
// answer: "they contain the same "Call-ID", a "To" header field "tag" parameter
// that matches the "From" header field "tag" parameter of the SUBSCRIBE request,
// and the same "Event" header field" (§4.4.1). nil: none waits for it.
func (t *Table) FindFirst(m *sip.Message) *Subscription {
	e, ok := ParseEvent(m.Get(sip.NameEvent))
	if !ok {
		return nil
	}
	id := idOf(m, e)
	id.RemoteTag = ""
	return t.live[id]
}

// idOf is the ID of a request that has arrived.
func idOf(m *sip.Message, e Event) ID {
	from, to := m.From(), m.To()
	return ID{CallID: m.CallID(), LocalTag: to.Tag(), RemoteTag: from.Tag(), Event: e}
}
