package ask

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

func TestRFC6665_4_1_2_SubscriptionsAreThoseThatArePendingOrActive(t *testing.T) {
	tr := &trace.Trace{Header: trace.Header{Hosts: []trace.Host{{Name: "alice"}, {Name: "bob"}}}}
	was := map[string]string{}
	move := func(at time.Duration, host trace.HostID, machine string, id int32, to string) {
		key := fmt.Sprint(host, machine, id)
		tr.Events = append(tr.Events, trace.Event{
			I: int32(len(tr.Events)), At: at, Kind: trace.State, Host: host, Name: machine, ID: id, From: was[key], To: to,
		})
		was[key] = to
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

func TestTheEndsOfASubscriptionAgreeWhereBothHaveIt(t *testing.T) {
	for _, c := range []struct {
		alice, bob string
		agree      bool
	}{
		{"active", "active", true},
		{"pending", "active", true}, // the NOTIFY is on its way
		{"notify_wait", "resp_wait", true},
		{"terminated", "terminated", true},
		{"active", "terminated", false},
		{"terminated", "active", false},
	} {
		tr := &trace.Trace{Header: trace.Header{Hosts: []trace.Host{{Name: "alice"}, {Name: "bob"}}}}
		for h, end := range []string{subscriber, notifier} {
			at := int32(len(tr.Events))
			tr.Events = append(tr.Events,
				trace.Event{I: at, Cause: -1, Kind: trace.Arrive, Host: trace.HostID(h), Packet: &trace.Packet{CallID: "x"}},
				trace.Event{I: at + 1, Cause: at, Kind: trace.State, Host: trace.HostID(h), Name: end, ID: 1, To: []string{c.alice, c.bob}[h]})
		}
		all := Ends(tr, 0)
		require.Len(t, all, 1)
		require.Equal(t, "the subscription", all[0].About)
		require.Equal(t, "alice "+c.alice+", bob "+c.bob, all[0].String())
		require.Equal(t, c.agree, all[0].Agree, all[0].String())
	}
}
