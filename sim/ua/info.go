package ua

import (
	"siplab/sim/core"
	"siplab/sim/sip"
)

// info sends an INFO in the dialog (RFC 6086 §4.2.1).
func (l *leg) info(t *turn) {
	if no, ok := l.d.May(sip.INFO); !ok {
		t.note("no INFO: "+no.Why, no.Ref)
		return
	}
	l.ask(t, sip.INFO, nil, func(t *turn, o outcome) {
		if o.code >= 200 {
			t.say(TellInfo, o.code, o.text, "RFC 6086 §4.2.1")
		}
	})
}

// informed acts on an INFO that has come in the dialog: "if the INFO request is
// syntactically correct and well structured, the UA MUST send a 200 (OK)
// response" (RFC 6086 §4.2.2).
func (l *leg) informed(t *turn, m *sip.Message) {
	t.say(TellInfo, 0, "from "+farEnd(l.d), infoTaken)
	l.answer(t, t.ev.Txn, l.respond(t, m, 200), 0)
}

const infoTaken = "RFC 6086 §4.2.2"

// ofPackage says whether an INFO is of an Info Package. The phone takes none, and
// where "the UA has not indicated willingness to receive" one it "MUST send a 469
// (Bad Info Package) response" (RFC 6086 §4.2.2).
func ofPackage(m *sip.Message) bool { return m.Method == sip.INFO && m.Lookup("Info-Package") != "" }

// refusePackage answers such an INFO; the empty Recv-Info says that there is no
// package that would be taken.
func (p *Phone) refusePackage(t *turn, info *sip.Message) {
	m := core.Respond(t.env, info, 469, "", t.served.tag)
	m.AddOther("Recv-Info", "", sip.Rule(infoTaken))
	t.note("answers INFO with "+sip.Reason(469), infoTaken)
	t.answer(m)
}
