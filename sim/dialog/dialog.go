package dialog

import (
	"siplab/sim/fsm"
	"siplab/sim/sip"
)

// ID is a dialog ID: "A dialog is identified at each UA with a dialog ID,
// which consists of a Call-ID value, a local tag and a remote tag." (RFC 3261
// §12). A peer that gives no tag has the empty one (§12.1.1, §12.1.2).
type ID struct{ CallID, LocalTag, RemoteTag string }

// Seq is a sequence number of a dialog. It is empty until the first request
// of its direction.
type Seq struct {
	Number uint32
	Known  bool
}

// Dialog is one dialog at one user agent (RFC 3261 §12), and the dialog usage
// of its INVITE (RFC 5407 §2).
type Dialog struct {
	ID
	Number    int32  // of the dialog at this host, from 1, in order of creation
	UAC       bool   // this side sent the INVITE that made it, and so owns the Call-ID
	Secure    bool   // §12.1: made over TLS by a SIPS URI
	LocalURI  string // what From has in requests, without the tag
	RemoteURI string // what To has in requests, without the tag
	Target    string // the remote target, a URI
	Routes    []string
	Local     Seq
	Remote    Seq
	Contact   string // the own Contact value: the phone may change it

	machine *fsm.Machine
	run     fsm.Run
	set     *Set
	first   *Dialog   // the first dialog of the same INVITE
	forks   []*Dialog // of the first: all of the same INVITE, itself included

	asked       string // of the first: the Request-URI of the INVITE, the target where a response names none
	initial     uint32 // CSeq number of the INVITE that made the dialog
	mine        Seq    // the own INVITE that has no final response yet
	theirs      Seq    // the peer's INVITE that has no final response yet, or whose 2xx has no ACK
	answered    bool   // theirs has its final response, a 2xx
	update      Seq    // the peer's UPDATE that has no final response yet
	invites     int    // INVITE client transactions that have not ended
	byes        int    // BYE transactions, of both directions, that have not ended
	acking      bool   // a 2xx came in Mortal (RFC 5407 Appendix D)
	unanswered  bool   // the callee gave up waiting for the ACK
	credentials []sip.Field
	refresh     refresh
	shares      int    // usages beside that of the INVITE
	refers      uint32 // REFERs that have come in it
}

// State is where the dialog stands.
func (d *Dialog) State() fsm.State { return d.run.State }

// Machine is the table that the dialog follows: the caller's or the callee's.
func (d *Dialog) Machine() *fsm.Machine { return d.machine }

// Family are the dialogs of the INVITE that made this one, in order of
// creation, ended ones too: more than one where the INVITE forked.
func (d *Dialog) Family() []*Dialog { return d.first.forks }

// Step is what a message or an end has done to a dialog.
type Step struct {
	From, To fsm.State // equal: the machine did not move
	On       string    // the event in the words of the figure; "" where it is none
	Ref      string    // the section of the row
	Why      string    // why the machine makes nothing of the event
	Refuse   Refusal   // a request received: the failure owed for it
	Ends     Ending    // a response received: what it ends
}

// Moved says whether the state changed.
func (s Step) Moved() bool { return s.From != s.To }

// step moves the machine.
func (d *Dialog) step(e fsm.Event) Step {
	s := Step{From: d.run.State, To: d.run.State, On: d.machine.Event(e), Ref: d.machine.Ref}
	row := d.run.Step(d.machine, e, d.holds())
	if row == nil {
		s.Why = "the machine has no row for it"
		return s
	}
	s.To, s.Ref, s.Why = d.run.State, row.Ref, row.Why
	d.leave()
	return s
}

// still is the Step of what is no event of the machine.
func (d *Dialog) still() Step { return Step{From: d.run.State, To: d.run.State} }

func (d *Dialog) holds() fsm.Conditions {
	if d.byes > 0 || d.acking && d.invites > 0 {
		return fsm.Conditions(0).With(more)
	}
	return 0
}

// Over takes the end of a transaction of the dialog: of a BYE, sent or
// received, or of an INVITE that this side sent. Each has to be told once; the
// end of the INVITE that made the dialogs of a family, to each of them. An
// INVITE is over when its transaction is, whichever way: by a time-out, by a
// CANCEL that nobody answers, or 64*T1 after its first 2xx (RFC 3261
// §13.2.2.4, Timer M of RFC 6026). Other methods do not matter to a dialog.
func (d *Dialog) Over(method string) Step {
	switch {
	case method == sip.BYE && d.byes > 0:
		d.byes--
		return d.step(byeOver)
	case method == sip.INVITE && d.invites > 0:
		d.invites--
		return d.step(inviteOver)
	}
	return d.still()
}

// GiveUp takes the callee's Timer H: "If the server retransmits the 2xx
// response for 64*T1 seconds without receiving an ACK, the dialog is
// confirmed, but the session SHOULD be terminated." (RFC 3261 §13.3.1.4) From
// here on the callee may send BYE.
func (d *Dialog) GiveUp() { d.unanswered, d.theirs = true, Seq{} }

// End ends the dialog from outside: its host has lost its state, say. Why and
// ref say what did it.
func (d *Dialog) End(why, ref string) Step {
	s := Step{From: d.run.State, On: why, Ref: ref}
	d.run.Leave(d.machine)
	d.leave()
	s.To = d.run.State
	return s
}
