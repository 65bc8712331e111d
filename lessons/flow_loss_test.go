package lessons_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/lessons"
	"siplab/sim"
	"siplab/sim/explore"
	"siplab/sim/law"
	"siplab/sim/trace"
	"siplab/sim/transport"
)

// TestEachSingleLossInEachFlowEndsExplained loses each packet of each flow in
// turn: no law breaks, the run comes to rest, and both ends know what became of
// the call.
func TestEachSingleLossInEachFlowEndsExplained(t *testing.T) {
	each(t, func(t *testing.T, _ flow, l *lessons.Lesson, _ *trace.Trace) {
		endsExplained(t, l.Flow.Run.Scenario, 1, l.Flow.Run.Breaks...)
	})
}

// TestEachPairOfLossesInTheCallThroughTwoProxiesEndsExplained does the same for
// each two packets, over TCP as the lesson has it, and over UDP, where the
// elements themselves have to make up for each.
func TestEachPairOfLossesInTheCallThroughTwoProxiesEndsExplained(t *testing.T) {
	l, err := lessons.Find("rfc3665-3.2")
	require.NoError(t, err)
	for _, by := range []transport.Protocol{transport.TCP, transport.UDP} {
		endsExplained(t, over(l.Flow.Run.Scenario, by), 2)
	}
}

// over is the scenario with another transport at each host.
func over(s *sim.Scenario, by transport.Protocol) *sim.Scenario {
	changed := *s
	changed.Hosts = slices.Clone(s.Hosts)
	for i := range changed.Hosts {
		changed.Hosts[i].Transport = by
	}
	return &changed
}

func endsExplained(t *testing.T, s *sim.Scenario, packets int, may ...lessons.Breaks) {
	table, err := explore.Each(context.Background(), s, explore.Options{Packets: packets})
	require.NoError(t, err)
	require.NotEmpty(t, table.Rows)
	for _, r := range table.Rows {
		require.Empty(t, slices.DeleteFunc(r.Broken, func(b law.Breach) bool {
			return slices.ContainsFunc(may, func(m lessons.Breaks) bool { return m.Law == b.Law })
		}), "%v", r.Faults)
		require.Equal(t, "quiet", r.End.Why, "%v", r.Faults)
		require.True(t, r.Agree() || !table.Undisturbed.Agree() || toldOfFailure(&r), "%v: %v", r.Faults, r.WentWrong)
	}
}

// toldOfFailure says whether a user was told that it did not come about: then
// he knows why the far end does not.
func toldOfFailure(r *explore.Row) bool {
	return slices.ContainsFunc(r.Users, func(u explore.User) bool {
		return slices.ContainsFunc(u.Told, func(told explore.Told) bool { return told.Code >= 400 })
	})
}
