package explore

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// Bounds say which faults [Search] tries. Each run has at most so many of each
// kind.
type Bounds struct {
	Losses     int           // of one packet
	Duplicates int           // of one packet: the copy comes at once, or when a later packet is sent
	Holds      int           // of one packet, until a later packet has been sent
	Cuts       int           // of one way, from one packet on until another, or for ever
	Faults     int           // of all kinds together; 0: as many as the kinds allow
	Only       words.Packets // faults meet no others, where it has a Message
	Most       int           // how many runs there may be; 0: MostRuns
	Workers    int           // 0: as many as there are processors
	Law        bool          // stop at the first run that breaks a law
	// Report is told from time to time how far the search is. It must not wait.
	Report func(Progress)
}

// MostRuns is how many runs a search makes at most.
const MostRuns = 20_000_000

// Progress is how far a search is. Round is the number of moves that its
// patterns have; it has Done of Of patterns.
type Progress struct{ Runs, Round, Done, Of int }

// most is how many faults of a kind a run may have.
func (b *Bounds) most(kind fault.Kind) int {
	switch kind {
	case fault.Lose:
		return b.Losses
	case fault.Duplicate:
		return b.Duplicates
	case fault.Hold:
		return b.Holds
	case fault.Cut:
		return b.Cuts
	}
	return 0
}

func (b *Bounds) chooses(t *target) bool {
	return b.Only.Message == "" || b.Only.Match(fault.Facts(t.raw, t.From, t.To))
}

// search is a Search at work.
type search struct {
	scenario *sim.Scenario
	bounds   Bounds
	rooms    sync.Pool // of *room
	room     room      // for what is read after the search
	book     book
	runs     atomic.Int64
	done     atomic.Int64
	round    int
	of       int
	broken   atomic.Int64 // the first of the round that breaks a law, where that ends the search
}

// Search runs a scenario with every set of faults that the bounds allow, and
// groups the runs by their outcomes. A fault meets a packet that is sent in the
// run with the faults before it, and no set is run twice. Where the context
// ends first, what was found so far is returned with its error; that is true,
// but may not be all. Else the error is that of the scenario, or that there
// would be too many runs.
func Search(ctx context.Context, s *sim.Scenario, b Bounds) (*Found, error) {
	if b.Faults == 0 {
		b.Faults = b.Losses + b.Duplicates + b.Holds + b.Cuts
	}
	w, err := newSearch(s, b)
	if err != nil {
		return nil, err
	}
	level := []*node{{at: -1}}
	for w.round = 0; len(level) > 0 && err == nil && !w.stopped(); w.round++ {
		if runs := int(w.runs.Load()); runs+len(level) > w.bounds.Most {
			err = fmt.Errorf("%d runs were made, and %d more would be next: --most is %d", runs, len(level), w.bounds.Most)
			break
		}
		level, err = w.walk(ctx, level)
	}
	found, failed := w.tell()
	if failed != nil {
		return nil, failed
	}
	found.Of = b.String()
	return found, err
}

// A run of a search may have so many events, and so many times those of the
// undisturbed run: one that does not end by itself is an outcome, too.
const (
	longestRun = 20_000
	timesBase  = 10
)

func newSearch(s *sim.Scenario, b Bounds) (*search, error) {
	if b.Most == 0 {
		b.Most = MostRuns
	}
	with := *s
	if with.Bounds.Events == 0 {
		with.Bounds.Events = timesBase * longestRun
	}
	base, err := Play(&with)
	if err != nil {
		return nil, err
	}
	if base.Trace.End.Why == trace.Bound && base.Trace.End.Text != "" {
		return nil, fmt.Errorf("the undisturbed run is too long to be run many times: %s", base.Trace.End.Text)
	}
	if s.Bounds.Events == 0 {
		with.Bounds.Events = longestRun + timesBase*len(base.Trace.Events)
	}
	w := &search{scenario: &with, bounds: b}
	w.rooms.New = func() any { return new(room) }
	w.broken.Store(math.MaxInt64)
	return w, nil
}

// breaks notes that run i of the round breaks a law. The least of them is found
// whatever the workers do: they take the runs in order.
func (s *search) breaks(i int) {
	for s.bounds.Law {
		if old := s.broken.Load(); old <= int64(i) || s.broken.CompareAndSwap(old, int64(i)) {
			return
		}
	}
}

func (s *search) stopped() bool    { return s.broken.Load() < math.MaxInt64 }
func (s *search) skips(i int) bool { return s.broken.Load() < int64(i) }

// String says what was tried.
func (b *Bounds) String() string {
	var parts []string
	for _, k := range []struct {
		n    int
		one  string
		many string
	}{{b.Losses, "loss", "losses"}, {b.Duplicates, "duplicate", "duplicates"}, {b.Holds, "hold", "holds"}, {b.Cuts, "cut", "cuts"}} {
		switch k.n {
		case 0:
		case 1:
			parts = append(parts, "1 "+k.one)
		default:
			parts = append(parts, strconv.Itoa(k.n)+" "+k.many)
		}
	}
	s := "at most " + strings.Join(parts, ", ")
	if len(parts) == 0 {
		s = "no faults"
	}
	if b.Faults < b.Losses+b.Duplicates+b.Holds+b.Cuts {
		s += ", " + strconv.Itoa(b.Faults) + " together"
	}
	if b.Only.Message != "" {
		s += ", of " + b.Only.String()
	}
	return s
}

// walk runs a level and returns the next.
func (s *search) walk(ctx context.Context, level []*node) ([]*node, error) {
	s.of = len(level)
	s.done.Store(0)
	after, err := inOrder(ctx, s.bounds.Workers, len(level), func(i int) ([]*node, error) {
		if s.skips(i) {
			return nil, nil
		}
		next, err := s.visit(level[i], rank{faults: level[i].size(), round: s.round, index: i})
		if done := s.done.Add(1); s.bounds.Report != nil && done%reportEvery == 0 {
			s.bounds.Report(Progress{Runs: int(s.runs.Load()), Round: s.round, Done: int(done), Of: s.of})
		}
		return next, err
	})
	if err != nil {
		return nil, err
	}
	n := 0
	for _, list := range after {
		n += len(list)
	}
	next := make([]*node, 0, n)
	for _, list := range after {
		next = append(next, list...)
	}
	return next, nil
}

// reportEvery is after how many patterns Report is called.
const reportEvery = 64

// visit runs one pattern, notes its outcome and says what may follow.
func (s *search) visit(n *node, at rank) ([]*node, error) {
	r := s.rooms.Get().(*room)
	defer s.rooms.Put(r)
	r.faults = n.faults(r.faults[:0])
	run, err := r.play(s.scenario, r.faults)
	if err != nil {
		return nil, err
	}
	if !n.probe() {
		s.runs.Add(1)
		s.book.note(r, run, n, at)
		if len(run.Broken) > 0 {
			s.breaks(at.index)
		}
	}
	if n.size() >= s.bounds.Faults && !n.anyOpen() {
		return nil, nil
	}
	return s.next(n, r.namer.targets(run.Trace, fault.Lose, math.MinInt32)), nil
}

func (n *node) anyOpen() bool {
	var room [8]*node
	return len(n.open(room[:0])) > 0
}
