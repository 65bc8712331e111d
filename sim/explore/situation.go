package explore

import (
	"slices"

	"siplab/sim/ask"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// Meeting is a message that found a dialog in some state, in the manner of RFC
// 5407: "Callee Receives BYE (Established State) While in the Moratorium State".
type Meeting struct {
	Host    string `json:"host"`
	Machine string `json:"machine"` // dialog-uac or dialog-uas
	Message string `json:"message"` // INVITE, 200 OK for INVITE
	Sent    string `json:"sent"`    // the state of its sender before it was sent for the first time; "" for none
	State   string `json:"state"`   // of the receiver
}

// String says it in the words of RFC 5407.
func (m Meeting) String() string {
	who := "caller"
	if m.Machine == ask.DialogUAS {
		who = "callee"
	}
	s := m.Host + ", the " + who + ", receives " + m.Message
	if m.Sent != "" {
		s += " (" + m.Sent + ")"
	}
	return s + " in " + m.State
}

// Section is where RFC 5407 treats the meeting; "" where it does not.
func (m Meeting) Section() string {
	for _, r := range races {
		if (r.machine == "" || r.machine == m.Machine) && r.message == m.Message && r.sent == m.Sent && r.state == m.State {
			return "RFC 5407 §" + r.section
		}
	}
	return ""
}

// races are the meetings of RFC 5407 §3.1 and §3.2; machine "": either.
var races = []struct{ section, machine, message, sent, state string }{
	{"3.1.1", ask.DialogUAS, sip.INVITE, "Preparative", "Moratorium"},
	{"3.1.2", ask.DialogUAS, sip.CANCEL, "Early", "Moratorium"},
	{"3.1.3", ask.DialogUAS, sip.BYE, "Early", "Moratorium"},
	{"3.1.4 and §3.1.5", ask.DialogUAS, sip.INVITE, "Established", "Moratorium"},
	{"3.1.6", ask.DialogUAS, sip.BYE, "Established", "Moratorium"},
	{"3.2.1", "", sip.BYE, "Established", "Mortal"},
	{"3.2.2", "", sip.INVITE, "Established", "Mortal"},
	{"3.2.3", "", "200 OK for INVITE", "Established", "Mortal"},
	{"3.2.4", ask.DialogUAS, sip.ACK, "Moratorium", "Mortal"},
}

// Situation is a meeting that faults can bring about.
type Situation struct {
	Meeting
	Witness `json:"-"`
	Section string `json:"section,omitempty"`
	Runs    int    `json:"runs"`
}

// situations are the meetings that the undisturbed run has not.
func (s *search) situations() (list []Situation, err error) {
	run, err := Play(s.scenario)
	if err != nil {
		return nil, err
	}
	usual := slices.Clone(s.room.findMeetings(run.Trace))
	for _, m := range entries(s.book.situations) {
		if slices.Contains(usual, m) {
			continue
		}
		e := s.book.situations[m]
		w, err := s.witness(e.node, func(r *Run) bool { return slices.Contains(s.room.findMeetings(r.Trace), m) })
		if err != nil {
			return nil, err
		}
		list = append(list, Situation{Meeting: m, Witness: w, Section: m.Section(), Runs: e.runs})
	}
	slices.SortStableFunc(list, func(a, b Situation) int { return named(a) - named(b) })
	return list, nil
}

// named puts what RFC 5407 treats first.
func named(s Situation) int {
	if s.Section != "" {
		return 0
	}
	return 1
}

// standing is a dialog with its last move.
type standing struct {
	host    trace.HostID
	id      int32
	machine string
	callID  string
	cause   int32
	from    string
	state   string
}

// findMeetings are the meetings of a run, each once. Where a host has several dialogs with
// one Call-ID, that which moved last stands for them.
func (r *room) findMeetings(tr *trace.Trace) []Meeting {
	list := r.meetings[:0]
	r.dialogs, r.senders = r.dialogs[:0], r.senders[:0]
	for i := range tr.Events {
		switch e := &tr.Events[i]; e.Kind {
		case trace.State:
			if e.Name == ask.DialogUAC || e.Name == ask.DialogUAS {
				r.move(tr, e)
			}
		case trace.Send:
			r.send(e)
		case trace.Arrive:
			d := r.dialogOf(e.Host, e.Packet.CallID)
			if d == nil || d.state == "" {
				continue
			}
			m := Meeting{Host: tr.HostName(e.Host), Machine: d.machine, Message: messageOf(e.Packet), Sent: r.sender(e.Packet), State: d.state}
			if !slices.Contains(list, m) {
				list = append(list, m)
			}
		}
	}
	return list
}

func messageOf(p *trace.Packet) string {
	if p.Status == 0 {
		return p.Method
	}
	return statusWords(p.Status) + " for " + p.Method
}

// move notes the move of a dialog; it is the last in the list then.
func (r *room) move(tr *trace.Trace, e *trace.Event) {
	at := slices.IndexFunc(r.dialogs, func(d standing) bool { return d.host == e.Host && d.id == e.ID && d.machine == e.Name })
	d := standing{host: e.Host, id: e.ID, machine: e.Name}
	if at >= 0 && e.From != "" {
		d = r.dialogs[at]
		r.dialogs = slices.Delete(r.dialogs, at, at+1)
	} else if c := tr.Event(int(e.Cause)); e.Cause >= 0 && c.Packet != nil {
		d.callID = c.Packet.CallID
	}
	d.cause, d.from, d.state = e.Cause, e.From, e.To
	r.dialogs = append(r.dialogs, d)
}

// dialogOf is the dialog of a call that moved last at a host.
func (r *room) dialogOf(h trace.HostID, callID string) *standing {
	for i := len(r.dialogs) - 1; i >= 0; i-- {
		if d := &r.dialogs[i]; d.host == h && d.callID == callID {
			return d
		}
	}
	return nil
}

// sending is the state in which the first packet of a message was sent.
type sending struct{ label, state string }

func (r *room) send(e *trace.Event) {
	if e.Packet.Again != "" {
		return
	}
	for i := range r.dialogs { // one that an act began has its Call-ID from what it sends
		if d := &r.dialogs[i]; d.host == e.Host && d.callID == "" && d.cause == e.Cause {
			d.callID = e.Packet.CallID
		}
	}
	d := r.dialogOf(e.Host, e.Packet.CallID)
	if d == nil {
		return
	}
	state := d.state
	if d.cause == e.Cause && d.from != "" {
		state = d.from
	}
	r.senders = append(r.senders, sending{e.Packet.Label, state})
}

func (r *room) sender(p *trace.Packet) string {
	first := original(p)
	for i := range r.senders {
		if r.senders[i].label == first {
			return r.senders[i].state
		}
	}
	return ""
}
