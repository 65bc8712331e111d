package transaction

import (
	"fmt"
	"strings"
	"time"

	"siplab/sim/sip"
)

// The 100 (Trying) of a server transaction is no row of a figure: it is a
// deadline for the user, and what the transaction does when it passes it hands
// to the machine as if the user had.
//
// RFC 3261 §17.2.1: "The server transaction MUST generate a 100 (Trying)
// response unless it knows that the TU will generate a provisional or final
// response within 200 ms". RFC 4320 §4.1 says the same of a non-INVITE request,
// only later.

// await100 starts the deadline.
func (t *Tx) await100(out []Effect) []Effect {
	t.pending = true
	return append(out, Effect{Op: Start, Timer: Timer100, After: t.table.timing.trying(t.Kind), On: "request", Ref: t.ref100()})
}

// quit100 stops the deadline, where it still runs.
func (t *Tx) quit100(on, ref string, out []Effect) []Effect {
	if !t.pending {
		return out
	}
	t.pending = false
	return append(out, Effect{Op: Stop, Timer: Timer100, On: on, Ref: ref})
}

// try answers 100, now that the deadline has passed.
func (t *Tx) try(out []Effect) []Effect {
	if !t.pending {
		return append(out, Effect{Op: Drop, On: "Timer 100", Ref: t.ref100(), Text: "the request has been answered"})
	}
	t.pending = false
	m, raw := t.build100()
	first := len(out)
	out = t.Respond(100, raw, out)
	for i := first; i < len(out); i++ {
		if out[i].Op == Send {
			out[i].Message, out[i].On, out[i].Ref = m, "Timer 100", t.ref100()
		}
	}
	return out
}

func (t *Tx) ref100() string {
	if t.Kind == InviteServer {
		return "RFC 3261 §17.2.1"
	}
	return "RFC 4320 §4.1"
}

// build100 makes the 100 by §8.2.6 and prints it. A Timestamp goes back with the
// time that the 100 took: "If there is a delay in generating the response, the
// UAS SHOULD add a delay value into the Timestamp value in the response." It takes no tag: §17.2.1 has
// "the insertion of tags in the To header field of the response (when none was
// present in the request)" downgraded to SHOULD NOT.
func (t *Tx) build100() (*sip.Message, string) {
	tb := t.table
	req := tb.parsed(t.Request, t.Packet)
	req.SetTop(sip.NameVia, t.via)
	m := tb.blank()
	m.Response(100, "")
	m.CopyFrom(req, sip.NameVia)
	m.CopyFrom(req, sip.NameFrom)
	m.CopyFrom(req, sip.NameTo)
	m.CopyFrom(req, sip.NameCallID)
	m.CopyFrom(req, sip.NameCSeq)
	if stamp, _, _ := strings.Cut(req.Get(sip.NameTimestamp), " "); stamp != "" {
		m.Add(sip.NameTimestamp, stamp+" "+seconds(tb.timing.trying(t.Kind)), sip.Rule("RFC 3261 §8.2.6.1"))
	}
	return m, tb.print(m)
}

// seconds is the delay of a Timestamp (§20.38): digits, and a fraction where
// there is one.
func seconds(d time.Duration) string {
	fraction := strings.TrimRight(fmt.Sprintf("%09d", d%time.Second), "0")
	return strings.TrimRight(fmt.Sprintf("%d.%s", d/time.Second, fraction), ".")
}
