package registrar

import "siplab/sim/core"

// Timers are all waits of a registrar.
func Timers() []core.Timer { return []core.Timer{expiryTimer} }

var expiryTimer = core.Timer{Name: "expiry", Value: "what is left of the time that was granted", Section: "RFC 3261 §10.3", Meaning: "a binding that was not refreshed is removed", Upkeep: true}
