package diagrams

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

// crowded has more hosts than a ladder draws; the first does nothing.
func crowded() *trace.Trace {
	hosts := make([]string, mostHosts+2)
	for i := range hosts {
		hosts[i] = "h" + strconv.Itoa(i)
	}
	r := newRun("Crowded", hosts...)
	for _, h := range hosts[1:] {
		r.act(0, h, "acts", "")
	}
	return r.tr
}

func TestWhatIsAheadHasItsRoomAndDoesNotShow(t *testing.T) {
	check := func(t *testing.T, tr *trace.Trace, opt Options) {
		whole := NewLadder(tr, opt)
		text, drawing := whole.layout(whole.width(textWidth), false, false), whole.layout(whole.width(drawWidth), false, true)
		for ahead := range len(tr.Events) + 2 {
			opt.Ahead = ahead
			l := NewLadder(tr, opt)
			s := l.layout(l.width(textWidth), false, false)
			require.Equal(t, text.lines, s.lines, "the lifelines stay where they are")
			require.Equal(t, text.stampTo, s.stampTo)
			require.Equal(t, drawing.lines, l.layout(l.width(drawWidth), false, true).lines)
			requireTrue(t, l)
			requireWhole(t, l, false)
			for _, e := range tr.Events[max(0, len(tr.Events)-ahead):] {
				if e.Kind == trace.Send {
					require.NotContains(t, l.Text(), " "+e.Packet.Label+" ")
					require.NotContains(t, l.SVG(), ">"+e.Packet.Label+" ")
				}
			}
		}
	}
	for _, r := range runs {
		t.Run(r.name, func(t *testing.T) { check(t, r.trace(), r.opt) })
	}
	t.Run("crowded", func(t *testing.T) { check(t, crowded(), Options{}) })
}
