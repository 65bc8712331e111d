package offer

import (
	"net/netip"

	"siplab/sim/fsm"
)

// Session is the offer/answer state of one dialog: "An offer/answer exchange
// is within the context of a dialog" (RFC 3261 §13.2.1). Make it with New.
type Session struct {
	settings Settings
	run      fsm.Run
	held     bool
	wishes   int        // counts what the human changed
	more     bool       // there are streams that no offer has had yet
	origin   netip.Addr // of the o= line

	version uint64
	last    string // the session description sent last, of that version

	local, remote *Description // what is agreed; nil before
	slots         []slot       // by m= line: the own stream in it

	open     exchange // the offer that waits for its answer
	preview  *Description
	asked    number // the own INVITE without an offer: its response brings one
	owed     number // the peer's INVITE without an offer: the response has to bring one
	unproven number // the peer's INVITE whose reliable 1xx with SDP has no PRACK yet
}

// number is a CSeq number, or none.
type number struct {
	seq   uint32
	known bool
}

// slot is the own stream in an m= line: its index, -1 for none. A stream that
// was refused keeps its line at port zero.
type slot struct {
	stream int
	live   bool
}

// New makes the session of a dialog that has begun.
func New(s Settings) *Session {
	if s.User == "" {
		s.User = "-"
	}
	if len(s.Streams) == 0 {
		s.Streams = DefaultStreams
	}
	n := &Session{settings: s, origin: s.Addr, version: s.ID}
	n.run.Seen = s.Seen
	n.run.Step(machine, opened, 0)
	return n
}

// State is where the exchange stands.
func (s *Session) State() fsm.State { return s.run.State }

// Local and Remote are the two descriptions that are agreed, nil where none
// is.
func (s *Session) Local() *Description { return s.local }

// Remote is what the peer described.
func (s *Session) Remote() *Description { return s.remote }

// Hold makes the next offers put each stream on hold (RFC 3264 §8.4).
func (s *Session) Hold() { s.held = true; s.wishes++ }

// Resume makes the next offers take each stream off hold.
func (s *Session) Resume() { s.held = false; s.wishes++ }

// Held says whether this side holds.
func (s *Session) Held() bool { return s.held }

// Addr is the address that the next session description gives.
func (s *Session) Addr() netip.Addr { return s.settings.Addr }

// MoveTo makes the next session descriptions give another address (§8.3.1).
func (s *Session) MoveTo(a netip.Addr) { s.settings.Addr = a; s.wishes++ }

// Use changes what this side can have, from its next session description on
// (§8.1, §8.3): other ports, formats or wishes of a stream, and streams more.
// The i-th stream stays the i-th, and their number does not fall.
func (s *Session) Use(streams []Stream) {
	s.wishes++
	s.more = len(streams) > len(s.settings.Streams)
	s.settings.Streams = append(streams, s.settings.Streams[min(len(streams), len(s.settings.Streams)):]...)
}

// End ends the session: "The UAC MUST consider the session terminated [...] as
// soon as the BYE request is passed to the client transaction." (RFC 3261
// §15.1.1)
func (s *Session) End() Step {
	s.open, s.preview, s.local, s.remote = exchange{}, nil, nil, nil
	return s.step(closed)
}

// Step is what a message has done to a session.
type Step struct {
	From, To fsm.State // equal: the exchange did not move
	On, Ref  string    // the event and the section of its row; On "" for none
	Why      string    // a remark: why nothing comes of it, what is odd
	Refuse   Refusal   // an offer received: the failure owed for it
	// Failed says that the exchange cannot be completed: the call has to end,
	// after the ACK if a 2xx brought it.
	Failed bool
}

// Moved says whether the state changed.
func (s Step) Moved() bool { return s.From != s.To }

// Refusal is the failure that a request with an offer is owed. Status 0 is
// none.
type Refusal struct {
	Status     int
	RetryAfter bool   // with a Retry-After of 0 to 10 seconds, chosen at random
	Warning    int    // the warn-code of RFC 3261 §20.43; 0: none
	Text       string // its warn-text
	Ref        string
}

func (s *Session) step(e fsm.Event) Step {
	st := Step{From: s.run.State, To: s.run.State, On: machine.Event(e), Ref: machine.Ref}
	var hold fsm.Conditions
	if s.local != nil {
		hold = hold.With(before)
	}
	row := s.run.Step(machine, e, hold)
	if row == nil {
		st.Why = "the session has ended"
		return st
	}
	st.To, st.Ref, st.Why = s.run.State, row.Ref, row.Why
	return st
}

func (s *Session) still() Step { return Step{From: s.run.State, To: s.run.State} }
