package law

import (
	"cmp"
	"fmt"
	"slices"

	"siplab/sim/trace"
)

// Law is something that must hold in every run.
type Law struct {
	ID      string // one word
	Text    string // what must hold, in one sentence
	Section string // of the standard it rests on; "" for a law of the network
	watch   func() watcher
}

// laws are all laws, in the order in which they are listed.
var laws = []Law{
	fates, sources, clock, ends, silence, outcome, repeats,
	branch, via, acknowledged, sequence, tags, standing, told,
}

// All are the laws.
func All() []Law { return laws }

// Breach is one place where a run broke a law.
type Breach struct {
	Law   string // its ID
	Event int32  // index of the event that showed it; -1: the end of the run
	Text  string // what was wrong there
}

// watcher looks at a run for one law.
type watcher interface {
	event(e *trace.Event, say sayer)
	finish(end *trace.End, say sayer)
}

// sayer notes a breach at event i.
type sayer func(i int32, format string, args ...any)

// maxBreaches of one law are kept: one fault in a machine can show in each
// event of a long run.
const maxBreaches = 20

// Watch holds a run against all laws. It is a trace.Observer.
type Watch struct {
	header   *trace.Header
	watchers []watcher
	readers  []reader // by watcher: nil for one that reads no messages
	mail     mail
	say      []sayer
	breaches []Breach
	counts   []int
}

// New makes a Watch of all laws.
func New() *Watch { return &Watch{} }

// Begin implements trace.Observer. It forgets the run before.
func (w *Watch) Begin(h *trace.Header) {
	*w = Watch{header: h, counts: make([]int, len(laws)), mail: mail{corrupt: map[int32]string{}}}
	for i := range laws {
		x := laws[i].watch()
		if starts, ok := x.(interface{ begin(*trace.Header) }); ok {
			starts.begin(h)
		}
		reads, _ := x.(reader)
		w.watchers, w.readers = append(w.watchers, x), append(w.readers, reads)
		w.say = append(w.say, w.sayer(i))
	}
}

func (w *Watch) sayer(law int) sayer {
	return func(i int32, format string, args ...any) {
		w.counts[law]++
		if w.counts[law] <= maxBreaches {
			w.breaches = append(w.breaches, Breach{Law: laws[law].ID, Event: i, Text: fmt.Sprintf(format, args...)})
		}
	}
}

// Event implements trace.Observer.
func (w *Watch) Event(e *trace.Event) {
	l := w.mail.open(e)
	for i, x := range w.watchers {
		x.event(e, w.say[i])
		if l != nil && w.readers[i] != nil {
			w.readers[i].read(e, l, w.say[i])
		}
	}
}

// Finish implements trace.Observer.
func (w *Watch) Finish(end *trace.End) {
	for i, x := range w.watchers {
		x.finish(end, w.say[i])
	}
}

// Broken lists the breaches so far, in the order in which they were seen: the
// first twenty of each law.
func (w *Watch) Broken() []Breach { return w.breaches }

// txn names a transaction of the run.
type txn struct {
	host trace.HostID
	id   int32
}

func txnOf(e *trace.Event) txn { return txn{e.Host, e.Txn} }

func (t txn) compare(u txn) int {
	return cmp.Or(cmp.Compare(t.host, u.host), cmp.Compare(t.id, u.id))
}

// sortedKeys are the keys of a map in order, so that breaches come in the same
// order in each run.
func sortedKeys[K comparable, V any](m map[K]V, compare func(a, b K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}
