package dialog

import (
	"testing"

	"siplab/sim/internal/behaviour"
)

// elsewhere are behaviours of dialogs and re-INVITEs that are not a dialog's to
// show, with the reason.
var elsewhere = map[string]string{
	"REI-02": "how long the Call-ID's owner waits after a 491 is the phone's: a dialog knows no time",
	"REI-03": "how long the other side waits after a 491 is the phone's",
	"REI-07": "what the 200 to a re-INVITE without an offer carries: package offer",
	"REI-08": "the BYE when the ACK never comes is the phone's: Timer H is told by GiveUp",
	"REI-10": "an UPDATE's offer that meets the own one: package offer",
	"REI-11": "an UPDATE's offer while the peer's waits: package offer",
	"REI-14": "session timers (RFC 4028) are the phone's",
	"REI-15": "session timers (RFC 4028) are the phone's",
	"REI-16": "session timers (RFC 4028) are the phone's",
	"REI-17": "session timers (RFC 4028) are the phone's; that 481 and 408 end the dialog is REI-06",
	"REI-18": "hold: package offer",
}

func TestEachBehaviourHasItsTest(t *testing.T) {
	behaviour.Held(t, []string{"DLG", "REI"}, behaviour.InTests(t), elsewhere)
}
