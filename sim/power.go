package sim

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"siplab/sim/core"
)

// powerVerbs are what happens to any element: its network goes, it comes back,
// and it may have forgotten everything.
var powerVerbs = []core.Verb{
	{
		Name: "goes", Args: "dark",
		Means: "is off the network: nothing leaves it and nothing reaches it, while its timers run on",
		Check: exactly("goes", "dark"),
	},
	{
		Name: "comes", Args: "back [without its state]",
		Means: "is on the network again; without its state it starts afresh, as one that crashed",
		Check: exactly("comes", "back", "back without its state"),
	},
}

// exactly accepts a verb with one of those ends.
func exactly(verb string, ends ...string) func([]string) error {
	return func(args []string) error {
		if slices.Contains(ends, strings.Join(args, " ")) {
			return nil
		}
		return fmt.Errorf("%s is followed by %s", verb, strings.Join(ends, ", or by "))
	}
}

// power does what a power verb says; false: the act is none of them.
func (w *World) power(h *host, a core.Act, cause int32) bool {
	switch a.Verb {
	case "goes":
		w.net.Up(h.net, false)
	case "comes":
		w.net.Up(h.net, true)
		if len(a.Args) > 1 {
			w.restart(h, cause)
		}
	default:
		return false
	}
	return true
}

// restart takes from a host all that it knew. Its core, which is lost too, hears
// of no end.
func (w *World) restart(h *host, cause int32) {
	for _, id := range slices.Sorted(maps.Keys(h.txns)) {
		w.withdraw(h.txns[id], "", cause)
	}
	for _, key := range slices.SortedFunc(maps.Keys(h.waits), compareWaits) {
		w.unwait(h, key, cause)
	}
	clear(h.kept)
	w.crash(h)
	w.recordLoss(h, cause)
	d := w.scenario.Hosts[h.id]
	d.Addr = h.addr
	h.core = w.coreOf(&d)
	w.note(h.id, cause, "", h.name+" has lost its state: no transaction, no timer, nothing registered or called")
}

// recordLoss has the core say what is lost with it.
func (w *World) recordLoss(h *host, cause int32) {
	ev := core.Event{Kind: core.Crash, Now: w.Now()}
	for _, ef := range h.core.Handle(&ev, &h.env, nil) {
		switch ef.Kind {
		case core.Bind, core.Media, core.Move:
			w.record(h, &ef, cause)
		}
	}
}

func compareWaits(a, b wait) int {
	return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.key, b.key))
}
