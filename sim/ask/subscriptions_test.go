package ask

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

func TestRFC6665_4_1_2_SubscriptionsAreThoseThatArePendingOrActive(t *testing.T) {
	tr := &trace.Trace{Header: trace.Header{Hosts: []trace.Host{{Name: "alice"}, {Name: "bob"}}}}
	move := func(at time.Duration, host trace.HostID, machine string, id int32, to string) {
		tr.Events = append(tr.Events, trace.Event{
			I: int32(len(tr.Events)), At: at, Kind: trace.State, Host: host, Name: machine, ID: id, To: to,
		})
	}
	move(0, 0, subscriber, 1, "notify_wait")
	move(1*time.Second, 0, subscriber, 1, "pending")
	move(2*time.Second, 0, subscriber, 2, "active")
	move(2*time.Second, 0, notifier, 2, "active")
	move(2*time.Second, 1, notifier, 1, "active")
	move(2*time.Second, 0, "dialog-uac", 7, "active")
	move(3*time.Second, 0, subscriber, 2, "terminated")
	tr.Events = append(tr.Events, trace.Event{At: 4 * time.Second, Kind: trace.Act, Name: "comes", Text: "back without its state"})
	for question, want := range map[string]string{
		"subscriptions at alice at 500ms": "0", "subscriptions at alice at 1s": "1", "subscriptions at alice at 2s": "3",
		"subscriptions at alice at 3s": "2", "subscriptions at alice": "0", "subscriptions at bob": "1",
	} {
		q, err := Parse(question)
		require.NoError(t, err)
		v, err := q.Answer(tr)
		require.NoError(t, err)
		require.Equal(t, want, v.String(), question)
	}
}
