package transaction

import (
	"net/netip"

	"siplab/sim/fsm"
	"siplab/sim/sip"
)

// Tx is one transaction (RFC 3261 §17). A Table makes it and takes it back.
type Tx struct {
	ID   int32 // number at this host, from 1, in order of creation
	Kind Kind
	Key
	Reliable bool           // over a transport that neither loses nor repeats
	Src, Dst netip.AddrPort // where its messages go from and to
	Request  string         // bytes of the request that it sent or received
	Packet   int32          // the packet that carried them first, for the origins of fields
	Response string         // the last response that it sent
	Core     any            // the owner's own

	run     fsm.Run
	table   *Table
	ack     string // the ACK to a final response that is no 2xx
	via     string // server: topmost Via of the request, as the transport left it
	uri     string // what else requests without the magic cookie are compared by
	toTag   string // of a request without the magic cookie
	ownTag  string // To tag of the response
	pending bool   // Timer100 runs
	next    *Tx    // another of the same Key
}

// State is where the machine stands.
func (t *Tx) State() fsm.State { return t.run.State }

// StateName is the name of a state of the transaction's machine.
func (t *Tx) StateName(s fsm.State) string { return Machine(t.Kind).State(s) }

func (t *Tx) machine() *fsm.Machine { return t.table.stack.machines[t.Kind] }

// Begin starts the transaction: a client sends its request, a server tells its
// user of the request.
func (t *Tx) Begin(out []Effect) []Effect {
	if t.Kind.Client() {
		return t.step(tuRequest, nil, out)
	}
	out = t.step(netRequest, nil, out)
	return t.await100(out)
}

// Receive takes a message that MatchRequest or MatchResponse has matched to
// the transaction. An effect that tells the user of it means m.
func (t *Tx) Receive(m *sip.Message, out []Effect) []Effect {
	return t.step(t.received(m), &given{message: m}, out)
}

// Respond takes a response that the user hands down, as bytes.
func (t *Tx) Respond(status int, bytes string, out []Effect) []Effect {
	return t.step(t.handed(status), &given{response: bytes}, out)
}

// Fire takes the firing of a timer that an effect started.
func (t *Tx) Fire(timer Timer, out []Effect) []Effect {
	if timer == Timer100 {
		return t.try(out)
	}
	return t.step(fsm.Event(timer), nil, out)
}

// TransportError takes the transport's word that what the transaction sent
// last could not be delivered (§17.1.4, §17.2.4, §18.4).
func (t *Tx) TransportError(out []Effect) []Effect { return t.step(transportError, nil, out) }

// Abandon ends the transaction without a word, for a reason that the user
// gives with its section: a request that it cannot answer in time (RFC 4320
// §4.2), a cancelled INVITE that never ends (RFC 3261 §9.1).
func (t *Tx) Abandon(ref string, out []Effect) []Effect {
	const on = "abandoned by TU"
	from := t.run.State
	if from == 0 || from == Terminated {
		return append(out, Effect{Op: Drop, On: on, Ref: ref, Text: "the transaction is not running"})
	}
	row := t.run.Leave(t.machine())
	out = t.turn(row, from, on, ref, out)
	return append(out, Effect{Op: End, On: on, Ref: ref})
}

// given is what an event brought with it.
type given struct {
	message  *sip.Message
	response string // bytes that the user hands down
}

// step moves the machine and carries out its row.
func (t *Tx) step(e fsm.Event, g *given, out []Effect) []Effect {
	m := t.machine()
	from := t.run.State
	row := t.run.Step(m, e, t.holds())
	switch {
	case row == nil:
		return append(out, Effect{Op: Drop, From: from, To: from, On: m.Event(e), Ref: m.Ref, Text: "the machine has no row for it"})
	case row.Why != "":
		return append(out, Effect{Op: Drop, From: from, To: from, On: m.Event(e), Ref: row.Ref, Text: row.Why})
	case len(row.Do) == 0 && row.From == row.To:
		return append(out, Effect{Op: Drop, From: from, To: from, On: m.Event(e), Ref: row.Ref, Text: "absorbed"})
	}
	if g != nil && g.response != "" {
		out = t.quit100(m.Event(e), row.Ref, out)
	}
	out = t.turn(row, from, m.Event(e), row.Ref, out)
	for _, a := range row.Do {
		out = t.do(a, g, Effect{On: m.Event(e), Ref: row.Ref}, out)
	}
	if t.run.State == Terminated {
		out = append(out, Effect{Op: End, On: m.Event(e), Ref: row.Ref})
	}
	return out
}

// holds are the conditions of rows that hold now.
func (t *Tx) holds() fsm.Conditions {
	var c fsm.Conditions
	if t.Response != "" {
		c = c.With(answered)
	}
	if t.Reliable || !t.pending {
		c = c.With(due)
	}
	return c
}

// turn stops and starts the timers of a row and notes its move.
func (t *Tx) turn(row *fsm.Row, from fsm.State, on, ref string, out []Effect) []Effect {
	for i := range row.Stops {
		if c := &row.Stops[i]; t.run.Has(c) {
			out = append(out, Effect{Op: Stop, Timer: Timer(c.Timer), On: on, Ref: ref})
		}
	}
	if t.run.State == Terminated {
		out = t.quit100(on, ref, out)
	}
	if from != t.run.State {
		out = append(out, Effect{Op: Move, From: from, To: t.run.State, On: on, Ref: ref})
	}
	for i := range row.Starts {
		if c := &row.Starts[i]; t.run.Has(c) {
			out = append(out, Effect{Op: Start, Timer: Timer(c.Timer), After: t.run.After(c, &t.table.lengths), Again: c.Again, On: on, Ref: ref})
		}
	}
	return out
}

// do carries out one action of a row; ef has the event and the rule already.
func (t *Tx) do(a fsm.Action, g *given, ef Effect, out []Effect) []Effect {
	switch a {
	case sendRequest:
		ef.Op, ef.Bytes, ef.Again = Send, t.Request, ef.On != t.machine().Event(tuRequest)
	case sendACK:
		ef.Op, ef.Again = Send, t.ack != ""
		if !ef.Again {
			ef.Message = t.buildACK(g.message)
		}
		ef.Bytes = t.ack
	case sendResponse:
		if g != nil && g.response != "" {
			ef.Again = g.response == t.Response
			t.answer(g.response)
		} else {
			ef.Again = true
		}
		ef.Op, ef.Bytes = Send, t.Response
	default:
		ef.Op, ef.Tell = Tell, tellings[a]
	}
	return append(out, ef)
}

var tellings = [...]Telling{
	tellRequest:        TellRequest,
	tellResponse:       TellResponse,
	tellTimeout:        TellTimeout,
	tellTransportError: TellTransportError,
	tellNoACK:          TellNoACK,
}

// received is the event that a message from the network is to this machine.
func (t *Tx) received(m *sip.Message) fsm.Event {
	switch {
	case m.IsRequest() && m.Method == sip.ACK:
		return netACK
	case m.IsRequest():
		return netRequest
	case m.Status < 100 || m.Status > 699:
		return 0
	case m.Status < 200:
		return net1xx
	case t.Kind == NonInviteClient:
		return netFinal
	case m.Status < 300:
		return net2xx
	}
	return net300
}

// handed is the event that a response from the user is to this machine.
func (t *Tx) handed(status int) fsm.Event {
	invite := t.Kind == InviteServer
	switch {
	case status < 100 || status > 699:
		return 0
	case invite && status < 200:
		return tu1xx
	case invite && status < 300:
		return tu2xx
	case invite:
		return tu300
	case status == 100:
		return tu100
	case status < 200:
		return tu101
	case status == 408:
		return tu408
	}
	return tuFinal
}
