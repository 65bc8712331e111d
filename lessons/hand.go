package lessons

import (
	"errors"
	"slices"
	"strings"

	"siplab/sim"
	"siplab/sim/ask"
	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/words"
)

// hand is a learner's hand at an element, for one decision.
type hand struct {
	play   *Play
	moment moment
	past   *trace.Trace // the right run, which is this one up to the moment
	decide sim.Player
	asked  []asked // what has come and can be answered
	done   bool
	err    error
}

// asked is a request that has come in a server transaction.
type asked struct {
	branch, method string
	txn            int32
}

// plays is a sim.Player.
func (h *hand) plays(ev *core.Event, offered []core.Effect) []core.Effect {
	if h.done {
		return offered
	}
	if m := ev.Message; ev.Kind == core.Request && ev.Txn != 0 {
		h.asked = append(h.asked, asked{m.Branch(), m.Method, ev.Txn})
	}
	if !h.now(ev) {
		return offered
	}
	h.done = true
	return h.decide(ev, offered)
}

// now says whether the event is the one at which the run stops.
func (h *hand) now(ev *core.Event) bool {
	switch {
	case h.moment.event < 0:
		return false
	case h.moment.packet == 0:
		return ev.Now >= h.play.at
	}
	return ev.Message != nil && ev.Message.Packet == h.moment.packet
}

// choose is what a choice makes of the effects that the element offers.
func (h *hand) choose(c *Choice, ev *core.Event, offered []core.Effect) []core.Effect {
	for _, e := range c.edits {
		var err error
		if offered, err = e(offered, h.find); err != nil {
			h.err = err
		}
	}
	if c.lines == nil {
		return offered
	}
	ef, err := h.written(c, ev)
	if err != nil {
		h.err = err
		return offered
	}
	return append(nothing(offered), ef)
}

// written is the effect that sends the message of a choice.
func (h *hand) written(c *Choice, ev *core.Event) (ef core.Effect, err error) {
	t, err := (&sim.Message{Lines: c.lines}).Template()
	if err != nil {
		return ef, err
	}
	text, err := t.Fill(h.find)
	if err != nil {
		return ef, err
	}
	m := new(sip.Message)
	if err := m.Parse(text); err != nil {
		return ef, err
	}
	if m.IsRequest() {
		return core.Effect{Kind: core.Send, Message: m}, nil
	}
	txn := h.answers(m, ev)
	if txn == 0 {
		return ef, errors.New("there is no request here to answer")
	}
	return core.Effect{Kind: core.Answer, Txn: txn, Message: m}, nil
}

// answers is the transaction of the request that a response answers: the one
// that has just come, or an earlier one with its branch and method
// (RFC 3261 §17.1.3); 0 for none.
func (h *hand) answers(m *sip.Message, ev *core.Event) int32 {
	if ev.Kind == core.Request {
		return ev.Txn
	}
	for _, a := range slices.Backward(h.asked) {
		if a.branch != "" && a.branch == m.Branch() && a.method == m.CSeq().Method {
			return a.txn
		}
	}
	return 0
}

// find is the packet that a reference in a text means, of those that have come
// to the host.
func (h *hand) find(p words.Packets) (string, bool) {
	var met []string
	for i := range h.past.Events[:h.moment.event] {
		e := &h.past.Events[i]
		if e.Kind == trace.Arrive && h.past.HostName(e.Host) == h.play.Host && p.Match(ask.Facts(&h.past.Header, e.Packet)) {
			met = append(met, e.Packet.Raw)
		}
	}
	if met = words.Meant(p, met); len(met) == 0 {
		return "", false
	}
	return met[0], true
}

// sends says whether an effect puts a message on the network.
func sends(ef *core.Effect) bool {
	switch ef.Kind {
	case core.Ask, core.Answer, core.Send, core.Repeat, core.Cancel:
		return true
	}
	return false
}

// nothing is what is left of effects when none of them sends.
func nothing(offered []core.Effect) []core.Effect {
	return slices.DeleteFunc(offered, func(ef core.Effect) bool { return sends(&ef) })
}

// firstLine is the first line of what an effect sends, "" for nothing.
func firstLine(ef *core.Effect) string {
	switch {
	case ef.Kind == core.Cancel:
		return sip.CANCEL
	case ef.Message == nil:
		return ""
	}
	first, _, _ := strings.Cut(ef.Message.String(), "\r\n")
	return first
}
