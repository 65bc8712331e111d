package ask

import "siplab/sim/trace"

// The machines of a dialog in a trace: the caller's and the callee's.
const (
	DialogUAC = "dialog-uac"
	DialogUAS = "dialog-uas"
)

// noDialog is what a host says of a dialog that it has forgotten.
const noDialog = "no dialog"

// Phase is the phase of a dialog (RFC 3261 §12) in a state of RFC 5407 §2, by
// the names that both have in a trace: early or confirmed, "" where there is no
// dialog yet or no more.
func Phase(state string) string {
	switch state {
	case "Early":
		return "early"
	case "Moratorium", "Established":
		return "confirmed"
	}
	return ""
}

// calls compares the last states of the dialogs at both ends of each call.
func calls(tr *trace.Trace) []Subject { return inviteDialogs.subjects(tr) }

// inviteDialogs are the two ends of a dialog that an INVITE makes.
var inviteDialogs = pair{name: "call", machines: [2]string{DialogUAC, DialogUAS}, phase: Phase, none: noDialog}

// dialogs counts the early and confirmed dialogs of a host.
func dialogs(tr *trace.Trace, h trace.HostID) int { return inviteDialogs.living(tr, h) }
