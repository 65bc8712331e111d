package law

import (
	"cmp"
	"slices"

	"siplab/sim/trace"
)

// Law is something that must hold in every run.
type Law struct {
	About   string     // what it is a law of, for lists
	ID      string     // one word
	Text    string     // what must hold, in one sentence
	Section string     // of the standard it rests on; "" for a law of the network
	watch   func() any // a new watcher: an eventer, a reader, a finisher
}

// laws are all laws, in the order in which they are listed.
var laws = slices.Concat(
	about("the network", fates, sources, clock, unreadable),
	about("transactions", ends, table4, armed, terminates, silence, outcome, order, repeats, bounded, branch, trying, nonInvite),
	about("requests and responses", mandatory, contact, copied, totag, way, via, hop, cancel, cancelled, credentials, challenge, rejected),
	about("proxies", untouched, hops, breadth, loop, recorded, best, finally, losers),
	about("registrars", refresh, bindings, stale),
	about("subscriptions", notify),
	about("dialogs and calls", sequence, tags, route, ack, acknowledged, reliable, offer, alone, glare, hangup, goodbye, standing, told),
)

func about(what string, list ...Law) []Law {
	for i := range list {
		list[i].About = what
	}
	return list
}

// All are the laws.
func All() []Law { return laws }

// Breach is one place where a run broke a law.
type Breach struct {
	Law   string // its ID
	Event int32  // index of the event that showed it; -1: the end of the run
	Text  string // what was wrong there
}

// A watcher looks at a run for one law: as an eventer at each event, as a
// reader at each message that is sent or arrives, as a finisher at the end.
type (
	eventer interface {
		event(e *trace.Event, law *tally)
	}
	reader interface {
		read(e *trace.Event, l *letter, law *tally)
	}
	finisher interface {
		finish(end *trace.End, law *tally)
	}
)

// watching is what one watcher does of that, with the tally of its law.
type watching[W any] struct {
	watcher W
	law     *tally
}

// maxBreaches of one law are kept: one fault in a machine can show in each
// event of a long run.
const maxBreaches = 20

// Watch holds a run against all laws. It is a trace.Observer.
type Watch struct {
	ledger    ledger
	eventers  []watching[eventer]
	readers   []watching[reader]
	finishers []watching[finisher]
	breaches  []Breach
	tallies   []tally // by law
}

// New makes a Watch of all laws.
func New() *Watch { return &Watch{} }

// Begin implements trace.Observer. It forgets the run before.
func (w *Watch) Begin(h *trace.Header) {
	if w.tallies == nil {
		w.enroll()
	}
	*w = Watch{
		ledger: w.ledger, tallies: w.tallies,
		eventers: w.eventers[:0], readers: w.readers[:0], finishers: w.finishers[:0],
	}
	w.ledger.begin(h)
	for i := range laws {
		w.tallies[i] = tally{of: w, law: laws[i].ID}
		w.add(laws[i].watch(), &w.tallies[i])
	}
}

// enroll makes what a Watch keeps for all its runs.
func (w *Watch) enroll() {
	n := len(laws)
	w.tallies = make([]tally, n)
	w.eventers, w.readers, w.finishers = make([]watching[eventer], 0, n), make([]watching[reader], 0, n), make([]watching[finisher], 0, n)
}

func (w *Watch) add(x any, law *tally) {
	if starts, ok := x.(interface{ begin(*trace.Header) }); ok {
		starts.begin(w.ledger.header)
	}
	if looks, ok := x.(interface{ look(*ledger) }); ok {
		looks.look(&w.ledger)
	}
	if x, ok := x.(eventer); ok {
		w.eventers = append(w.eventers, watching[eventer]{x, law})
	}
	if x, ok := x.(reader); ok {
		w.readers = append(w.readers, watching[reader]{x, law})
	}
	if x, ok := x.(finisher); ok {
		w.finishers = append(w.finishers, watching[finisher]{x, law})
	}
}

// Event implements trace.Observer.
func (w *Watch) Event(e *trace.Event) {
	l := w.ledger.open(e)
	for i := range w.eventers {
		w.eventers[i].watcher.event(e, w.eventers[i].law)
	}
	if l != nil {
		for i := range w.readers {
			w.readers[i].watcher.read(e, l, w.readers[i].law)
		}
		w.ledger.note(e, l)
	}
	w.ledger.event(e)
}

// Finish implements trace.Observer.
func (w *Watch) Finish(end *trace.End) {
	for i := range w.finishers {
		w.finishers[i].watcher.finish(end, w.finishers[i].law)
	}
}

// Broken lists the breaches so far, in the order in which they were seen: the
// first twenty of each law.
func (w *Watch) Broken() []Breach { return w.breaches }

// Met adds to times, in the order of All, how often the run has put each law to
// the test: a run with nothing in it of which a law speaks keeps it for nothing.
func (w *Watch) Met(times []int) []int {
	if times == nil {
		times = make([]int, len(laws))
	}
	for i := range w.tallies {
		times[i] += w.tallies[i].times
	}
	return times
}

// txn names a transaction of the run. Its host is as wide as its number, so that
// a map takes both as one word: nearly every law has a map of transactions.
type txn struct{ host, id int32 }

func txnOf(e *trace.Event) txn { return txn{int32(e.Host), e.Txn} }

func (t txn) at(h trace.HostID) bool { return t.host == int32(h) }

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
