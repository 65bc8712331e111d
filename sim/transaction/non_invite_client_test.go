package transaction

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func trying(t *testing.T, reliable bool) (*rig, *Tx) {
	r := newRig(t, Timing{})
	tx := r.client(request(sip.OPTIONS, branch1), reliable)
	r.said("0  -> Trying", "0 send OPTIONS")
	return r, tx
}

func TestNonInviteClient(t *testing.T) {
	try := response(100, sip.OPTIONS, branch1, "b1")
	ok := response(200, sip.OPTIONS, branch1, "b1")

	t.Run("NICT-01 resent at 0.5, 1.5, 3.5, 7.5, then every T2", func(t *testing.T) {
		r, _ := trying(t, false)
		r.until(ms(31999))
		require.Equal(t, []float64{0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5}, r.times("send OPTIONS"))
		for _, bytes := range r.sent {
			require.Equal(t, r.sent[0], bytes)
		}
	})
	t.Run("NICT-02 Timer F ends it at 32 and tells the user", func(t *testing.T) {
		r, _ := trying(t, false)
		r.until(ms(31999))
		r.forget()
		r.until(100 * time.Second)
		r.said("32 Trying -> Terminated", "32 tell timeout", "32 end")
	})
	t.Run("NICT-03 over TCP sent once, Timer F the same", func(t *testing.T) {
		r, _ := trying(t, true)
		r.until(100 * time.Second)
		r.said("32 Trying -> Terminated", "32 tell timeout", "32 end")
	})
	t.Run("NICT-04 after a 100 the running Timer E fires, then every T2", func(t *testing.T) {
		r, _ := trying(t, false)
		r.until(ms(200))
		r.arrives(try)
		r.said("0.2 Trying -> Proceeding", "0.2 tell response")
		r.until(10 * time.Second)
		require.Equal(t, []float64{0.5, 4.5, 8.5}, r.times("send OPTIONS"))
	})
	t.Run("NICT-05 Timer F goes on in Proceeding", func(t *testing.T) {
		r, _ := trying(t, false)
		r.until(10 * time.Second)
		r.arrives(try)
		r.until(ms(31999))
		r.forget()
		r.until(100 * time.Second)
		r.said("32 Proceeding -> Terminated", "32 tell timeout", "32 end")
	})
	t.Run("NICT-06 a 200 completes it and Timer K runs T4", func(t *testing.T) {
		r, _ := trying(t, false)
		r.arrives(ok)
		r.said("0 Trying -> Completed", "0 tell response")
		r.running("K at 5")

		r, _ = trying(t, false)
		r.arrives(try)
		r.forget()
		r.arrives(ok)
		r.said("0 Proceeding -> Completed", "0 tell response")
		r.running("K at 5")
	})
	t.Run("NICT-07 the 200 again is absorbed", func(t *testing.T) {
		r, _ := trying(t, false)
		r.arrives(ok)
		r.forget()
		r.arrives(ok)
		r.said("0 drop 200-699: absorbed")
	})
	t.Run("NICT-08 Timer K ends it", func(t *testing.T) {
		r, _ := trying(t, false)
		r.arrives(ok)
		r.forget()
		r.until(100 * time.Second)
		r.said("5 Completed -> Terminated", "5 end")
		require.Zero(t, r.table.Live())
	})
	t.Run("NICT-09 over TCP Timer K is 0", func(t *testing.T) {
		r, _ := trying(t, true)
		r.arrives(ok)
		r.until(0)
		r.said("0 Trying -> Completed", "0 tell response", "0 Completed -> Terminated", "0 end")
	})
	t.Run("NICT-10 a late 100 is dropped", func(t *testing.T) {
		r, _ := trying(t, false)
		r.arrives(ok)
		r.forget()
		r.arrives(try)
		r.said("0 drop 1xx: a final response came before this provisional one")
	})
	t.Run("NICT-11 a transport error is told and ends it", func(t *testing.T) {
		r, tx := trying(t, false)
		r.fail(tx)
		r.said("0 Trying -> Terminated", "0 tell transport error", "0 end")
	})
	t.Run("NICT-12 after Terminated a repeated 200 matches nothing", func(t *testing.T) {
		r, _ := trying(t, false)
		r.arrives(ok)
		r.until(5 * time.Second)
		r.forget()
		require.False(t, r.arrives(ok))
		r.said()
		require.Zero(t, r.table.Live())
	})
	t.Run("NICT-13 two at once: each 200 finds its own by branch", func(t *testing.T) {
		r, one := trying(t, false)
		two := r.client(request(sip.OPTIONS, branch2), false)
		r.arrives(response(200, sip.OPTIONS, branch2, "b1"))
		require.Equal(t, Trying, one.State())
		require.Equal(t, Completed, two.State())
		r.arrives(ok)
		require.Equal(t, Completed, one.State())
	})
}
