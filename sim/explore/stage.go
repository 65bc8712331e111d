package explore

import (
	"siplab/sim"
	"siplab/sim/trace"
)

// stage is a World in which one scenario is run after the other.
type stage struct{ world *sim.World }

// run runs a scenario to its end. The observers are those of the first run.
func (g *stage) run(s *sim.Scenario, observers ...trace.Observer) (err error) {
	if g.world == nil {
		g.world, err = sim.New(s, observers...)
	} else {
		err = g.world.Reset(s)
	}
	if err == nil {
		g.world.Run()
	}
	return err
}
