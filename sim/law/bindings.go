package law

import (
	"slices"
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// bindings is §10.3: "The binding updates MUST be committed (that is, made
// visible to the proxy or redirect server) if and only if all binding updates
// and additions succeed." (step 7) "The response MUST contain Contact header
// field values enumerating all current bindings." (step 8)
var bindings = Law{
	ID:      "bindings",
	Text:    "a registrar has the bindings that the REGISTERs say that it accepted, until they end: each comes from a Contact of one, a refused one changes nothing, and a 200 lists them all",
	Section: "RFC 3261 §10.3",
	watch:   func() any { return &bindingsWatch{bound: map[record][]binding{}, acts: map[trace.HostID]int32{}} },
}

// record is an address-of-record at a registrar.
type record struct {
	host trace.HostID
	aor  string
}

type binding struct {
	contact string
	uri     sip.URI
	ends    time.Duration
}

// bindingsWatch keeps the bindings as their events made them.
type bindingsWatch struct {
	ledger  *ledger
	bound   map[record][]binding
	acts    map[trace.HostID]int32 // the last thing that a human did at a host
	changed *letter                // the REGISTER by which bindings changed last
}

func (w *bindingsWatch) look(g *ledger) { w.ledger = g }

func (w *bindingsWatch) event(e *trace.Event, law *tally) {
	switch {
	case e.Kind == trace.Act:
		w.acts[e.Host] = e.I
	case e.Kind == trace.Arrive:
		w.changed = nil
	case e.Kind == trace.Bind:
		w.bind(e, law)
	}
}

func (w *bindingsWatch) bind(e *trace.Event, law *tally) {
	law.met()
	r := record{e.Host, e.Name}
	uri, _ := sip.ParseURI(e.To)
	i := slices.IndexFunc(w.bound[r], func(b binding) bool { return b.contact == e.To || b.uri.Equal(uri) })
	if e.Op != "expire" && !w.isAsked(e, &uri) {
		law.broken(e.I, "a binding to %s is changed (%s), and no REGISTER says so", e.To, e.Op)
	}
	switch known := i >= 0; {
	case known == (e.Op == "add"):
		law.broken(e.I, "the binding to %s: %s, and it was there: %t", e.To, e.Op, known)
	case e.Op == "add":
		w.bound[r] = append(w.bound[r], binding{e.To, uri, e.At + time.Duration(e.Code)*time.Second})
	case e.Op == "refresh":
		w.bound[r][i] = binding{e.To, uri, e.At + time.Duration(e.Code)*time.Second}
	case e.Op == "expire" && e.At < w.bound[r][i].ends:
		law.broken(e.I, "the binding to %s ends at %s, and was to hold until %s", e.To, e.At, w.bound[r][i].ends)
		fallthrough
	default:
		w.bound[r] = slices.Delete(w.bound[r], i, i+1)
		if len(w.bound[r]) == 0 {
			delete(w.bound, r)
		}
	}
}

// isAsked says whether the REGISTER that came last has that Contact, or the
// star; what a human does needs none.
func (w *bindingsWatch) isAsked(e *trace.Event, uri *sip.URI) bool {
	if at, ok := w.acts[e.Host]; ok && at == e.Cause {
		return true
	}
	m := w.ledger.arrived
	if m == nil || m.host != e.Host || m.Method != sip.REGISTER {
		return false
	}
	w.changed = m
	for value := range m.Values(sip.NameContact) {
		a, err := sip.ParseNameAddr(value)
		theirs, bad := sip.ParseURI(a.URI)
		if value == "*" && e.Op == "remove" || err == nil && bad == nil && theirs.Equal(*uri) {
			return true
		}
	}
	return false
}

func (w *bindingsWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.answers(e) || l.of.request.Method != sip.REGISTER || l.from != nil || e.Packet.Again != "" {
		return
	}
	switch {
	case isSuccess(l.Status):
		w.list(e, l, law)
	case l.Status >= 300 && w.changed == l.of.request && w.changed != nil:
		law.broken(e.I, "a %d refuses a REGISTER that has changed bindings", l.Status)
	}
}

// list holds a 200 against the bindings.
func (w *bindingsWatch) list(e *trace.Event, l *letter, law *tally) {
	law.met()
	to := l.To()
	uri, _ := sip.ParseURI(to.URI)
	bound := w.bound[record{e.Host, uri.AOR()}]
	n := 0
	for value := range l.Values(sip.NameContact) {
		n++
		a, _ := sip.ParseNameAddr(value)
		i := slices.IndexFunc(bound, func(b binding) bool { return b.contact == a.URI })
		if i < 0 {
			law.broken(e.I, "a 200 lists %s, which is not bound", a.URI)
			continue
		}
		text, _ := a.Params.Get("expires")
		left := (bound[i].ends - e.At + time.Second - 1) / time.Second
		if seconds, ok := sip.ParseSeconds(text); !ok || time.Duration(seconds) != left {
			law.broken(e.I, "a 200 says that %s holds for %q s; it is %d", a.URI, text, left)
		}
	}
	if n != len(bound) {
		law.broken(e.I, "a 200 lists %d bindings of %d", n, len(bound))
	}
}
