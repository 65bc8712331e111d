package controller

import (
	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// Controller is the core of one controller. Make it with New.
type Controller struct {
	settings Settings
	contact  string // its Contact value; "" before the first event
	dialogs  *dialog.Set
	parties  map[*dialog.Dialog]*party
	asked    map[int32]*asked // requests on their way, by their Key
	served   map[int32]*party // BYEs that have come, by their transaction
	calls    []*call
	last     int32 // Key, and number of kept bytes, given last
}

var _ core.Core = (*Controller)(nil)

// New makes a controller that has called nobody. The settings have passed Check.
func New(s Settings) *Controller {
	c := &Controller{
		settings: s, dialogs: dialog.NewSet(),
		parties: map[*dialog.Dialog]*party{}, asked: map[int32]*asked{}, served: map[int32]*party{},
	}
	c.dialogs.Seen = s.Seen
	return c
}

// asked is a request on its way.
type asked struct {
	method string
	party  *party
	dialog *dialog.Dialog // that the INVITE began, or the BYE ends
	why    string         // the Reason of a BYE
	sent   auth.Sent      // the credentials of a BYE
}

// turn is one event at work.
type turn struct {
	*Controller
	ev  *core.Event
	env *core.Env
	out []core.Effect
}

// Handle acts on one event.
func (c *Controller) Handle(ev *core.Event, env *core.Env, out []core.Effect) []core.Effect {
	if c.contact == "" {
		u, _ := sip.ParseURI(c.settings.AOR)
		c.contact = "<sip:" + u.User + "@" + env.Addr.String() + ">"
	}
	t := &turn{Controller: c, ev: ev, env: env, out: out}
	switch ev.Kind {
	case core.Human:
		t.act()
	case core.Request:
		t.request(ev.Message)
	case core.Response:
		t.response(c.asked[ev.Key], ev.Message)
	case core.Timeout:
		t.unanswered(c.asked[ev.Key], 408, "no answer came")
	case core.TransportError:
		t.unanswered(c.asked[ev.Key], 503, "the request could not be sent")
	case core.Gone:
		t.gone()
	}
	return t.out
}

// act does what the operator did.
func (t *turn) act() {
	switch a := t.ev.Act; a.Verb {
	case "connects":
		t.connect(t.env.Whom(a.Args[0]), t.env.Whom(a.Args[2]))
	case "disconnects":
		for _, c := range append([]*call(nil), t.calls...) {
			t.hangUp(c, nil, "")
		}
	default:
		t.note("a controller has no act "+a.Verb, "")
	}
}

// number is one that no request and no kept bytes have.
func (t *turn) number() int32 {
	t.last++
	return t.last
}

// ask sends a request in a transaction of its own.
func (t *turn) ask(m *sip.Message, a *asked) int32 {
	key := t.number()
	t.asked[key] = a
	t.out = append(t.out, core.Effect{Kind: core.Ask, Key: key, Message: m})
	return key
}

func (t *turn) note(text, ref string) {
	t.out = append(t.out, core.Effect{Kind: core.Note, Text: text, Ref: ref})
}

func (t *turn) say(what string, code int, text, ref string) {
	t.out = append(t.out, core.Effect{Kind: core.Say, What: what, Code: code, Text: text, Ref: ref})
}

// moved notes what has become of a dialog.
func (t *turn) moved(d *dialog.Dialog, s dialog.Step) {
	if s.Moved() {
		t.out = append(t.out, core.Effect{
			Kind: core.Move, What: d.Machine().Name, Key: d.Number,
			From: dialog.Name(s.From), To: dialog.Name(s.To), On: s.On, Ref: s.Ref,
		})
	}
	if s.To == dialog.Morgue {
		delete(t.parties, d)
	}
}

// response gives a response to the party whose request it answers.
func (t *turn) response(a *asked, m *sip.Message) {
	switch {
	case a == nil:
	case a.method == sip.INVITE:
		a.party.answer(t, m)
	case a.method == sip.BYE && !a.again(t, m):
		t.moved(a.dialog, a.dialog.Received(m))
	}
}

// unanswered is what stands for a response where none came (RFC 3261 §8.1.3.1).
func (t *turn) unanswered(a *asked, status int, why string) {
	if a != nil && a.method == sip.INVITE {
		a.party.failed(t, status, why)
	}
}

// gone takes the end of a transaction.
func (t *turn) gone() {
	if p := t.served[t.ev.Txn]; p != nil && t.ev.Key == 0 {
		delete(t.served, t.ev.Txn)
		t.moved(p.d, p.d.Over(sip.BYE))
		return
	}
	a := t.asked[t.ev.Key]
	if a == nil {
		return
	}
	delete(t.asked, t.ev.Key)
	switch a.method {
	case sip.BYE:
		t.moved(a.dialog, a.dialog.Over(sip.BYE))
	case sip.INVITE:
		a.party.over(t, a.dialog)
	}
}

// allow is what a controller serves.
const allow = "INVITE, ACK, CANCEL, BYE"

// request serves a request: a BYE of a party, and little else.
func (t *turn) request(m *sip.Message) {
	d := t.dialogs.Find(m)
	p := t.parties[d]
	switch {
	case m.Method == sip.ACK:
	case m.Method != sip.BYE && m.Method != sip.INVITE:
		t.refuse(m, 405, "RFC 3261 §8.2.1").Add(sip.NameAllow, allow, sip.Rule("RFC 3261 §8.2.1"))
	case p == nil && m.Method == sip.INVITE && d == nil && m.To().Tag() == "":
		t.refuse(m, 403, "RFC 3261 §21.4.4")
	case p == nil:
		t.refuse(m, 481, "RFC 3261 §12.2.2")
	default:
		p.asks(t, d, m)
	}
}

// refuse answers a request with a failure.
func (t *turn) refuse(m *sip.Message, status int, ref string) *sip.Message {
	tag := m.To().Tag()
	if tag == "" {
		tag = t.env.Token()
	}
	r := core.Respond(t.env, m, status, "", tag)
	t.note("answers "+m.Method+" with "+sip.Reason(status), ref)
	t.out = append(t.out, core.Effect{Kind: core.Answer, Txn: t.ev.Txn, Message: r})
	return r
}
