package dialog

import (
	"siplab/sim/fsm"
	"siplab/sim/sip"
)

// maxForks bounds the dialogs of one INVITE. The RFC has no bound; a network
// that answers with ever new To tags would fill the memory.
const maxForks = 100

// Set holds the dialogs of one user agent that have not ended.
type Set struct {
	Seen fsm.Probe // of the rows that they take; nil: nobody looks

	dialogs map[ID]*Dialog
	made    int32
	ended   []ID // the last that did
	forgets int  // which of them the next takes the place of
}

// NewSet makes an empty set.
func NewSet() *Set { return &Set{dialogs: map[ID]*Dialog{}} }

// Len counts the dialogs that have not ended, those in Preparative too.
func (s *Set) Len() int { return len(s.dialogs) }

// Call makes the caller's dialog of an INVITE that is about to be sent. It has
// no remote tag before a response brings one. tls says that the INVITE is sent
// over TLS.
func (s *Set) Call(req *sip.Message, tls bool) (*Dialog, Step) {
	from, to, seq := req.From(), req.To(), req.CSeq().Seq
	d := s.make(ID{CallID: req.CallID(), LocalTag: from.Tag()}, true)
	d.LocalURI, d.RemoteURI = untagged(req, sip.NameFrom, from), untagged(req, sip.NameTo, to)
	d.Secure = tls && secure(req.URI)
	d.asked, d.Target, d.Contact = req.URI, req.URI, req.Get(sip.NameContact)
	d.Local, d.initial = Seq{seq, true}, seq
	d.first = d
	d.forks = []*Dialog{d}
	d.keepCredentials(req)
	d.mine, d.invites = d.Local, 1
	return d, d.step(invite)
}

// Called makes the callee's dialog of an INVITE that has arrived. tag is the
// one that this side will give in its responses, contact its Contact value.
// The remote target is the INVITE's Contact: one for which TargetOf has a
// problem is refused and makes no dialog.
func (s *Set) Called(req *sip.Message, tag, contact string, tls bool) (*Dialog, Step) {
	from, to, seq := req.From(), req.To(), req.CSeq().Seq
	d := s.make(ID{CallID: req.CallID(), LocalTag: tag, RemoteTag: from.Tag()}, false)
	d.LocalURI, d.RemoteURI = untagged(req, sip.NameTo, to), untagged(req, sip.NameFrom, from)
	d.Secure = tls && secure(req.URI)
	d.Contact = contact
	d.Target, _ = TargetOf(req)
	d.Routes = routes(req, false)
	d.Remote, d.initial = Seq{seq, true}, seq
	d.first = d
	d.forks = []*Dialog{d}
	d.theirs = d.Remote
	return d, d.step(invite)
}

// Fork makes another dialog of the INVITE that made of: its response m has a
// To tag that no dialog has. It gives nil where m makes no dialog: "only 2xx
// and 101-199 responses with a To tag, where the request was INVITE, will
// establish a dialog." (RFC 3261 §12.1) Here of may have ended.
func (s *Set) Fork(of *Dialog, m *sip.Message) (*Dialog, Step) {
	of = of.first
	e := establishes(m)
	to := m.To()
	id := ID{CallID: of.CallID, LocalTag: of.LocalTag, RemoteTag: to.Tag()}
	if e == 0 || !of.UAC || m.CSeq().Seq != of.initial || s.dialogs[id] != nil || len(of.forks) >= maxForks {
		return nil, Step{}
	}
	d := s.make(id, true)
	d.LocalURI, d.RemoteURI, d.Secure = of.LocalURI, of.RemoteURI, of.Secure
	d.Contact, d.credentials = of.Contact, of.credentials
	d.initial, d.Local = of.initial, Seq{of.initial, true}
	d.Target = of.asked
	d.first = of
	of.forks = append(of.forks, d)
	d.invites = 1
	if e == provisional {
		d.mine = d.Local
	}
	d.learn(m)
	return d, d.step(e)
}

func (s *Set) make(id ID, uac bool) *Dialog {
	s.made++
	d := &Dialog{ID: id, Number: s.made, UAC: uac, machine: machines[1], run: fsm.Run{Seen: s.Seen}, set: s}
	if uac {
		d.machine = machines[0]
	}
	s.dialogs[id] = d
	return d
}

// remove takes an ended dialog out. Another may have its ID by now.
func (s *Set) remove(d *Dialog) {
	if s.dialogs[d.ID] == d {
		delete(s.dialogs, d.ID)
		s.remember(d.ID)
	}
}

// Find is the dialog of a message that has arrived, nil where there is none.
// "For a UAC, the Call-ID value of the dialog ID is set to the Call-ID of the
// message, the remote tag is set to the tag in the To field of the message,
// and the local tag is set to the tag in the From field of the message [...].
// As one would expect for a UAS" the tags are the other way (RFC 3261 §12).
//
// The dialog of an INVITE whose first response this is has no remote tag yet,
// and is found by the rest.
func (s *Set) Find(m *sip.Message) *Dialog {
	from, to := m.From(), m.To()
	if m.IsRequest() {
		return s.dialogs[ID{m.CallID(), to.Tag(), from.Tag()}]
	}
	return s.answered(ID{m.CallID(), from.Tag(), to.Tag()})
}

// FindFork is the dialog of a response to the INVITE that made of, nil where
// there is none. What the response has to echo is taken from the INVITE: "The
// call identifier component of the dialog ID MUST be set to the value of the
// Call-ID in the request" (RFC 3261 §12.1.2).
func (s *Set) FindFork(of *Dialog, m *sip.Message) *Dialog {
	to := m.To()
	return s.answered(ID{of.first.CallID, of.first.LocalTag, to.Tag()})
}

// answered is the dialog that a response names, or the one that still waits for
// its remote tag.
func (s *Set) answered(id ID) *Dialog {
	if d := s.dialogs[id]; d != nil {
		return d
	}
	id.RemoteTag = ""
	if d := s.dialogs[id]; d != nil && d.run.State == Preparative {
		return d
	}
	return nil
}

// name gives the dialog of a call its remote tag.
func (s *Set) name(d *Dialog, tag string) {
	if s.dialogs[d.ID] == d {
		delete(s.dialogs, d.ID)
	}
	d.RemoteTag = tag
	s.dialogs[d.ID] = d
}

// untagged is a From or To value of m without its parameters: mostly a part of
// the value as it came.
func untagged(m *sip.Message, n sip.Name, a sip.NameAddr) string {
	var room [128]byte
	a.Params = ""
	text := a.AppendTo(room[:0])
	if value := m.Get(n); len(value) >= len(text) && value[:len(text)] == string(text) {
		return value[:len(text)]
	}
	return string(text)
}
