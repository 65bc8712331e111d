package lessons

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/law"
	"siplab/sim/trace"
)

// No run of ours breaks a law, so that breaches are given to the proof here.
func TestABrokenLawIsSaidOnceUnlessTheLessonNamesIt(t *testing.T) {
	broken := []law.Breach{{Law: "ends", Text: "one"}, {Law: "ends", Text: "two"}, {Law: "fates", Text: "three"}}
	may := []Breaks{{Law: "fates", Line: 9, Col: 8}, {Law: "clock", Line: 10, Col: 8}}
	var p proof
	p.laws(broken, may, 4)
	p.breaks(&Run{Breaks: may}, broken)
	require.EqualError(t, p.errs.list("x.md"),
		"x.md:4:1: the run breaks the law ends: one; where it should, an expect block says: breaks ends\n"+
			"x.md:10:8: the run breaks no law clock; take the line out")
}

func TestARunThatABoundEndsIsNoneUnlessTheScenarioNamesTheBound(t *testing.T) {
	ran := &played{trace: &trace.Trace{End: trace.End{Why: trace.Bound, Text: "1000000 events"}}}
	var p proof
	p.runs(&sim.Scenario{Bounds: sim.Bounds{Events: 10}}, ran, "", 1)
	require.NoError(t, p.errs.list("x.siplab"))
	p.runs(&sim.Scenario{}, ran, "", 1)
	require.EqualError(t, p.errs.list("x.siplab"),
		"x.siplab:1:1: the run does not end by itself: 1000000 events; a line says how long it lasts: run for 90s")
}
