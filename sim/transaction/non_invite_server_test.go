package transaction

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func asked(t *testing.T, reliable bool) (*rig, *Tx) {
	r := newRig(t, Timing{})
	tx := r.server(request(sip.OPTIONS, branch1), reliable)
	r.said("0  -> Trying", "0 tell request")
	return r, tx
}

func TestNonInviteServer(t *testing.T) {
	again := request(sip.OPTIONS, branch1)
	try := response(100, sip.OPTIONS, branch1, "b1")
	ok := response(200, sip.OPTIONS, branch1, "b1")

	answered := func(t *testing.T, reliable bool) (*rig, *Tx) {
		r, tx := asked(t, reliable)
		r.respond(tx, 200, ok)
		r.said("0 Trying -> Completed", "0 send 200")
		return r, tx
	}

	t.Run("NIST-01 the request again in Trying is discarded", func(t *testing.T) {
		r, _ := asked(t, false)
		require.True(t, r.arrives(again))
		r.said("0 drop request: absorbed")
	})
	t.Run("NIST-02 the request again in Proceeding: the 100 again", func(t *testing.T) {
		r, tx := asked(t, false)
		r.until(4 * time.Second)
		require.Equal(t, Proceeding, tx.State())
		r.forget()
		r.arrives(again)
		r.said("4 send 100 again")
	})
	t.Run("NIST-03 a 200: Completed, Timer J runs 32 s, over TCP 0", func(t *testing.T) {
		r, _ := answered(t, false)
		r.running("J at 32")
		r, _ = answered(t, true)
		r.running("J at 0")

		r, tx := asked(t, false)
		r.until(4 * time.Second)
		r.forget()
		r.respond(tx, 200, ok)
		r.said("4 Proceeding -> Completed", "4 send 200")
	})
	t.Run("NIST-04 the request again in Completed: the 200 again", func(t *testing.T) {
		r, _ := answered(t, false)
		r.arrives(again)
		r.said("0 send 200 again")
	})
	t.Run("NIST-05 another final response is discarded", func(t *testing.T) {
		r, tx := answered(t, false)
		r.respond(tx, 500, response(500, sip.OPTIONS, branch1, "b1"))
		r.said("0 drop 200-699 from TU: absorbed")
		r.arrives(again)
		r.said("0 send 200 again")
	})
	t.Run("NIST-06 Timer J ends it", func(t *testing.T) {
		r, _ := answered(t, false)
		r.until(100 * time.Second)
		r.said("32 Completed -> Terminated", "32 end")
		require.Zero(t, r.table.Live())
	})
	t.Run("NIST-07 over UDP no 100 before Timer E reaches T2", func(t *testing.T) {
		r, tx := asked(t, false)
		r.until(ms(3499))
		r.respond(tx, 100, try)
		r.said("3.499 drop 100 from TU: too early: over an unreliable transport a 100 waits until Timer E of the client has reached T2")
		require.Equal(t, Trying, tx.State())
	})
	t.Run("NIST-07 over TCP a 100 may be sent at any time", func(t *testing.T) {
		r, tx := asked(t, true)
		r.respond(tx, 100, try)
		r.said("0 Trying -> Proceeding", "0 send 100")
	})
	t.Run("NIST-08 at that time a 100 is sent, over any transport", func(t *testing.T) {
		for _, reliable := range []bool{false, true} {
			r, _ := asked(t, reliable)
			r.until(100 * time.Second)
			r.said("3.5 Trying -> Proceeding", "3.5 send 100")
		}
	})
	t.Run("NIST-09 a 180 is refused", func(t *testing.T) {
		r, tx := asked(t, false)
		r.respond(tx, 180, response(180, sip.OPTIONS, branch1, "b1"))
		r.said("0 drop 101-199 from TU: no provisional response but 100 is sent to a non-INVITE request")
		r.until(3500 * time.Millisecond)
		r.forget()
		r.respond(tx, 199, response(199, sip.OPTIONS, branch1, "b1"))
		r.said("3.5 drop 101-199 from TU: no provisional response but 100 is sent to a non-INVITE request")
	})
	t.Run("NIST-10 a 408 is refused, and the user ends it without a word", func(t *testing.T) {
		r, tx := asked(t, false)
		r.until(4 * time.Second)
		r.forget()
		r.respond(tx, 408, response(408, sip.OPTIONS, branch1, "b1"))
		r.said("4 drop 408 from TU: 408 is never sent to a non-INVITE request: it would come too late")
		r.until(32 * time.Second)
		r.carry(tx, tx.Abandon("RFC 4320 §4.2", nil))
		r.said("32 Proceeding -> Terminated", "32 end")
		require.Len(t, r.sent, 1, "the 100 alone")
	})
	t.Run("NIST-12 a transport error is told; the state is kept, by RFC 6026 §8.8", func(t *testing.T) {
		r, tx := answered(t, false)
		r.fail(tx)
		r.said("0 tell transport error")
		require.Equal(t, Completed, tx.State())
	})
	t.Run("17.2.2 another 100 of the user is sent in Proceeding, and changes nothing else", func(t *testing.T) {
		r, tx := asked(t, false)
		r.until(4 * time.Second)
		r.forget()
		r.respond(tx, 100, try)
		r.said("4 send 100")
		require.Equal(t, Proceeding, tx.State())
	})
	t.Run("RFC 6026 8.8 a transport error in Proceeding is told; the state is kept", func(t *testing.T) {
		r, tx := asked(t, false)
		r.until(4 * time.Second)
		r.forget()
		r.fail(tx)
		r.said("4 tell transport error")
		require.Equal(t, Proceeding, tx.State())
	})
}

func TestWhenTimerEReachesT2(t *testing.T) {
	for _, c := range []struct {
		timing Timing
		want   time.Duration
	}{
		{DefaultTiming, ms(3500)},
		{Timing{T1: time.Second, T2: 4 * time.Second}, 3 * time.Second},
		{Timing{T1: ms(300), T2: ms(1000)}, ms(900)},
		{Timing{T1: 4 * time.Second, T2: 4 * time.Second}, 4 * time.Second},
		{Timing{T1: 5 * time.Second, T2: 4 * time.Second}, 5 * time.Second},
		{Timing{T1: 1, T2: 1 << 62}, 1<<62 - 1},
	} {
		require.Equal(t, c.want, c.timing.trying(NonInviteServer), "%v", c.timing)
	}
}
