package hostile

import (
	"net/netip"
	"time"

	"siplab/sim/trace"
)

// Messages is how many packets a [Run] has that are drawn, TCP segments among them.
const Messages = 6

// Hosts is how many hosts it has.
const Hosts = 2

// Run is a run that has the text in every place where a trace has one. Its
// packets: one that arrives, one that is lost, a repetition that is changed on
// its way, and a copy that the network makes of that.
func Run(text string) *trace.Trace {
	const ms = time.Millisecond
	addr := func(last byte) netip.AddrPort {
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, last}), 5060)
	}
	tr := &trace.Trace{Header: trace.Header{
		Title: text,
		Hosts: []trace.Host{
			{Name: "a" + text, Kind: "phone", Label: text, Addrs: []netip.AddrPort{addr(1)}},
			{Name: "b" + text, Kind: text, Addrs: []netip.AddrPort{addr(2)}},
		},
		Links: []trace.Link{{A: "a" + text, B: "b" + text, Conditions: text}},
	}}
	add := func(at time.Duration, e trace.Event) {
		e.At, e.I, e.Cause = at, int32(len(tr.Events)), int32(len(tr.Events))-1
		tr.Events = append(tr.Events, e)
	}
	raw := text + " sip:" + text + " SIP/2.0\r\nFrom: \"" + text + "\" <sip:" + text + ">\r\nTo: " + text + "\r\n" + text + ": " + text + "\r\n\r\n" + text
	invite := &trace.Packet{N: 1, Label: "F1" + text, From: 0, To: 1, Src: addr(1), Dst: addr(2), Transport: text, Raw: raw, Method: "M" + text, CallID: text}
	ok := &trace.Packet{N: 2, Label: "F2" + text, From: 1, To: 0, Src: addr(2), Dst: addr(1), Raw: "SIP/2.0 200 " + raw, Method: text, Status: 200, CallID: text}
	again := *invite
	again.N, again.Label, again.Again, again.Timer = 3, "F3"+text, invite.Label, "E"+text
	copied := again.Copy(4)
	segment := &trace.Packet{N: 5, From: 0, To: 1, Src: addr(1), Dst: addr(2), Transport: text, Raw: raw}
	gone := segment.Copy(6)

	add(0, trace.Event{Kind: trace.Act, Host: 0, Name: text, Text: text})
	add(0, trace.Event{Kind: trace.Send, Host: 0, Packet: invite, Origins: []trace.Origin{{Field: text, Kind: "rule", Ref: text}}})
	add(0, trace.Event{Kind: trace.Verdict, Host: 0, Packet: invite, Name: "deliver", Text: text})
	add(0, trace.Event{Kind: trace.State, Host: 0, Name: text, ID: 1, To: text, On: text, Ref: text})
	add(0, trace.Event{Kind: trace.State, Host: 0, Name: "dialog" + text, ID: 2, To: text + "2", On: text, Ref: text})
	add(0, trace.Event{Kind: trace.Timer, Host: 0, Op: "start", Name: "E" + text, ID: 1, After: time.Second})
	add(20*ms, trace.Event{Kind: trace.Arrive, Host: 1, Packet: invite})
	add(20*ms, trace.Event{Kind: trace.Send, Host: 1, Packet: ok})
	add(20*ms, trace.Event{Kind: trace.Lose, Host: 1, Packet: ok, Text: text})
	add(30*ms, trace.Event{Kind: trace.Note, Host: 1, Text: text, Ref: text})
	add(30*ms, trace.Event{Kind: trace.Note, Host: trace.NoHost, Text: text, Ref: text})
	for _, op := range []string{"send", "deliver", text} {
		add(40*ms, trace.Event{Kind: trace.Segment, Host: 0, Packet: segment, Op: op, Name: text, Text: text, Code: 7, After: 20 * ms})
	}
	for _, op := range []string{"duplicate", "corrupt", "lose"} {
		add(40*ms, trace.Event{Kind: trace.Segment, Host: 0, Packet: gone, Op: op, Name: text, Text: text, Code: 7})
	}
	add(time.Second, trace.Event{Kind: trace.Timer, Host: 0, Op: "fire", Name: "E" + text, ID: 1})
	add(time.Second, trace.Event{Kind: trace.Send, Host: 0, Packet: &again})
	add(time.Second, trace.Event{Kind: trace.Corrupt, Host: 0, Packet: &again, Text: raw})
	add(time.Second, trace.Event{Kind: trace.Duplicate, Host: 0, Packet: copied, Text: text})
	add(2*time.Second, trace.Event{Kind: trace.Arrive, Host: 1, Packet: &again})
	add(2*time.Second, trace.Event{Kind: trace.Arrive, Host: 1, Packet: copied})
	add(2*time.Second, trace.Event{Kind: trace.Media, Host: 1, From: "b" + text, To: "a" + text, Op: "on", On: "sendonly"})
	add(2*time.Second, trace.Event{Kind: trace.Tell, Host: 1, Name: text, Code: 200, Text: text})
	add(3*time.Second, trace.Event{Kind: trace.Timer, Host: 1, Op: "fire", Name: text, ID: 3})
	add(3*time.Second, trace.Event{Kind: trace.Bind, Host: 1, Op: "add", Name: text, To: text})
	tr.End = trace.End{At: 3 * time.Second, Why: trace.Quiet, Text: text, Held: []string{text}}
	return tr
}
