package transaction

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"siplab/sim/sip"
)

// Whatever comes, in whatever order: the rig holds that no timer is stopped
// that does not run, none outlives its transaction, and End comes last. Once
// the other side has spoken, every transaction ends in its time.
func TestEveryWalkEnds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		reliable := rapid.Bool().Draw(rt, "reliable")
		method := rapid.SampledFrom([]string{sip.INVITE, sip.OPTIONS}).Draw(rt, "method")
		client := rapid.Bool().Draw(rt, "client")
		r := newRig(rt, Timing{})
		var tx *Tx
		if client {
			tx = r.client(request(method, branch1), reliable)
		} else {
			tx = r.server(request(method, branch1), reliable)
		}
		statuses := rapid.SampledFrom([]int{100, 180, 200, 302, 408, 486, 603})
		for range rapid.IntRange(0, 30).Draw(rt, "steps") {
			if r.table.Live() == 0 {
				break
			}
			status := statuses.Draw(rt, "status")
			answer := response(status, method, branch1, "b1")
			switch rapid.IntRange(0, 4).Draw(rt, "what") {
			case 0:
				r.until(r.now + ms(rapid.IntRange(0, 40000).Draw(rt, "wait")))
			case 1:
				r.fail(tx)
			case 2:
				if client {
					r.arrives(answer)
				} else {
					r.respond(tx, status, answer)
				}
			case 3:
				if !client {
					r.arrives(request(method, branch1))
				}
			case 4:
				if !client && method == sip.INVITE {
					r.arrives(request(sip.ACK, branch1))
				}
			}
		}
		if r.table.Live() > 0 {
			if client {
				r.arrives(response(486, method, branch1, "b1"))
			} else {
				r.respond(tx, 486, response(486, method, branch1, "b1"))
			}
		}
		r.until(r.now + 64*time.Second)
		require.Zero(rt, r.table.Live())
		require.Empty(rt, r.clocks)
	})
}
