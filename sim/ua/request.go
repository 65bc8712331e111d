package ua

import (
	"strconv"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/sip"
)

// request is one request of the phone, from the first try to the end of the
// last try's transaction.
type request struct {
	key    int32
	txn    int32 // the transaction; 0 before the first response
	method string
	client *auth.Client // credentials for its Call-ID
	sent   auth.Sent
	final  int // status of the final response to this try; 0 before it
	hops   hops
	asker  asker
	// unwanted has the request go to no other address: nobody waits for its
	// answer any more.
	unwanted bool
}

// asker is who sends a request, and acts on what becomes of it.
type asker interface {
	write(t *turn, m *sip.Message) // the request, afresh for each try
	going(t *turn, m *sip.Message) // it is about to be sent
	moves(t *turn, m *sip.Message) // it is about to be sent to another address
	learn(t *turn, o outcome)      // each outcome, before it is judged
	heard(t *turn, o outcome)      // each response; what stands for one
	ended(t *turn)                 // the transaction is over
}

// outside is the part of an asker that has no dialog to keep up to date.
type outside struct{}

func (outside) write(*turn, *sip.Message) {}
func (outside) going(*turn, *sip.Message) {}
func (outside) moves(*turn, *sip.Message) {}
func (outside) learn(*turn, outcome)      {}
func (outside) ended(*turn)               {}

// outcome is what became of a request: a response, or what stands for one.
type outcome struct {
	failure
	m *sip.Message // nil where no response came
}

// outcomeOf is a response.
func outcomeOf(m *sip.Message) outcome {
	if m.Status < 300 {
		return outcome{failure{code: m.Status, text: m.Reason}, m}
	}
	return outcome{failureOf(m), m}
}

// ask sends a request for the first time.
func (p *Phone) ask(t *turn, r *request) {
	r.sent.Begin()
	p.try(t, r)
}

// try sends a request in a transaction of its own, with the credentials that
// its Call-ID has earned (RFC 3261 §22.2).
func (p *Phone) try(t *turn, r *request) {
	r.key, r.txn, r.final = p.number(), 0, 0
	p.requests[r.key] = r
	m := t.env.New()
	r.asker.write(t, m)
	r.client.Authorize(m, &r.sent, t.env.Chance)
	r.asker.going(t, m)
	r.hops.ask(t, r.key, m)
}

// failsOver sends the request to the next address, if this turn has it fail at
// the one that was tried (RFC 3263 §4.3). Its asker hears of the failure only
// where it has to begin anew.
func (p *Phone) failsOver(t *turn, r *request) bool {
	if r.unwanted || r.final != 0 {
		return false
	}
	m := r.hops.next(t)
	if m == nil {
		return false
	}
	delete(p.requests, r.key)
	r.key, r.txn = p.number(), 0
	p.requests[r.key] = r
	r.asker.moves(t, m)
	r.hops.send(t, r.key, m)
	return true
}

// hear gives a request what has become of it. Of an earlier try, which another
// has followed, only the end matters.
func (p *Phone) hear(t *turn) {
	r := p.requests[t.ev.Key]
	switch {
	case r == nil:
		return
	case t.ev.Kind == core.Gone:
		p.gone(t, r)
		return
	case t.ev.Key != r.key, p.failsOver(t, r):
		return
	}
	switch t.ev.Kind {
	case core.Response:
		p.response(t, r, t.ev.Message)
	case core.Timeout:
		p.finish(t, r, outcome{failure: failure{408, "no answer came", "RFC 3261 §8.1.3.1", 0}})
	case core.TransportError:
		p.finish(t, r, outcome{failure: failure{503, "the request could not be sent", "RFC 3261 §8.1.3.1", 0}})
	}
}

// response acts on a response: a challenge is answered, the rest is for whoever
// asked.
func (p *Phone) response(t *turn, r *request, m *sip.Message) {
	r.txn = t.ev.Txn
	switch {
	case m.Count(sip.NameVia) > 1:
		t.note("a response with more than one Via is another's: discarded", "RFC 3261 §8.1.3.3")
	case r.final != 0 && (r.final >= 300 || m.Status >= 300):
		t.note("a response after the final one: ignored", "RFC 3261 §13.2.2.3")
	case m.Status < 200:
		r.hears(t, outcomeOf(m))
	case r.final == 0 && r.method != sip.CANCEL && (m.Status == 401 || m.Status == 407):
		p.challenged(t, r, outcomeOf(m))
	default:
		if m.Status < 300 {
			r.client.Accepted(m, &r.sent)
		}
		p.self.remember(r.client)
		p.finish(t, r, outcomeOf(m))
	}
}

// finish hands over the final response, or what stands for one where none came.
// The 2xx of an INVITE come more than once (§13.2.2.4).
func (p *Phone) finish(t *turn, r *request, o outcome) {
	if r.final != 0 && o.m == nil {
		return
	}
	r.final = o.code
	r.hears(t, o)
}

// hears hands an outcome over.
func (r *request) hears(t *turn, o outcome) {
	r.asker.learn(t, o)
	r.asker.heard(t, o)
}

// gone ends the request with its transaction. One that was never answered so
// that the phone could use it counts as unanswered.
func (p *Phone) gone(t *turn, r *request) {
	delete(p.requests, t.ev.Key)
	if t.ev.Key == r.key {
		p.finish(t, r, outcome{failure: failure{408, "no answer came that could be used", "RFC 3261 §8.1.3.1", 0}})
	}
	r.asker.ended(t)
}

// challenged answers a 401 or 407 as package auth finds it to be meant, or
// gives up.
func (p *Phone) challenged(t *turn, r *request, o outcome) {
	m := o.m
	f := r.client.Hear(m, &r.sent)
	row := f.Row()
	t.note(strconv.Itoa(m.Status)+" to a request with "+row.Request+", "+row.Says+": "+row.Means+"; the phone "+row.Does, row.Ref)
	if row.Answer {
		r.asker.learn(t, o)
		p.try(t, r)
		return
	}
	o.text, o.ref = refusal(m.Status, f), row.Ref
	if f.Meaning == auth.NoPassword {
		o.text = f.Realm + " wants a user and a password"
	}
	p.finish(t, r, o)
}
