package explore

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

// L06: the sender cannot tell a lost question from a lost answer. Who repairs
// is the one who asked, by Timer E; the answer comes again because the question
// did (RFC 3261 §17.1.2.2, §17.2.2).
func TestTheOneWhoAskedRepairsALostQuestionAndALostAnswer(t *testing.T) {
	for _, r := range lose(t, read(t, "register")).Rows {
		steps := r.Repairs[0].Steps
		require.Equal(t, "bob", steps[0].Host)
		require.Equal(t, "Timer E", steps[0].Timer)
		require.Equal(t, "RFC 3261 §17.1.2.2", steps[0].Ref)
		require.Equal(t, 500*time.Millisecond, r.Later())
		require.Equal(t, r.Met[0].Label, steps[len(steps)-1].Again)
		if r.Met[0].From == "biloxi" {
			require.Equal(t, "biloxi", steps[1].Host)
			require.Empty(t, steps[1].Timer)
			require.Equal(t, "RFC 3261 §17.2.2", steps[1].Ref)
		}
		require.True(t, r.Agree())
		require.Empty(t, r.WentWrong)
	}
}

// RFC 3261 §13.3.1.4: "The 2xx response is passed to the transport with an
// interval that starts at T1 seconds and doubles for each retransmission until
// it reaches T2 seconds". The callee's core does it, no transaction; it is what
// repairs a lost 200 and a lost ACK.
func TestTheCalleesCoreRepairsALost200AndALostACK(t *testing.T) {
	rows := lose(t, read(t, "call")).Rows
	require.Len(t, rows, 6)
	for _, i := range []int{2, 3} {
		steps := rows[i].Repairs[0].Steps
		require.Equal(t, "bob", steps[0].Host, rows[i].Met[0].Message)
		require.Equal(t, "its 2xx timer", steps[0].Timer)
		require.Equal(t, "F3", steps[0].Again)
	}
	require.Len(t, rows[2].Repairs[0].Steps, 1)
	require.Equal(t, "alice sends F4 again", rows[3].Repairs[0].Steps[1].String())
}

// A proxy passes each ACK to a 2xx on as a message of its own: that it comes
// again makes up for the one that was lost beyond the proxy. The callee's core is
// who set that off.
func TestTheCalleesCoreRepairsAnACKLostBeyondAProxy(t *testing.T) {
	for _, fault := range []string{"ACK from proxy to bob", "ACK from alice to proxy"} {
		found := false
		for _, r := range lose(t, read(t, "proxy")).Rows {
			if !strings.Contains(r.Met[0].Message, "ACK") || "ACK from "+r.Met[0].From+" to "+r.Met[0].To != fault {
				continue
			}
			found = true
			steps := r.Repairs[0].Steps
			require.NotEmpty(t, steps, fault)
			require.Equal(t, "bob", steps[0].Host)
			require.Equal(t, "its 2xx timer", steps[0].Timer)
			require.Equal(t, r.Met[0].From, steps[len(steps)-1].Host)
		}
		require.True(t, found, fault)
	}
}

func TestEachOtherPacketOfACallIsRepairedByItsTransaction(t *testing.T) {
	rows := lose(t, read(t, "call")).Rows
	for i, timer := range map[int]string{0: "Timer A", 1: "Timer A", 4: "Timer E", 5: "Timer E"} {
		require.Equal(t, timer, rows[i].Repairs[0].Steps[0].Timer, rows[i].Met[0].Message)
		require.Equal(t, "alice", rows[i].Repairs[0].Steps[0].Host)
		require.True(t, rows[i].Agree())
	}
}

func TestARowWithoutARepairSaysSoAndWhatGoesWrong(t *testing.T) {
	rows := lose(t, read(t, "deaf")).Rows
	for _, r := range rows {
		require.True(t, r.Repairs[0].Lacking())
		require.Equal(t, "registered", r.Users[0].Missed[0].What)
		require.Contains(t, r.WentWrong, "bob is never told: registered")
	}
	// Timer E fires at 0.5, 1.5 and 3.5 s and then each 4 s, until Timer F at
	// 32 s ends it (RFC 3261 §17.1.2.2): ten times.
	require.Equal(t, "nobody: repeated in vain (10)", rows[0].Repairs[0].String())
	require.Equal(t, "nobody", rows[1].Repairs[0].String(), "the 401 is sent again only when the request comes again")
	require.True(t, rows[2].Agree(), "neither end believes that bob is registered")
	require.False(t, rows[3].Agree(), "the registrar answered 200")
	require.Contains(t, rows[3].WentWrong, "the ends disagree on bob's registration: bob not registered, biloxi has the binding")
	require.Len(t, rows[3].WrongAtEnd(), 1)
}

// Of two losses the second can be the repetition that would have repaired the
// first: then the next one repairs both.
func TestTheRepairOfARepairIsTheNextRepetition(t *testing.T) {
	r := table(t, read(t, "register"), losePairs).Rows[0]
	require.Equal(t, "F2 REGISTER (copy 2 of F1)", r.Met[1].String())
	for i := range r.Repairs {
		require.Equal(t, "F3", r.Repairs[i].Steps[0].Label)
		require.Equal(t, 1500*time.Millisecond, r.Repairs[i].Steps[0].At)
	}
	require.Equal(t, 1, r.Repairs[0].Vain)
	require.Equal(t, 0, r.Repairs[1].Vain)
}

func TestACopyIsAbsorbed(t *testing.T) {
	for _, name := range []string{"register", "call", "cancel"} {
		for _, r := range table(t, read(t, name), duplicates).Rows {
			require.True(t, r.Effects[0].Arrived)
			require.Empty(t, r.Effects[0].Moves, r.Faults[0].String())
			require.Empty(t, r.WentWrong, r.Faults[0].String())
		}
	}
}

// What is held comes after the next packet of its way.
func TestWhatIsHeldComesAfterTheNextOfItsWay(t *testing.T) {
	for _, r := range table(t, read(t, "call"), holds).Rows {
		run, err := Play(read(t, "call"), r.Faults...)
		require.NoError(t, err)
		c := &chains{tr: run.Trace}
		late := c.effect(&r.Met[0], r.Faults[0].Kind)
		require.True(t, late.Arrived, r.Faults[0].String())
		passed := false
		for i := range run.Trace.Events {
			e := &run.Trace.Events[i]
			if p := e.Packet; p != nil && p.N > r.Met[0].N && run.Trace.HostName(p.From) == r.Met[0].From && e.At < late.At {
				passed = true
			}
		}
		require.True(t, passed, r.Faults[0].String())
	}
}

// A core's own timer has no table: its section stands where it was started.
func TestTheSectionOfACoresTimerIsThatOfItsStart(t *testing.T) {
	tr := &trace.Trace{Events: []trace.Event{
		{I: 0, Cause: -1, Kind: trace.Timer, Op: "start", Name: "2xx", Ref: "RFC 3261 §13.3.1.4"},
		{I: 1, Cause: 0, Kind: trace.Timer, Op: "fire", Name: "2xx"},
		{I: 2, Cause: 1, Kind: trace.Send, Packet: &trace.Packet{Label: "F5", Again: "F3", Method: "INVITE", Status: 200}},
	}}
	c := &chains{tr: tr}
	steps := c.steps(&tr.Events[2], 0)
	require.Len(t, steps, 1)
	require.Equal(t, " sends F3 again by its 2xx timer (RFC 3261 §13.3.1.4)", steps[0].String())
}

// RFC 9293 §3.8.1: over TCP nobody above repeats a message that is on its way;
// TCP sends the segment again, whoever sent it.
func TestTCPRepairsWhatItLost(t *testing.T) {
	table := lose(t, read(t, "tcp-call"))
	require.Len(t, table.Rows, 6)
	for _, r := range table.Rows {
		require.Len(t, r.Repairs[0].Steps, 1)
		require.Equal(t, r.Met[0].From+" sends "+r.Met[0].Label+" again by TCP (RFC 9293 §3.8.1)", r.Repairs[0].Steps[0].String())
		require.True(t, r.Agree())
		require.Empty(t, r.Broken)
	}
}

// Two messages in one segment are lost together: the second has no fault of its
// own.
func TestAMessageBehindAnotherInItsSegmentHasNoRow(t *testing.T) {
	table := lose(t, read(t, "tcp-proxy"))
	require.Len(t, table.Spared, 1)
	require.Equal(t, "F4 INVITE", table.Spared[0].String())
	require.Equal(t, "it begins inside a segment, behind another message", table.Spared[0].Why)
}
