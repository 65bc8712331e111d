package dialog

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
	"siplab/sim/transport"
)

func TestRFC3261_12_2_1_1_Requests(t *testing.T) {
	t.Run("DLG-05 the tags, the Call-ID, the next number and the remote target", func(t *testing.T) {
		_, d := confirmedCaller(t)
		d.Local.Number = 5
		m, step := build(d, sip.BYE)
		require.Equal(t, "6 BYE", m.Get(sip.NameCSeq))
		require.Equal(t, "c1@192.0.2.101", m.CallID())
		require.Equal(t, `"Alice" <`+aliceURI+`>;tag=a1`, m.Get(sip.NameFrom))
		require.Equal(t, "<"+bobURI+">;tag=b1", m.Get(sip.NameTo))
		require.Equal(t, bobHere, m.URI)
		require.Equal(t, "70", m.Get(sip.NameMaxForwards))
		require.False(t, m.Has(sip.NameRoute))
		require.Equal(t, Mortal, step.To)
	})
	t.Run("DLG-05 the callee's requests have the tags the other way, and begin to count", func(t *testing.T) {
		_, d := confirmedCallee(t)
		require.Equal(t, Seq{}, d.Local)
		m, _ := build(d, sip.INFO)
		require.Equal(t, "1 INFO", m.Get(sip.NameCSeq))
		require.Equal(t, "<"+bobURI+">;tag=b1", m.Get(sip.NameFrom))
		require.Equal(t, `"Alice" <`+aliceURI+`>;tag=a1`, m.Get(sip.NameTo))
		require.Equal(t, aliceHere, m.URI)
		m, _ = build(d, sip.INFO)
		require.Equal(t, "2 INFO", m.Get(sip.NameCSeq))
	})
	t.Run("each field says why it is there", func(t *testing.T) {
		_, d := confirmedCaller(t, twoProxies)
		m, _ := build(d, sip.INVITE)
		for _, f := range m.Fields {
			require.Equal(t, sip.OriginRule, f.Origin.Kind, f.Text)
			require.NotEmpty(t, f.Origin.Ref, f.Text)
		}
	})
	t.Run("DLG-06 loose routing: the remote target, and the whole route set", func(t *testing.T) {
		_, d := confirmedCaller(t, "Record-Route: <sip:p2>", "Record-Route: <sip:p1;lr;x=y>")
		m, _ := build(d, sip.INFO)
		require.Equal(t, bobHere, m.URI)
		require.Equal(t, []string{"<sip:p1;lr;x=y>", "<sip:p2>"}, values(m, sip.NameRoute))
	})
	t.Run("DLG-07 a strict router: its URI, the rest, and the remote target at the end", func(t *testing.T) {
		_, d := confirmedCaller(t, "Record-Route: <sip:proxy4>,<sip:proxy3;lr>,<sip:proxy2>,<sip:proxy1;method=INFO;transport=udp?a=b>",
			"Contact: <sip:user@remoteua>")
		m, _ := build(d, sip.INFO)
		require.True(t, transport.StrictRoute(m), "the element that sends makes the request ready for a strict router")
		require.Equal(t, "sip:proxy1;transport=udp", m.URI)
		require.Equal(t, []string{"<sip:proxy2>", "<sip:proxy3;lr>", "<sip:proxy4>", "<sip:user@remoteua>"}, values(m, sip.NameRoute))
		require.Len(t, d.Routes, 4, "the route set itself stays")
	})
	t.Run("a target refresh request has a Contact, and the phone may change it", func(t *testing.T) {
		_, d := confirmedCaller(t)
		d.Contact = "<sip:alice@192.0.2.102>"
		for _, method := range []string{sip.INVITE, sip.UPDATE, sip.REFER, sip.SUBSCRIBE, sip.NOTIFY} {
			m, _ := build(d, method)
			require.Equal(t, d.Contact, m.Get(sip.NameContact), method)
		}
		for _, method := range []string{sip.BYE, sip.INFO, sip.PRACK} {
			m := &sip.Message{}
			d.Request(m, method)
			require.False(t, m.Has(sip.NameContact), method)
		}
	})
}

func TestRFC3261_12_2_2_Order(t *testing.T) {
	t.Run("DLG-08 a lower number is answered 500", func(t *testing.T) {
		_, d := confirmedCallee(t)
		d.Remote.Number = 10
		no := d.Received(within(t, d, sip.INFO, 9)).Refuse
		require.Equal(t, 500, no.Status)
		require.False(t, no.RetryAfter)
		require.Equal(t, "RFC 3261 §12.2.2", no.Ref)
		require.Equal(t, uint32(10), d.Remote.Number)
		require.Equal(t, 500, d.Received(within(t, d, sip.INFO, 10)).Refuse.Status, "a new request with a number that was used")
	})
	t.Run("DLG-09 a gap is legal", func(t *testing.T) {
		_, d := confirmedCallee(t)
		d.Remote.Number = 10
		require.Zero(t, d.Received(within(t, d, sip.INFO, 15)).Refuse)
		require.Equal(t, uint32(15), d.Remote.Number)
	})
	t.Run("DLG-10 the first request sets the empty number", func(t *testing.T) {
		_, d := confirmedCaller(t)
		require.Equal(t, Seq{}, d.Remote)
		require.Zero(t, d.Received(within(t, d, sip.INFO, 0)).Refuse)
		require.Equal(t, Seq{0, true}, d.Remote)
	})
	t.Run("DLG-11 ACK and CANCEL raise no number", func(t *testing.T) {
		_, d := ringing(t)
		require.Equal(t, Step{From: Early, To: Early}, d.Received(within(t, d, sip.CANCEL, 1)))
		d.Sent(response(t, 200, "1 INVITE", "b1"))
		d.Received(within(t, d, sip.INFO, 4))
		require.Zero(t, d.Received(within(t, d, sip.ACK, 1)).Refuse, "the ACK may come late")
		require.Equal(t, uint32(4), d.Remote.Number)
	})
}

func TestTargetRefresh(t *testing.T) {
	const moved = "Contact: <sip:alice@192.0.2.102>"
	t.Run("DLG-12 a re-INVITE's Contact is the new target once it is accepted; the route set stays", func(t *testing.T) {
		_, d := confirmedCallee(t, twoProxies)
		req := within(t, d, sip.INVITE, 2, moved, "Record-Route: <sip:p9;lr>")
		require.Zero(t, d.Received(req).Refuse)
		require.Equal(t, aliceHere, d.Target, "not yet accepted")
		d.Sent(reply(t, req, 200))
		require.Equal(t, "sip:alice@192.0.2.102", d.Target)
		require.Equal(t, []string{"<sip:p2;lr;x=1>", "<sip:p1;lr>"}, d.Routes)
	})
	t.Run("DLG-12 the 2xx's Contact is the new target of its receiver", func(t *testing.T) {
		_, d := confirmedCaller(t, twoProxies)
		req, _ := build(d, sip.INVITE)
		d.Received(reply(t, req, 200, "Contact: <sip:bob@192.0.2.202>", "Record-Route: <sip:p9;lr>"))
		require.Equal(t, "sip:bob@192.0.2.202", d.Target)
		require.Len(t, d.Routes, 2)
	})
	t.Run("RFC 6141 §4.6: a request that is refused refreshes nothing", func(t *testing.T) {
		_, d := confirmedCallee(t)
		req := within(t, d, sip.INVITE, 2, moved)
		d.Received(req)
		d.Sent(reply(t, req, 180))
		d.Sent(reply(t, req, 488))
		require.Equal(t, aliceHere, d.Target)
	})
	t.Run("RFC 6141 §4.6: a reliable provisional response accepts the target", func(t *testing.T) {
		_, d := confirmedCallee(t)
		req := within(t, d, sip.INVITE, 2, moved)
		d.Received(req)
		d.Sent(reply(t, req, 183, "RSeq: 1", "Require: 100rel"))
		require.Equal(t, "sip:alice@192.0.2.102", d.Target)
	})
	t.Run("an older request does not undo a newer one", func(t *testing.T) {
		_, d := confirmedCallee(t)
		re := within(t, d, sip.INVITE, 2, moved)
		up := within(t, d, sip.UPDATE, 3, "Contact: <sip:alice@192.0.2.103>")
		d.Received(re)
		d.Received(up)
		d.Sent(reply(t, up, 200))
		d.Sent(reply(t, re, 200))
		require.Equal(t, "sip:alice@192.0.2.103", d.Target)
	})
	t.Run("DLG-13 the Contact of BYE and INFO changes nothing", func(t *testing.T) {
		for _, method := range []string{sip.INFO, sip.BYE} {
			_, d := confirmedCallee(t)
			req := within(t, d, method, 2, moved)
			d.Received(req)
			d.Sent(reply(t, req, 200))
			require.Equal(t, aliceHere, d.Target, method)
			_, d = confirmedCaller(t)
			m, _ := build(d, method)
			d.Received(reply(t, m, 200, "Contact: <sip:bob@192.0.2.202>"))
			require.Equal(t, bobHere, d.Target, method)
		}
	})
	t.Run("REI-13 an UPDATE refreshes the target, in an early dialog too", func(t *testing.T) {
		_, d := ringing(t)
		req := within(t, d, sip.UPDATE, 2, moved)
		require.Zero(t, d.Received(req).Refuse)
		d.Sent(reply(t, req, 200))
		require.Equal(t, "sip:alice@192.0.2.102", d.Target)
		require.Equal(t, Early, d.State())
	})
	t.Run("RFC 6141 §4.9: an unreliable 1xx changes no target of an early dialog, a reliable one does", func(t *testing.T) {
		d, _ := NewSet().Call(initial(t), false)
		d.Received(response(t, 180, "1 INVITE", "b1"))
		d.Received(response(t, 183, "1 INVITE", "b1", "Contact: <sip:bob@192.0.2.202>"))
		require.Equal(t, bobHere, d.Target)
		d.Received(response(t, 183, "1 INVITE", "b1", "Contact: <sip:bob@192.0.2.202>", "RSeq: 1", "Require: 100rel"))
		require.Equal(t, "sip:bob@192.0.2.202", d.Target)
	})
}

func TestInvitesThatMeet(t *testing.T) {
	t.Run("REI-01 the peer's re-INVITE while the own one is pending is answered 491", func(t *testing.T) {
		_, d := confirmedCallee(t)
		req, _ := build(d, sip.INVITE)
		no := d.Received(within(t, d, sip.INVITE, 2)).Refuse
		require.Equal(t, 491, no.Status)
		require.Equal(t, "RFC 3261 §14.2", no.Ref)
		d.Received(reply(t, req, 491))
		require.Zero(t, d.Received(within(t, d, sip.INVITE, 3)).Refuse, "the own one has its response")
	})
	t.Run("REI-04 a second INVITE before the first has its final response is answered 500 with Retry-After", func(t *testing.T) {
		_, d := ringing(t)
		no := d.Received(within(t, d, sip.INVITE, 2)).Refuse
		require.Equal(t, 500, no.Status)
		require.True(t, no.RetryAfter)
		d.Sent(response(t, 500, "2 INVITE", "b1"))
		require.Equal(t, 500, d.Received(within(t, d, sip.INVITE, 3)).Refuse.Status, "the first is still pending")
	})
	t.Run("REI-05 a re-INVITE that is refused leaves the dialog as it is", func(t *testing.T) {
		_, d := confirmedCaller(t)
		before := *d
		req, _ := build(d, sip.INVITE)
		step := d.Received(reply(t, req, 488, "Contact: <sip:x@y>", twoProxies))
		require.False(t, step.Moved())
		require.Equal(t, Ending{}, step.Ends)
		require.Equal(t, before.Target, d.Target)
		require.Equal(t, before.Routes, d.Routes)
	})
	t.Run("REI-09 no re-INVITE while another INVITE is in progress in either direction", func(t *testing.T) {
		_, d := confirmedCaller(t)
		_, ok := d.May(sip.INVITE)
		require.True(t, ok)
		req, _ := build(d, sip.INVITE)
		no, ok := d.May(sip.INVITE)
		require.False(t, ok)
		require.Equal(t, "RFC 3261 §14.1", no.Ref)
		_, ok = d.May(sip.INFO)
		require.True(t, ok, "\"a UA MAY initiate a regular transaction while an INVITE transaction is in progress\"")
		d.Received(reply(t, req, 488))
		_, ok = d.May(sip.INVITE)
		require.True(t, ok)

		theirs := within(t, d, sip.INVITE, 1)
		d.Received(theirs)
		_, ok = d.May(sip.INVITE)
		require.False(t, ok)
		d.Sent(reply(t, theirs, 200))
		_, ok = d.May(sip.INVITE)
		require.False(t, ok, "its ACK is still to come")
		d.Received(within(t, d, sip.ACK, 1))
		_, ok = d.May(sip.INVITE)
		require.True(t, ok)
	})
	t.Run("REI-09 nor by the callee before the ACK to its 2xx", func(t *testing.T) {
		_, d := ringing(t)
		d.Sent(response(t, 200, "1 INVITE", "b1"))
		_, ok := d.May(sip.INVITE)
		require.False(t, ok)
	})
	t.Run("REI-12 an UPDATE before the one before is answered is answered 500 with Retry-After", func(t *testing.T) {
		_, d := confirmedCallee(t)
		first := within(t, d, sip.UPDATE, 2)
		require.Zero(t, d.Received(first).Refuse)
		no := d.Received(within(t, d, sip.UPDATE, 3)).Refuse
		require.Equal(t, 500, no.Status)
		require.True(t, no.RetryAfter)
		require.Equal(t, "RFC 3311 §5.2", no.Ref)
		d.Sent(reply(t, first, 200))
		require.Zero(t, d.Received(within(t, d, sip.UPDATE, 4)).Refuse)
	})
	t.Run("after a BYE only ACK and BYE may be sent", func(t *testing.T) {
		_, d := confirmedCaller(t)
		build(d, sip.BYE)
		for method, want := range map[string]bool{sip.ACK: true, sip.BYE: true, sip.INVITE: false, sip.INFO: false, sip.UPDATE: false} {
			_, ok := d.May(method)
			require.Equal(t, want, ok, method)
		}
		d.Over(sip.BYE)
		_, ok := d.May(sip.BYE)
		require.False(t, ok)
	})
}
