package transaction

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func calling(t *testing.T, reliable bool) (*rig, *Tx) {
	r := newRig(t, Timing{})
	tx := r.client(request(sip.INVITE, branch1), reliable)
	r.said("0  -> Calling", "0 send INVITE")
	return r, tx
}

// ringing has had a 180 at 1 s.
func ringing(t *testing.T) (*rig, *Tx) {
	r, tx := calling(t, false)
	r.until(time.Second)
	r.forget()
	r.arrives(response(180, sip.INVITE, branch1, "b1"))
	r.said("1 Calling -> Proceeding", "1 tell response")
	return r, tx
}

func TestInviteClient(t *testing.T) {
	ok := response(200, sip.INVITE, branch1, "b1")
	busy := response(486, sip.INVITE, branch1, "b1")

	t.Run("ICT-01 resent unchanged at 0.5, 1.5, 3.5, 7.5, 15.5, 31.5", func(t *testing.T) {
		r, _ := calling(t, false)
		r.until(ms(31999))
		require.Equal(t, []float64{0.5, 1.5, 3.5, 7.5, 15.5, 31.5}, r.times("send INVITE"))
		for _, bytes := range r.sent {
			require.Equal(t, r.sent[0], bytes)
		}
	})
	t.Run("ICT-02 Timer B ends it at 32 and tells the user", func(t *testing.T) {
		r, _ := calling(t, false)
		r.until(ms(31999))
		r.forget()
		r.until(100 * time.Second)
		r.said("32 Calling -> Terminated", "32 tell timeout", "32 end")
	})
	t.Run("ICT-03 over TCP sent once, and Timer B is the same", func(t *testing.T) {
		r, _ := calling(t, true)
		r.until(100 * time.Second)
		r.said("32 Calling -> Terminated", "32 tell timeout", "32 end")
	})
	t.Run("ICT-04 a 100 moves it to Proceeding and stops the repeats", func(t *testing.T) {
		r, _ := calling(t, false)
		r.until(ms(200))
		r.arrives(response(100, sip.INVITE, branch1, "b1"))
		r.running()
		r.until(30 * time.Second)
		r.said("0.2 Calling -> Proceeding", "0.2 tell response")
	})
	t.Run("ICT-05 further provisional responses reach the user, nothing else", func(t *testing.T) {
		r, _ := ringing(t)
		r.arrives(response(180, sip.INVITE, branch1, "b1"))
		r.arrives(response(183, sip.INVITE, branch1, "b1"))
		r.said("1 tell response", "1 tell response")
	})
	t.Run("ICT-06 Timer B acts only in Calling", func(t *testing.T) {
		r, tx := ringing(t)
		r.until(40 * time.Second)
		r.said()
		require.Equal(t, Proceeding, tx.State())
	})
	t.Run("ICT-07 a 200 moves it to Accepted, Timer M runs, no ACK", func(t *testing.T) {
		r, _ := calling(t, false)
		r.arrives(ok)
		r.said("0 Calling -> Accepted", "0 tell response")
		r.running("M at 32")

		r, _ = ringing(t)
		r.arrives(ok)
		r.said("1 Proceeding -> Accepted", "1 tell response")
		r.running("M at 33")
	})
	t.Run("ICT-08 the same 200 again reaches the user again", func(t *testing.T) {
		r, _ := ringing(t)
		r.arrives(ok)
		r.forget()
		r.arrives(ok)
		r.said("1 tell response")
	})
	t.Run("ICT-09 a 200 of another fork reaches the user", func(t *testing.T) {
		r, _ := ringing(t)
		r.arrives(ok)
		r.forget()
		require.True(t, r.arrives(response(200, sip.INVITE, branch1, "b2")))
		r.said("1 tell response")
	})
	t.Run("ICT-10 after a 200 the user sees no other outcome", func(t *testing.T) {
		r, _ := ringing(t)
		r.arrives(ok)
		r.forget()
		r.arrives(response(180, sip.INVITE, branch1, "b1"))
		r.arrives(busy)
		r.said("1 tell response", "1 drop 300-699: a 2xx came before this response")
	})
	t.Run("ICT-11 Timer M ends Accepted after 32 s", func(t *testing.T) {
		r, _ := ringing(t)
		r.arrives(ok)
		r.forget()
		r.until(100 * time.Second)
		r.said("33 Accepted -> Terminated", "33 end")
		require.Zero(t, r.table.Live())
	})
	t.Run("ICT-12 a 486 is acknowledged, told once, and Timer D runs 32 s", func(t *testing.T) {
		r, tx := ringing(t)
		r.arrives(busy)
		r.said("1 Proceeding -> Completed", "1 send ACK", "1 tell response")
		r.running("D at 33")
		require.Equal(t, Completed, tx.State())
	})
	t.Run("ICT-12 Timer D does not shrink with T1", func(t *testing.T) {
		r := newRig(t, Timing{T1: ms(200)})
		r.client(request(sip.INVITE, branch1), false)
		r.arrives(busy)
		r.running("D at 32")
	})
	t.Run("ICT-13 the 486 again: the same ACK again, the user not told", func(t *testing.T) {
		r, _ := ringing(t)
		r.arrives(busy)
		r.forget()
		r.arrives(busy)
		r.said("1 send ACK again")
		require.Equal(t, r.sent[len(r.sent)-2], r.sent[len(r.sent)-1])
	})
	t.Run("ICT-14 Timer D ends Completed", func(t *testing.T) {
		r, _ := ringing(t)
		r.arrives(busy)
		r.forget()
		r.until(100 * time.Second)
		r.said("33 Completed -> Terminated", "33 end")
	})
	t.Run("ICT-15 over TCP Timer D is 0", func(t *testing.T) {
		r, _ := calling(t, true)
		r.arrives(busy)
		r.until(0)
		r.said("0 Calling -> Completed", "0 send ACK", "0 tell response", "0 Completed -> Terminated", "0 end")
	})
	t.Run("ICT-16 the ACK is built of the INVITE and the To of the response", func(t *testing.T) {
		r := newRig(t, Timing{})
		r.client(lines("INVITE sip:bob@192.0.2.9 SIP/2.0",
			"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKone, SIP/2.0/UDP 192.0.2.8;branch=z9hG4bKbelow",
			"Max-Forwards: 68",
			"Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>",
			"Route: <sip:p3.example.com;lr>",
			"From: Alice <sip:alice@atlanta.example.com>;tag=a1",
			"To: Bob <sip:bob@biloxi.example.com>",
			"Call-ID: call-1",
			"CSeq: 986759 INVITE",
			"Proxy-Authorization: Digest username=\"alice\"",
			"Contact: <sip:alice@192.0.2.1>",
			"Content-Type: application/sdp",
			"Content-Length: 5",
			"")+"v=0\r\n", false)
		r.arrives(response(404, sip.INVITE, branch1, "b1"))
		require.Equal(t, lines("ACK sip:bob@192.0.2.9 SIP/2.0",
			"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKone",
			"Max-Forwards: 70",
			"Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>",
			"Route: <sip:p3.example.com;lr>",
			"From: Alice <sip:alice@atlanta.example.com>;tag=a1",
			"To: Bob <sip:bob@biloxi.example.com>;tag=b1",
			"Call-ID: call-1",
			"CSeq: 986759 ACK",
			"Proxy-Authorization: Digest username=\"alice\"",
			"Content-Length: 0"), r.sent[len(r.sent)-1])
	})
	t.Run("ICT-17 a transport error in Calling is told and ends it", func(t *testing.T) {
		r, tx := calling(t, false)
		r.fail(tx)
		r.said("0 Calling -> Terminated", "0 tell transport error", "0 end")
	})
	t.Run("ICT-18 a transport error on the ACK is told and ends it", func(t *testing.T) {
		r, tx := ringing(t)
		r.arrives(busy)
		r.forget()
		r.fail(tx)
		r.said("1 Completed -> Terminated", "1 tell transport error", "1 end")
	})
	t.Run("ICT-19 the 200 to the CANCEL goes to the CANCEL alone", func(t *testing.T) {
		r, tx := ringing(t)
		r.client(request(sip.CANCEL, branch1), false)
		r.forget()
		require.True(t, r.arrives(response(200, sip.CANCEL, branch1, "b1")))
		r.said("1 Trying -> Completed", "1 tell response")
		require.Equal(t, Proceeding, tx.State())
	})
	t.Run("ICT-20 after Terminated nothing matches", func(t *testing.T) {
		r, _ := calling(t, false)
		r.until(32 * time.Second)
		r.forget()
		require.False(t, r.arrives(ok))
		r.said()
		require.Zero(t, r.table.Live())
	})
	t.Run("ICT-21 the schedule scales with T1", func(t *testing.T) {
		r := newRig(t, Timing{T1: ms(200)})
		r.client(request(sip.INVITE, branch1), false)
		r.until(100 * time.Second)
		require.Equal(t, []float64{0, 0.2, 0.6, 1.4, 3, 6.2, 12.6}, r.times("send INVITE"))
		require.Equal(t, []float64{12.8}, r.times("tell timeout"))
	})
	t.Run("ICT-22 a branch that differs by one byte is not matched", func(t *testing.T) {
		r, _ := calling(t, false)
		require.False(t, r.arrives(strings.Replace(ok, "z9hG4bKone", "z9hG4bKonE", 1)))
		r.said()
	})
	t.Run("ICT-23 a 200 after the 486 stays below", func(t *testing.T) {
		r, tx := ringing(t)
		r.arrives(busy)
		r.forget()
		r.arrives(ok)
		r.said("1 drop 2xx: a final response came before this one, and only a 300-699 is answered in Completed")
		require.Equal(t, Completed, tx.State())
	})
}

func TestACKWithoutMaxForwardsGets70(t *testing.T) {
	r := newRig(t, Timing{})
	r.client(strings.Replace(request(sip.INVITE, branch1), "Max-Forwards: 70\r\n", "", 1), false)
	r.arrives(response(486, sip.INVITE, branch1, "b1"))
	require.Contains(t, r.sent[1], "\r\nMax-Forwards: 70\r\n")
}
