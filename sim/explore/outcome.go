package explore

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"siplab/sim"
	"siplab/sim/ask"
	"siplab/sim/fault"
	"siplab/sim/law"
	"siplab/sim/trace"
)

// Found is what a search found.
type Found struct {
	Title      string
	Of         string // what was tried
	Runs       int
	Met        []int       // how often the runs put each law to the test, in the order of law.All
	Outcomes   []Outcome   // the undisturbed one first, then by the size of the smallest list of faults
	Situations []Situation // that the undisturbed run has not
	Stopped    bool        // a broken law ended the search: its outcome is the only one
}

// Tested counts the laws that the runs put to the test at all: the others were
// kept for nothing.
func (f *Found) Tested() int {
	n := 0
	for _, times := range f.Met {
		if times > 0 {
			n++
		}
	}
	return n
}

// Outcome is a way for a run to end: what both ends believe at the end, what
// each user was told, and which laws were broken. Its Row is that of the
// smallest list of faults that leads to it.
type Outcome struct {
	Row
	Smallest Witness
	Runs     int
}

// rank orders what is found: by the number of faults of the pattern, then in the
// order in which patterns are made, then as it comes in the run.
type rank struct{ faults, round, index, place int }

func (r rank) compare(q rank) int {
	return cmp.Or(cmp.Compare(r.faults, q.faults), cmp.Compare(r.round, q.round), cmp.Compare(r.index, q.index), cmp.Compare(r.place, q.place))
}

// book has the outcomes and situations of a search. Several workers write in it.
type book struct {
	lock       sync.Mutex
	outcomes   map[string]*entry
	situations map[Meeting]*entry
	met        []int
}

// entry is what is known of an outcome or a situation: how many runs have it, and
// the least of them.
type entry struct {
	runs int
	at   rank
	node *node
}

func (e *entry) note(n *node, at rank) {
	e.runs++
	if e.node == nil || at.compare(e.at) < 0 {
		e.at, e.node = at, n
	}
}

// note puts a run into the book.
func (b *book) note(r *room, run *Run, n *node, at rank) {
	r.key = outcomeKey(r.key[:0], run)
	r.meetings = r.findMeetings(run.Trace)
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.outcomes == nil {
		b.outcomes, b.situations = map[string]*entry{}, map[Meeting]*entry{}
	}
	b.met = run.Met(b.met)
	e := b.outcomes[string(r.key)]
	if e == nil {
		e = new(entry)
		b.outcomes[string(r.key)] = e
	}
	e.note(n, at)
	for i, m := range r.meetings {
		at.place = i
		e := b.situations[m]
		if e == nil {
			e = new(entry)
			b.situations[m] = e
		}
		e.note(n, at)
	}
}

// outcomeKey is the same for two runs that have one outcome.
func outcomeKey(key []byte, run *Run) []byte {
	tr := run.Trace
	for h := range tr.Hosts {
		for i := range tr.Events {
			if e := &tr.Events[i]; e.Kind == trace.Tell && int(e.Host) == h {
				key = append(append(key, e.Name...), 0)
				key = append(strconv.AppendInt(key, int64(e.Code), 10), 0)
			}
		}
		key = append(key, 1)
	}
	ends := ask.Ends(tr, tr.End.At)
	for i := range ends {
		key = append(append(key, ends[i].About...), 0)
		for _, b := range ends[i].Beliefs {
			key = append(append(key, b.Host...), 0)
			key = append(append(key, b.Says...), 0)
		}
	}
	key = append(append(key, 1), tr.End.Why...)
	for i := range run.Broken {
		if id := run.Broken[i].Law; !slices.ContainsFunc(run.Broken[:i], func(b law.Breach) bool { return b.Law == id }) {
			key = append(append(key, 0), id...)
		}
	}
	return key
}

// entries are those of a map, the least first.
func entries[K comparable](m map[K]*entry) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b K) int { return m[a].at.compare(m[b].at) })
	return keys
}

// tell plays the least run of each outcome and reads it. Where a broken law has
// ended the search, that of the first is the only one.
func (s *search) tell() (*Found, error) {
	f := &Found{Title: s.scenario.Title, Runs: int(s.runs.Load()), Met: s.book.met}
	var base *Row
	for _, key := range entries(s.book.outcomes) {
		e := s.book.outcomes[key]
		o, err := s.outcome(e, base, func(r *Run) bool { return string(outcomeKey(nil, r)) == key })
		if err != nil {
			return nil, err
		}
		if base == nil {
			base = &o.Row
		}
		if s.stopped() && len(o.Broken) > 0 {
			if o, err = s.outcome(e, base, breaksToo(o.Broken[0].Law)); err == nil {
				err = o.least(s.scenario, base)
			}
			f.Outcomes, f.Stopped = []Outcome{*o}, true
			return f, err
		}
		o.N = len(f.Outcomes)
		f.Outcomes = append(f.Outcomes, *o)
	}
	var err error
	f.Situations, err = s.situations()
	return f, err
}

// outcome reads the least run of an outcome.
func (s *search) outcome(e *entry, base *Row, shows func(*Run) bool) (*Outcome, error) {
	w, err := s.witness(e.node, shows)
	if err != nil {
		return nil, err
	}
	o := &Outcome{Smallest: w, Runs: e.runs}
	return o, o.read(base)
}

// read plays the witness and reads its run.
func (o *Outcome) read(base *Row) error {
	run, err := Play(o.Smallest.Scenario)
	if err != nil {
		return err
	}
	o.Row = *newRow(run, nil, base)
	o.Row.Faults = o.Smallest.Faults
	return nil
}

// least leaves out what the broken law does not need.
func (o *Outcome) least(s *sim.Scenario, base *Row) error {
	if o.Smallest.Seeded {
		return nil
	}
	breaks := breaksToo(o.Broken[0].Law)
	with := *o.Smallest.Scenario
	with.Faults = s.Faults
	faults := shrink(o.Smallest.Faults, func(list []fault.Fault) bool {
		run, err := Play(&with, list...)
		return err == nil && breaks(run)
	})
	o.Smallest = witnessOf(&with, faults)
	return o.read(base)
}

// Saw is what users saw, a line each.
func (o *Outcome) Saw() string { return o.usersCell() }

// AtEnd is what was so in the end, in lines.
func (o *Outcome) AtEnd() string {
	if o.Ghost() {
		return "a ghost call\n" + o.endCell()
	}
	return o.endCell()
}

// Ghost reports whether a call of the run is up at one end and down at the other.
func (r *Row) Ghost() bool { return slices.ContainsFunc(r.Ends, ghost) }

func ghost(s ask.Subject) bool {
	return !s.Agree && slices.ContainsFunc(s.Beliefs, up) && slices.ContainsFunc(s.Beliefs, down)
}

// up says whether one of the dialogs of an end is confirmed.
func up(b ask.Belief) bool {
	for state := range strings.SplitSeq(b.Says, " and ") {
		if ask.Phase(state) == "confirmed" {
			return true
		}
	}
	return false
}

// down says whether no dialog of an end lives.
func down(b ask.Belief) bool {
	for state := range strings.SplitSeq(b.Says, " and ") {
		if ask.Phase(state) != "" {
			return false
		}
	}
	return true
}
