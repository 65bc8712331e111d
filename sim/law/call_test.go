package law

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

// message is a SIP message in the fields that laws look at.
type message struct {
	from              trace.HostID
	txn               int32
	start             string // INVITE, 200
	via               string // branch
	local, remote     string // tags of From and To
	cseq              string
	again             string
	uri, callID, more string
}

func (m message) raw() string {
	start := "SIP/2.0 " + m.start + " x"
	if m.start[0] >= 'A' {
		start = m.start + " sip:bob@192.0.2.2" + m.uri + " SIP/2.0"
	}
	to := ""
	if m.remote != "" {
		to = ";tag=" + m.remote
	}
	return fmt.Sprintf("%s\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK%s\r\n%sFrom: <sip:alice@atlanta.example.com>;tag=%s\r\n"+
		"To: <sip:bob@biloxi.example.com>%s\r\nCall-ID: call%s\r\nCSeq: %s\r\nMax-Forwards: 70\r\nContact: <sip:x@192.0.2.1>\r\n\r\n", start, m.via, m.more, m.local, to, m.callID, m.cseq)
}

// post sends a message, and brings it if arrives says so. The receiver has it in
// transaction there.
func (x *tape) post(m message, arrives bool, there int32) {
	n := int32(len(x.events) + 1)
	var status int
	_, _ = fmt.Sscanf(m.start, "%d", &status)
	p := &trace.Packet{
		N: n, Label: fmt.Sprintf("F%d", n), From: m.from, To: 1 - m.from, Src: addrs[m.from], Dst: addrs[1-m.from],
		Raw: m.raw(), Method: strings.Fields(m.cseq)[1], Status: status, Again: m.again,
	}
	x.add(trace.Event{Kind: trace.Send, Host: m.from, Txn: m.txn, Packet: p})
	if arrives {
		x.add(trace.Event{Kind: trace.Arrive, Host: 1 - m.from, Txn: there, Packet: p})
	} else {
		x.lose(p)
	}
}

// begins and ends are moves of a transaction of a host.
func (x *tape) begins(h trace.HostID, id int32, machine, state string) {
	x.add(trace.Event{Kind: trace.State, Host: h, Txn: id, ID: id, Name: machine, To: state})
}

func (x *tape) terminates(h trace.HostID, id int32, machine, from string) {
	x.add(trace.Event{Kind: trace.State, Host: h, Txn: id, ID: id, Name: machine, From: from, To: "Terminated"})
}

// dialog moves the dialog of a host.
func (x *tape) dialog(h trace.HostID, from, to string) {
	machine := "dialog-uac"
	if h == bob {
		machine = "dialog-uas"
	}
	x.add(trace.Event{Kind: trace.State, Host: h, ID: 1, Dialog: 1, Name: machine, From: from, To: to})
}

// tell tells alice a few things.
func (x *tape) tell(what ...string) {
	for _, w := range what {
		x.add(trace.Event{Kind: trace.Tell, Host: alice, Name: w})
	}
}

// calling is a call up to its 2xx, which bob has sent and alice has not got.
func (x *tape) calling() {
	x.begins(alice, 1, "invite-client", "Calling")
	x.begins(bob, 1, "invite-server", "Proceeding")
	x.post(message{from: alice, txn: 1, start: "INVITE", via: "a", local: "1", cseq: "1 INVITE"}, true, 1)
	x.post(message{from: bob, txn: 1, start: "180", via: "a", local: "1", remote: "2", cseq: "1 INVITE"}, true, 1)
}

func (x *tape) accepted(arrives bool) {
	x.post(message{from: bob, txn: 1, start: "200", via: "a", local: "1", remote: "2", cseq: "1 INVITE"}, arrives, 1)
}

// insists sends the last 2xx again so many times, as nobody acknowledges it.
func (x *tape) insists(times int) {
	var answer message
	for i := range x.events {
		if p := x.events[i].Packet; p != nil && p.Status == 200 && p.Again == "" {
			answer = message{from: p.From, txn: x.events[i].Txn, start: "200", via: "a", local: "1", remote: "2", cseq: "1 INVITE", again: p.Label}
			break
		}
	}
	for gap := ms(500); times > 0; times-- {
		x.at(x.now + gap)
		x.post(answer, false, 0)
		gap = min(2*gap, ms(4000))
	}
}

func (x *tape) acknowledged(arrives bool) {
	x.post(message{from: alice, start: "ACK", via: "b", local: "1", remote: "2", cseq: "1 ACK"}, arrives, 0)
}

// over lets both transactions of the INVITE end.
func (x *tape) over() {
	x.terminates(alice, 1, "invite-client", "Calling")
	x.terminates(bob, 1, "invite-server", "Proceeding")
}

// bye is a BYE that alice sends in a dialog.
func (x *tape) bye(m message, arrives bool) {
	m.start, m.txn = "BYE", 2
	x.begins(alice, 2, "non-invite-client", "Trying")
	x.post(m, arrives, 0)
	x.terminates(alice, 2, "non-invite-client", "Trying")
}

var plainBye = message{via: "c", local: "1", remote: "2", cseq: "2 BYE"}

// byes is a BYE of alice with one thing changed.
func byes(change func(m *message)) func(x *tape) {
	return func(x *tape) {
		x.calling()
		x.accepted(true)
		x.acknowledged(true)
		x.over()
		m := plainBye
		change(&m)
		x.bye(m, true)
	}
}

func TestLawsOfCalls(t *testing.T) {
	for _, c := range []struct {
		claim string
		want  []string
		write func(x *tape)
	}{
		{"a call that breaks no law", nil, byes(func(*message) {})},

		{"acknowledged: a caller that sends no ACK", []string{
			"acknowledged: alice gets a 2xx to its INVITE at 0s and sends no ACK",
			"acknowledged: the 2xx that bob sent at 0s had neither ACK nor BYE by 32s",
		}, func(x *tape) {
			x.calling()
			x.accepted(true)
			x.insists(10)
			x.over()
			x.at(ms(32001))
		}},
		{"acknowledged: a callee that gives up in silence", []string{
			"acknowledged: the 2xx that bob sent at 0s had neither ACK nor BYE by 32s",
		}, func(x *tape) {
			x.calling()
			x.accepted(false)
			x.insists(10)
			x.over()
			x.at(ms(32001)).add(trace.Event{Kind: trace.Note, Host: alice})
		}},
		{"acknowledged: a callee that sends BYE at 64*T1", nil, func(x *tape) {
			x.calling()
			x.accepted(false)
			x.insists(10)
			x.over()
			x.at(ms(32000))
			x.begins(bob, 2, "non-invite-client", "Trying")
			x.post(message{from: bob, txn: 2, start: "BYE", via: "x", local: "2", remote: "1", cseq: "1 BYE"}, false, 0)
			x.terminates(bob, 2, "non-invite-client", "Trying")
		}},
		{"acknowledged: a caller whose BYE arrives before its ACK", nil, func(x *tape) {
			x.calling()
			x.accepted(true)
			x.acknowledged(false)
			x.over()
			x.bye(plainBye, true)
			x.at(time.Hour)
		}},
		{"acknowledged: a 2xx that is sent after the BYE", nil, func(x *tape) {
			x.calling()
			x.bye(plainBye, true)
			x.accepted(false)
			x.over()
			x.at(time.Hour)
		}},
		{"acknowledged: a callee that goes dark", nil, func(x *tape) {
			x.calling()
			x.accepted(false)
			x.over()
			x.add(trace.Event{Kind: trace.Act, Host: bob, Cause: -1, Name: "goes", Text: "dark"})
			x.at(time.Hour)
		}},
		{"acknowledged: an ACK of another INVITE does not count", []string{
			"ack: an ACK has the CSeq 9 ACK, and its INVITE 1",
			"acknowledged: the 2xx that bob sent at 0s had neither ACK nor BYE by 32s",
		}, func(x *tape) {
			x.calling()
			x.accepted(true)
			x.post(message{from: alice, start: "ACK", via: "b", local: "1", remote: "2", cseq: "9 ACK"}, true, 0)
			x.insists(10)
			x.over()
			x.at(time.Hour)
		}},
		{"acknowledged: a run that is stopped before 64*T1", nil, func(x *tape) {
			x.calling()
			x.accepted(false)
			x.insists(9)
			x.end = trace.End{At: ms(31000), Why: trace.Bound}
		}},
		{"acknowledged: a callee that says it once", []string{
			"acknowledged: the 2xx that bob sent at 0s has no ACK, and is not sent again at 500ms",
		}, func(x *tape) {
			x.calling()
			x.accepted(false)
			x.over()
			x.at(time.Hour)
		}},
		{"acknowledged: a callee that loses patience", []string{
			"acknowledged: the 2xx that bob sent at 0s has no ACK, and is not sent again at 7.5s",
		}, func(x *tape) {
			x.calling()
			x.accepted(false)
			x.insists(3)
			x.over()
			x.at(time.Hour)
		}},

		{"sequence: a BYE with the number of the INVITE", []string{
			"sequence: a BYE has CSeq number 1, after a request with 1 in the same direction",
		}, byes(func(m *message) { m.cseq = "1 BYE" })},
		{"sequence: the other direction counts for itself", nil, func(x *tape) {
			byes(func(m *message) { m.cseq = "7 BYE" })(x)
			x.begins(bob, 2, "non-invite-client", "Trying")
			x.post(message{from: bob, txn: 2, start: "INFO", via: "x", local: "2", remote: "1", cseq: "3 INFO"}, true, 0)
			x.terminates(bob, 2, "non-invite-client", "Trying")
		}},
		{"sequence: a number that falls in the far end's direction", []string{
			"sequence: a BYE has CSeq number 2, after a request with 3 in the same direction",
		}, func(x *tape) {
			x.calling()
			x.accepted(true)
			x.acknowledged(true)
			for i, start := range []string{"INFO", "BYE"} {
				id := int32(i + 2)
				x.begins(bob, id, "non-invite-client", "Trying")
				x.post(message{from: bob, txn: id, start: start, via: start, local: "2", remote: "1", cseq: fmt.Sprint(3-i, " ", start)}, true, 0)
				x.terminates(bob, id, "non-invite-client", "Trying")
			}
			x.over()
		}},
		{"sequence: a repeat has its number again", nil, func(x *tape) {
			x.calling()
			x.accepted(true)
			x.acknowledged(true)
			x.begins(alice, 2, "non-invite-client", "Trying")
			m := plainBye
			m.start, m.txn = "BYE", 2
			x.post(m, false, 0)
			m.again = fmt.Sprintf("F%d", len(x.events)-1)
			x.post(m, true, 0)
			x.terminates(alice, 2, "non-invite-client", "Trying")
			x.over()
		}},

		{"branch: two transactions with one branch", []string{
			"branch: transactions 1 and 3 have both the branch z9hG4bKa of 192.0.2.1:5060 and the method INVITE",
		}, func(x *tape) {
			x.calling()
			x.begins(alice, 3, "invite-client", "Calling")
			x.post(message{from: alice, txn: 3, start: "INVITE", via: "a", local: "9", cseq: "1 INVITE", callID: "9"}, false, 0)
			x.terminates(alice, 3, "invite-client", "Calling")
			x.over()
		}},
		{"branch: a request that comes again to another transaction", []string{
			"branch: transactions 1 and 4 have both the branch z9hG4bKa of 192.0.2.1:5060 and the method INVITE",
		}, func(x *tape) {
			x.calling()
			x.begins(bob, 4, "invite-server", "Proceeding")
			x.post(message{from: alice, txn: 1, start: "INVITE", via: "a", local: "1", cseq: "1 INVITE"}, true, 4)
			x.terminates(bob, 4, "invite-server", "Proceeding")
			x.over()
		}},
		{"branch: a transaction that takes another's request", []string{
			"branch: transaction 1 has the branch z9hG4bKa of 192.0.2.1:5060 and the method INVITE, and takes a INVITE with branch z9hG4bKz of 192.0.2.1:5060",
		}, func(x *tape) {
			x.calling()
			x.begins(alice, 3, "invite-client", "Calling")
			x.post(message{from: alice, txn: 3, start: "INVITE", via: "z", local: "1", cseq: "1 INVITE", callID: "9"}, true, 1)
			x.terminates(alice, 3, "invite-client", "Calling")
			x.over()
		}},
		{"branch: the ACK to a 2xx with the branch of the INVITE", []string{
			"branch: an ACK that is no transaction's has the branch z9hG4bKa of transaction 1",
		}, func(x *tape) {
			x.calling()
			x.accepted(true)
			x.post(message{from: alice, start: "ACK", via: "a", local: "1", remote: "2", cseq: "1 ACK"}, true, 0)
			x.over()
		}},
		{"branch: used again after its transaction is over", nil, func(x *tape) {
			x.calling()
			x.over()
			x.begins(alice, 3, "invite-client", "Calling")
			x.post(message{from: alice, txn: 3, start: "INVITE", via: "a", local: "9", cseq: "1 INVITE", callID: "9"}, false, 0)
			x.terminates(alice, 3, "invite-client", "Calling")
		}},

		{"via: the ACK to a failure has the branch of its INVITE", nil, func(x *tape) {
			x.calling()
			x.post(message{from: bob, txn: 1, start: "486", via: "a", local: "1", remote: "2", cseq: "1 INVITE"}, true, 1)
			x.post(message{from: alice, txn: 1, start: "ACK", via: "a", local: "1", remote: "2", cseq: "1 ACK"}, true, 1)
			x.over()
		}},
		{"via: an ACK to a failure with another URI", []string{
			"via: a ACK says {SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa sip:bob@192.0.2.2;x call <sip:alice@atlanta.example.com>;tag=1 1}, " +
				"and its INVITE {SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa sip:bob@192.0.2.2 call <sip:alice@atlanta.example.com>;tag=1 1}",
		}, func(x *tape) {
			x.calling()
			x.post(message{from: alice, txn: 1, start: "ACK", via: "a", local: "1", remote: "2", cseq: "1 ACK", uri: ";x"}, true, 1)
			x.over()
		}},
		{"via: an ACK to a failure with a branch of its own", []string{
			"branch: transaction 1 has the branch z9hG4bKa of 192.0.2.1:5060 and the method INVITE, and takes a ACK with branch z9hG4bKn of 192.0.2.1:5060",
			"via: a ACK says {SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKn sip:bob@192.0.2.2 call <sip:alice@atlanta.example.com>;tag=1 1}, " +
				"and its INVITE {SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa sip:bob@192.0.2.2 call <sip:alice@atlanta.example.com>;tag=1 1}",
		}, func(x *tape) {
			x.calling()
			x.post(message{from: alice, txn: 1, start: "ACK", via: "n", local: "1", remote: "2", cseq: "1 ACK"}, true, 0)
			x.over()
		}},
		{"via: a CANCEL of nothing", []string{
			"via: a CANCEL has the Via SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKn, and no INVITE that runs has it",
		}, func(x *tape) {
			x.begins(alice, 2, "non-invite-client", "Trying")
			x.post(message{from: alice, txn: 2, start: "CANCEL", via: "n", local: "1", cseq: "1 CANCEL"}, true, 0)
			x.terminates(alice, 2, "non-invite-client", "Trying")
		}},
		{"via: a CANCEL of the INVITE with two Vias", []string{"via: a CANCEL has 2 Vias"}, func(x *tape) {
			x.calling()
			x.begins(alice, 2, "non-invite-client", "Trying")
			x.post(message{from: alice, txn: 2, start: "CANCEL", via: "a", local: "1", cseq: "1 CANCEL", more: "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKy\r\n"}, true, 0)
			x.terminates(alice, 2, "non-invite-client", "Trying")
			x.over()
		}},

		{"tags: a BYE with another To tag", []string{
			`tags: a BYE has the From tag "1" and the To tag "3": no dialog of its Call-ID has them`,
		}, byes(func(m *message) { m.remote = "3" })},
		{"tags: a BYE with another From tag", []string{
			`tags: a BYE has the From tag "5" and the To tag "2": no dialog of its Call-ID has them`,
		}, byes(func(m *message) { m.local = "5" })},
		{"tags: a BYE of the callee", nil, func(x *tape) {
			x.calling()
			x.accepted(true)
			x.acknowledged(true)
			x.begins(bob, 2, "non-invite-client", "Trying")
			x.post(message{from: bob, txn: 2, start: "BYE", via: "x", local: "2", remote: "1", cseq: "1 BYE"}, true, 0)
			x.terminates(bob, 2, "non-invite-client", "Trying")
			x.over()
		}},
		{"tags: a response with another From tag than its request", []string{
			`copied: a 180 has the From "<sip:alice@atlanta.example.com>;tag=8", and its request "<sip:alice@atlanta.example.com>;tag=1"`,
			`tags: a 180 has the From tag "8", and its request "1"`,
		}, func(x *tape) {
			x.calling()
			x.post(message{from: bob, txn: 1, start: "180", via: "a", local: "8", remote: "2", cseq: "1 INVITE"}, true, 1)
			x.over()
		}},
		{"tags: a response with another To tag than its request", []string{
			`tags: a 200 has the To tag "9", and its request "2"`,
		}, func(x *tape) {
			x.begins(alice, 1, "non-invite-client", "Trying")
			x.begins(bob, 1, "non-invite-server", "Trying")
			x.post(message{from: alice, txn: 1, start: "INFO", via: "i", local: "1", remote: "2", cseq: "2 INFO"}, true, 1)
			x.post(message{from: bob, txn: 1, start: "200", via: "i", local: "1", remote: "9", cseq: "2 INFO"}, true, 1)
			x.terminates(alice, 1, "non-invite-client", "Trying")
			x.terminates(bob, 1, "non-invite-server", "Trying")
		}},
		{"tags: a dialog that the network made by corrupting a response", nil, func(x *tape) {
			x.calling()
			x.post(message{from: bob, txn: 1, start: "183", via: "a", local: "1", remote: "2", cseq: "1 INVITE"}, true, 1)
			last := x.events[len(x.events)-1]
			x.events = x.events[:len(x.events)-1]
			x.add(trace.Event{Kind: trace.Corrupt, Host: bob, Packet: last.Packet, Text: strings.Replace(last.Packet.Raw, "tag=2", "tag=6", 1)})
			x.add(trace.Event{Kind: trace.Arrive, Host: alice, Txn: 1, Packet: last.Packet})
			x.bye(message{via: "c", local: "1", remote: "6", cseq: "2 BYE"}, true)
			x.over()
		}},

		{"standing: a dialog without its ACK", []string{
			"standing: dialog 1 of bob is still in Moratorium, which should have ended by 32s",
		}, func(x *tape) {
			x.dialog(bob, "", "Moratorium")
			x.at(ms(32001))
		}},
		{"standing: a dialog whose BYE is over", []string{
			"standing: dialog 1 of alice left Mortal at 1m4.001s, which should have ended by 1m4s",
		}, func(x *tape) {
			x.dialog(alice, "", "Mortal")
			x.at(ms(64001)).dialog(alice, "Mortal", "Morgue")
		}},
		{"standing: an early dialog without its INVITE", []string{
			"standing: dialog 1 of alice is still in Early, and nothing is left to end it",
		}, func(x *tape) {
			x.begins(alice, 1, "invite-client", "Proceeding")
			x.dialog(alice, "", "Early")
			x.terminates(alice, 1, "invite-client", "Proceeding")
		}},
		{"standing: a phone that rings for ever", nil, func(x *tape) {
			x.begins(bob, 1, "invite-server", "Proceeding")
			x.dialog(bob, "", "Early")
		}},
		{"standing: people may talk for ever", nil, func(x *tape) {
			x.dialog(bob, "", "Established")
			x.at(time.Hour)
		}},
		{"told: a call of which nobody hears any more", []string{
			"told: alice was told calling, and no outcome of it",
		}, func(x *tape) { x.tell("calling", "ringing") }},
		{"told: a call that still rings", nil, func(x *tape) {
			x.begins(alice, 1, "invite-client", "Proceeding")
			x.tell("calling", "ringing")
		}},
		{"told: one outcome each", nil, func(x *tape) {
			x.tell("calling", "answered", "ended", "incoming call", "missed call", "calling", "call failed", "calling", "cancelled")
		}},
		{"told: two outcomes", []string{
			"told: alice is told cancelled, and waits for no outcome",
		}, func(x *tape) { x.tell("calling", "answered", "cancelled") }},
		{"told: one outcome of two calls", []string{
			"told: alice was told incoming call, and no outcome of it",
		}, func(x *tape) { x.tell("calling", "incoming call", "answered") }},
		{"told: two calls at once, each with its outcome", nil, func(x *tape) {
			x.tell("calling", "incoming call", "replaced", "answered", "call failed", "answered")
		}},
		{"told: another call is turned away while one rings", nil, func(x *tape) {
			x.tell("incoming call", "turned away", "answered")
		}},
		{"told: a phone that has forgotten the call", nil, func(x *tape) {
			x.tell("incoming call")
			x.add(trace.Event{Kind: trace.Act, Host: alice, Cause: -1, Name: "comes", Text: "back without its state"})
		}},

		{"standing: a host that has forgotten its dialogs", nil, func(x *tape) {
			x.dialog(bob, "", "Moratorium")
			x.add(trace.Event{Kind: trace.Act, Host: bob, Cause: -1, Name: "comes", Text: "back without its state"})
			x.at(time.Hour)
		}},
	} {
		t.Run(c.claim, func(t *testing.T) {
			got := broken(c.write)
			slices.Sort(got)
			require.Equal(t, c.want, got)
		})
	}
}

// whole is a call from its INVITE to its BYE, the i-th of a tape.
func (x *tape) whole(i int32) {
	id := fmt.Sprint(i)
	x.begins(alice, 2*i+1, "invite-client", "Calling")
	x.post(message{from: alice, txn: 2*i + 1, start: "INVITE", via: "a" + id, local: "1", cseq: "1 INVITE", callID: id}, true, 0)
	x.post(message{from: bob, start: "200", via: "a" + id, local: "1", remote: "2", cseq: "1 INVITE", callID: id}, true, 2*i+1)
	x.post(message{from: alice, start: "ACK", via: "b" + id, local: "1", remote: "2", cseq: "1 ACK", callID: id}, true, 0)
	x.terminates(alice, 2*i+1, "invite-client", "Calling")
	x.begins(alice, 2*i+2, "non-invite-client", "Trying")
	x.post(message{from: alice, txn: 2*i + 2, start: "BYE", via: "c" + id, local: "1", remote: "2", cseq: "2 BYE", callID: id}, true, 0)
	x.terminates(alice, 2*i+2, "non-invite-client", "Trying")
}

// A Watch keeps what goes on and no more.
func TestAWatchForgetsCallsThatAreOver(t *testing.T) {
	var x tape
	for i := range int32(50) {
		x.whole(i)
	}
	w := New()
	w.Begin(&trace.Header{Timers: trace.Timers{T1: ms(500)}, Hosts: []trace.Host{{Name: "alice"}, {Name: "bob"}}})
	for i := range x.events {
		w.Event(&x.events[i])
	}
	require.Empty(t, w.Broken())
	require.Empty(t, w.ledger.live)
	require.Empty(t, w.ledger.by)
	require.Empty(t, w.ledger.legs.calls)
	for i := range w.readers {
		switch watch := w.readers[i].watcher.(type) {
		case *sequenceWatch:
			require.Empty(t, watch.calls)
		case *tagsWatch:
			require.Empty(t, watch.calls)
			require.Empty(t, watch.invites)
		case *ackWatch:
			require.Empty(t, watch.hungUp.calls)
			require.Empty(t, watch.sent)
			require.Empty(t, watch.arrived)
		case *branchWatch:
			require.Empty(t, watch.txns)
			require.Empty(t, watch.keys)
		case *viaWatch:
			require.Empty(t, watch.invites)
		}
	}
}
