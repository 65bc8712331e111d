package ua

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/core"
	"siplab/sim/sip"
)

// TestDLG25WhateverHappensNothingIsLeft lets humans, far ends and time do
// anything in any order. What the phone sends stays right; and when all
// transactions have ended and everybody has hung up, nothing is left.
func TestDLG25WhateverHappensNothingIsLeft(t *testing.T) {
	for seed := range uint64(1500) {
		w := walk{newLine(t), netem.NewChance(seed, "walk"), seed}
		w.dress()
		w.act("queries") // a registration beside it is not disturbed
		for range 5 + w.chance.N(40) {
			w.step()
		}
		w.leave()
	}
}

type walk struct {
	*line
	chance *netem.Chance
	seed   uint64
}

func pick[T any](w *walk, of ...T) T { return of[w.chance.N(uint64(len(of)))] }

func (w *walk) dress() {
	w.settings.Reliable = pick(w, "", "yes", "required")
	w.settings.Progress = pick(w, "", "183", "nothing")
	w.settings.OfferLate = pick(w, false, false, true)
	w.settings.RingFor = pick(w, 0, 3*time.Second)
	w.settings.AnswerAfter = pick(w, 0, 0, time.Second)
	w.settings.Policy = pick(w, "", "", "ask", "deny")
	w.settings.Bugs = pick(w, nil, nil, []string{"bye-before-ack"})
}

func (w *walk) step() {
	switch w.chance.N(9) {
	case 0, 1:
		w.human()
	case 2, 3, 4:
		w.response()
	case 5, 6:
		w.request()
	case 7:
		w.handle(core.Event{Kind: core.Confirmed, Txn: int32(w.chance.N(uint64(w.txns) + 1))})
	default:
		w.at(w.now + time.Duration(w.chance.N(5000))*time.Millisecond)
	}
}

func (w *walk) human() {
	w.act(pick(w,
		[]string{"calls", "sip:carol@chicago.example.com"}, []string{"answers"}, []string{"answers", "after", "1s"}, []string{"rejects"},
		[]string{"redirects", "to", "sip:carol@192.0.2.4"}, []string{"cancels"}, []string{"hangs", "up"}, []string{"hangs", "up", "with", "BYE"},
		[]string{"holds"}, []string{"resumes", "by", "UPDATE"}, []string{"changes", "address", "to", "192.0.2.77:5070"},
		[]string{"refreshes", "without", "offer"}, []string{"updates"}, []string{"sends", "info"},
		[]string{"asks", "options", "of", "sip:carol@chicago.example.com"},
		[]string{"subscribes", "to", "sip:carol@chicago.example.com", "for", "presence", "lasting", "40s"},
		[]string{"fetches", "dialog", "of", "sip:carol@chicago.example.com"}, []string{"unsubscribes"},
		[]string{"publishes", "presence", pick(w, "open", "closed")}, []string{"grants"}, []string{"denies"},
		[]string{"transfers", "to", "sip:dave@denver.example.com"},
		[]string{"refers", "sip:carol@chicago.example.com", "to", "sip:dave@denver.example.com", "without", "subscription"},
	)...)
}

// waiting are the methods of the phone's requests under way.
func (w *walk) waiting() []string {
	var methods []string
	for key := int32(0); key <= w.phone.last; key++ {
		if o := w.sent[key]; o != nil && key != keyRegister {
			methods = append(methods, o.m.Method)
		}
	}
	return methods
}

func (w *walk) response() {
	methods := w.waiting()
	if len(methods) == 0 {
		return
	}
	method := pick(w, methods...)
	o := w.newest(method)
	status := pick(w, 100, 180, 180, 183, 199, 200, 200, 200, 202, 302, 401, 407, 408, 415, 420, 422, 423, 481, 489, 486, 487, 488, 491, 500, 503, 603, 699)
	if o.done && (method != sip.INVITE || status < 200 || status >= 300) {
		w.over(method) // the transaction lets nothing else through
		return
	}
	fields := pick(w, nil, nil, nil, []string{"- Contact"}, []string{"+ Require: 100rel", "+ RSeq: " + strconv.Itoa(1+int(w.chance.N(3)))},
		[]string{"+ Require: foo"}, []string{"+ Retry-After: 2"}, []string{"+ Contact: <sip:dave@192.0.2.9>;q=0.5"},
		[]string{"+ Record-Route: <sip:p1.example.com;lr>"}, []string{"+ Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKx"},
		[]string{`+ WWW-Authenticate: Digest realm="a", nonce="` + strconv.Itoa(int(w.chance.N(4))) + `"`},
		[]string{"+ Unsupported: 100rel"})
	o.done = status >= 200
	w.gets(status, method, pick(w, "a", "a", "a", "b", "d"), pick(w, "", "sdp", "sdp", "sendonly", "inactive", "g729", "text"), fields)
}

func (w *walk) request() {
	method := pick(w, sip.INVITE, sip.INVITE, sip.ACK, sip.ACK, sip.BYE, sip.CANCEL, sip.PRACK, sip.UPDATE, sip.INFO, sip.OPTIONS, sip.MESSAGE, sip.SUBSCRIBE, sip.SUBSCRIBE,
		sip.NOTIFY, sip.NOTIFY, sip.NOTIFY, sip.REFER, sip.REFER, "FOO")
	if method == sip.CANCEL && w.far.last == nil {
		return
	}
	if more := w.event(method); more != nil {
		w.sends(method, pick(w, "", "100", "200", "486", "open", "text"), more)
		return
	}
	fields := pick(w, nil, nil, nil, nil, []string{"+ RAck: {rseq} 1 INVITE"}, []string{"+ RAck: x"}, []string{"+ Supported: 100rel"},
		[]string{"+ Require: 100rel"}, []string{"+ Require: foo"}, []string{"- Contact"}, []string{"+ Expires: 2"},
		[]string{"- From", "+ From: <sip:carol@chicago.example.com>;tag=b"}, []string{"- Call-ID", "+ Call-ID: other"},
		[]string{"- To", "+ To: <sip:bob@biloxi.example.com>"}, []string{"- CSeq", "+ CSeq: 1 " + method})
	w.sends(method, pick(w, "", "sdp", "sdp", "sendonly", "inactive", "g729", "text"), fields)
}

// event is what a SUBSCRIBE, a NOTIFY or a REFER has besides, mostly right; nil
// for another method.
func (w *walk) event(method string) []string {
	about := pick(w, "presence", "presence", "dialog", "refer", "refer;id=2", "nonsense", ";;")
	from := pick(w, nil, nil, nil, []string{"- From", "+ From: <sip:carol@chicago.example.com>;tag=b"}, []string{"- Contact"},
		[]string{"- To", "+ To: <sip:bob@biloxi.example.com>"}, []string{"- CSeq", "+ CSeq: 1 " + method})
	switch method {
	case sip.SUBSCRIBE:
		return append([]string{"+ Event: " + about, "+ Expires: " + pick(w, "0", "5", "60", "3600")}, from...)
	case sip.NOTIFY:
		state := pick(w, "active;expires=40", "pending;expires=3", "active", "terminated", "terminated;reason=deactivated", "x;expires=1", ";")
		return append([]string{"+ Event: " + about, "+ Subscription-State: " + state}, from...)
	case sip.REFER:
		to := pick(w, "<sip:dave@denver.example.com>", "<sip:dave@denver.example.com?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>", "<http://a>", "<>", "<sip:b@c>, <sip:d@e>")
		return append(pick(w, []string{"+ Refer-To: " + to}, []string{"+ Refer-To: " + to, "+ Refer-Sub: false", "+ Supported: norefersub"}, []string{}), from...)
	}
	return nil
}

// leave lets the call end and every transaction with it.
func (w *walk) leave() {
	for range 6 {
		w.act("hangs", "up")
		w.act("unsubscribes")
		for _, method := range w.waiting() {
			if o := w.newest(method); !o.done {
				o.done = true
				w.handle(core.Event{Kind: core.Timeout, Key: o.key})
			}
		}
		w.overAll()
		w.at(w.now + time.Hour)
	}
	w.overAll()
	p := w.phone
	require.Empty(w.t, p.lines, "seed %d\n%s", w.seed, w.out.String())
	require.Empty(w.t, p.legs, "seed %d\n%s", w.seed, w.out.String())
	require.Empty(w.t, p.alarms, "seed %d\n%s", w.seed, w.out.String())
	require.Empty(w.t, p.requests, "seed %d", w.seed)
	require.Zero(w.t, p.subs.Len(), "seed %d\n%s", w.seed, w.out.String())
	require.Empty(w.t, p.watches, "seed %d", w.seed)
	require.Empty(w.t, p.watchers, "seed %d", w.seed)
	require.Empty(w.t, p.forking, "seed %d", w.seed)
	require.Empty(w.t, p.served, "seed %d", w.seed)
	require.Empty(w.t, w.kept, "seed %d\n%s", w.seed, w.out.String())
	require.Zero(w.t, p.dialogs.Len(), "seed %d\n%s", w.seed, w.out.String())
}
