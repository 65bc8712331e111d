package law

import (
	"slices"
	"strconv"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// stale is RFC 7616 §3.3, of a nonce that is too old: "the server should only set
// stale to true if it receives a request for which the nonce is invalid". Who
// does not say so makes the client ask its user for a password that was right.
var stale = Law{
	ID:      "stale",
	Text:    "credentials like those that a server has accepted, with the same nonce, are refused only as stale",
	Section: "RFC 7616 §3.3",
	watch:   func() any { return &staleWatch{accepted: map[account]nonceUse{}} },
}

// account is a user at a server.
type account struct {
	host trace.HostID
	user string
}

type nonceUse struct {
	nonce string
	count uint64
}

// staleWatch keeps the nonce that a server accepted last from each user. What a
// script makes up may be wrong in any way.
type staleWatch struct {
	ledger   *ledger
	accepted map[account]nonceUse
}

func (w *staleWatch) look(g *ledger) { w.ledger = g }

func (w *staleWatch) read(e *trace.Event, l *letter, law *tally) {
	if !l.answers(e) || l.from != nil || e.Packet.Again != "" || l.of.request.corrupt || slices.Contains(w.ledger.kinds, isScript) {
		return
	}
	for _, a := range answering {
		for value := range l.of.request.Values(a.answer) {
			c, err := sip.ParseAuth(value)
			if err != nil {
				continue
			}
			user, _ := c.Lookup("username")
			realm, _ := c.Lookup("realm")
			use := nonceUse{}
			use.nonce, _ = c.Lookup("nonce")
			nc, _ := c.Lookup("nc")
			use.count, _ = strconv.ParseUint(nc, 16, 32)
			last := w.accepted[account{e.Host, user}]
			switch {
			case isSuccess(l.Status):
				w.accepted[account{e.Host, user}] = use
			case use.nonce == last.nonce && use.nonce != "" && use.count > last.count && l.Has(a.challenge):
				if law.met(); refuses(l, a.challenge, realm) {
					law.broken(e.I, "a %d refuses the nonce %q of %q, which it has accepted, and does not say stale", l.Status, use.nonce, user)
				}
			}
		}
	}
}
