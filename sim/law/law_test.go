package law

import (
	"flag"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

const (
	alice trace.HostID = iota
	bob
	proxy
	carol
)

var addrs = []netip.AddrPort{
	netip.MustParseAddrPort("192.0.2.1:5060"), netip.MustParseAddrPort("192.0.2.2:5060"),
	netip.MustParseAddrPort("192.0.2.3:5060"), netip.MustParseAddrPort("192.0.2.4:5060"),
}

// hosts are those of a tape.
var hosts = []trace.Host{
	{Name: "alice", Addrs: addrs[alice : alice+1]}, {Name: "bob", Addrs: addrs[bob : bob+1]},
	{Name: "proxy", Kind: "proxy", Addrs: addrs[proxy : proxy+1]}, {Name: "carol", Addrs: addrs[carol : carol+1]},
}

// tape is a made-up trace, written down event by event.
type tape struct {
	timed  bool // all timers of its transactions are written down
	now    time.Duration
	events []trace.Event
	end    trace.End
}

func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }

func (x *tape) at(t time.Duration) *tape { x.now = t; return x }

// add writes an event down. Nothing in the run is its cause.
func (x *tape) add(e trace.Event) *trace.Event {
	e.I, e.Cause, e.At = int32(len(x.events)), -1, x.now
	x.events = append(x.events, e)
	return &x.events[len(x.events)-1]
}

// send gives packet n from alice to bob to the network, for a transaction.
func (x *tape) send(n, id int32, raw string) *trace.Packet {
	words := strings.Fields(raw)
	p := &trace.Packet{N: n, Label: "F" + string(rune('0'+n)), From: alice, To: bob, Src: addrs[alice], Dst: addrs[bob], Raw: raw, Method: words[0]}
	x.add(trace.Event{Kind: trace.Send, Host: alice, Txn: id, Packet: p})
	return p
}

func (x *tape) verdict(p *trace.Packet, fate string, delay time.Duration) {
	x.add(trace.Event{Kind: trace.Verdict, Host: p.From, Packet: p, Name: fate, After: delay})
}

func (x *tape) arrive(p *trace.Packet) *trace.Event {
	return x.add(trace.Event{Kind: trace.Arrive, Host: p.To, Packet: p})
}

func (x *tape) lose(p *trace.Packet) { x.add(trace.Event{Kind: trace.Lose, Host: p.From, Packet: p}) }

func (x *tape) move(id int32, machine, from, to string) {
	x.add(trace.Event{Kind: trace.State, Host: alice, Txn: id, ID: id, Name: machine, From: from, To: to})
}

func (x *tape) timer(id int32, op string) {
	e := x.add(trace.Event{Kind: trace.Timer, Host: alice, Txn: id, Name: "E", Op: op})
	if op == "start" {
		e.After = ms(500)
	}
}

// clock runs a timer of a transaction several times, for so long.
func (x *tape) clock(id int32, name string, after ...time.Duration) {
	for _, d := range after {
		x.add(trace.Event{Kind: trace.Timer, Host: alice, Txn: id, Name: name, Op: "start", After: d})
		x.at(x.now + d).add(trace.Event{Kind: trace.Timer, Host: alice, Txn: id, Name: name, Op: "fire"})
	}
}

// carried is a packet on its whole way.
func (x *tape) carried(n, id int32, raw string) *trace.Packet {
	p := x.send(n, id, raw)
	x.verdict(p, "deliver", 0)
	x.arrive(p)
	return p
}

// quiet ends the tape.
func (x *tape) quiet() { x.end = trace.End{At: x.now, Why: trace.Quiet} }

// wasBroken are the laws that a run of these tests has broken, wasMet those that
// one has put to the test and kept.
var wasBroken, wasMet = map[string]bool{}, map[string]bool{}

// A law that cannot fail is no law, and one that cannot be kept is none either:
// after all tests each was broken in one run, and put to the test and kept in
// another.
func TestMain(m *testing.M) {
	code := m.Run()
	if all := flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.list").Value.String() == ""; all && code == 0 {
		for _, l := range All() {
			if !wasBroken[l.ID] {
				fmt.Fprintf(os.Stderr, "no test shows a run that breaks the law %s\n", l.ID)
				code = 1
			}
			if !wasMet[l.ID] {
				fmt.Fprintf(os.Stderr, "no test shows a run that puts the law %s to the test and keeps it\n", l.ID)
				code = 1
			}
		}
	}
	os.Exit(code)
}

// broken plays a tape to a Watch and lists the breaches, a line each.
func broken(write func(x *tape)) []string {
	var x tape
	write(&x)
	if x.end.Why == "" {
		x.quiet()
	}
	w := New()
	w.Begin(&trace.Header{
		Timers: trace.Timers{T1: ms(500), T2: ms(4000), T4: ms(5000)},
		Hosts:  hosts,
	})
	for i := range x.events {
		w.Event(&x.events[i])
	}
	w.Finish(&x.end)
	var lines []string
	met := map[string]bool{}
	for i, n := range w.Met(nil) {
		if n > 0 {
			met[laws[i].ID] = true
		}
	}
	for _, b := range w.Broken() {
		if !met[b.Law] {
			lines = append(lines, b.Law+": broken, and not met")
		}
		if b.Law == armed.ID && !x.timed {
			continue
		}
		wasBroken[b.Law] = true
		lines = append(lines, b.Law+": "+b.Text)
	}
	for id := range met {
		wasMet[id] = wasMet[id] || said(id, lines) == nil
	}
	return lines
}

// registration is a run that breaks no law: a request that is lost, its repeat
// that the network copies and one that is held and let go.
func registration(x *tape) {
	x.move(1, "non-invite-client", "", "Trying")
	first := x.send(1, 1, "REGISTER one")
	x.timer(1, "start")
	x.verdict(first, "lose", 0)
	x.lose(first)
	x.at(ms(500)).timer(1, "fire")
	again := x.send(2, 1, "REGISTER one")
	again.Again = "F1"
	x.verdict(again, "duplicate", 0)
	copied := again.Copy(3)
	x.add(trace.Event{Kind: trace.Duplicate, Host: alice, Packet: copied})
	x.verdict(again, "deliver", ms(20))
	x.verdict(copied, "hold", 0)
	x.at(ms(520)).arrive(again)
	x.verdict(copied, "deliver", ms(20))
	x.at(ms(540)).arrive(copied)
	x.move(1, "non-invite-client", "Trying", "Completed")
	x.at(ms(5540)).move(1, "non-invite-client", "Completed", "Terminated")
}

func TestARunThatBreaksNoLaw(t *testing.T) {
	require.Empty(t, broken(registration))
}

func TestEachLawSaysWhatItIs(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range All() {
		require.NotEmpty(t, l.Text)
		require.NotEmpty(t, l.About)
		require.True(t, l.Section != "" || l.About == "the network", "%s names no section", l.ID)
		require.False(t, seen[l.ID], l.ID)
		seen[l.ID] = true
	}
}

func TestBreachesOfOneLawAreBounded(t *testing.T) {
	lines := broken(func(x *tape) {
		for range 100 {
			x.timer(7, "start")
		}
	})
	require.Len(t, said("silence", lines), maxBreaches)
}

func TestAWatchMayBeUsedAgain(t *testing.T) {
	again := New()
	for _, steps := range [][]step{fork()[:5], fork(), refused()[:5], refused()} { // two of them stop in the middle
		var x tape
		x.play(steps)
		again.Begin(&trace.Header{Timers: trace.Timers{T1: ms(500), T2: ms(4000), T4: ms(5000)}, Hosts: hosts})
		for i := range x.events {
			again.Event(&x.events[i])
		}
		again.Finish(&trace.End{At: x.now, Why: trace.Bound})
		require.Empty(t, slices.DeleteFunc(again.Broken(), func(b Breach) bool { return b.Law == armed.ID }))
	}
	w := New()
	for range 2 {
		w.Begin(&trace.Header{})
		w.Event(&trace.Event{Kind: trace.Timer, Txn: 1, Cause: -1, Name: "C"})
		w.Finish(&trace.End{Why: trace.Quiet})
		require.Len(t, w.Broken(), 1)
	}
}

// A made-up run for each way to break a law, and beside it one that comes near
// and keeps it.
func TestLaws(t *testing.T) {
	for _, c := range []struct {
		claim string
		want  []string // nil: the run breaks nothing
		write func(x *tape)
	}{
		{"fates: a packet that vanishes", []string{"fates: packet 1 neither arrived nor was lost, and the run is quiet"}, func(x *tape) {
			x.verdict(x.send(1, 0, "ACK"), "deliver", 0)
		}},
		{"fates: a packet on its way when the run was stopped", nil, func(x *tape) {
			x.verdict(x.send(1, 0, "ACK"), "deliver", 0)
			x.end = trace.End{Why: trace.Bound}
		}},
		{"fates: a packet that is held to the end", nil, func(x *tape) {
			x.verdict(x.send(1, 0, "ACK"), "hold", 0)
		}},
		{"fates: a packet that arrives while it is held", []string{"fates: packet 1 arrives while the network holds it"}, func(x *tape) {
			p := x.send(1, 0, "ACK")
			x.verdict(p, "hold", 0)
			x.arrive(p)
		}},
		{"fates: a packet that is lost after it arrived", []string{"fates: packet 1 meets a fate, but is not in flight"}, func(x *tape) {
			x.lose(x.carried(1, 0, "ACK"))
		}},
		{"fates: a verdict on what has arrived", []string{"fates: the network decides about packet 1, which is not in flight"}, func(x *tape) {
			x.verdict(x.carried(1, 0, "ACK"), "deliver", 0)
		}},
		{"fates: a number given twice", []string{"fates: packet 1 is sent while a packet of that number is in flight"}, func(x *tape) {
			x.send(1, 0, "ACK")
			x.carried(1, 0, "ACK")
		}},

		{"sources: a packet that nobody sent", []string{"fates: packet 9 meets a fate, but is not in flight", "sources: packet 9 arrives, and nobody sent it"}, func(x *tape) {
			x.arrive(&trace.Packet{N: 9, To: bob})
		}},
		{"sources: a packet that arrives twice", []string{"fates: packet 1 meets a fate, but is not in flight", "sources: packet 1 arrives, and nobody sent it"}, func(x *tape) {
			x.arrive(x.carried(1, 0, "ACK"))
		}},
		{"sources: bytes that change on the way", []string{"sources: packet 1 has other bytes than were sent"}, func(x *tape) {
			p := *x.send(1, 0, "ACK")
			p.Raw = "BYE"
			x.arrive(&p)
		}},
		{"sources: a corrupted packet says so in an event of its own", nil, func(x *tape) {
			p := x.send(1, 0, "ACK")
			x.add(trace.Event{Kind: trace.Corrupt, Host: alice, Packet: p, Text: "AKC"})
			x.arrive(p)
		}},
		{"sources: addresses that change on the way", []string{"sources: packet 1 has other addresses than it was sent with"}, func(x *tape) {
			p := *x.send(1, 0, "ACK")
			p.Src = addrs[bob]
			x.arrive(&p)
		}},
		{"sources: a packet at the wrong host", []string{"sources: packet 1 arrives at a host that it was not sent to"}, func(x *tape) {
			x.arrive(x.send(1, 0, "ACK")).Host = alice
		}},
		{"sources: a packet in another's name", []string{"sources: packet 1 is sent by one host in the name of another"}, func(x *tape) {
			p := x.send(1, 0, "ACK")
			x.events[0].Host = bob
			x.arrive(p)
		}},
		{"sources: a copy of nothing", []string{"sources: packet 2 is a copy of packet 1, which is not in flight"}, func(x *tape) {
			p := x.carried(1, 0, "ACK").Copy(2)
			x.add(trace.Event{Kind: trace.Duplicate, Host: alice, Packet: p})
			x.arrive(p)
		}},
		{"sources: a copy with other bytes", []string{"sources: packet 2 has other bytes than were sent"}, func(x *tape) {
			p := x.send(1, 0, "ACK")
			other := p.Copy(2)
			other.Raw = "BYE"
			x.add(trace.Event{Kind: trace.Duplicate, Host: alice, Packet: other})
			x.arrive(p)
			x.arrive(other)
		}},

		{"clock: time that goes back", []string{"clock: the clock goes back from 2s to 1s", "clock: the run ends at 1s, before its last event at 2s"}, func(x *tape) {
			x.at(ms(2000)).add(trace.Event{Kind: trace.Note})
			x.at(ms(1000)).add(trace.Event{Kind: trace.Note})
		}},
		{"clock: an arrival before its time", []string{"clock: packet 1 arrives at 10ms, and was due at 20ms"}, func(x *tape) {
			p := x.send(1, 0, "ACK")
			x.verdict(p, "deliver", ms(20))
			x.at(ms(10)).arrive(p)
		}},
		{"clock: an arrival in time", nil, func(x *tape) {
			p := x.send(1, 0, "ACK")
			x.verdict(p, "deliver", ms(20))
			x.at(ms(20)).arrive(p)
		}},
		{"clock: a delay below zero", []string{"clock: packet 1 is delayed by -1ms"}, func(x *tape) {
			p := x.send(1, 0, "ACK")
			x.verdict(p, "deliver", ms(-1))
			x.arrive(p)
		}},
		{"clock: an effect before its cause", []string{"clock: event 0 is caused by event 0"}, func(x *tape) {
			x.add(trace.Event{Kind: trace.Note}).Cause = 0
		}},
		{"clock: events out of order", []string{"clock: event 0 comes after event 0"}, func(x *tape) {
			x.add(trace.Event{Kind: trace.Note})
			e := x.add(trace.Event{Kind: trace.Note})
			e.I, e.Cause = 0, -1
		}},

		{"ends: a client that waits beyond Timer F", []string{"ends: transaction 1 left Trying at 32.001s; Timer F, RFC 3261 §17.1.2.2 ends that at 32s"}, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.at(ms(32001)).move(1, "non-invite-client", "Trying", "Terminated")
		}},
		{"ends: Timer F counts from the beginning, not from Proceeding", []string{"ends: transaction 1 left Proceeding at 40s; Timer F, RFC 3261 §17.1.2.2 ends that at 32s"}, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.at(ms(20000)).move(1, "non-invite-client", "Trying", "Proceeding")
			x.at(ms(40000)).move(1, "non-invite-client", "Proceeding", "Terminated")
		}},
		{"ends: a client that ends at its bound", nil, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.at(ms(32000)).move(1, "non-invite-client", "Trying", "Completed")
			x.at(ms(37000)).move(1, "non-invite-client", "Completed", "Terminated")
		}},
		{"ends: a client that the run leaves behind", []string{"ends: transaction 1 of host 0 is still in Calling of invite-client; Timer B, RFC 3261 §17.1.1.2 ends that at 32s"}, func(x *tape) {
			x.move(1, "invite-client", "", "Calling")
			x.at(ms(60000))
		}},
		{"ends: a run that falls quiet too early", []string{"ends: transaction 1 of host 0 is still in Trying of non-invite-server, and nothing is left to end it"}, func(x *tape) {
			x.move(1, "non-invite-server", "", "Trying")
		}},
		{"ends: a phone may ring for ever", nil, func(x *tape) {
			x.move(1, "invite-server", "", "Proceeding")
			x.at(time.Hour)
		}},
		{"ends: a run that was stopped", nil, func(x *tape) {
			x.move(1, "invite-client", "", "Calling")
			x.end = trace.End{At: ms(31000), Why: trace.Bound}
		}},
		{"ends: Timer D does not scale with T1", []string{"ends: transaction 1 left Completed at 33s; Timer D, RFC 6026 §8.4 ends that at 32s"}, func(x *tape) {
			x.move(1, "invite-client", "", "Completed")
			x.at(ms(33000)).move(1, "invite-client", "Completed", "Terminated")
		}},

		{"armed: a client that never gives up", []string{"armed: Timer F of transaction 1, a non-invite-client, does not run in Trying"}, func(x *tape) {
			x.timed = true
			x.move(1, "non-invite-client", "", "Trying")
			x.timer(1, "start")
			x.end = trace.End{At: ms(1), Why: trace.Bound}
		}},
		{"terminates: a client that ends with its final response", []string{"terminates: transaction 1, a non-invite-client, ends in Trying on 200-699"}, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.add(trace.Event{Kind: trace.State, Host: alice, Txn: 1, ID: 1, Name: "non-invite-client", From: "Trying", To: "Terminated", On: "200-699"})
		}},
		{"terminates: a client that ends by Timer F", nil, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.add(trace.Event{Kind: trace.State, Host: alice, Txn: 1, ID: 1, Name: "non-invite-client", From: "Trying", To: "Terminated", On: "Timer F"})
		}},
		{"armed: over TCP nothing is repeated", nil, func(x *tape) {
			x.timed = true
			x.move(1, "non-invite-client", "", "Trying")
			x.send(1, 1, "REGISTER one").Transport = "tcp"
			x.add(trace.Event{Kind: trace.Timer, Host: alice, Txn: 1, Name: "F", Op: "start", After: ms(32000)})
			x.end = trace.End{At: ms(1), Why: trace.Bound}
		}},
		{"armed: over TCP something is repeated", []string{"armed: Timer E of transaction 1, a non-invite-client, runs in Trying over a reliable transport"}, func(x *tape) {
			x.timed = true
			x.move(1, "non-invite-client", "", "Trying")
			x.send(1, 1, "REGISTER one").Transport = "tcp"
			x.add(trace.Event{Kind: trace.Timer, Host: alice, Txn: 1, Name: "F", Op: "start", After: ms(32000)})
			x.timer(1, "start")
			x.end = trace.End{At: ms(1), Why: trace.Bound}
		}},
		{"silence: sending after Terminated", []string{"silence: transaction 1 sends, and is not running"}, func(x *tape) {
			x.move(1, "invite-client", "", "Calling")
			x.move(1, "invite-client", "Calling", "Terminated")
			x.carried(1, 1, "INVITE")
		}},
		{"silence: sending outside of any transaction", nil, func(x *tape) {
			x.carried(1, 0, "ACK")
		}},
		{"silence: a timer that outlives its transaction", []string{"silence: transaction 1 has Timer E fire, and is not running", "table4: Timer E of transaction 1 fires at 0s, and was not running"}, func(x *tape) {
			x.move(1, "invite-client", "", "Calling")
			x.move(1, "invite-client", "Calling", "Terminated")
			x.timer(1, "fire")
		}},
		{"silence: a move from where it does not stand", []string{`silence: transaction 1 leaves "Proceeding", and stands in "Calling"`}, func(x *tape) {
			x.move(1, "invite-client", "", "Calling")
			x.move(1, "invite-client", "Proceeding", "Terminated")
		}},
		{"silence: a move after Terminated", []string{`silence: transaction 1 leaves "Terminated", and stands in ""`}, func(x *tape) {
			x.move(1, "invite-client", "", "Calling")
			x.move(1, "invite-client", "Calling", "Terminated")
			x.move(1, "invite-client", "Terminated", "Terminated")
		}},

		{"outcome: completed, then accepted", []string{"outcome: transaction 1 goes into Accepted, and had its outcome in Completed"}, func(x *tape) {
			x.move(1, "invite-client", "", "Calling")
			x.move(1, "invite-client", "Calling", "Completed")
			x.move(1, "invite-client", "Completed", "Accepted")
			x.move(1, "invite-client", "Accepted", "Terminated")
		}},
		{"outcome: two final responses", []string{"outcome: transaction 1 sends a 487, and has sent a 486"}, func(x *tape) {
			x.move(1, "invite-server", "", "Proceeding")
			answer(x, 1, 486, "INVITE one")
			answer(x, 2, 487, "INVITE two")
			x.move(1, "invite-server", "Proceeding", "Terminated")
		}},
		{"outcome: the 2xx of two forks", nil, func(x *tape) {
			x.move(1, "invite-server", "", "Proceeding")
			answer(x, 1, 200, "INVITE one")
			answer(x, 2, 200, "INVITE two")
			x.move(1, "invite-server", "Proceeding", "Terminated")
		}},

		{"table4: Timer E that does not begin with T1", []string{"table4: Timer E of transaction 1 runs for 400ms, after 0s"}, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.clock(1, "E", ms(400))
			x.move(1, "non-invite-client", "Trying", "Terminated")
		}},
		{"table4: Timer E that passes T2", []string{"table4: Timer E of transaction 1 runs for 8s, after 4s"}, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.clock(1, "E", ms(500), ms(1000), ms(2000), ms(4000), ms(8000))
			x.move(1, "non-invite-client", "Trying", "Terminated")
		}},
		{"table4: Timer A has no T2", nil, func(x *tape) {
			x.move(1, "invite-client", "", "Calling")
			x.clock(1, "A", ms(500), ms(1000), ms(2000), ms(4000), ms(8000))
			x.move(1, "invite-client", "Calling", "Terminated")
		}},
		{"table4: Timer L of 32 T1", []string{"table4: Timer L of transaction 1 runs for 16s, after 0s"}, func(x *tape) {
			x.move(1, "invite-server", "", "Accepted")
			x.clock(1, "L", ms(16000))
			x.move(1, "invite-server", "Accepted", "Terminated")
		}},
		{"table4: a timer that fires late", []string{"table4: Timer E of transaction 1 fires at 501ms, and was to fire at 500ms"}, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.timer(1, "start")
			x.at(ms(501)).timer(1, "fire")
			x.move(1, "non-invite-client", "Trying", "Terminated")
		}},
		{"table4: a timer that fires after it was stopped", []string{"table4: Timer E of transaction 1 fires at 500ms, and was not running"}, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.timer(1, "start")
			x.timer(1, "stop")
			x.at(ms(500)).timer(1, "fire")
			x.move(1, "non-invite-client", "Trying", "Terminated")
		}},
		{"table4: a timer that never fires", []string{"table4: Timer E of transaction 1 of host 0 is still to fire, and the run is quiet"}, func(x *tape) {
			x.move(1, "invite-server", "", "Proceeding") // which may last for ever
			x.timer(1, "start")
		}},

		{"unreadable: a state that changes by what is no message", []string{"unreadable: event 3 comes of a packet that is no SIP message"}, func(x *tape) {
			at := x.carried(1, 0, "noise").N + 1
			x.add(trace.Event{Kind: trace.State, Host: bob, Dialog: 1, Name: "dialog-uas", To: "Morgue"}).Cause = at
		}},
		{"unreadable: a state that changes by a note of it", []string{"unreadable: event 4 comes of a packet that is no SIP message"}, func(x *tape) {
			at := x.carried(1, 0, "noise").N + 1
			x.add(trace.Event{Kind: trace.Note, Host: bob}).Cause = at
			x.add(trace.Event{Kind: trace.State, Host: bob, Dialog: 1, Name: "dialog-uas", To: "Morgue"}).Cause = at + 1
		}},
		{"unreadable: it is noted", nil, func(x *tape) {
			at := x.carried(1, 0, "noise").N + 1
			x.add(trace.Event{Kind: trace.Note, Host: bob}).Cause = at
		}},

		{"repeats: a repeat with other bytes", []string{"repeats: F2 repeats F1 with other bytes"}, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.carried(1, 1, "REGISTER one")
			x.carried(2, 1, "REGISTER two").Again = "F1"
			x.move(1, "non-invite-client", "Trying", "Terminated")
		}},
		{"repeats: a second request of a transaction that does not say that it repeats", []string{"repeats: F2 repeats F1 with other bytes"}, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.carried(1, 1, "REGISTER one")
			x.carried(2, 1, "REGISTER two")
			x.move(1, "non-invite-client", "Trying", "Terminated")
		}},
		{"repeats: a repeat of what was never sent", []string{"repeats: F2 repeats F1, which its transaction did not send"}, func(x *tape) {
			x.move(1, "non-invite-client", "", "Trying")
			x.carried(2, 1, "REGISTER two").Again = "F1"
			x.move(1, "non-invite-client", "Trying", "Terminated")
		}},
		{"repeats: the ACK of an INVITE is another message", nil, func(x *tape) {
			x.move(1, "invite-client", "", "Calling")
			x.carried(1, 1, "INVITE one")
			x.carried(2, 1, "ACK one")
			x.move(1, "invite-client", "Calling", "Terminated")
		}},
	} {
		t.Run(c.claim, func(t *testing.T) {
			got := broken(c.write)
			slices.Sort(got)
			require.Equal(t, c.want, got)
		})
	}
}

// answer is a response on its way, to a request of that method.
func answer(x *tape, n int32, status int, raw string) {
	x.carried(n, 1, raw).Status = status
}

func BenchmarkWatch(b *testing.B) {
	var x tape
	registration(&x)
	w := New()
	b.ReportAllocs()
	for b.Loop() {
		w.Begin(&trace.Header{Timers: trace.Timers{T1: ms(500), T2: ms(4000), T4: ms(5000)}})
		for i := range x.events {
			w.Event(&x.events[i])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x.events)), "ns/event")
}

// BenchmarkCalls watches a hundred calls, one after the other.
func BenchmarkCalls(b *testing.B) {
	var x tape
	for i := range int32(100) {
		x.whole(i)
	}
	w := New()
	b.ReportAllocs()
	for b.Loop() {
		w.Begin(&trace.Header{Timers: trace.Timers{T1: ms(500), T2: ms(4000), T4: ms(5000)}, Hosts: hosts})
		for i := range x.events {
			w.Event(&x.events[i])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x.events)), "ns/event")
}
