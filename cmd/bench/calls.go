package main

import (
	"fmt"
	"strings"

	"siplab/sim"
	"siplab/sim/core"
	"siplab/sim/scenario"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

const (
	callsInWorld  = 500
	messagesACall = 7 // INVITE, 100, 180, 200, ACK, BYE, 200
)

func calls(dir string) ([]contest, error) {
	world, err := worldOfCalls()
	if err != nil {
		return nil, err
	}
	sipp, err := newSIPp(dir)
	if err != nil {
		return nil, err
	}
	return []contest{{
		title: "A call: INVITE, 100, 180, 200, ACK, BYE, 200; both ends",
		entries: []entry{
			{name: "siplab, a World that keeps its trace", measure: world},
			{name: "sipgo, client and server in one process", measure: sipgoCalls},
			{name: "SIPp to SIPp over loopback, both processes", missing: absent("sipp", "apt-get install sip-tester"), measure: sipp.measure},
		},
		remarks: []string{
			"siplab's network is simulated: no system calls; its figure has every timer up to the transactions' ends, and every event kept",
			"SIPp follows a script without transactions: it matches little and checks little; at this rate it polls least",
			fmt.Sprintf("sipgo makes %d calls at a time; its timers that end later than the round are not in its figure", sipgoAtOnce),
			"most of what SIPp and sipgo use is the kernel's loopback, which siplab has not to pay",
		},
	}}, nil
}

// worldOfCalls measures calls in a World, one after the other.
func worldOfCalls() (func() (figure, error), error) {
	var text strings.Builder
	text.WriteString("net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com answer-after 1s\n")
	for i := range callsInWorld {
		fmt.Fprintf(&text, "at %ds alice calls bob\nat %ds alice hangs up\n", 60*i, 60*i+5)
	}
	s, err := scenario.Parse("", text.String())
	if err != nil {
		return nil, err
	}
	var kept trace.Recorder
	return func() (figure, error) {
		var f figure
		f, err := here(callsInWorld, func() error {
			w, err := sim.New(s, &kept)
			if err != nil {
				return err
			}
			w.Play("bob", trying)
			w.Run()
			return nil
		})
		if err != nil {
			return f, err
		}
		return f, counted(kept.Trace())
	}, nil
}

// trying says 100 before the phone's own 180, as sipgo's and SIPp's ends do. A
// phone that rings at once owes none (RFC 3261 §17.2.1).
func trying(ev *core.Event, offered []core.Effect) []core.Effect {
	if ev.Kind != core.Request || ev.Message.Method != sip.INVITE {
		return offered
	}
	var m sip.Message
	m.Response(100, "")
	for _, name := range []sip.Name{sip.NameVia, sip.NameFrom, sip.NameTo, sip.NameCallID, sip.NameCSeq} {
		m.CopyFrom(ev.Message, name)
	}
	return append([]core.Effect{{Kind: core.Answer, Txn: ev.Txn, Message: &m}}, offered...)
}

// counted holds a run to what was to be measured.
func counted(tr *trace.Trace) error {
	if n := sent(tr); n != callsInWorld*messagesACall {
		return fmt.Errorf("%d messages for %d calls", n, callsInWorld)
	}
	return nil
}

// sent counts the messages of a run.
func sent(tr *trace.Trace) (n int) {
	for i := range tr.Events {
		if tr.Events[i].Kind == trace.Send {
			n++
		}
	}
	return n
}
