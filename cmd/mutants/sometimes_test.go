package main

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/diagrams"
	"siplab/sim/fault"
	"siplab/sim/fsm"
	"siplab/sim/law"
)

const (
	answersOnce = "the cores answer a request once, and by the rules"
	sentAgain   = "what is sent again is the same bytes: no message that is new to the dialog"
	ackAtOnce   = "the caller's core sends the ACK in the moment in which the 2xx comes, and one transaction takes no other"
	decides     = "a phone decides about a SUBSCRIBE as it comes"
	onlyUDP     = "in this state only Timer E sends, over UDP, where no way is ever lost"
	noTime      = "over TCP, where a way can be lost, Timer J is zero: the state lasts no time"
)

// unreached is what no run of the batch comes to, each with the reason. The tests
// of the machine's own package take each of these rows.
var unreached = map[string]string{
	"dialog-uac | Established | ACK sent":                        sentAgain,
	"dialog-uac | Moratorium | 2xx received":                     ackAtOnce,
	"dialog-uac | Moratorium | BYE sent":                         ackAtOnce,
	"dialog-uas | Moratorium | 2xx sent":                         sentAgain,
	"dialog-uas | Preparative | 300-699 sent":                    "a phone that turns a call away makes no dialog for it",
	"invite-client | Completed | transport error":                "the ACK leaves in the moment in which the failure comes, by the same connection",
	"non-invite-client | Proceeding | transport error":           onlyUDP,
	"non-invite-server | Completed | 200-699 from TU":            answersOnce,
	"non-invite-server | Completed | transport error":            noTime,
	"non-invite-server | Proceeding | 100 from TU":               answersOnce,
	"notifier | resp_wait | NOTIFY failed":                       decides,
	"notifier | resp_wait | terminated per policy":               decides,
	"offer-answer | Remote offer | offer refused | on condition": "a phone answers a re-INVITE at once: it refuses an offer before the exchange has it",
}

// Over all runs of the batch each row of each machine is taken at least once, the
// premise of each law is met, and there is each kind of fault and each fate of a
// packet. What never happens is listed, and nothing is listed that does. Of the
// rows that drop an event the table itself says why nothing comes of them.
func TestSometimes(t *testing.T) {
	r := batch(t)
	t.Logf("%d runs", r.runs)
	for i, l := range law.All() {
		t.Logf("law %s: put to the test %d times", l.ID, r.met[i])
	}
	var never []string
	for _, m := range diagrams.Machines() {
		for _, rule := range m.Rules() {
			if row, ok := rule.(fsm.Row); ok && row.Why == "" && r.rows[rowName(m, &row)] == 0 {
				never = append(never, rowName(m, &row))
			}
		}
	}
	for i, l := range law.All() {
		if r.met[i] == 0 {
			never = append(never, "law "+l.ID)
		}
	}
	for k := fault.Lose; k <= fault.Cut; k++ {
		if r.faults[k] == 0 {
			never = append(never, "fault "+k.String())
		}
	}
	for _, fate := range []string{"deliver", "lose", "duplicate", "corrupt", "hold"} {
		if r.fates[fate] == 0 {
			never = append(never, "fate "+fate)
		}
	}
	slices.Sort(never)
	require.Equal(t, slices.Sorted(maps.Keys(unreached)), never, "what is never reached is listed, and nothing else")
}
