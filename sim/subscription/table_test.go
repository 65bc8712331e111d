package subscription

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

var asked = ID{CallID: "c1", LocalTag: "a", Event: Event{Package: Presence}}

// notify is a NOTIFY from the notifier with this tag.
func notify(t testing.TB, fromTag, event, state string) *sip.Message {
	m := new(sip.Message)
	require.NoError(t, m.Parse("NOTIFY sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK1\r\n"+
		"From: <sip:bob@biloxi.example.com>;tag="+fromTag+"\r\nTo: <sip:alice@atlanta.example.com>;tag=a\r\n"+
		"Call-ID: c1\r\nCSeq: 1 NOTIFY\r\nEvent: "+event+"\r\nSubscription-State: "+state+"\r\nContent-Length: 0\r\n\r\n"))
	return m
}

func TestRFC6665_4_4_1_TheFirstNotifyIsFoundByTheSubscribe(t *testing.T) {
	table := NewTable()
	s, step := table.Subscribe(asked)
	require.Equal(t, NotifyWait, step.To)
	require.Len(t, step.Starts, 1)
	require.Equal(t, 32*time.Second, s.After(&step.Starts[0], 500*time.Millisecond), "Timer N is 64*T1")

	m := notify(t, "b1", "presence", "active")
	require.Nil(t, table.Find(m))
	require.Same(t, s, table.FindFirst(m))
	require.Nil(t, table.FindFirst(notify(t, "b1", "dialog", "active")), "another Event")

	named := s.ID
	named.RemoteTag = "b1"
	table.Named(s, named)
	require.Equal(t, Active, s.Step(NotifiedActive).To)
	require.Same(t, s, table.Find(m))
	require.Nil(t, table.FindFirst(notify(t, "b2", "presence", "active")), "nobody waits any more")
}

func TestRFC6665_4_1_4_OneSubscribeMayHaveSeveralSubscriptions(t *testing.T) {
	table := NewTable()
	first, _ := table.Subscribe(asked)
	named := first.ID
	named.RemoteTag = "b1"
	table.Named(first, named)
	first.Step(NotifiedActive)
	for i := 2; i <= maxForks; i++ {
		tag := "b" + strconv.Itoa(i)
		s, step := table.Fork(first, tag, State{Value: "pending"})
		require.Equal(t, Pending, step.To)
		require.Same(t, s, table.Find(notify(t, tag, "presence", "active")))
	}
	require.Equal(t, maxForks, table.Len())
	s, _ := table.Fork(first, "more", State{Value: "active"})
	require.Nil(t, s, "their number has a bound")
}

func TestSubscriptionsLeaveTheTableAsTheyEnd(t *testing.T) {
	table := NewTable()
	s, _ := table.Serve(ID{CallID: "c1", LocalTag: "a", RemoteTag: "b1", Event: Event{Package: Refer, ID: "7"}})
	require.Equal(t, RespWait, s.State())
	require.Same(t, s, table.Find(notify(t, "b1", "refer;id=7", "active")))
	require.Nil(t, table.Find(notify(t, "b1", "refer", "active")))
	require.Nil(t, table.Find(notify(t, "b1", ";;", "active")))
	s.Step(Granted)
	require.Equal(t, Terminated, s.Step(RanOut).To)
	require.Zero(t, table.Len())
	require.NotEmpty(t, s.Step(Changed).Why, "nothing happens to it any more")
}

func TestTheTimeLeftIsInWholeSeconds(t *testing.T) {
	s := &Subscription{Until: 10 * time.Second}
	require.Equal(t, 10*time.Second, s.Left(0))
	require.Equal(t, 10*time.Second, s.Left(time.Millisecond), "a second that has begun counts")
	require.Equal(t, time.Duration(0), s.Left(11*time.Second))
}
