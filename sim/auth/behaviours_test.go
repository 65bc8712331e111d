package auth

import (
	"testing"

	"siplab/sim/internal/behaviour"
)

// elsewhere are behaviours of digest that are not this package's to show, with
// the reason.
var elsewhere = map[string]string{
	"DIG-16": "the credentials of an ACK are those of its INVITE: a phone that calls copies them",
	"DIG-17": "who does not challenge a CANCEL is the core that receives it",
}

func TestEachBehaviourHasItsTest(t *testing.T) {
	behaviour.Held(t, []string{"DIG"}, behaviour.InTests(t), elsewhere)
}
