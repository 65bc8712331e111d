// Package judged makes the Worlds of tests: each under the eyes of all laws.
package judged

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/law"
	"siplab/sim/trace"
)

// New is sim.New, with one observer more: what breaks a law, but for those that
// the test is about, fails the test when it is over.
func New(t testing.TB, s *sim.Scenario, but []string, observers ...trace.Observer) (*sim.World, error) {
	watch := law.New()
	t.Cleanup(func() {
		require.Empty(t, slices.DeleteFunc(watch.Broken(), func(b law.Breach) bool { return slices.Contains(but, b.Law) }))
	})
	return sim.New(s, append(observers, watch)...)
}
