package main

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/dialog"
	"siplab/sim/explore"
	"siplab/sim/fault"
	"siplab/sim/fsm"
	"siplab/sim/trace"
	"siplab/sim/transaction"
)

const (
	wayLost     = "no way back is lost between two messages of one transaction in these runs"
	answersOnce = "the cores answer a request once, and by the rules"
	ackBranch   = "an ACK has the branch of its INVITE after a failure only"
	atOnce      = "the cores say something at once, and so there is a response to repeat"
	ackAtOnce   = "the caller's core sends the ACK in the moment in which the 2xx comes"
	noEarlyBYE  = "no callee sends BYE before its final response"
	noDialog    = "a phone that turns a call away makes no dialog for it"
)

// unreached are the rows that no run of the course takes, each with the reason.
// The tests of the machine's own package take each of them.
var unreached = map[string]string{
	"dialog-uac | Early | BYE received":                noEarlyBYE,
	"dialog-uac | Moratorium | BYE received":           ackAtOnce,
	"dialog-uac | Moratorium | BYE sent":               ackAtOnce,
	"dialog-uas | Preparative | 300-699 sent":          noDialog,
	"invite-client | Accepted | transport error":       wayLost,
	"invite-client | Completed | transport error":      wayLost,
	"invite-client | Proceeding | transport error":     wayLost,
	"invite-server | Accepted | 1xx from TU":           answersOnce,
	"invite-server | Accepted | 300-699 from TU":       answersOnce,
	"invite-server | Accepted | ACK":                   ackBranch,
	"invite-server | Accepted | transport error":       wayLost,
	"invite-server | Completed | 1xx from TU":          answersOnce,
	"invite-server | Completed | 2xx from TU":          answersOnce,
	"invite-server | Completed | 300-699 from TU":      answersOnce,
	"invite-server | Completed | transport error":      wayLost,
	"invite-server | Confirmed | 1xx from TU":          answersOnce,
	"invite-server | Confirmed | 2xx from TU":          answersOnce,
	"invite-server | Confirmed | 300-699 from TU":      answersOnce,
	"invite-server | Confirmed | transport error":      wayLost,
	"invite-server | Proceeding | ACK":                 ackBranch,
	"invite-server | Proceeding | INVITE":              atOnce,
	"invite-server | Proceeding | transport error":     wayLost,
	"non-invite-client | Completed | transport error":  wayLost,
	"non-invite-client | Proceeding | transport error": wayLost,
	"non-invite-server | Completed | 100 from TU":      answersOnce,
	"non-invite-server | Completed | 101-199 from TU":  answersOnce,
	"non-invite-server | Completed | 200-699 from TU":  answersOnce,
	"non-invite-server | Completed | 408 from TU":      answersOnce,
	"non-invite-server | Completed | transport error":  wayLost,
	"non-invite-server | Proceeding | 100 from TU":     answersOnce,
	"non-invite-server | Proceeding | 101-199 from TU": answersOnce,
	"non-invite-server | Proceeding | 408 from TU":     answersOnce,
	"non-invite-server | Proceeding | transport error": wayLost,
	"non-invite-server | Trying | 101-199 from TU":     answersOnce,
	"non-invite-server | Trying | 408 from TU":         answersOnce,
	"non-invite-server | Trying | transport error":     wayLost,
}

// Over all runs of the course each row of each machine is taken at least once,
// and each kind of fault meets a packet.
func TestSometimesEachRowOfEachMachineIsTaken(t *testing.T) {
	obstacles, err := course()
	require.NoError(t, err)
	taken := map[string]int{}
	probe := transaction.Probe(func(k transaction.Kind, r *fsm.Row) { taken[rowName(transaction.Machine(k), r)]++ })
	kinds := map[fault.Kind]int{}
	fates := map[string]int{}
	for _, o := range obstacles {
		s := *o.scenario
		s.Hosts = slices.Clone(s.Hosts)
		for i := range s.Hosts {
			s.Hosts[i].Bugs = append(slices.Clip(s.Hosts[i].Bugs), probe)
		}
		for _, f := range s.Faults {
			kinds[f.Kind]++
		}
		r, err := explore.Play(&s)
		require.NoError(t, err, o.name)
		for i := range r.Trace.Events {
			switch e := &r.Trace.Events[i]; e.Kind {
			case trace.State:
				taken[e.Name+" | "+e.From+" | "+e.On]++
			case trace.Verdict:
				fates[e.Name]++
			}
		}
	}
	want := map[string]bool{}
	for _, m := range transaction.Machines() {
		for _, rule := range m.Rules() {
			if r, ok := rule.(fsm.Row); ok {
				want[rowName(m, &r)] = true
			}
		}
	}
	for _, m := range dialog.Machines() {
		for _, r := range m.Rows() {
			if r.State != nil && *r.State != r.Next {
				want[r.Machine+" | "+*r.State+" | "+r.Event] = true
			}
		}
	}
	for name := range want {
		_, excused := unreached[name]
		require.Equal(t, excused, taken[name] == 0, "%q: taken %d times", name, taken[name])
	}
	for name := range unreached {
		require.Contains(t, want, name)
	}
	for k := fault.Lose; k <= fault.Cut; k++ {
		require.Positive(t, kinds[k], "fault %s", k)
	}
	for _, fate := range []string{"deliver", "lose", "duplicate", "corrupt", "hold"} {
		require.Positive(t, fates[fate], fate)
	}
}

func rowName(m *fsm.Machine, r *fsm.Row) string {
	name := m.Name + " | " + m.State(r.From) + " | " + m.Event(r.On)
	if r.When != 0 {
		name += " | on condition"
	}
	return name
}
