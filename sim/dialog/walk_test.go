package dialog

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"siplab/sim/sip"
)

// Whatever comes and goes, in whatever order: a dialog is in its Set for as
// long as it has not ended, its tags stay, its numbers rise by one, and it ends
// when its transactions do.
func TestEveryWalkEnds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := NewSet()
		var d *Dialog
		if rapid.Bool().Draw(rt, "caller") {
			d, _ = s.Call(initial(rt), false)
		} else {
			d, _ = s.Called(initial(rt), "b1", "<"+bobHere+">", false)
		}
		id := d.ID
		for range rapid.IntRange(0, 40).Draw(rt, "steps") {
			walk(rt, d)
			if Phase(d.State()) == "early" {
				id = d.ID
			}
			if Phase(d.State()) == "confirmed" && id.RemoteTag != "" {
				require.Equal(rt, id, d.ID)
			}
			require.Equal(rt, d.State() != Morgue, s.dialogs[d.ID] == d)
		}
		finish(rt, d)
		require.Equal(rt, Morgue, d.State())
		require.Zero(rt, s.Len())
	})
}

var methods = rapid.SampledFrom([]string{sip.INVITE, sip.ACK, sip.BYE, sip.UPDATE, sip.INFO, sip.PRACK, sip.CANCEL, "FOO"})
var statuses = rapid.SampledFrom([]int{100, 180, 183, 200, 302, 408, 481, 486, 491, 603})

// walk is one event, possible or not.
func walk(rt *rapid.T, d *Dialog) {
	method, status := methods.Draw(rt, "method"), statuses.Draw(rt, "status")
	seq := uint32(rapid.IntRange(0, 5).Draw(rt, "seq"))
	switch rapid.IntRange(0, 5).Draw(rt, "what") {
	case 0:
		d.Received(within(rt, d, method, seq))
	case 1:
		d.Received(response(rt, status, sip.CSeq{Seq: seq, Method: method}.String(), "b1"))
	case 2:
		d.Sent(response(rt, status, sip.CSeq{Seq: seq, Method: method}.String(), "b1"))
	case 3:
		before := d.Local
		m, _ := build(d, method)
		require.Equal(rt, method, m.CSeq().Method)
		require.True(rt, !before.Known || m.CSeq().Seq == before.Number+1)
	case 4:
		d.Over(method)
	case 5:
		d.May(method)
	}
}

// finish ends what still goes on: a failure or a BYE, and each transaction.
func finish(rt *rapid.T, d *Dialog) {
	switch d.State() {
	case Preparative:
		d.Received(response(rt, 603, "1 INVITE", ""))
		d.Sent(response(rt, 603, "1 INVITE", "b1"))
	case Early:
		d.Received(within(rt, d, sip.BYE, 1000))
	case Moratorium, Established:
		build(d, sip.BYE)
	}
	for range 100 {
		d.Over(sip.BYE)
		d.Over(sip.INVITE)
	}
}

func FuzzReceived(f *testing.F) {
	f.Add("BYE sip:a SIP/2.0\r\nFrom: <sip:b>;tag=b1\r\nTo: <sip:a>;tag=a1\r\nCall-ID: c1@192.0.2.101\r\nCSeq: 2 BYE\r\n\r\n")
	f.Add("SIP/2.0 200 OK\r\nFrom: <sip:a>;tag=a1\r\nTo: <sip:b>;tag=b1\r\nCall-ID: c1@192.0.2.101\r\nCSeq: 1 INVITE\r\nContact: <sip:b@c>\r\nRecord-Route: <sip:p>, <\r\n\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		var m sip.Message
		if m.Parse(text) != nil {
			return
		}
		s := NewSet()
		d, _ := s.Call(initial(t), false)
		s.Find(&m)
		d.Received(&m)
		s.Fork(d, &m)
		var out sip.Message
		d.Request(&out, sip.INVITE)
		require.NoError(t, new(sip.Message).Parse(out.String()))
		d.Received(&m)
		if _, p := TargetOf(&m); m.IsRequest() && p == nil {
			d, _ = s.Called(&m, "b1", "<"+bobHere+">", false)
			out.Response(200, "")
			d.Respond(&out, &m)
			d.Request(&out, sip.BYE)
			require.NoError(t, new(sip.Message).Parse(out.String()))
		}
	})
}

func BenchmarkCall(b *testing.B) {
	invite, ok := initial(b), response(b, 200, "1 INVITE", "b1")
	var m sip.Message
	s := NewSet()
	b.ReportAllocs()
	for b.Loop() {
		d, _ := s.Call(invite, false)
		s.Find(ok).Received(ok)
		d.ACK(&m, 1)
		d.Sent(&m)
		d.Request(&m, sip.BYE)
		d.Sent(&m)
		d.Over(sip.BYE)
	}
	require.Zero(b, s.Len())
}
