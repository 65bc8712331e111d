package diagrams

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
	"siplab/sim/words"
)

var none = []words.Packets{}

func fatesOf(l *Ladder) (all []fate) {
	for i := range l.flights {
		all = append(all, l.flights[i].fate)
	}
	return all
}

// overTCP is a message over a connection that is made for it: its second
// segment is lost and sent again, and what closes the connection finds nobody.
func overTCP() *run {
	r := newRun("TCP", "alice phone", "bob phone")
	n := int32(100)
	packet := func(from, to string) *trace.Packet {
		n++
		return &trace.Packet{N: n, From: r.host(from), To: r.host(to), Transport: "tcp", Dst: netip.MustParseAddrPort("192.0.2.2:5060")}
	}
	segment := func(at time.Duration, p *trace.Packet, op, flags string, length int32, why string) {
		r.add(trace.Event{At: at, Kind: trace.Segment, Host: p.From, Packet: p, Op: op, Name: flags, Code: length, After: 20 * ms, Seq: 1, Ack: 1, ID: 1, Text: why, Cause: -1})
	}
	go1 := func(at time.Duration, op, from, to, flags string, length int32) {
		p := packet(from, to)
		segment(at, p, op, flags, length, "")
		segment(at, p, "deliver", flags, length, "")
	}
	m := r.send(0, "alice", "bob", "INVITE sip:bob@x SIP/2.0")
	go1(0, "send", "alice", "bob", "SYN", 0)
	go1(20*ms, "send", "bob", "alice", "SYN ACK", 0)
	p := packet("alice", "bob")
	segment(40*ms, p, "send", "PSH ACK", 300, "")
	segment(40*ms, p, "lose", "PSH ACK", 300, "loss 30%")
	go1(time.Second, "repeat", "alice", "bob", "PSH ACK", 300)
	r.arrive(1020*ms, m)
	p = packet("bob", "alice")
	segment(2*time.Second, p, "send", "FIN ACK", 0, "")
	segment(2*time.Second, p, "deliver", "FIN ACK", 0, "")
	segment(2020*ms, p, "lose", "FIN ACK", 0, "alice is down")
	r.tr.End = trace.End{At: 3 * time.Second, Why: trace.Quiet}
	return r
}

func TestSegmentsAreShownOnRequestBelowTheMessages(t *testing.T) {
	tr := overTCP().tr
	require.Equal(t, []string{"F1 INVITE"}, labelsOf(NewLadder(tr, Options{})))
	l := NewLadder(tr, Options{Show: Segments})
	require.Equal(t, []string{
		"F1 INVITE", "TCP SYN, seq 1", "TCP SYN ACK, seq 1, ack 1", "TCP PSH ACK, seq 1, ack 1, len 300",
		"TCP PSH ACK, seq 1, ack 1, len 300 (sent again)", "TCP FIN ACK, seq 1, ack 1",
	}, labelsOf(l))
	require.Equal(t, []fate{arrived, arrived, arrived, lost, arrived, lost}, fatesOf(l))
	require.Contains(t, l.Text(), "lost: alice is down")
	require.Contains(t, l.summary(), "A ladder of 1 messages")
	requireClear(t, l)
	requireTrue(t, l)

	t.Run("an arrival is when the network said it would be, and no later than the end", func(t *testing.T) {
		at := map[int]time.Duration{}
		for _, it := range l.items {
			if it.kind == arrives {
				at[it.flight] = it.at
			}
		}
		require.Equal(t, map[int]time.Duration{0: 1020 * ms, 1: 20 * ms, 2: 40 * ms, 4: 1020 * ms}, at)
		short := *tr
		short.Events, short.End.At = tr.Events[:3], 10*ms
		require.Equal(t, []fate{flying, flying}, fatesOf(NewLadder(&short, Options{Show: Segments})))
	})
	t.Run("alone, where no message is chosen", func(t *testing.T) {
		require.Len(t, labelsOf(NewLadder(tr, Options{Show: Segments, Messages: none})), 5)
	})
	t.Run("a tap sees them when they pass it", func(t *testing.T) {
		at := func(host string) *Ladder { return NewLadder(tr, Options{Show: Segments, Messages: none, Tap: host}) }
		require.Len(t, labelsOf(at("alice")), 4, "not the last, which found nobody")
		bob := at("bob")
		require.Len(t, labelsOf(bob), 4, "not the one that was lost before it")
		require.Equal(t, 20*ms, bob.flights[0].left)
	})
	t.Run("no back-end takes one for a message", func(t *testing.T) {
		opt := Options{Show: Segments, Raw: true, Colours: ByTransaction}
		l := NewLadder(tr, opt)
		require.Contains(t, l.SVG(), `class="segment"`)
		require.Contains(t, l.SVG(), "TCP segment")
		require.Equal(t, 1, strings.Count(l.Text(), "INVITE sip:bob@x"))
		require.Contains(t, HTML(tr, opt), `"TCP SYN, seq 1"`)
		require.Contains(t, l.Mermaid(), "TCP SYN")
		var b strings.Builder
		require.NoError(t, l.CSV(&b, tr))
		require.Contains(t, b.String(), "TCP SYN ACK")
	})
}
