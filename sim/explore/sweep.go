package explore

import (
	"context"

	"siplab/sim"
)

// SweepOptions say what [Sweep] does.
type SweepOptions struct {
	Points  [][]string // what is varied at each, as in "loss 5%"
	From    int        // the first point that is not done yet
	Runs    int        // a point; run i has the scenario's seed and i more
	Shard   int        // from 1: this part of Shards, every Shards-th run
	Shards  int        // 0: 1
	Workers int        // 0: as many as there are processors
	Report  func(Progress)
}

// chunk is how many runs a worker does at a time.
const chunk = 64

// Sweep runs a scenario many times at each point and hands over the totals of
// each point as it is done, in order. The same run has the same seed at each
// point, so that points differ by what is varied and not by luck. The error is
// that of the scenario, of the context, or of done.
func Sweep(ctx context.Context, s *sim.Scenario, o SweepOptions, done func(point int, t *Totals) error) error {
	if o.Shards == 0 {
		o.Shard, o.Shards = 1, 1
	}
	mine := (o.Runs - o.Shard + o.Shards) / o.Shards // run 0 is the first shard's
	for i := o.From; i < len(o.Points); i++ {
		at, err := at(s, o.Points[i])
		if err != nil {
			return err
		}
		parts, err := inOrder(ctx, o.Workers, (mine+chunk-1)/chunk, func(k int) (*Totals, error) {
			var m meter
			for n := k * chunk; n < min(mine, (k+1)*chunk); n++ {
				if err := m.run(at, s.Seed+uint64(n*o.Shards+o.Shard-1)); err != nil {
					return nil, err
				}
			}
			if o.Report != nil {
				n := min(mine, k*chunk)
				o.Report(Progress{Runs: (i-o.From)*mine + n, Done: (i-o.From)*mine + n, Of: (len(o.Points) - o.From) * mine})
			}
			return &m.totals, nil
		})
		if err != nil {
			return err
		}
		var sum Totals
		for _, t := range parts {
			sum.Add(t)
		}
		if err := done(i, &sum); err != nil {
			return err
		}
	}
	return nil
}

func (m *meter) run(s *sim.Scenario, seed uint64) error {
	with := *s
	with.Seed = seed
	return m.stage.run(&with, m)
}
