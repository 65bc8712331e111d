package diagrams

import (
	"slices"

	"siplab/sim/dialog"
	"siplab/sim/fsm"
	"siplab/sim/offer"
	"siplab/sim/subscription"
	"siplab/sim/transaction"
)

// Machines are the state machines that have a picture: the transactions of RFC
// 3261 §17, the dialogs of RFC 5407 §2, offer and answer (RFC 3264), and
// subscriptions (RFC 6665 §4).
func Machines() []*fsm.Machine {
	return slices.Concat(transaction.Machines(), dialog.Machines(), []*fsm.Machine{offer.Machine()}, subscription.Machines())
}
