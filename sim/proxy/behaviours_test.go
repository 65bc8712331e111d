package proxy

import (
	"testing"

	"siplab/sim/internal/behaviour"
	"siplab/sim/internal/transcript"
)

// elsewhere are behaviours of a proxy that are not this core's to show, or that
// a test shows which is no transcript.
var elsewhere = map[string]string{
	"PRX-04": "the syntax is looked at before a core hears of a request: package sim",
	"PRX-07": "missing fields are refused before a core hears of them: package sim",
	"PRX-35": "the ACK is taken by the server transaction: package sim, RFC 3665 §3.8",
	"PRX-37": "a Via of another element is dropped by the transport: package sim",
	"PRX-39": "a response without a transaction is dropped before a core hears of it: package sim",
	"PRX-49": "TestPRX49WhatTheProxyDoesNotOwnKeepsItsBytes compares whole messages",
}

// TestEachBehaviourHasItsTest holds that each behaviour of a proxy has a
// transcript that is named after it, or a reason why not.
func TestEachBehaviourHasItsTest(t *testing.T) {
	named := behaviour.In(transcript.Titles(t, "testdata/*.txt")...)
	behaviour.Held(t, []string{"PRX"}, named, elsewhere)
}
