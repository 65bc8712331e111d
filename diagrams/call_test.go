package diagrams

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

func (r *run) media(at time.Duration, host, with, direction string) {
	r.add(trace.Event{At: at, Kind: trace.Media, Host: r.host(host), From: host, To: with, On: direction, Cause: r.cause})
}

// ringing is the beginning of a call: it rings at 20 ms.
func ringing(title string) *run {
	r := newRun(title, "alice phone", "bob phone")
	r.act(0, "alice", "calls", "bob")
	r.state(0, "alice", "dialog-uac", 1, "", "Preparative")
	r.state(0, "alice", "invite-client", 1, "", "Calling")
	p := r.send(0, "alice", "bob", "INVITE sip:bob@biloxi.example.com SIP/2.0", "To: <sip:bob@biloxi.example.com>")
	r.arrive(20*ms, p)
	r.state(20*ms, "bob", "invite-server", 1, "", "Proceeding")
	r.state(20*ms, "bob", "dialog-uas", 1, "", "Preparative")
	r.tell(20*ms, "bob", "incoming call", 0, "")
	p = r.send(20*ms, "bob", "alice", "SIP/2.0 180 Ringing", "CSeq: 1 INVITE")
	r.state(20*ms, "bob", "dialog-uas", 1, "Preparative", "Early")
	r.arrive(40*ms, p)
	r.state(40*ms, "alice", "invite-client", 1, "Calling", "Proceeding")
	r.state(40*ms, "alice", "dialog-uac", 1, "Preparative", "Early")
	r.tell(40*ms, "alice", "ringing", 180, "")
	return r
}

// answers is what bob does at that time; the 200 is on its way.
func (r *run) answers(at time.Duration) *trace.Packet {
	r.act(at, "bob", "answers", "")
	r.tell(at, "bob", "answered", 200, "")
	r.media(at, "bob", "alice", "sendrecv")
	r.state(at, "bob", "invite-server", 1, "Proceeding", "Accepted")
	r.timer(at, "bob", "start", "L", 1, 32*time.Second)
	p := r.send(at, "bob", "alice", "SIP/2.0 200 OK", "CSeq: 1 INVITE")
	r.state(at, "bob", "dialog-uas", 1, "Early", "Moratorium")
	return p
}

// hears is what the 200 does at alice.
func (r *run) hears(at time.Duration, ok *trace.Packet) {
	r.arrive(at, ok)
	r.state(at, "alice", "invite-client", 1, "Proceeding", "Accepted")
	r.timer(at, "alice", "start", "M", 1, 32*time.Second)
	r.state(at, "alice", "dialog-uac", 1, "Early", "Moratorium")
}

// bye is a BYE and its answer, up to the end of the dialog on both sides.
func (r *run) bye(at time.Duration, from, to, client, server string, id int32) {
	r.state(at, from, client, 1, "Established", "Mortal")
	r.state(at, from, "non-invite-client", id, "", "Trying")
	p := r.send(at, from, to, "BYE sip:"+to+"@192.0.2.9 SIP/2.0")
	r.arrive(at+20*ms, p)
	r.state(at+20*ms, to, "non-invite-server", id, "", "Trying")
	r.state(at+20*ms, to, server, 1, "Established", "Mortal")
	r.media(at+20*ms, to, from, "inactive")
	r.state(at+20*ms, to, "non-invite-server", id, "Trying", "Completed")
	r.timer(at+20*ms, to, "start", "J", id, 32*time.Second)
	p = r.send(at+20*ms, to, from, "SIP/2.0 200 OK", "CSeq: 1 BYE")
	r.tell(at+20*ms, to, "ended", 0, "")
	r.arrive(at+40*ms, p)
	r.state(at+40*ms, from, "non-invite-client", id, "Trying", "Completed")
	r.timer(at+40*ms, from, "start", "K", id, 5*time.Second)
	r.ends(at+5040*ms, from, "K", "non-invite-client", id, "Completed")
	r.state(at+5040*ms, from, client, 1, "Mortal", "Morgue")
}

func (r *run) ends(at time.Duration, host, timer, machine string, id int32, from string) {
	r.timer(at, host, "fire", timer, id, 0)
	r.state(at, host, machine, id, from, "Terminated")
}

// call is a whole call: it rings, is answered, and bob hangs up.
func call() *trace.Trace {
	r := ringing("A call")
	r.hears(3020*ms, r.answers(3*time.Second))
	r.media(3020*ms, "alice", "bob", "sendrecv")
	p := r.send(3020*ms, "alice", "bob", "ACK sip:bob@192.0.2.2 SIP/2.0")
	r.state(3020*ms, "alice", "dialog-uac", 1, "Moratorium", "Established")
	r.tell(3020*ms, "alice", "answered", 200, "")
	r.arrive(3040*ms, p)
	r.state(3040*ms, "bob", "dialog-uas", 1, "Moratorium", "Established")
	r.act(5*time.Second, "bob", "hangs up", "")
	r.tell(5*time.Second, "bob", "ended", 0, "")
	r.media(5*time.Second, "bob", "alice", "inactive")
	r.bye(5*time.Second, "bob", "alice", "dialog-uas", "dialog-uac", 2)
	r.ends(35*time.Second, "bob", "L", "invite-server", 1, "Accepted")
	r.ends(35020*ms, "alice", "M", "invite-client", 1, "Accepted")
	r.ends(37020*ms, "alice", "J", "non-invite-server", 2, "Completed")
	r.state(37020*ms, "alice", "dialog-uac", 1, "Mortal", "Morgue")
	return r.tr
}

// cancelCrosses is RFC 5407 §3.1.2: CANCEL and the 200 meet on their way.
func cancelCrosses() *trace.Trace {
	const at = 3 * time.Second
	r := ringing("CANCEL meets the answer")
	r.act(at, "alice", "cancels", "")
	r.state(at, "alice", "non-invite-client", 2, "", "Trying")
	cancel := r.send(at, "alice", "bob", "CANCEL sip:bob@biloxi.example.com SIP/2.0")
	ok := r.answers(at)
	r.arrive(at+20*ms, cancel)
	r.state(at+20*ms, "bob", "non-invite-server", 2, "", "Trying")
	r.state(at+20*ms, "bob", "non-invite-server", 2, "Trying", "Completed")
	canceled := r.send(at+20*ms, "bob", "alice", "SIP/2.0 200 OK", "CSeq: 1 CANCEL")
	r.hears(at+20*ms, ok)
	ack := r.send(at+20*ms, "alice", "bob", "ACK sip:bob@192.0.2.2 SIP/2.0")
	r.state(at+20*ms, "alice", "dialog-uac", 1, "Moratorium", "Established")
	r.tell(at+20*ms, "alice", "cancelled", 0, "")
	r.arrive(at+40*ms, canceled)
	r.state(at+40*ms, "alice", "non-invite-client", 2, "Trying", "Completed")
	r.arrive(at+40*ms, ack)
	r.state(at+40*ms, "bob", "dialog-uas", 1, "Moratorium", "Established")
	r.bye(at+60*ms, "alice", "bob", "dialog-uac", "dialog-uas", 3)
	return r.tr
}

// glare is the middle of RFC 5407 §3.3.1: two re-INVITEs meet, and one of them
// is lost and sent again.
func glare() *trace.Trace {
	r := newRun("Two re-INVITEs", "alice phone", "bob phone")
	offers := func(at time.Duration, from, to string, id int32) *trace.Packet {
		r.act(at, from, "refreshes", "")
		r.state(at, from, "invite-client", id, "", "Calling")
		return r.send(at, from, to, "INVITE sip:"+to+"@192.0.2.9 SIP/2.0", "To: <sip:x@example.com>;tag=8321234356")
	}
	a, b := offers(0, "alice", "bob", 1), offers(0, "bob", "alice", 2)
	refuses := func(at time.Duration, p *trace.Packet, host, to string, id int32) *trace.Packet {
		r.arrive(at, p)
		r.state(at, host, "invite-server", id, "", "Proceeding")
		r.state(at, host, "invite-server", id, "Proceeding", "Completed")
		return r.send(at, host, to, "SIP/2.0 491 Request Pending", "CSeq: 1 INVITE")
	}
	c, d := refuses(20*ms, a, "bob", "alice", 3), refuses(20*ms, b, "alice", "bob", 4)
	r.lose(30*ms, c, "1st 491 from bob")
	r.arrive(40*ms, d)
	r.state(40*ms, "bob", "invite-client", 2, "Calling", "Completed")
	r.arrive(60*ms, r.send(40*ms, "bob", "alice", "ACK sip:alice@192.0.2.1 SIP/2.0"))
	a, c = r.again(500*ms, a, "A"), r.again(500*ms, c, "G")
	r.arrive(520*ms, a)
	r.arrive(520*ms, c)
	r.timer(32*time.Second, "alice", "fire", "B", 1, 0)
	r.state(32*time.Second, "alice", "invite-client", 1, "Calling", "Terminated")
	r.state(33*time.Second, "alice", "invite-server", 4, "Completed", "Terminated")
	return r.tr
}

func lineWith(t *testing.T, text, has string) string {
	t.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		if strings.Contains(line, has) {
			return line
		}
	}
	t.Fatalf("no line has %q:\n%s", has, text)
	return ""
}

func TestArrowsOfACallHaveThirtyCells(t *testing.T) {
	for _, tr := range []*trace.Trace{call(), cancelCrosses()} {
		s := NewLadder(tr, Options{}).layout(textWidth, false, false)
		require.GreaterOrEqual(t, s.lines[1].x-s.lines[0].x-1, 30)
		require.LessOrEqual(t, s.width, textWidth)
	}
}

func TestADialogAndATransactionThatMoveTogetherShareARow(t *testing.T) {
	text := NewLadder(call(), Options{}).Text()
	require.Contains(t, lineWith(t, text, "F1 INVITE"), "Pre·Calling ├─")
	require.Contains(t, lineWith(t, text, "F3 200 OK"), "─┤ Mora·Accepted")
	require.Contains(t, lineWith(t, text, "F4 ACK"), "Est ├─")
	require.Contains(t, lineWith(t, text, "5.020 s"), "Mort·Trying │◀─", "the state stands where what moved it arrives")
	require.Contains(t, lineWith(t, text, "F6 200 OK (BYE)"), "Completed ├─")
	require.Contains(t, NewLadder(call(), Options{}).ASCII(), "Mora/Accepted")
	require.Contains(t, NewLadder(call(), Options{}).SVG(), "Moratorium · Accepted")
}

func TestASideIsSaidOnlyWhereTheStateMisleads(t *testing.T) {
	for _, side := range sideWords {
		require.NotContains(t, NewLadder(call(), Options{}).Text(), side, "an INVITE client and a BYE server are told apart by their states")
	}
	text := NewLadder(glare(), Options{}).Text()
	require.NotContains(t, lineWith(t, text, "F3 491"), "server", "an arrow tells whose state it is")
	require.NotContains(t, lineWith(t, text, "Timer B"), "client", "and so does a timer")
	require.Contains(t, NewLadder(trapezoid(), Options{}).Text(), "(client Calling)", "on a lifeline nothing does")
}

func TestTheTailHasNoBreaksBetween(t *testing.T) {
	text := NewLadder(call(), Options{}).Text()
	_, tail, _ := strings.Cut(text, "10.040 s")
	require.NotContains(t, tail, "~")
	require.Equal(t, 6, strings.Count(tail, "\n"), "a row for each timer and one for each Morg")
}

func TestMediaIsSaidOnceForBothEnds(t *testing.T) {
	text := NewLadder(call(), Options{}).Text()
	require.Equal(t, 1, strings.Count(text, "media both ways"))
	require.Equal(t, 1, strings.Count(text, "media stops"))
	require.NotContains(t, text, "one way", "one end knows a message earlier than the other")
	line := lineWith(t, text, "media both ways")
	require.Contains(t, line, "│◀═")
	require.Contains(t, line, "═▶│")
}

func TestMediaOneWayHasItsDirection(t *testing.T) {
	line := lineWith(t, NewLadder(cancelCrosses(), Options{}).Text(), "media one way")
	require.Contains(t, line, "│◀═")
	require.Contains(t, line, "══│", "who cancelled sends nothing (RFC 5407 §3.1.2)")
	r := newRun("", "alice phone", "bob phone", "carol phone")
	r.media(0, "alice", "carol", "sendonly")
	r.media(0, "carol", "alice", "recvonly")
	r.media(time.Second, "alice", "carol", "inactive")
	r.media(2*time.Second, "alice", "nobody", "sendrecv")
	text := NewLadder(r.tr, Options{}).Text()
	require.Contains(t, lineWith(t, text, "media one way"), "═▶│", "past the host between them")
	require.NotContains(t, lineWith(t, text, "media one way"), "◀")
	require.Contains(t, text, "media stops")
}

func TestMessagesThatCrossLeaveAndArriveInOneRow(t *testing.T) {
	for _, tr := range []*trace.Trace{cancelCrosses(), crossing(), glare()} {
		l := NewLadder(tr, Options{})
		s := l.layout(textWidth, false, false)
		pairs := 0
		for i := range l.flights {
			for k := range i {
				f, o := &l.flights[i], &l.flights[k]
				if f.left == o.left && f.from == o.to {
					require.Equal(t, s.ways[i].leave, s.ways[k].leave)
					pairs++
				}
			}
		}
		require.NotZero(t, pairs)
		require.GreaterOrEqual(t, strings.Count(l.Text(), "╳"), pairs-1, "a crossing is seen, but of one that is lost before")
	}
}

func TestARetransmissionInLittleRoomNamesTheFirst(t *testing.T) {
	require.Contains(t, NewLadder(glare(), Options{}).Text(), "F6 re-INVITE (=F1)", "as RFC 5407 §3.1.4 does")
}

func TestAnINVITEWithinADialogIsAReINVITE(t *testing.T) {
	require.True(t, withinDialog("INVITE x SIP/2.0\r\nt: <sip:b@x>;TAG=1\r\n\r\n"))
	require.False(t, withinDialog("INVITE x SIP/2.0\r\nTo: <sip:b@x>\r\nFrom: <sip:a@x>;tag=1\r\n\r\nTo: ;tag=2\r\n"))
	require.NotContains(t, NewLadder(call(), Options{}).Text(), "re-INVITE")
}
