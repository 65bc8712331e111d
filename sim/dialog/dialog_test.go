package dialog

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

const twoProxies = "Record-Route: <sip:p2;lr;x=1>, <sip:p1;lr>"

func TestRFC3261_12_1_Creation(t *testing.T) {
	t.Run("DLG-01 the callee copies Record-Route in order, and its route set has that order", func(t *testing.T) {
		_, d := ringing(t, twoProxies)
		require.Equal(t, []string{"<sip:p2;lr;x=1>", "<sip:p1;lr>"}, d.Routes)
		require.Equal(t, aliceHere, d.Target)
		for _, status := range []int{180, 200} {
			resp := &sip.Message{}
			resp.Response(status, "")
			d.Respond(resp, initial(t, twoProxies))
			require.Equal(t, []string{"<sip:p2;lr;x=1>", "<sip:p1;lr>"}, values(resp, sip.NameRecordRoute))
			require.Equal(t, "<"+bobHere+">", resp.Get(sip.NameContact), "\"The UAS MUST add a Contact header field to the response.\"")
		}
	})
	t.Run("DLG-02 the caller's route set is the reverse, its remote target the Contact of the 2xx", func(t *testing.T) {
		_, d := confirmedCaller(t, twoProxies)
		require.Equal(t, []string{"<sip:p1;lr>", "<sip:p2;lr;x=1>"}, d.Routes)
		require.Equal(t, bobHere, d.Target)
	})
	t.Run("DLG-03 two To tags are two early dialogs", func(t *testing.T) {
		s := NewSet()
		a, _ := s.Call(initial(t), false)
		a.Received(response(t, 180, "1 INVITE", "b1"))
		second := response(t, 180, "1 INVITE", "b2")
		require.Nil(t, s.Find(second))
		b, step := s.Fork(a, second)
		require.Equal(t, Early, step.To)
		require.Equal(t, []*Dialog{a, b}, a.Family())
		require.Equal(t, 2, s.Len())
		require.Same(t, b, s.Find(second))
		c, _ := s.Fork(b, response(t, 180, "1 INVITE", "b3"))
		require.Equal(t, []*Dialog{a, b, c}, a.Family())
		require.Equal(t, a.Family(), c.Family())
	})
	t.Run("DLG-21 a dialog by sips over TLS is secure, and its Contact a SIPS URI", func(t *testing.T) {
		s := NewSet()
		req := initial(t)
		req.URI = "sips:bob@biloxi.example.com"
		d, _ := s.Call(req, true)
		d.Received(response(t, 200, "1 INVITE", "b1"))
		require.True(t, d.Secure)
		m, _ := build(d, sip.INVITE)
		require.Equal(t, "<sips:alice@192.0.2.101>", m.Get(sip.NameContact))

		d, _ = NewSet().Called(req, "b1", "<"+bobHere+">", true)
		require.True(t, d.Secure)
		plain, _ := NewSet().Called(req, "b1", "<"+bobHere+">", false)
		require.False(t, plain.Secure, "it did not come over TLS")
		resp := &sip.Message{}
		resp.Response(200, "")
		plain.Respond(resp, req)
		require.Equal(t, "<sips:bob@192.0.2.201>", resp.Get(sip.NameContact), "the Request-URI is a SIPS URI")
	})
	t.Run("DLG-21 the top Record-Route, or else the Contact, asks for SIPS too", func(t *testing.T) {
		require.True(t, asksSecure(initial(t, "Record-Route: <sips:p1;lr>")))
		require.False(t, asksSecure(initial(t, "Record-Route: <sip:p1;lr>, <sips:p2;lr>")))
		req := initial(t)
		req.Set(sip.NameContact, "<sips:a@b>", sip.Origin{})
		require.True(t, asksSecure(req))
	})
	t.Run("DLG-22 a Contact that is missing, double or no SIP URI is named, and none is used", func(t *testing.T) {
		for value, want := range map[string]string{
			"":                          "there is no Contact",
			"<sip:a@b>, <sip:c@d>":      "there is more than one Contact",
			"<mailto:bob@example.com>":  "the Contact is no SIP or SIPS URI",
			"\"Bob <sip:bob@192.0.2.1>": "the Contact cannot be read",
			"*":                         "the Contact is no SIP or SIPS URI",
		} {
			req := initial(t)
			req.Remove(sip.NameContact)
			if value != "" {
				req.Add(sip.NameContact, value, sip.Origin{})
			}
			_, p := TargetOf(req)
			require.NotNil(t, p, value)
			require.Equal(t, want, p.Text)
			require.Equal(t, 400, p.Status)
		}
		uri, p := TargetOf(initial(t))
		require.Nil(t, p)
		require.Equal(t, aliceHere, uri)
	})
	t.Run("DLG-22 without a Contact in the 2xx the caller still knows where its ACK and BYE go", func(t *testing.T) {
		s := NewSet()
		d, _ := s.Call(initial(t), false)
		d.Received(response(t, 200, "1 INVITE", "b1", "Contact: <mailto:b@c>"))
		require.Equal(t, bobURI, d.Target)
		f, _ := s.Fork(d, response(t, 200, "1 INVITE", "b2", "Contact: <mailto:b@c>"))
		require.Equal(t, bobURI, f.Target)
	})
	t.Run("DLG-23 a missing tag is null, matches null, and is left out of requests", func(t *testing.T) {
		s := NewSet()
		d, _ := s.Call(initial(t), false)
		ok := response(t, 200, "1 INVITE", "")
		require.Same(t, d, s.Find(ok))
		require.Equal(t, Moratorium, d.Received(ok).To)
		m, _ := build(d, sip.BYE)
		require.Equal(t, "<"+bobURI+">", m.Get(sip.NameTo))

		s = NewSet()
		req := initial(t)
		req.Set(sip.NameFrom, "<"+aliceURI+">", sip.Origin{})
		d, _ = s.Called(req, "b1", "<"+bobHere+">", false)
		require.Same(t, d, s.Find(within(t, d, sip.BYE, 2)))
	})
	t.Run("a request without a To tag belongs to no dialog", func(t *testing.T) {
		s, _ := confirmedCaller(t)
		require.Nil(t, s.Find(initial(t)))
		_, _ = s.Call(initial(t), false)
		require.Nil(t, s.Find(initial(t)))
	})
	t.Run("a 100, or a 180 without a tag, makes no dialog", func(t *testing.T) {
		d, _ := NewSet().Call(initial(t), false)
		require.Equal(t, Step{From: Preparative, To: Preparative}, d.Received(response(t, 100, "1 INVITE", "")))
		require.Equal(t, Step{From: Preparative, To: Preparative}, d.Received(response(t, 180, "1 INVITE", "")))
		d, _ = NewSet().Called(initial(t), "b1", "", false)
		require.False(t, d.Sent(response(t, 100, "1 INVITE", "")).Moved())
	})
	t.Run("a network that forks without end is bounded", func(t *testing.T) {
		s := NewSet()
		d, _ := s.Call(initial(t), false)
		for i := range 3 * maxForks {
			s.Fork(d, response(t, 180, "1 INVITE", "b"+string(rune('A'+i%26))+string(rune('A'+i/26))))
		}
		require.LessOrEqual(t, s.Len(), maxForks)
		require.Len(t, d.Family(), maxForks)
	})
	t.Run("only a 1xx or 2xx to the INVITE itself forks it", func(t *testing.T) {
		s, d := confirmedCaller(t)
		for _, m := range []*sip.Message{response(t, 486, "1 INVITE", "b2"), response(t, 100, "1 INVITE", "b2"),
			response(t, 180, "2 INVITE", "b2"), response(t, 200, "1 BYE", "b2"), response(t, 200, "1 INVITE", "b1")} {
			f, _ := s.Fork(d, m)
			require.Nil(t, f, m.String())
		}
	})
}

func TestRFC3261_12_3_Termination(t *testing.T) {
	t.Run("DLG-04 a failure ends the early dialogs of the INVITE", func(t *testing.T) {
		s := NewSet()
		a, _ := s.Call(initial(t), false)
		a.Received(response(t, 180, "1 INVITE", "b1"))
		s.Fork(a, response(t, 180, "1 INVITE", "b2"))
		for _, d := range a.Family() {
			step := d.Received(response(t, 486, "1 INVITE", "b2"))
			require.Equal(t, Morgue, step.To)
			require.Equal(t, "RFC 3261 §13.2.2.3", step.Ref)
		}
		require.Zero(t, s.Len())
	})
	t.Run("DLG-15 a failure with Record-Route makes no dialog and no route set", func(t *testing.T) {
		s := NewSet()
		d, _ := s.Call(initial(t), false)
		require.Equal(t, Morgue, d.Received(response(t, 404, "1 INVITE", "b1", twoProxies)).To)
		require.Empty(t, d.Routes)
		require.Zero(t, s.Len())
	})
	t.Run("DLG-16 the callee copies no Record-Route into a failure", func(t *testing.T) {
		_, d := ringing(t, twoProxies)
		resp := &sip.Message{}
		resp.Response(404, "")
		d.Respond(resp, initial(t, twoProxies))
		require.Empty(t, resp.Fields)
	})
	t.Run("DLG-14 481, 408 and no answer end the dialog", func(t *testing.T) {
		_, d := confirmedCaller(t)
		for _, status := range []int{481, 408} {
			m, _ := build(d, sip.INFO)
			require.Equal(t, Ending{Call, "RFC 3261 §12.2.1.2"}, d.Received(reply(t, m, status)).Ends)
		}
		for _, status := range []int{400, 403, 405, 488, 491, 500, 503, 603} {
			require.Equal(t, Ending{}, Ends(sip.INFO, status), status)
		}
	})
	t.Run("REI-06 481 or 408 to a re-INVITE ends the call", func(t *testing.T) {
		require.Equal(t, Call, Ends(sip.INVITE, 481).What)
		require.Equal(t, Call, Ends(sip.INVITE, 408).What)
	})
	t.Run("a BYE answered 481 or 408 needs no other BYE", func(t *testing.T) {
		require.Equal(t, Ending{All, "RFC 3261 §15.1.1"}, Ends(sip.BYE, 481))
		require.Equal(t, Ending{All, "RFC 3261 §15.1.1"}, Ends(sip.BYE, 408))
	})
	t.Run("a failed SUBSCRIBE or NOTIFY ends its subscription alone", func(t *testing.T) {
		require.Equal(t, Ending{Usage, "RFC 6665 §4.1.2.2"}, Ends(sip.SUBSCRIBE, 481))
		require.Equal(t, Ending{Usage, "RFC 6665 §4.2.2"}, Ends(sip.NOTIFY, 481))
		require.Equal(t, Usage, Ends(sip.NOTIFY, 408).What)
		require.Equal(t, Nothing, Ends(sip.SUBSCRIBE, 503).What)
	})
	t.Run("DLG-17 BYE in an early dialog: the caller may, the callee must not", func(t *testing.T) {
		s := NewSet()
		d, _ := s.Call(initial(t), false)
		_, ok := d.May(sip.BYE)
		require.False(t, ok, "\"A UA MUST NOT send a BYE outside of a dialog.\"")
		d.Received(response(t, 180, "1 INVITE", "b1"))
		_, ok = d.May(sip.BYE)
		require.True(t, ok)

		_, d = ringing(t)
		no, ok := d.May(sip.BYE)
		require.False(t, ok)
		require.Equal(t, "RFC 3261 §15", no.Ref)
		_, step := build(d, sip.BYE)
		require.False(t, step.Moved())
		require.NotEmpty(t, step.Why)
	})
	t.Run("DLG-18 the callee's BYE waits for the ACK or for its time-out", func(t *testing.T) {
		_, d := ringing(t)
		d.Sent(response(t, 200, "1 INVITE", "b1"))
		_, ok := d.May(sip.BYE)
		require.False(t, ok)
		d.GiveUp()
		_, ok = d.May(sip.BYE)
		require.True(t, ok)
		_, step := build(d, sip.BYE)
		require.Equal(t, Mortal, step.To)

		_, d = confirmedCallee(t)
		_, ok = d.May(sip.BYE)
		require.True(t, ok)
	})
	t.Run("DLG-19 a BYE ends the dialog, early or confirmed", func(t *testing.T) {
		_, d := ringing(t)
		step := d.Received(within(t, d, sip.BYE, 2))
		require.Equal(t, Mortal, step.To)
		require.Zero(t, step.Refuse, "it is answered 200")
		step = d.Sent(response(t, 487, "1 INVITE", "b1"))
		require.Equal(t, Mortal, step.To, "the pending INVITE is answered 487")

		_, d = confirmedCaller(t)
		require.Equal(t, Mortal, d.Received(within(t, d, sip.BYE, 7)).To)
		require.Equal(t, 481, d.Received(within(t, d, sip.INFO, 8)).Refuse.Status)
	})
	t.Run("a callee that gave up ends the caller's early dialog by BYE", func(t *testing.T) {
		d, _ := NewSet().Call(initial(t), false)
		d.Received(response(t, 180, "1 INVITE", "b1"))
		step := d.Received(within(t, d, sip.BYE, 1))
		require.Equal(t, Mortal, step.To)
		require.Equal(t, "RFC 3261 §15.1.2", step.Ref)
	})
	t.Run("DLG-20 BYEs that cross are both accepted, and nothing is left", func(t *testing.T) {
		s, d := confirmedCaller(t)
		build(d, sip.BYE)
		step := d.Received(within(t, d, sip.BYE, 1))
		require.Zero(t, step.Refuse)
		require.Equal(t, Mortal, d.Over(sip.BYE).To, "the other BYE is still under way")
		require.Equal(t, Morgue, d.Over(sip.BYE).To)
		require.Zero(t, s.Len())
		require.Equal(t, 481, d.Received(within(t, d, sip.INFO, 9)).Refuse.Status)
	})
	t.Run("DLG-25 when the call is over the set is empty", func(t *testing.T) {
		s, d := confirmedCaller(t)
		build(d, sip.BYE)
		d.Over(sip.INVITE)
		d.Over(sip.BYE)
		require.Zero(t, s.Len())
		require.Equal(t, Morgue, d.State())
	})
	t.Run("a host that loses its state loses the dialog", func(t *testing.T) {
		s, d := confirmedCallee(t)
		step := d.End("restarted", "RFC 3261 §12.2.2")
		require.Equal(t, Step{From: Established, To: Morgue, On: "restarted", Ref: "RFC 3261 §12.2.2"}, step)
		require.Nil(t, s.Find(within(t, d, sip.BYE, 2)))
	})
	t.Run("an INVITE that nobody answers ends with its transaction", func(t *testing.T) {
		s := NewSet()
		d, _ := s.Call(initial(t), false)
		require.Equal(t, Morgue, d.Over(sip.INVITE).To)
		require.Zero(t, s.Len())
		require.False(t, d.Over(sip.INVITE).Moved(), "told once")
	})
}

func TestRFC5407_D_A2xxInMortalIsAcknowledgedForAsLongAsItMayCome(t *testing.T) {
	s, d := confirmedCaller(t)
	build(d, sip.BYE)
	d.Received(response(t, 200, "1 INVITE", "b1"))
	require.Equal(t, Mortal, d.Over(sip.BYE).To)
	require.NotNil(t, s.Find(response(t, 200, "1 INVITE", "b1")))
	require.Equal(t, Morgue, d.Over(sip.INVITE).To)
}

func TestRFC3261_13_2_2_4_A2xx(t *testing.T) {
	t.Run("DLG-24 confirms the early dialog, and its route set is made anew", func(t *testing.T) {
		s := NewSet()
		d, _ := s.Call(initial(t), false)
		d.Received(response(t, 180, "1 INVITE", "b1"))
		require.Empty(t, d.Routes)
		build(d, sip.PRACK)
		ok := response(t, 200, "1 INVITE", "b1", twoProxies)
		require.Same(t, d, s.Find(ok))
		require.Equal(t, Moratorium, d.Received(ok).To)
		require.Equal(t, []string{"<sip:p1;lr>", "<sip:p2;lr;x=1>"}, d.Routes)
		require.Equal(t, uint32(2), d.Local.Number, "\"the only piece of state that is recomputed is the route set\"")
		require.Equal(t, 1, s.Len())
	})
	t.Run("its ACK has the number and the credentials of the INVITE", func(t *testing.T) {
		d, _ := NewSet().Call(initial(t, `Authorization: Digest username="alice"`, `Proxy-Authorization: Digest username="al"`), false)
		d.Received(response(t, 200, "1 INVITE", "b1", twoProxies))
		var m sip.Message
		d.ACK(&m, 1)
		require.Equal(t, "1 ACK", m.Get(sip.NameCSeq))
		require.Equal(t, `Digest username="alice"`, m.Get(sip.NameAuthorization))
		require.Equal(t, `Digest username="al"`, m.Get(sip.NameProxyAuthorization))
		require.Equal(t, bobHere, m.URI)
		require.Equal(t, 2, m.Count(sip.NameRoute))
		require.False(t, m.Has(sip.NameContact))
		require.Equal(t, Established, d.Sent(&m).To)
		require.Equal(t, uint32(1), d.Local.Number)
	})
}
