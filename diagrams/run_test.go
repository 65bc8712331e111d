package diagrams

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"siplab/sim/trace"
)

const ms = time.Millisecond

// run builds a trace by hand, in the words that the World uses.
type run struct {
	tr      *trace.Trace
	packets int32
	labels  int
	cause   int32
}

func newRun(title string, hosts ...string) *run {
	r := &run{tr: &trace.Trace{Header: trace.Header{Title: title}}, cause: -1}
	for i, h := range hosts {
		name, kind, _ := strings.Cut(h, " ")
		addr := netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, byte(i + 1)}), 5060)
		r.tr.Hosts = append(r.tr.Hosts, trace.Host{Name: name, Kind: kind, Label: name, Addrs: []netip.AddrPort{addr}})
	}
	return r
}

func (r *run) add(e trace.Event) int32 {
	e.I = int32(len(r.tr.Events))
	r.tr.Events = append(r.tr.Events, e)
	return e.I
}

func (r *run) host(name string) trace.HostID { return r.tr.FindHost(name) }

func (r *run) act(at time.Duration, host, what, text string) {
	r.cause = r.add(trace.Event{At: at, Kind: trace.Act, Host: r.host(host), Name: what, Text: text, Cause: -1})
}

func (r *run) tell(at time.Duration, host, what string, code int32, text string) {
	r.add(trace.Event{At: at, Kind: trace.Tell, Host: r.host(host), Name: what, Code: code, Text: text, Cause: r.cause})
}

func (r *run) note(at time.Duration, host, text, ref string) {
	r.add(trace.Event{At: at, Kind: trace.Note, Host: r.host(host), Text: text, Ref: ref, Cause: r.cause})
}

func (r *run) state(at time.Duration, host, machine string, id int32, from, to string) {
	r.add(trace.Event{At: at, Kind: trace.State, Host: r.host(host), Name: machine, ID: id, Txn: id, From: from, To: to, Cause: r.cause})
}

func (r *run) timer(at time.Duration, host, op, name string, id int32, after time.Duration) {
	i := r.add(trace.Event{At: at, Kind: trace.Timer, Host: r.host(host), Op: op, Name: name, ID: id, Txn: id, After: after, Cause: r.cause})
	if op == "fire" {
		r.cause = i
	}
}

// send gives a packet to the network. raw may be a start line alone.
func (r *run) send(at time.Duration, from, to, start string, headers ...string) *trace.Packet {
	r.packets++
	r.labels++
	p := &trace.Packet{
		N: r.packets, Label: fmt.Sprintf("F%d", r.labels), From: r.host(from), To: r.host(to),
		Transport: "udp", CSeq: 1, CallID: "a84b4c76e66710",
		Raw: start + "\r\n" + strings.Join(headers, "\r\n") + strings.Repeat("\r\n", min(1, len(headers))) + "\r\n",
	}
	p.Dst = netip.MustParseAddrPort("192.0.2.99:5060")
	if p.To >= 0 {
		p.Dst = r.tr.Hosts[p.To].Addrs[0]
	}
	p.Src = r.tr.Hosts[p.From].Addrs[0]
	if n, err := fmt.Sscanf(start, "SIP/2.0 %d", &p.Status); n == 1 && err == nil {
		p.Method = strings.TrimPrefix(strings.Join(headers, ""), "CSeq: 1 ")
	} else {
		p.Method, _, _ = strings.Cut(start, " ")
	}
	r.cause = r.add(trace.Event{At: at, Kind: trace.Send, Host: p.From, Packet: p, Cause: r.cause})
	return p
}

// again sends the bytes of p once more.
func (r *run) again(at time.Duration, p *trace.Packet, timer string) *trace.Packet {
	r.packets++
	r.labels++
	q := *p
	q.N, q.Label, q.Timer = r.packets, fmt.Sprintf("F%d", r.labels), timer
	if q.Again == "" {
		q.Again = p.Label
	}
	r.cause = r.add(trace.Event{At: at, Kind: trace.Send, Host: q.From, Packet: &q, Cause: r.cause})
	return &q
}

func (r *run) duplicate(at time.Duration, p *trace.Packet) *trace.Packet {
	r.packets++
	q := *p
	q.N, q.CopyOf, q.Label = r.packets, p.N, ""
	r.add(trace.Event{At: at, Kind: trace.Duplicate, Host: q.From, Packet: &q, Cause: r.cause})
	return &q
}

func (r *run) corrupt(at time.Duration, p *trace.Packet) {
	r.add(trace.Event{At: at, Kind: trace.Corrupt, Host: p.From, Packet: p, Cause: r.cause, Text: p.Raw})
}

func (r *run) arrive(at time.Duration, p *trace.Packet) {
	r.cause = r.add(trace.Event{At: at, Kind: trace.Arrive, Host: p.To, Packet: p, Cause: r.cause})
}

func (r *run) lose(at time.Duration, p *trace.Packet, why string) {
	r.add(trace.Event{At: at, Kind: trace.Lose, Host: p.From, Packet: p, Text: why, Cause: r.cause})
}

// transaction is one REGISTER and its answer, over 20 ms of link.
func (r *run) transaction(at time.Duration, n int32, start, answer string, headers ...string) {
	client, server := 2*n-1, 2*n
	p := r.send(at, "bob", "biloxi", start, headers...)
	r.state(at, "bob", "non-invite-client", client, "", "Trying")
	r.timer(at, "bob", "start", "E", client, 500*ms)
	r.timer(at, "bob", "start", "F", client, 32*time.Second)
	r.finishTransaction(at, p, client, server, answer)
}

func (r *run) finishTransaction(at time.Duration, p *trace.Packet, client, server int32, answer string) {
	at += 20 * ms
	r.arrive(at, p)
	r.state(at, "biloxi", "non-invite-server", server, "", "Trying")
	a := r.send(at, "biloxi", "bob", "SIP/2.0 "+answer, "CSeq: 1 REGISTER")
	r.state(at, "biloxi", "non-invite-server", server, "Trying", "Completed")
	r.timer(at, "biloxi", "start", "J", server, 32*time.Second)
	at += 20 * ms
	r.arrive(at, a)
	r.state(at, "bob", "non-invite-client", client, "Trying", "Completed")
	r.timer(at, "bob", "stop", "E", client, 0)
	r.timer(at, "bob", "stop", "F", client, 0)
	r.timer(at, "bob", "start", "K", client, 5*time.Second)
}

// over ends a transaction's machine by its last timer.
func (r *run) over(at time.Duration, host, machine, timer string, id int32) {
	r.timer(at, host, "fire", timer, id, 0)
	r.state(at, host, machine, id, "Completed", "Terminated")
}

func (r *run) registrationEnds(first, second time.Duration) {
	r.over(first+5*time.Second, "bob", "non-invite-client", "K", 1)
	r.over(second+5*time.Second, "bob", "non-invite-client", "K", 3)
	r.over(first-20*ms+32*time.Second, "biloxi", "non-invite-server", "J", 2)
	r.over(second-20*ms+32*time.Second, "biloxi", "non-invite-server", "J", 4)
}

const (
	register   = "REGISTER sip:biloxi.example.com SIP/2.0"
	credential = `Authorization: Digest username="bob"`
)

func registration() *trace.Trace {
	r := newRun("First registration", "bob phone", "biloxi registrar")
	r.act(0, "bob", "registers", "")
	r.transaction(0, 1, register, "401 Unauthorized")
	r.transaction(40*ms, 2, register, "200 OK", credential)
	r.tell(80*ms, "bob", "registered", 200, "")
	r.registrationEnds(40*ms, 80*ms)
	return r.tr
}

func lossyRegistration() *trace.Trace {
	r := newRun("The REGISTER nobody heard", "bob phone", "biloxi registrar")
	r.act(0, "bob", "registers", "")
	p := r.send(0, "bob", "biloxi", register)
	r.lose(0, p, "lose 1st REGISTER from bob")
	r.state(0, "bob", "non-invite-client", 1, "", "Trying")
	r.timer(0, "bob", "start", "E", 1, 500*ms)
	r.timer(0, "bob", "start", "F", 1, 32*time.Second)
	r.timer(500*ms, "bob", "fire", "E", 1, 500*ms)
	p = r.again(500*ms, p, "E")
	r.timer(500*ms, "bob", "start", "E", 1, time.Second)
	r.finishTransaction(500*ms, p, 1, 2, "401 Unauthorized")
	r.transaction(540*ms, 2, register, "200 OK", credential)
	r.tell(580*ms, "bob", "registered", 200, "")
	r.registrationEnds(540*ms, 580*ms)
	return r.tr
}

func silence() *trace.Trace {
	r := newRun("32 seconds of silence", "bob phone", "biloxi registrar")
	r.act(0, "bob", "registers", "")
	p := r.send(0, "bob", "biloxi", register)
	r.lose(0, p, "link is cut")
	r.state(0, "bob", "non-invite-client", 1, "", "Trying")
	r.timer(0, "bob", "start", "E", 1, 500*ms)
	r.timer(0, "bob", "start", "F", 1, 32*time.Second)
	at, wait := time.Duration(0), 500*ms
	for at+wait < 32*time.Second {
		at += wait
		r.timer(at, "bob", "fire", "E", 1, wait)
		r.lose(at, r.again(at, p, "E"), "link is cut")
		wait = min(2*wait, 4*time.Second)
		r.timer(at, "bob", "start", "E", 1, wait)
	}
	at = 32 * time.Second
	r.timer(at, "bob", "fire", "F", 1, at)
	r.state(at, "bob", "non-invite-client", 1, "Trying", "Terminated")
	r.timer(at, "bob", "stop", "E", 1, 0)
	r.tell(at, "bob", "failed", 408, "no answer")
	return r.tr
}

// crossing is the middle of RFC 5407 §3.2.1: both sides send BYE at once.
func crossing() *trace.Trace {
	r := newRun("BYE meets BYE", "alice phone", "bob phone")
	r.act(0, "alice", "hangs up", "")
	a := r.send(0, "alice", "bob", "BYE sip:bob@192.0.2.2 SIP/2.0")
	r.act(0, "bob", "hangs up", "")
	b := r.send(0, "bob", "alice", "BYE sip:alice@192.0.2.1 SIP/2.0")
	r.state(0, "alice", "dialog", 1, "Established", "Mortal")
	r.state(0, "bob", "dialog", 1, "Established", "Mortal")
	r.arrive(20*ms, a)
	c := r.send(20*ms, "bob", "alice", "SIP/2.0 200 OK", "CSeq: 1 BYE")
	r.arrive(20*ms, b)
	d := r.send(20*ms, "alice", "bob", "SIP/2.0 200 OK", "CSeq: 1 BYE")
	r.arrive(40*ms, c)
	r.arrive(40*ms, d)
	r.state(5*time.Second, "alice", "dialog", 1, "Mortal", "Morgue")
	r.state(32*time.Second, "bob", "dialog", 1, "Mortal", "Morgue")
	return r.tr
}

// trapezoid is the beginning of RFC 3665 §3.2: a call through two proxies.
func trapezoid() *trace.Trace {
	r := newRun("A call through two proxies", "alice phone", "proxy1 proxy", "proxy2 proxy", "bob phone")
	names := []string{"alice", "proxy1", "proxy2", "bob"}
	at := time.Duration(0)
	r.act(0, "alice", "calls", "sip:bob@biloxi.example.com")
	hop := func(at time.Duration, i, j int, start string, h ...string) *trace.Packet {
		return r.send(at, names[i], names[j], start, h...)
	}
	for i := range 3 {
		p := hop(at, i, i+1, "INVITE sip:bob@biloxi.example.com SIP/2.0")
		r.state(at, names[i], "invite-client", int32(10+i), "", "Calling")
		if i > 0 {
			q := hop(at, i, i-1, "SIP/2.0 100 Trying", "CSeq: 1 INVITE")
			r.arrive(at+20*ms, q)
			r.state(at+20*ms, names[i-1], "invite-client", int32(10+i), "Calling", "Proceeding")
		}
		at += 20 * ms
		r.arrive(at, p)
		r.state(at, names[i+1], "invite-server", int32(20+i), "", "Proceeding")
	}
	for _, answer := range []string{"180 Ringing", "200 OK"} {
		for i := 3; i > 0; i-- {
			p := hop(at, i, i-1, "SIP/2.0 "+answer, "CSeq: 1 INVITE")
			at += 20 * ms
			r.arrive(at, p)
		}
		if answer == "180 Ringing" {
			r.tell(at, "alice", "ringing", 180, "")
			at += 3 * time.Second
			r.act(at, "bob", "answers", "")
		}
	}
	r.tell(at, "alice", "answered", 200, "")
	p := hop(at, 0, 3, "ACK sip:bob@192.0.2.4 SIP/2.0")
	r.arrive(at+60*ms, p)
	return r.tr
}

// storm has what the network can do: overtaking, a duplicate, a corrupted
// packet, one that nobody gets and one that is still on its way at the end.
func storm() *trace.Trace {
	r := newRun("Storm", "alice phone", "bob phone")
	r.note(0, "alice", "the network is in a bad mood today, and everything that can go wrong goes wrong", "RFC 5407 §3")
	a := r.send(0, "alice", "bob", "INVITE sip:bob@192.0.2.2 SIP/2.0")
	dup := r.duplicate(0, a)
	b := r.send(10*ms, "alice", "bob", "CANCEL sip:bob@192.0.2.2 SIP/2.0")
	r.corrupt(10*ms, b)
	r.arrive(25*ms, b)
	r.arrive(30*ms, dup)
	c := r.send(30*ms, "bob", "alice", "SIP/2.0 180 Ringing", "CSeq: 1 INVITE")
	r.arrive(35*ms, a)
	r.lose(50*ms, c, "host alice is down")
	d := r.send(60*ms, "bob", "nobody", "OPTIONS sip:192.0.2.99 SIP/2.0")
	r.lose(60*ms, d, "nobody has 192.0.2.99:5060")
	r.send(70*ms, "bob", "alice", "SIP/2.0 200 OK", "CSeq: 1 INVITE")
	r.note(80*ms, "", "nothing more happens", "")
	return r.tr
}

// names has hosts with names that are wide, combined, long, or hostile.
// longNames are phones of one family that act at once.
func longNames() *trace.Trace {
	const family = "the-phone-in-the-third-room-of-the-second-floor-north-number-"
	r := newRun("Long names", family+"1 phone", family+"2 phone", family+"3 phone", "biloxi registrar")
	for _, n := range []string{"1", "2", "3"} {
		r.act(0, family+n, "registers", "")
	}
	r.arrive(20*ms, r.send(0, family+"1", "biloxi", "REGISTER sip:biloxi.example.com SIP/2.0"))
	return r.tr
}

func names() *trace.Trace {
	r := newRun("Names", "日本電話 phone", "Zoe\u0308 phone", "a-registrar-with-a-name-that-does-not-end registrar")
	p := r.send(0, "日本電話", "Zoe\u0308", "MESSAGE sip:zoe@example.com SIP/2.0")
	r.arrive(20*ms, p)
	r.tell(20*ms, "Zoe\u0308", "message", 0, "<b>こんにちは</b>\x1b[31m")
	q := r.send(20*ms, "Zoe\u0308", "日本電話", "SIP/2.0 200 良い\u202e", "CSeq: 1 MESSAGE")
	r.arrive(40*ms, q)
	s := r.send(40*ms, "Zoe\u0308", "a-registrar-with-a-name-that-does-not-end", "\xff\xfe not SIP at all")
	r.arrive(60*ms, s)
	return r.tr
}
