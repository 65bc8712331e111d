package law

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// step is one message on its way from host to host, in the transactions that
// they have it in.
type step struct {
	name     string
	from, to trace.HostID
	sends    int32
	has      int32
	raw      string
	dst      trace.HostID // where it is addressed to
	lost     bool
	again    string        // the label of the message that it repeats
	then     func(x *tape) // what happens when it has come
}

// text is a message: the start line, branches of its Vias from the top, tags of
// From and To, CSeq, and more fields.
func text(start, vias, tags, cseq string, more ...string) string {
	var b strings.Builder
	if start[0] >= '0' && start[0] <= '9' {
		b.WriteString("SIP/2.0 " + start + " x\r\n")
	} else {
		b.WriteString(start + " SIP/2.0\r\n")
	}
	for _, via := range strings.Fields(vias) {
		host := map[byte]trace.HostID{'a': alice, 'b': bob, 'p': proxy, 'c': carol}[via[0]]
		fmt.Fprintf(&b, "Via: SIP/2.0/UDP %s;branch=z9hG4bK%s\r\n", addrs[host], via)
	}
	from, to, _ := strings.Cut(tags, " ")
	if to != "" {
		to = ";tag=" + to
	}
	fmt.Fprintf(&b, "From: <sip:alice@atlanta.example.com>;tag=%s\r\nTo: <sip:bob@biloxi.example.com>%s\r\nCall-ID: call\r\nCSeq: %s\r\n", from, to, cseq)
	for _, field := range more {
		b.WriteString(field + "\r\n")
	}
	b.WriteString("\r\n")
	return b.String()
}

const (
	toBob   = "INVITE sip:bob@192.0.2.2"
	toCarol = "INVITE sip:bob@192.0.2.4"
)

// fork is a call that a proxy forks to bob and to carol. Both ring, bob
// answers, and carol's branch is cancelled.
func fork() []step {
	offer := "Subject:  why"
	return []step{
		{name: "INVITE", from: alice, to: proxy, sends: 1, has: 1, raw: text("INVITE sip:bob@biloxi.example.com", "a1", "1", "1 INVITE", "Max-Forwards: 70", "Max-Breadth: 60", "Contact: <sip:alice@192.0.2.1>", offer)},
		{name: "100", from: proxy, to: alice, sends: 1, has: 1, raw: text("100", "a1", "1", "1 INVITE")},
		{name: "INVITE bob", from: proxy, to: bob, sends: 2, has: 1, raw: text(toBob, "p2 a1", "1", "1 INVITE", "Max-Forwards: 69", "Max-Breadth: 30", "Contact: <sip:alice@192.0.2.1>", offer)},
		{name: "INVITE carol", from: proxy, to: carol, sends: 3, has: 1, raw: text(toCarol, "p3 a1", "1", "1 INVITE", "Max-Forwards: 69", "Max-Breadth: 30", "Contact: <sip:alice@192.0.2.1>", offer)},
		{name: "180 bob", from: bob, to: proxy, sends: 1, has: 2, raw: text("180", "p2 a1", "1 b", "1 INVITE")},
		{name: "180", from: proxy, to: alice, sends: 1, has: 1, raw: text("180", "a1", "1 b", "1 INVITE")},
		{name: "180 carol", from: carol, to: proxy, sends: 1, has: 3, raw: text("180", "p3 a1", "1 c", "1 INVITE")},
		{name: "200 bob", from: bob, to: proxy, sends: 1, has: 2, raw: text("200", "p2 a1", "1 b", "1 INVITE", "Contact: <sip:bob@192.0.2.2>", offer)},
		{name: "200", from: proxy, to: alice, sends: 1, has: 1, raw: text("200", "a1", "1 b", "1 INVITE", "Contact: <sip:bob@192.0.2.2>", offer)},
		{name: "CANCEL", from: proxy, to: carol, sends: 4, has: 2, raw: text("CANCEL sip:bob@192.0.2.4", "p3", "1", "1 CANCEL", "Max-Forwards: 70")},
		{name: "ACK", from: alice, to: proxy, raw: text("ACK sip:bob@192.0.2.2", "a2", "1 b", "1 ACK", "Max-Forwards: 70")},
		{name: "ACK bob", from: proxy, to: bob, raw: text("ACK sip:bob@192.0.2.2", "p5 a2", "1 b", "1 ACK", "Max-Forwards: 69", "Max-Breadth: 60")},
		{name: "487", from: carol, to: proxy, sends: 1, has: 3, raw: text("487", "p3 a1", "1 c", "1 INVITE")},
		{name: "ACK carol", from: proxy, to: carol, sends: 3, has: 1, raw: text("ACK sip:bob@192.0.2.4", "p3", "1 c", "1 ACK", "Max-Forwards: 70")},
	}
}

// refused is a call that a proxy forks to bob and to carol, and both refuse.
func refused() []step {
	return []step{
		fork()[0], fork()[2], fork()[3],
		{name: "486 bob", from: bob, to: proxy, sends: 1, has: 2, raw: text("486", "p2 a1", "1 b", "1 INVITE")},
		{name: "ACK bob", from: proxy, to: bob, sends: 2, has: 1, raw: text("ACK sip:bob@192.0.2.2", "p2", "1 b", "1 ACK", "Max-Forwards: 70")},
		{name: "404 carol", from: carol, to: proxy, sends: 1, has: 3, raw: text("404", "p3 a1", "1 c", "1 INVITE")},
		{name: "ACK carol", from: proxy, to: carol, sends: 3, has: 1, raw: text("ACK sip:bob@192.0.2.4", "p3", "1 c", "1 ACK", "Max-Forwards: 70")},
		{name: "486", from: proxy, to: alice, sends: 1, has: 1, raw: text("486", "a1", "1 b", "1 INVITE")},
		{name: "ACK", from: alice, to: proxy, sends: 1, has: 1, raw: text("ACK sip:bob@biloxi.example.com", "a1", "1 b", "1 ACK", "Max-Forwards: 70")},
	}
}

// play writes a run of steps down: a transaction begins with its first message,
// and all end with the run.
func (x *tape) play(steps []step) {
	runs := map[txn]string{}
	var order []txn
	begin := func(h trace.HostID, id int32, side string, p *trace.Packet) {
		if t := (txn{int32(h), id}); id != 0 && runs[t] == "" {
			machine := "non-invite-" + side
			if p.Method == sip.INVITE {
				machine = "invite-" + side
			}
			runs[t] = machine
			order = append(order, t)
			x.begins(h, id, machine, "Proceeding")
		}
	}
	for i, s := range steps {
		method, status, cseq, _ := sip.Peek(s.raw)
		if status != 0 {
			method = cseq
		}
		n := int32(i + 1)
		dst := s.to
		if s.dst != 0 {
			dst = s.dst
		}
		p := &trace.Packet{
			N: n, Label: fmt.Sprintf("F%d", n), From: s.from, To: s.to, Src: addrs[s.from], Dst: addrs[dst], Transport: "udp",
			Raw: s.raw, Method: method, Status: status, Again: s.again,
		}
		begin(s.from, s.sends, "client", p)
		x.add(trace.Event{Kind: trace.Send, Host: s.from, Txn: s.sends, Packet: p})
		if s.lost {
			x.lose(p)
			continue
		}
		x.add(trace.Event{Kind: trace.Arrive, Host: s.to, Txn: s.has, Packet: p})
		begin(s.to, s.has, "server", p)
		if s.then != nil {
			s.then(x)
		}
		if failed := status >= 300 && method == sip.INVITE; failed {
			x.add(trace.Event{Kind: trace.State, Host: s.to, Txn: s.has, ID: s.has, Name: "invite-client", From: "Proceeding", To: "Completed"})
			runs[txn{int32(s.to), s.has}] = "invite-client Completed"
		}
	}
	x.at(x.now + ms(1))
	for _, t := range order {
		machine, state, completed := strings.Cut(runs[t], " ")
		if !completed {
			state = "Proceeding"
		}
		x.terminates(trace.HostID(t.host), t.id, machine, state)
	}
}

// change replaces text in the step of that name.
func change(steps []step, name, old, by string) []step {
	for i := range steps {
		if steps[i].name == name {
			if !strings.Contains(steps[i].raw, old) {
				panic(name + " has no " + old)
			}
			steps[i].raw = strings.Replace(steps[i].raw, old, by, 1)
			return steps
		}
	}
	panic("no step " + name)
}

// without leaves a step out.
func without(steps []step, names ...string) []step {
	var rest []step
	for _, s := range steps {
		if !slices.Contains(names, s.name) {
			rest = append(rest, s)
		}
	}
	return rest
}

// before puts a step before the one of that name.
func before(steps []step, name string, more ...step) []step {
	for i := range steps {
		if steps[i].name == name {
			return slices.Insert(steps, i, more...)
		}
	}
	panic("no step " + name)
}

// aim addresses a step to another host.
func aim(steps []step, name string, dst trace.HostID) []step {
	for i := range steps {
		if steps[i].name == name {
			steps[i].to = dst
			steps[i].lost = true
			steps[i].dst = dst
		}
	}
	return steps
}

// said are the breaches of one law.
func said(id string, lines []string) []string {
	var list []string
	for _, line := range lines {
		if strings.HasPrefix(line, id+": ") {
			list = append(list, line)
		}
	}
	return list
}

// A proxy that breaks a law, and the rule that it breaks.
func TestLawsOfProxies(t *testing.T) {
	for _, steps := range [][]step{fork(), refused(), options("404")} {
		require.Empty(t, broken(func(x *tape) { x.play(steps) }))
	}
	hold(t, []claim{
		{"copied", "a proxy's own response with another Via", `a 100 has the Vias ["SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa9"], and its request ["SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa1"]`, change(fork(), "100", "a1", "a9")},
		{"copied", "a response with a Via too few", `a 180 has the Vias ["SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bKp2"], and its request ["SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bKp2" "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa1"]`, change(fork(), "180 bob", "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa1\r\n", "")},
		{"copied", "a response may say where its request came from", "", change(fork(), "180 bob", "p2", "p2;received=192.0.2.3")},
		{"copied", "a response with another CSeq", `a 100 has the CSeq "2 INVITE", and its request "1 INVITE"`, change(fork(), "100", "1 INVITE", "2 INVITE")},
		{"copied", "a response with another Call-ID", `a 180 has the Call-ID "ball", and its request "call"`, change(fork(), "180 bob", "ID: call", "ID: ball")},
		{"copied", "a response with another To", `a 180 has the To "sip:bob@chicago.example.com", and its request "sip:bob@biloxi.example.com"`, change(fork(), "180 carol", "biloxi", "chicago")},

		{"to-tag", "a 180 without a tag", "a 180 has no To tag", change(fork(), "180 bob", ";tag=b", "")},
		{"to-tag", "another tag for the 200 than for the 180", `a 200 has the To tag "z", and a response before it "b"`, change(fork(), "200 bob", "tag=b", "tag=z")},
		{"to-tag", "a proxy passes on the tags of two phones", "", fork()},

		{"way", "a response to a third party", "a 180 goes to 192.0.2.4:5060, and its request says 192.0.2.3:5060", aim(fork(), "180 bob", carol)},
		{"way", "a response without a transaction, elsewhere than its Via says", "a 404 goes to 192.0.2.4:5060, and its Via says 192.0.2.1:5060", []step{
			{name: "404", from: bob, to: carol, raw: text("404", "a1", "1 b", "1 OPTIONS"), lost: true},
		}},
		{"way", "a response by maddr", "", aim(change(options("404"), "OPTIONS", "a1", "a1;maddr=192.0.2.4"), "404", carol)},

		{"order", "the 200 after the 200", "", before(fork(), "CANCEL", step{name: "200 again", from: proxy, to: alice, sends: 1, has: 1, again: "F9", raw: fork()[8].raw})},
		{"order", "a 180 after the 200", "transaction 1 sends a 180, and has sent a 200", before(without(fork(), "180"), "CANCEL", fork()[5])},

		{"hops", "a Max-Forwards that stays", "a INVITE is forwarded with Max-Forwards 70, and came with 70", change(fork(), "INVITE bob", "69", "70")},
		{"hops", "a request without Max-Forwards", "a INVITE is forwarded without Max-Forwards", change(fork(), "INVITE bob", "Max-Forwards: 69\r\n", "")},
		{"hops", "a request that had no hop left", "a INVITE is forwarded that came with Max-Forwards 0", change(without(fork(), "INVITE carol", "180 carol", "CANCEL", "487", "ACK carol"), "INVITE", "Max-Forwards: 70", "Max-Forwards: 0")},
		{"hops", "an ACK that has no transaction", "a ACK is forwarded with Max-Forwards 70, and came with 70", change(fork(), "ACK bob", "69", "70")},

		{"breadth", "two branches with the whole breadth each", "a INVITE goes out with Max-Breadth 90 in all, and came with 60", change(fork(), "INVITE carol", "Breadth: 30", "Breadth: 60")},
		{"breadth", "a request without breadth", "a INVITE is forwarded with 0 values of Max-Breadth", change(fork(), "INVITE carol", "Max-Breadth: 30\r\n", "")},
		{"breadth", "a branch that has ended gives its breadth back", "", change(before(without(refused(), "INVITE carol"), "404 carol", change(refused(), "INVITE carol", "30", "60")[2]), "INVITE bob", "30", "60")},

		{"loop", "a request that comes back as it was is forked", "a INVITE to sip:bob@biloxi.example.com is forked that was forked here before", spiral("sip:bob@biloxi.example.com")},
		{"loop", "a request that comes back as it was goes to one place", "", spiral("sip:bob@biloxi.example.com")[:4]},
		{"loop", "a request that comes back for another is forked", "", spiral("sip:robert@biloxi.example.com")},

		{"best", "a failure while a branch rings", "a 486 goes upstream, and the branch of transaction 3 has no final response", before(without(refused(), "486"), "404 carol", refused()[7])},

		{"best", "a 503 of a phone that is passed on", "a 503 goes upstream that another sent", change(change(refused(), "486 bob", "2.0 486", "2.0 503"), "486", "2.0 486", "2.0 503")},

		{"finally", "a proxy that says nothing when all have refused", "each branch of transaction 1 has ended, and its INVITE gets no final response", without(refused(), "486", "ACK")},
		{"finally", "a proxy that passes the best failure on", "", refused()},

		{"recorded", "a Record-Route below those that came", `a INVITE goes on with the Record-Route ["<sip:p1;lr>" "<sip:p2;lr>"], and came with ["<sip:p1;lr>"]`, change(change(fork(), "INVITE", "Subject", "Record-Route: <sip:p1;lr>\r\nSubject"), "INVITE bob", "Subject", "Record-Route: <sip:p1;lr>, <sip:p2;lr>\r\nSubject")[:3]},
		{"recorded", "a Record-Route above them", "", change(change(fork(), "INVITE", "Subject", "Record-Route: <sip:p1;lr>\r\nSubject"), "INVITE bob", "Subject", "Record-Route: <sip:p2;lr>, <sip:p1;lr>\r\nSubject")[:3]},

		{"losers", "a proxy that lets the other branch ring", "the branch of transaction 3 rings on: it gets no CANCEL", without(fork(), "CANCEL", "487", "ACK carol")},
		{"losers", "a branch that does not ring yet", "", without(fork(), "180 carol", "CANCEL", "487", "ACK carol")},

		{"cancel", "a CANCEL before any response", "a CANCEL is sent before any response to its INVITE", without(fork(), "180 carol")},
		{"cancel", "a CANCEL after the final response", "a CANCEL is sent after a 487 to its INVITE", before(without(fork(), "CANCEL"), "ACK carol", fork()[9])},
		{"cancel", "a CANCEL that goes elsewhere", "a CANCEL goes to 192.0.2.2:5060, and its INVITE went to 192.0.2.4:5060", aim(fork(), "CANCEL", bob)},

		{"hop", "a failure without its ACK", "transaction 3 gets a failure of its INVITE and sends no ACK", without(fork(), "ACK carol")},
		{"hop", "an ACK to a failure that goes elsewhere", "the ACK to a failure goes to 192.0.2.2:5060, and its INVITE went to 192.0.2.4:5060", aim(fork(), "ACK carol", bob)},
		{"hop", "an ACK to a failure that a proxy passes on", "the ACK to a failure that transaction 1 sent is passed on", append(refused(), step{name: "on", from: proxy, to: bob, raw: text("ACK sip:bob@192.0.2.2", "p7 a1", "1 b", "1 ACK", "Max-Forwards: 69", "Max-Breadth: 60")})},

		{"untouched", "a field that loses a space", `F3 has Subject: "why?" where Subject: "why" came`, change(fork(), "INVITE bob", "why", "why?")},
		{"untouched", "a field that is left out", "F3 has lost Subject", change(fork(), "INVITE bob", "Subject:  why\r\n", "")},
		{"untouched", "a field that is added", "F9 has Subject, which did not come", change(fork(), "200 bob", "Subject:  why\r\n", "")},
		{"untouched", "another Contact", `F9 has Contact: "<sip:bob@192.0.2.3>" where Contact: "<sip:bob@192.0.2.2>" came`, change(fork(), "200", "bob@192.0.2.2", "bob@192.0.2.3")},
		{"untouched", "a gateway's own address in a session description", "", readdressed("c=IN IP4 192.0.2.3", "m=audio 2000 RTP/AVP 0")},
		{"untouched", "another's address in a session description", "the body of F2 has changed", readdressed("c=IN IP4 192.0.2.9", "m=audio 2000 RTP/AVP 0")},
		{"untouched", "another line of a session description", "the body of F2 has changed", readdressed("c=IN IP4 192.0.2.3", "a=sendonly")},
		{"untouched", "another body", "the body of F3 has changed", change(fork(), "INVITE bob", "why\r\n\r\n", "why\r\n\r\nbody")},

		{"non-invite", "a 408 to an OPTIONS", "a OPTIONS is answered with a 408", options("408")},
		{"non-invite", "a 180 to an OPTIONS", "a OPTIONS is answered with a 180", options("180")},
		{"non-invite", "a 404 to an OPTIONS", "", options("404")},
	})
}

// claim is a run, and what one law says of it.
type claim struct {
	law, claim string
	want       string // "": it keeps the law
	steps      []step
}

func hold(t *testing.T, claims []claim) {
	for _, c := range claims {
		t.Run(c.law+": "+c.claim, func(t *testing.T) {
			var want []string
			if c.want != "" {
				want = []string{c.law + ": " + c.want}
			}
			require.Equal(t, want, said(c.law, broken(func(x *tape) { x.play(c.steps) })))
		})
	}
}

// readdressed is an INVITE with a session description of which a proxy makes
// those two lines.
func readdressed(c, m string) []step {
	steps := []step{fork()[0], fork()[2]}
	steps[0].raw += "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 1000 RTP/AVP 0\r\n"
	steps[1].raw += "v=0\r\n" + c + "\r\n" + m + "\r\n"
	return steps
}

// spiral is an INVITE that a proxy forks to itself, under that Request-URI, and
// to carol, and then to bob and to carol.
func spiral(uri string) []step {
	return []step{
		fork()[0],
		{name: "again", from: proxy, to: proxy, sends: 2, has: 3, raw: text("INVITE "+uri, "p2 a1", "1", "1 INVITE", "Max-Forwards: 69", "Max-Breadth: 30")},
		{name: "INVITE carol", from: proxy, to: carol, sends: 5, has: 1, raw: text(toCarol, "p5 a1", "1", "1 INVITE", "Max-Forwards: 69", "Max-Breadth: 30")},
		{name: "on", from: proxy, to: bob, sends: 4, has: 2, raw: text(toBob, "p4 p2 a1", "1", "1 INVITE", "Max-Forwards: 68", "Max-Breadth: 15")},
		{name: "on carol", from: proxy, to: carol, sends: 6, has: 2, raw: text(toCarol, "p6 p2 a1", "1", "1 INVITE", "Max-Forwards: 68", "Max-Breadth: 15")},
	}
}

// options is an OPTIONS and its answer.
func options(status string) []step {
	return []step{
		{name: "OPTIONS", from: alice, to: bob, sends: 1, has: 1, raw: text("OPTIONS sip:bob@192.0.2.2", "a1", "1", "1 OPTIONS", "Max-Forwards: 70")},
		{name: status, from: bob, to: alice, sends: 1, has: 1, raw: text(status, "a1", "1 b", "1 OPTIONS")},
	}
}
