package main

import (
	"context"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"siplab/diagrams"
	"siplab/netem"
	"siplab/sim"
	"siplab/sim/explore"
	"siplab/sim/scenario"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// bounds holds siplab alone against what it is to take at most, CPU time an
// operation. The wall time and the memory of the command stand under process.
func bounds(string) ([]contest, error) {
	var entries []entry
	for _, some := range []func() ([]entry, error){messageBounds, networkBounds, runBounds, pictureBounds} {
		list, err := some()
		if err != nil {
			return nil, err
		}
		entries = append(entries, list...)
	}
	return []contest{{
		title:   "siplab and its bounds: the ratio is to the bound",
		entries: entries,
		remarks: []string{"runs keep their trace; a World is made before the clock runs"},
	}}, nil
}

// within sets what an entry is to take at most.
func within(bound time.Duration, e entry) entry {
	e.bound = bound
	return e
}

func messageBounds() ([]entry, error) {
	three, err := os.ReadFile(filepath.Join(samples, "invite3.sip"))
	if err != nil {
		return nil, err
	}
	one, err := os.ReadFile(filepath.Join(samples, "invite1.sip"))
	if err != nil {
		return nil, err
	}
	var m sip.Message
	var problems []sip.Problem
	var out []byte
	read := func(text string) func() error {
		return func() error {
			if err := m.Parse(text); err != nil {
				return err
			}
			via, ok := m.Via()
			from, to := m.From(), m.To()
			if !ok || via.Branch() == "" || from.Tag() == "" || to.URI == "" || m.CSeq().Seq == 0 || m.CallID() == "" {
				return fmt.Errorf("a field is missing")
			}
			return nil
		}
	}
	checked := func(text string) func() error {
		return func() error {
			err := read(text)()
			problems = m.Check(problems[:0])
			return err
		}
	}
	return []entry{
		within(1500*time.Nanosecond, inProcess("parse 815 bytes, read what transactions read", times, read(string(three)))),
		within(1500*time.Nanosecond, inProcess("the same, each value held to the grammar", times, checked(string(three)))),
		within(1000*time.Nanosecond, inProcess("parse 563 bytes, read what transactions read", times, read(string(one)))),
		within(1000*time.Nanosecond, inProcess("the same, each value held to the grammar", times, checked(string(one)))),
		within(500*time.Nanosecond, inProcess("print 563 bytes", times, func() error {
			out = m.AppendTo(out[:0])
			return nil
		})),
	}, nil
}

func networkBounds() ([]entry, error) {
	var list []entry
	for _, q := range []struct {
		waiting int
		bound   time.Duration
	}{{100, 60}, {10_000, 139}, {100_000, 220}} {
		list = append(list, entry{
			name: fmt.Sprintf("the event queue with %d waiting", q.waiting), bound: q.bound,
			measure: func() (figure, error) { return holdOurs(q.waiting) },
		})
	}
	conditions, err := netem.ParseConditions("delay 20ms")
	if err != nil {
		return nil, err
	}
	net := netem.New(1)
	a, z := netip.MustParseAddrPort("192.0.2.1:5060"), netip.MustParseAddrPort("192.0.2.2:5060")
	net.Link(net.Host("alice", a.Addr()), net.Host("bob", z.Addr()), conditions)
	payload := strings.Repeat("x", 500)
	return append(list, within(250, inProcess("one hop of 500 bytes", holds, func() error {
		net.Send(a, z, payload, nil)
		if ev, ok := net.Next(); !ok || ev.Kind != netem.Arrival {
			return fmt.Errorf("the packet did not arrive")
		}
		return nil
	}))), nil
}

func runBounds() ([]entry, error) {
	return []entry{
		running("a call of six messages, both ends", 22*time.Microsecond, callText("net delay 20ms"), told("alice", "answered"), callsInWorld),
		running("a call at 5 % loss, all complete", 25*time.Microsecond, callText("net delay 20ms loss 5%"), told("alice", "answered"), callsInWorld),
		running("a registration by digest, both ends", 20*time.Microsecond, phonesText(), told("", "registered"), callsInWorld),
		running("a message of registrations that are kept fresh", 4*time.Microsecond, freshText(), sent, 0),
		within(500*time.Millisecond*2/4096, entry{name: "one of many loss patterns of a call", measure: lossPatterns}),
	}, nil
}

// running measures what a scenario does n times, by what is counted in its
// trace. n 0: as often as it is counted.
func running(name string, bound time.Duration, text string, count func(*trace.Trace) int, n int) entry {
	var kept trace.Recorder
	return entry{name: name, bound: bound, measure: func() (figure, error) {
		w, err := world(text, &kept)
		if err != nil {
			return figure{}, err
		}
		f, err := here(1, func() error { w.Run(); return nil })
		found := count(kept.Trace())
		if n > 0 && found != n {
			return f, fmt.Errorf("%d of %d came to their end", found, n)
		}
		return f.each(found), err
	}}
}

// world is that of a scenario, before its clock runs.
func world(text string, kept *trace.Recorder) (*sim.World, error) {
	s, err := scenario.Parse("", text)
	if err != nil {
		return nil, err
	}
	return sim.New(s, kept)
}

// ran is what happened in a scenario.
func ran(text string) (*trace.Trace, error) {
	var kept trace.Recorder
	w, err := world(text, &kept)
	if err != nil {
		return nil, err
	}
	w.Run()
	return kept.Trace(), nil
}

func (f figure) each(n int) figure {
	return figure{cpu: f.cpu / time.Duration(n), wall: f.wall / time.Duration(n)}
}

// told counts how often a user was told so; "" is any user.
func told(host, what string) func(*trace.Trace) int {
	return func(tr *trace.Trace) (n int) {
		for i := range tr.Events {
			if e := &tr.Events[i]; e.Kind == trace.Tell && e.Name == what && (host == "" || tr.Header.Hosts[e.Host].Name == host) {
				n++
			}
		}
		return n
	}
}

func callText(net string) string {
	var text strings.Builder
	text.WriteString(net + "\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com answer-after 1s\n")
	for i := range callsInWorld {
		fmt.Fprintf(&text, "at %dm alice calls bob\nat %ds alice hangs up\n", 2*i, 120*i+40)
	}
	return text.String()
}

func phonesText() string {
	var text strings.Builder
	fmt.Fprintf(&text, "net delay 20ms\nphones p 1..%d sip:p*@biloxi.example.com password zanzibar\nregistrar biloxi domain biloxi.example.com\n", callsInWorld)
	for i := range callsInWorld {
		fmt.Fprintf(&text, "at %ds p%d registers\n", i, i+1)
	}
	return text.String()
}

func freshText() string {
	var text strings.Builder
	text.WriteString("net delay 20ms\nphones p 1..10 sip:p*@biloxi.example.com password zanzibar\nregistrar biloxi domain biloxi.example.com\n")
	for i := range 10 {
		fmt.Fprintf(&text, "at %ds p%d registers for 2m\n", i, i+1)
	}
	return text.String() + "run for 10h\n"
}

// lossPatterns loses every pair of packets of a call.
func lossPatterns() (figure, error) {
	s, err := scenario.Parse("", "phone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com answer-after 1s\nat 0s alice calls bob\nat 5s alice hangs up\n")
	if err != nil {
		return figure{}, err
	}
	rows := 0
	f, err := here(1, func() error {
		all, err := explore.Each(context.Background(), s, explore.Options{Packets: 2})
		if err == nil {
			rows = len(all.Rows)
		}
		return err
	})
	if err == nil && rows == 0 {
		err = fmt.Errorf("nothing was lost")
	}
	return f.each(max(rows, 1)), err
}

func pictureBounds() ([]entry, error) {
	var text strings.Builder
	text.WriteString("net delay 20ms\nphone bob sip:bob@biloxi.example.com password zanzibar\nregistrar biloxi domain biloxi.example.com\n")
	for i := range 14 {
		fmt.Fprintf(&text, "at %ds bob registers\n", 10*i)
	}
	tr, err := ran(text.String())
	if err != nil {
		return nil, err
	}
	if n := sent(tr); n != 30 {
		return nil, fmt.Errorf("a ladder of %d arrows, not 30", n)
	}
	return []entry{within(200*time.Microsecond, inProcess("a ladder of 30 arrows as SVG", 100, func() error {
		if len(diagrams.NewLadder(tr, diagrams.Options{}).SVG()) == 0 {
			return fmt.Errorf("nothing drawn")
		}
		return nil
	}))}, nil
}
