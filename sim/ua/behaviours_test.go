package ua

import (
	"testing"

	"siplab/sim/internal/behaviour"
	"siplab/sim/internal/transcript"
)

// elsewhere are behaviours of a user agent that are not this core's to show,
// with the reason.
var elsewhere = map[string]string{
	"UAC-15": "the CANCEL is built by its INVITE's transaction: package transaction",
	"UAC-25": "UDP alone is simulated: package transport has the rule, and nothing else to send by",
	"UAS-08": "the 100 is sent by the transaction while the core is silent: package transaction",
	"UAS-10": "the version is looked at before a core hears of a request: package sip",
	"UAS-26": "a CSeq of another method is refused before a core hears of it: package sip",
	"UAS-27": "the length is looked at before a core hears of a message: package sip",
	"UAS-28": "what follows the body is cut off before a core hears of it: package sip",
	"UAS-29": "missing fields are refused before a core hears of them: package sip",
	"DLG-07": "the way past a strict router is the dialog's and the transport's: packages dialog, transport",
	"DLG-21": "there is no TLS yet, without which no dialog is secure: package dialog has the flag",
	"REI-12": "this phone answers each UPDATE at once, so that no other can come before: package dialog refuses it",
}

// TestEachBehaviourHasItsTest holds that each behaviour of a user agent has a
// transcript that is named after it, or a reason why not.
func TestEachBehaviourHasItsTest(t *testing.T) {
	named := behaviour.In(transcript.Titles(t, "testdata/calls/*.txt")...)
	behaviour.Held(t, []string{"UAC", "UAS", "DLG", "PRK", "REI"}, named, elsewhere)
}
