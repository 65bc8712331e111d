package main

import (
	"fmt"
	"slices"
	"strings"

	"siplab/lessons"
	"siplab/sim"
	"siplab/sim/ask"
	"siplab/sim/explore"
	"siplab/sim/scenario"
	"siplab/sim/trace"
	"siplab/sim/transaction"
)

// obstacle is a run that a mutant has to pass as the sound transactions do.
type obstacle struct {
	name     string
	scenario *sim.Scenario
	sound    string          // beliefs of the run without a fault
	broken   map[string]bool // laws that it breaks
}

// own are scenarios for what no lesson comes by.
var own = []struct{ name, text string }{
	{"silence", "net delay 20ms loss 100%\nphone bob sip:bob@biloxi.example.com\nphone alice sip:alice@biloxi.example.com\nregistrar biloxi domain biloxi.example.com open\nat 0s bob registers\nat 0s alice calls bob\n"},
	{"a failure that is never acknowledged", "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com busy\nlose every ACK\nat 0s alice calls bob\n"},
	{"a failure whose ACK is lost once", "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com busy\nlose 1st ACK\nat 0s alice calls bob\n"},
	{"copies of everything", "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nduplicate every packet after 100ms\nat 0s alice calls bob\nat 1s bob answers\nat 5s alice hangs up\n"},
	{"late copies", "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nduplicate every packet after 20s\nat 0s alice calls bob\nat 1s bob answers\nat 5s alice hangs up\n"},
	{"late copies of a refusal", "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com busy\nduplicate every packet after 3s\nat 0s alice calls bob\n"},
	{"a refusal over TCP", "net delay 20ms\nphone alice sip:alice@atlanta.example.com transport tcp\nphone bob sip:bob@biloxi.example.com transport tcp busy\nat 0s alice calls bob\n"},
	{"a call over TCP", "net delay 20ms\nphone alice sip:alice@atlanta.example.com transport tcp\nphone bob sip:bob@biloxi.example.com transport tcp\nat 0s alice calls bob\nat 1s bob answers\nat 5s alice hangs up\n"},
	{"a slow registrar behind a proxy", "net delay 20ms\nphone bob sip:bob@biloxi.example.com outbound sip:edge.biloxi.example.com;lr\nproxy edge name edge.biloxi.example.com\nregistrar biloxi domain biloxi.example.com open\nlink edge biloxi delay 4s\nlose 1st 200 from edge\nat 0s bob registers for 10m\nrun for 2m\n"},
	{"a slow registrar behind a proxy, over TCP", "net delay 20ms\nphone bob sip:bob@biloxi.example.com transport tcp outbound sip:edge.biloxi.example.com;lr;transport=tcp\nproxy edge name edge.biloxi.example.com\nregistrar biloxi domain biloxi.example.com open\nlink edge biloxi delay 4s\nat 0s bob registers for 10m\nrun for 2m\n"},
	{"a registrar that is dark behind a proxy", "net delay 20ms\nphone bob sip:bob@biloxi.example.com outbound sip:edge.biloxi.example.com;lr\nproxy edge name edge.biloxi.example.com\nregistrar biloxi domain biloxi.example.com open\nat 0s biloxi goes dark\nat 0s bob registers for 10m\nrun for 2m\n"},
	{"a 408 of a far registrar", "net delay 20ms\nphone bob sip:bob@biloxi.example.com registrar sip:far.example.com\nscript far domain far.example.com\nmessage no | SIP/2.0 408 Request Timeout\nmessage no | Via: {Via of 1st REGISTER from bob}\nmessage no | From: {From of 1st REGISTER from bob}\nmessage no | To: {To of 1st REGISTER from bob};tag=x\nmessage no | Call-ID: {Call-ID of 1st REGISTER from bob}\nmessage no | CSeq: {CSeq of 1st REGISTER from bob}\nmessage no |\nat 0s bob registers\nat 5s far sends no to bob\n"},
	{"nobody at the port", "net delay 20ms\nphone alice sip:alice@atlanta.example.com transport tcp\nphone bob sip:bob@biloxi.example.com no-tcp\nat 0s alice calls bob\n"},
	{"an early 100 to a REGISTER", "net delay 20ms\nphone bob sip:bob@biloxi.example.com registrar sip:far.example.com\nscript far domain far.example.com\nmessage wait | SIP/2.0 100 Trying\nmessage wait | Via: {Via of 1st REGISTER from bob}\nmessage wait | From: {From of 1st REGISTER from bob}\nmessage wait | To: {To of 1st REGISTER from bob}\nmessage wait | Call-ID: {Call-ID of 1st REGISTER from bob}\nmessage wait | CSeq: {CSeq of 1st REGISTER from bob}\nmessage wait |\nat 0s bob registers\nat 600ms far sends wait to bob\nat 700ms far sends wait to bob\n"},
	{"an INVITE that is too long for the network", "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nat 0s alice calls bob\nbound message 300\n"},
	{"a REGISTER that is too long for the network", "net delay 20ms\nphone bob sip:bob@biloxi.example.com\nregistrar biloxi domain biloxi.example.com open\nat 0s bob registers\nbound message 200\n"},
	{"a 200 that is too long for the network", "net delay 20ms\nphone alice sip:alice@atlanta.example.com offer-late\nphone bob sip:bob@biloxi.example.com\nat 0s alice calls bob\nat 1s bob answers\nbound message 420\n"},
	{"a 486 that is too long for the network", "net delay 20ms\nphone alice sip:alice@atlanta.example.com offer-late\nphone bob sip:bob@biloxi.example.com display \"Bob with a long name that goes on and on, and on, and on, and on, and on, and on, and on, and on\"\nat 0s alice calls bob\nat 1s bob rejects with 486\nbound message 350\n"},
	{"a 180 that is late", "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\ndelay 180 by 2s\nat 0s alice calls bob\nat 1s bob answers\nat 5s alice hangs up\n"},
	{"corrupted copies", "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\ncorrupt 1st INVITE\ncut alice bob from 3s until 4s\nat 0s alice calls bob\nat 1s bob answers\nat 5s alice hangs up\n"},
	{"the 180 after the 200", "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nhold 180 until after 200\nat 0s alice calls bob\nat 1s bob answers\nat 5s alice hangs up\n"},
	{"the 180 after the 486", "net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nhold 180 until after 486\nat 0s alice calls bob\nat 1s bob rejects with 486\n"},
}

// far is what a host that a script plays can say to a request of that method
// from alice.
func far(method string, says ...string) string {
	text := "net delay 20ms\nphone alice sip:alice@atlanta.example.com registrar sip:far.example.com\nscript far domain far.example.com\n"
	of := func(field string) string { return field + ": {" + field + " of 1st " + method + " from alice}" }
	for _, status := range says {
		text += "message s" + status + " | SIP/2.0 " + status + " x\n"
		for _, line := range []string{of("Via"), of("From"), of("To") + ";tag=far", of("Call-ID"), of("CSeq"), "Contact: <sip:far@192.0.2.2>", ""} {
			text += strings.TrimRight("message s"+status+" | "+line, " ") + "\n"
		}
	}
	if method == "REGISTER" {
		text += "at 0s alice registers\n"
	} else {
		text += "at 0s alice calls sip:far@far.example.com\n"
	}
	for i, status := range says {
		text += fmt.Sprintf("at %dms far sends s%s to alice\n", 100+100*i, status)
	}
	return text
}

// disorder are responses that come in an order that nobody wants.
var disorder = [][]string{
	{"INVITE", "200", "486", "180"}, {"INVITE", "486", "200", "180"}, {"INVITE", "180", "302", "200"},
	{"REGISTER", "403", "100", "200"}, {"REGISTER", "100", "403"},
}

// storms are what a network does that does what it likes.
var storms = []string{"delay 40ms 15ms loss 20% duplicate 20%", "delay 300ms 300ms loss 20%"}

// calls are what goes on in a storm.
var calls = []string{
	"at 2s bob answers\nat 5s alice hangs up\n",
	"at 2s alice cancels\n",
	"at 2s bob rejects with 486\n",
	"at 1s bob answers\nat 2s alice holds\nat 2s bob holds\nat 12s alice hangs up\n",
}

// course are all obstacles, the cheap ones first.
func course() ([]obstacle, error) {
	var all []obstacle
	add := func(name string, s *sim.Scenario) error {
		r, err := explore.Play(s)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		o := obstacle{name, s, beliefs(r.Trace), map[string]bool{}}
		for _, b := range r.Broken {
			o.broken[b.Law] = true
		}
		all = append(all, o)
		return nil
	}
	read := func(name, text string) error {
		s, err := scenario.Parse(name, text)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return add(name, s)
	}
	for _, o := range own {
		if err := read(o.name, o.text); err != nil {
			return nil, err
		}
	}
	for _, d := range disorder {
		if err := read(strings.Join(d, " "), far(d[0], d[1:]...)); err != nil {
			return nil, err
		}
	}
	list, err := lessons.All()
	if err != nil {
		return nil, err
	}
	for _, l := range list {
		for i, r := range l.Runs {
			if err := add(fmt.Sprintf("%s run %d", l.ID, i+1), r.Scenario); err != nil {
				return nil, err
			}
		}
	}
	for i, net := range storms {
		for j, lines := range calls {
			for seed := range 5 {
				text := fmt.Sprintf("seed %d\nnet %s\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nat 0s alice calls bob\n%s", seed, net, lines)
				if err := read(fmt.Sprintf("storm %d call %d seed %d", i+1, j+1, seed), text); err != nil {
					return nil, err
				}
			}
		}
	}
	return all, nil
}

// meets runs an obstacle with a mutant at each host and says who noticed; ""
// for nobody.
func (o *obstacle) meets(m mutant) (by string, err error) {
	defer func() {
		if x := recover(); x != nil {
			by = fmt.Sprintf("a panic (%v), in: %s", x, o.name)
		}
	}()
	s := *o.scenario
	s.Hosts = slices.Clone(s.Hosts)
	for i := range s.Hosts {
		s.Hosts[i].Bugs = []*transaction.Bug{m.bug}
	}
	r, err := explore.Play(&s)
	if err != nil {
		return "", err
	}
	for _, b := range r.Broken {
		if !o.broken[b.Law] {
			return "the law " + b.Law + ", in: " + o.name, nil
		}
	}
	if beliefs(r.Trace) != o.sound {
		return "another run than that of the sound tables: " + o.name, nil
	}
	return "", nil
}

// beliefs are who sends what and when, what users are told, what the ends
// believe, and how the run ends.
func beliefs(tr *trace.Trace) string {
	var b strings.Builder
	for i := range tr.Events {
		switch e := &tr.Events[i]; e.Kind {
		case trace.Tell:
			fmt.Fprintf(&b, "%s %s is told %s %d %s\n", e.At, tr.HostName(e.Host), e.Name, e.Code, e.Text)
		case trace.Send:
			fmt.Fprintf(&b, "%s %s sends %s %d\n", e.At, tr.HostName(e.Host), e.Packet.Method, e.Packet.Status)
		}
	}
	for _, s := range ask.Ends(tr, tr.End.At) {
		b.WriteString(s.String() + "\n")
	}
	return b.String() + tr.End.Why
}
