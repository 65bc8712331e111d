package trace

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var (
	bobAddr    = netip.MustParseAddrPort("192.0.2.1:5060")
	biloxiAddr = netip.MustParseAddrPort("[2001:db8::2]:5060")
)

// heard is a short run in which each kind of event happens once: bob registers, his
// REGISTER is copied and one copy corrupted.
func heard() *Trace {
	register := &Packet{
		N: 1, Label: "F1", From: 0, To: 1, Src: bobAddr, Dst: biloxiAddr, Transport: "udp",
		Raw: "REGISTER sip:biloxi.example.com SIP/2.0\r\n\r\n", Method: "REGISTER", CSeq: 1, CallID: "a84b4c76e66710",
	}
	twin := register.Copy(2)
	stray := &Packet{N: 3, Label: "F2", From: 1, To: NoHost, Src: biloxiAddr, Dst: bobAddr, Transport: "udp",
		Raw: "SIP/2.0 200 \xff\r\n\r\n", Method: "REGISTER", Status: 200, CallID: "\xfe", Again: "F1", Timer: "E"}
	segment := &Packet{N: 4, From: 0, To: 1, Src: bobAddr, Dst: biloxiAddr, Transport: "tcp", Raw: "REGISTER"}
	t := &Trace{
		Header: Header{
			Title: "Somebody is heard", Seed: 1<<64 - 1,
			Timers: Timers{500 * time.Millisecond, 4 * time.Second, 5 * time.Second},
			Hosts: []Host{
				{"bob", "phone", "Bob", []netip.AddrPort{bobAddr}},
				{"biloxi", "registrar", "", []netip.AddrPort{biloxiAddr}},
			},
			Links: []Link{{"bob", "biloxi", "delay 20ms"}},
		},
		Events: []Event{
			{Kind: Act, Host: 0, Cause: -1, Name: "registers", Text: "for 60s"},
			{Kind: State, Host: 0, Cause: 0, Name: "non-invite-client", ID: 1, From: "Init", To: "Trying", On: "request", Ref: "RFC 3261 §17.1.2.2"},
			{Kind: Timer, Host: 0, Cause: 1, Name: "E", Op: "start", After: 500 * time.Millisecond, ID: 1},
			{Kind: Send, Host: 0, Cause: 1, Txn: 1, Packet: register, Origins: []Origin{
				{Field: "Via", Kind: "rule", Ref: "RFC 3261 §8.1.1.7"}, {Field: "To", Kind: "packet", Packet: 7}}},
			{Kind: Verdict, Host: NoHost, Cause: 3, Packet: twin, Name: "duplicate", Text: "duplicate 1%"},
			{Kind: Duplicate, Host: NoHost, Cause: 4, Packet: twin, Text: "duplicate 1%"},
			{Kind: Corrupt, Host: NoHost, Cause: 5, Packet: twin, Text: "REGISTER\x00"},
			{Kind: Verdict, Host: NoHost, Cause: 3, Packet: register, Name: "deliver", After: 20 * time.Millisecond},
			{Kind: Lose, Host: NoHost, Cause: 6, Packet: twin, Text: "lose 2nd REGISTER from bob"},
			{Kind: Arrive, Host: 1, Cause: 7, Txn: 1, Packet: register},
			{Kind: Bind, Host: 1, Cause: 9, Name: "sip:bob@biloxi.example.com", To: "sip:bob@192.0.2.1", Code: 3600, Op: "add"},
			{Kind: Send, Host: 1, Cause: 9, Dialog: 4, Packet: stray},
			{Kind: Tell, Host: 0, Cause: 9, Name: "registered", Code: 200, Text: "for 3600 s", Ref: "RFC 3261 §10.2.4"},
			{Kind: Media, Host: 0, Cause: 9, From: "bob", To: "biloxi", On: "both", Op: "on"},
			{Kind: Media, Host: 0, Cause: 9, From: "bob", To: "biloxi", Op: "off"},
			{Kind: Segment, Host: 0, Cause: 9, Packet: segment, Op: "send", ID: 2, Seq: 1<<32 - 1, Ack: 7, Code: 536, Name: "PSH ACK"},
			{Kind: Segment, Host: 0, Cause: 15, Packet: segment, Op: "lose", ID: 2, Seq: 1<<32 - 1, Ack: 7, Code: 536, Name: "PSH ACK", Text: "loss 1%"},
			{Kind: Note, Host: NoHost, Cause: -1, Text: "<script>\u202e\u009b", Ref: "RFC 3261 §8.2.6"},
		},
		End: End{At: time.Second, Why: Quiet, Held: []string{"ACK from bob"}},
	}
	for i := range t.Events {
		t.Events[i].I = int32(i)
		t.Events[i].At = time.Duration(i) * time.Millisecond
	}
	return t
}

func TestRecorderKeepsTheRun(t *testing.T) {
	run := heard()
	var r Recorder
	run.Replay(&r)
	require.Equal(t, run, r.Trace())

	t.Run("also while it goes on", func(t *testing.T) {
		var r Recorder
		r.Begin(&run.Header)
		for i := range 3 * longestChunk {
			e := run.Events[0]
			e.I = int32(i)
			r.Event(&e)
			if i%1000 == 0 {
				require.Len(t, r.Trace().Events, i+1)
			}
		}
		for i, e := range r.Trace().Events {
			require.Equal(t, int32(i), e.I)
		}
	})
	t.Run("and a second run forgets the first", func(t *testing.T) {
		run.Replay(&r)
		require.Equal(t, run, r.Trace())
	})
}

func TestLookups(t *testing.T) {
	run := heard()
	require.Equal(t, "biloxi", run.HostName(1))
	require.Empty(t, run.HostName(NoHost))
	require.Empty(t, run.HostName(2))
	require.Equal(t, HostID(1), run.FindHost("biloxi"))
	require.Equal(t, NoHost, run.FindHost("carol"))

	require.Equal(t, int32(3), run.ByLabel("F1").I)
	require.Nil(t, run.ByLabel("F9"))
	require.Nil(t, run.ByLabel(""), "a packet without a label is not found by it")

	require.Equal(t, int32(4), run.Event(4).I)
	require.Nil(t, run.Event(-1))
	require.Nil(t, run.Event(len(run.Events)))
}

func TestWhyEndsAtAHumansAct(t *testing.T) {
	run := heard()
	require.Equal(t, []int{10, 9, 7, 3, 1, 0}, run.Why(10))
	require.Equal(t, []int{0}, run.Why(0))
	require.Empty(t, run.Why(99))

	t.Run("in a trace with holes", func(t *testing.T) {
		run.Events = append(run.Events[:2:2], run.Events[3:]...)
		require.Equal(t, []int{10, 9, 7, 3, 1, 0}, run.Why(10))
		require.Nil(t, run.Event(2))
	})
	t.Run("in a forged one too", func(t *testing.T) {
		run.Events[0].Cause = 10
		require.Equal(t, []int{10, 9, 7, 3, 1, 0}, run.Why(10))
	})
}
