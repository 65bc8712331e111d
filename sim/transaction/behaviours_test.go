package transaction

import (
	"testing"

	"siplab/sim/internal/behaviour"
)

// elsewhere are behaviours of the four machines that are not the
// transaction's to show, with the reason.
var elsewhere = map[string]string{
	"NIST-11": "a request whose transaction has ended is new: what is then answered (481) is the core's, RFC 3261 §12.2.2",
}

func TestEachBehaviourHasItsTest(t *testing.T) {
	behaviour.Held(t, []string{"ICT", "NICT", "IST", "NIST"}, behaviour.InTests(t), elsewhere)
}
