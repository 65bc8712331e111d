package dialog

import (
	"slices"

	"siplab/sim/sip"
)

// routes is the route set that a message makes: its Record-Route values, for
// the callee "taken in order" (RFC 3261 §12.1.1), for the caller "taken in
// reverse order" (§12.1.2), "preserving all URI parameters".
func routes(m *sip.Message, reversed bool) []string {
	var all []string
	for v := range m.Values(sip.NameRecordRoute) {
		all = append(all, v)
	}
	if reversed {
		slices.Reverse(all)
	}
	return all
}
