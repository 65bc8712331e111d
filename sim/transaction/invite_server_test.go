package transaction

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func proceeding(t *testing.T, reliable bool) (*rig, *Tx) {
	r := newRig(t, Timing{})
	tx := r.server(request(sip.INVITE, branch1), reliable)
	r.said("0  -> Proceeding", "0 tell request")
	return r, tx
}

func TestInviteServer(t *testing.T) {
	invite := request(sip.INVITE, branch1)
	ack := request(sip.ACK, branch1)
	bell := response(180, sip.INVITE, branch1, "b1")
	ok := response(200, sip.INVITE, branch1, "b1")
	busy := response(486, sip.INVITE, branch1, "b1")

	refused := func(t *testing.T, reliable bool) (*rig, *Tx) {
		r, tx := proceeding(t, reliable)
		r.respond(tx, 486, busy)
		r.said("0 Proceeding -> Completed", "0 send 486")
		return r, tx
	}
	taken := func(t *testing.T) (*rig, *Tx) {
		r, tx := proceeding(t, false)
		r.respond(tx, 200, ok)
		r.said("0 Proceeding -> Accepted", "0 send 200")
		return r, tx
	}

	t.Run("IST-01 a silent user: the transaction sends 100 at 200 ms", func(t *testing.T) {
		r, _ := proceeding(t, false)
		r.until(10 * time.Second)
		r.said("0.2 send 100")
		require.Equal(t, lines("SIP/2.0 100 Trying",
			"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKone",
			"From: Alice <sip:alice@atlanta.example.com>;tag=a1",
			"To: Bob <sip:bob@biloxi.example.com>",
			"Call-ID: call-1",
			"CSeq: 7 INVITE",
			"Content-Length: 0"), r.sent[0])
	})
	t.Run("IST-02 a user that answered in time: no 100", func(t *testing.T) {
		r, tx := proceeding(t, false)
		r.until(ms(199))
		r.respond(tx, 180, bell)
		r.until(10 * time.Second)
		r.said("0.199 send 180")
	})
	t.Run("IST-03 the INVITE again: the 180 again, the user not told", func(t *testing.T) {
		r, tx := proceeding(t, false)
		r.respond(tx, 180, bell)
		r.forget()
		r.arrives(invite)
		r.said("0 send 180 again")
	})
	t.Run("IST-03 the INVITE again before any response: nothing to send", func(t *testing.T) {
		r, _ := proceeding(t, false)
		r.arrives(invite)
		r.said("0 drop INVITE: a repeated INVITE, and no response to repeat yet")
	})
	t.Run("IST-04 provisional responses are sent once each", func(t *testing.T) {
		r, tx := proceeding(t, false)
		r.respond(tx, 183, response(183, sip.INVITE, branch1, "b1"))
		r.respond(tx, 180, bell)
		r.until(100 * time.Second)
		r.said("0 send 183", "0 send 180")
	})
	t.Run("IST-05 a 200: Accepted, Timer L runs 32 s", func(t *testing.T) {
		r, tx := taken(t)
		r.running("L at 32")
		require.Equal(t, Accepted, tx.State())
	})
	t.Run("IST-06 the INVITE again in Accepted is absorbed", func(t *testing.T) {
		r, _ := taken(t)
		r.arrives(invite)
		r.said("0 drop INVITE: absorbed")
	})
	t.Run("IST-07 the user's 200 again is sent again", func(t *testing.T) {
		r, tx := taken(t)
		r.respond(tx, 200, ok)
		r.said("0 send 200 again")
	})
	t.Run("IST-08 an ACK that matches in Accepted reaches the user", func(t *testing.T) {
		r, _ := taken(t)
		require.True(t, r.arrives(ack))
		r.said("0 tell request")
	})
	t.Run("IST-09 Timer L ends Accepted", func(t *testing.T) {
		r, _ := taken(t)
		r.until(100 * time.Second)
		r.said("32 Accepted -> Terminated", "32 end")
	})
	t.Run("IST-10 a 486 without ACK: resent up to every T2, Timer H at 32", func(t *testing.T) {
		r, _ := refused(t, false)
		r.until(ms(31999))
		require.Equal(t, []float64{0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5}, r.times("send 486"))
		for _, bytes := range r.sent {
			require.Equal(t, busy, bytes)
		}
		r.forget()
		r.until(100 * time.Second)
		r.said("32 Completed -> Terminated", "32 tell no ACK", "32 end")
	})
	t.Run("IST-11 over TCP the 486 is not resent, Timer H the same", func(t *testing.T) {
		r, _ := refused(t, true)
		r.until(100 * time.Second)
		r.said("32 Completed -> Terminated", "32 tell no ACK", "32 end")
	})
	t.Run("IST-12 the INVITE again in Completed: the 486 at once", func(t *testing.T) {
		r, _ := refused(t, false)
		r.until(ms(100))
		r.arrives(invite)
		r.said("0.1 send 486 again")
	})
	t.Run("IST-13 the ACK: Confirmed, G and H stop, I runs T4, user not told", func(t *testing.T) {
		r, _ := refused(t, false)
		r.running("G at 0.5", "H at 32")
		require.True(t, r.arrives(ack))
		r.said("0 Completed -> Confirmed")
		r.running("I at 5")
	})
	t.Run("IST-14 the ACK again is absorbed", func(t *testing.T) {
		r, _ := refused(t, false)
		r.arrives(ack)
		r.forget()
		r.arrives(ack)
		r.said("0 drop ACK: absorbed")
	})
	t.Run("IST-15 Timer I ends Confirmed; over TCP at once", func(t *testing.T) {
		r, _ := refused(t, false)
		r.arrives(ack)
		r.until(100 * time.Second)
		r.said("0 Completed -> Confirmed", "5 Confirmed -> Terminated", "5 end")

		r, _ = refused(t, true)
		r.arrives(ack)
		r.until(0)
		r.said("0 Completed -> Confirmed", "0 Confirmed -> Terminated", "0 end")
	})
	t.Run("IST-16 an ACK in Proceeding is ignored", func(t *testing.T) {
		r, tx := proceeding(t, false)
		r.arrives(ack)
		r.said("0 drop ACK: no final response was sent that this ACK could answer")
		require.Equal(t, Proceeding, tx.State())
	})
	t.Run("IST-17 a transport error is told and the state is kept", func(t *testing.T) {
		r, tx := proceeding(t, false)
		r.fail(tx)
		r.said("0 tell transport error")
		require.Equal(t, Proceeding, tx.State())
		r, tx = refused(t, false)
		r.fail(tx)
		r.said("0 tell transport error")
		require.Equal(t, Completed, tx.State())
		r, tx = taken(t)
		r.fail(tx)
		r.said("0 tell transport error")
		require.Equal(t, Accepted, tx.State())
	})
	t.Run("IST-18 the same branch from another sent-by is another transaction", func(t *testing.T) {
		r, _ := proceeding(t, false)
		require.False(t, r.arrives(strings.Replace(invite, "192.0.2.1:5060", "192.0.2.2:5060", 1)))
		require.False(t, r.arrives(strings.Replace(invite, "192.0.2.1:5060", "192.0.2.1:5070", 1)))
	})
	t.Run("IST-19 without the cookie a repeated INVITE is matched by its fields", func(t *testing.T) {
		old := strings.Replace(invite, ";branch="+branch1, "", 1)
		r := newRig(t, Timing{})
		r.server(old, false)
		require.True(t, r.arrives(old))
		require.True(t, r.arrives(strings.Replace(old, "sip:bob@biloxi.example.com SIP", "sip:bob@BILOXI.example.com SIP", 1)), "URIs are compared by §19.1.4")
		for what, other := range map[string]string{
			"Request-URI": strings.Replace(old, "INVITE sip:bob@", "INVITE sip:ben@", 1),
			"To tag":      strings.Replace(old, "bob@biloxi.example.com>\r\n", "bob@biloxi.example.com>;tag=x\r\n", 1),
			"From tag":    strings.Replace(old, "tag=a1", "tag=a2", 1),
			"Call-ID":     strings.Replace(old, "call-1", "call-2", 1),
			"CSeq":        strings.Replace(old, "CSeq: 7", "CSeq: 8", 1),
			"topmost Via": strings.Replace(old, "UDP 192.0.2.1:5060", "UDP 192.0.2.1:5060;x=y", 1),
		} {
			require.False(t, r.arrives(other), "%s differs", what)
		}
	})
	t.Run("IST-20 without the cookie the ACK has the To tag of the response", func(t *testing.T) {
		old := func(s string) string { return strings.Replace(s, ";branch="+branch1, ";branch=1", 1) }
		r := newRig(t, Timing{})
		tx := r.server(old(invite), false)
		r.respond(tx, 404, old(response(404, sip.INVITE, branch1, "b1")))
		tagged := strings.Replace(old(ack), "bob@biloxi.example.com>\r\n", "bob@biloxi.example.com>;tag=b1\r\n", 1)
		require.False(t, r.arrives(old(ack)), "no tag")
		require.False(t, r.arrives(strings.Replace(tagged, "tag=b1", "tag=b2", 1)), "another's tag")
		require.True(t, r.arrives(tagged))
		require.Equal(t, Confirmed, tx.State())
	})
	t.Run("IST-21 the ACK is the INVITE's, the CANCEL its own", func(t *testing.T) {
		r, tx := refused(t, false)
		require.Same(t, tx, r.table.MatchRequest(r.parse(ack)))
		cancel := request(sip.CANCEL, branch1)
		require.Nil(t, r.table.MatchRequest(r.parse(cancel)))
		own := r.server(cancel, false)
		require.NotSame(t, tx, own)
		require.Same(t, own, r.table.MatchRequest(r.parse(cancel)))
	})
	t.Run("IST-22 the network's copy within 1 ms: the user is told once", func(t *testing.T) {
		r, _ := proceeding(t, false)
		r.until(ms(1))
		require.True(t, r.arrives(invite))
		require.Empty(t, r.times("tell request"))
		require.Equal(t, 1, r.table.Live())
	})
}

func TestTheTransactionsOwn100(t *testing.T) {
	t.Run("17.2.1 it is repeated like one of the user's", func(t *testing.T) {
		r, _ := proceeding(t, false)
		r.until(time.Second)
		r.arrives(request(sip.INVITE, branch1))
		r.said("0.2 send 100", "1 send 100 again")
	})
	t.Run("UAS-08 8.2.6.1 it has the Timestamp with the delay, and the Via as the transport left it", func(t *testing.T) {
		text := strings.Replace(request(sip.INVITE, branch1), "CSeq", "Timestamp: 54\r\nCSeq", 1)
		r := newRig(t, Timing{})
		m := r.parse(text)
		m.SetTop(sip.NameVia, "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKone;received=192.0.2.7")
		tx := r.table.Server(m, text, false)
		r.carry(tx, tx.Begin(nil))
		r.until(time.Second)
		require.Contains(t, r.sent[0], ";received=192.0.2.7\r\n")
		require.Contains(t, r.sent[0], "\r\nTimestamp: 54 0.2\r\n")
	})
	t.Run("8.2.6.1 the delay of a Timestamp is in seconds", func(t *testing.T) {
		require.Equal(t, "0.2", seconds(ms(200)))
		require.Equal(t, "3.5", seconds(ms(3500)))
		require.Equal(t, "10", seconds(10*time.Second))
	})
	t.Run("17.2.1 its deadline ends where the user answers, before the machine moves", func(t *testing.T) {
		r := newRig(t, Timing{})
		tx := r.server(request(sip.OPTIONS, branch1), false)
		r.running("100 at 3.5")
		out := tx.Respond(200, response(200, sip.OPTIONS, branch1, "b1"), nil)
		require.Equal(t, []Op{Stop, Move, Start, Send}, []Op{out[0].Op, out[1].Op, out[2].Op, out[3].Op})
	})
}
