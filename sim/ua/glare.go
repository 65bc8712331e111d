package ua

import (
	"time"

	"siplab/sim/core"
)

// glareWait is how long a side that was told 491 waits before it tries again
// (RFC 3261 §14.1, RFC 3311 §5.3): "If the UAC is the owner of the Call-ID of
// the dialog ID (meaning it generated the value), T has a randomly chosen value
// between 2.1 and 4 seconds in units of 10 ms"; the other side's is "of between
// 0 and 2 seconds". The two bands do not meet, so neither do the two tries.
func (p *Phone) glareWait(owner bool, env *core.Env) time.Duration {
	const unit = 10 * time.Millisecond
	if p.faults.glareAlike {
		return 25 * unit
	}
	if owner {
		return 2100*time.Millisecond + time.Duration(env.Chance.N(191))*unit
	}
	return time.Duration(env.Chance.N(201)) * unit
}

// retryAfterSeconds is the Retry-After of a 500 to a request that came too
// early: "a randomly chosen value of between 0 and 10 seconds" (§14.2; RFC 3311
// §5.2).
func retryAfterSeconds(env *core.Env) uint64 { return env.Chance.N(11) }
