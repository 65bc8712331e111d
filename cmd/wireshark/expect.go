package main

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"siplab/sim/trace"
)

// expected are the messages that a run put on its links. What waited for a
// connection that was refused never came there.
func expected(tr *trace.Trace) (list []message) {
	seen, unsent := memory{}, unsent(tr)
	for i := range tr.Events {
		e := &tr.Events[i]
		if e.Kind != trace.Send && e.Kind != trace.Duplicate || unsent[e.Packet.N] {
			continue
		}
		p := e.Packet
		m := message{start: p.Method, cseq: strconv.FormatUint(uint64(p.CSeq), 10), callID: p.CallID, again: seen.again(p)}
		if p.Status != 0 {
			m.start = strconv.Itoa(p.Status)
		}
		if p.Transport == "udp" {
			m.at = fmt.Sprintf("%d.%09d", e.At/time.Second, e.At%time.Second)
		}
		list = append(list, m)
	}
	return list
}

// unsent are the messages of streams that were lost, and of whose connection no
// segment had any bytes.
func unsent(tr *trace.Trace) map[int32]bool {
	type ends struct{ src, dst netip.AddrPort }
	carried, never := map[ends]bool{}, map[int32]bool{}
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Segment && e.Packet.Raw != "" {
			carried[ends{e.Packet.Src, e.Packet.Dst}] = true
		}
	}
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Lose && e.Packet.Transport != "udp" {
			never[e.Packet.N] = !carried[ends{e.Packet.Src, e.Packet.Dst}]
		}
	}
	return never
}

// memory is what tshark remembers to know a datagram that is sent again: of each
// Call-ID and direction the last CSeq, and what it has seen with that. It asks
// neither for tags nor for branches, and passes over ACK and provisional
// responses.
type memory map[way]*last

type way struct {
	callID   string
	src, dst netip.AddrPort
}

type last struct {
	method string
	cseq   uint32
	seen   map[int]bool // by status, 0 the request
}

func (m memory) again(p *trace.Packet) bool {
	if p.Transport != "udp" {
		return false
	}
	k := way{p.CallID, p.Src, p.Dst}
	v := m[k]
	if v == nil || v.method != p.Method || v.cseq != p.CSeq {
		v = &last{p.Method, p.CSeq, map[int]bool{}}
		m[k] = v
	}
	again := v.seen[p.Status] && p.Method != "ACK" && (p.Status == 0 || p.Status >= 200)
	v.seen[p.Status] = true
	return again
}

// forgotten is the message as tshark has it where it has forgotten the first
// sending: it does so where a dialog has requests of one CSeq from both ends,
// or one of several branches.
func (m message) forgotten() message {
	m.again = false
	return m
}

// same holds the messages against each other. Those of streams come last and
// without their order: two directions do not wait for each other.
func same(want, got []message) error {
	for _, list := range [][]message{want, got} {
		slices.SortStableFunc(list, func(a, b message) int {
			switch {
			case a.at != "" && b.at != "":
				return 0
			case a.at != "":
				return -1
			case b.at != "":
				return 1
			}
			return cmp.Or(strings.Compare(a.callID, b.callID), strings.Compare(a.cseq, b.cseq), strings.Compare(a.start, b.start))
		})
	}
	var all []error
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			all = append(all, fmt.Errorf("message %d, %+v, is not found", i+1, want[i]))
		case i >= len(want):
			all = append(all, fmt.Errorf("message %d, %+v, was never sent", i+1, got[i]))
		case want[i] != got[i] && want[i].forgotten() != got[i]:
			all = append(all, fmt.Errorf("message %d is %+v, found is %+v", i+1, want[i], got[i]))
		}
	}
	return errors.Join(all...)
}

// fragments are datagrams of several sizes, over IPv4 and IPv6.
func fragments() (list []sample) {
	for _, addrs := range [][2]string{{"192.0.2.1:5060", "192.0.2.2:5060"}, {"[2001:db8::1]:5060", "[2001:db8::2]:5060"}} {
		for _, size := range []int{0, 1, 1400, 3000, 60000} {
			body := strings.Repeat("a", size)
			p := &trace.Packet{
				N: 1, Label: "F1", From: 0, To: 1, Transport: "udp", Method: "MESSAGE", CSeq: 1, CallID: "large",
				Src: netip.MustParseAddrPort(addrs[0]), Dst: netip.MustParseAddrPort(addrs[1]),
				Raw: "MESSAGE sip:bob@biloxi.example.com SIP/2.0\r\nVia: SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776\r\n" +
					"To: <sip:bob@biloxi.example.com>\r\nFrom: <sip:alice@atlanta.example.com>;tag=1\r\nCall-ID: large\r\nCSeq: 1 MESSAGE\r\n" +
					"Content-Type: text/plain\r\nContent-Length: " + strconv.Itoa(size) + "\r\n\r\n" + body,
			}
			list = append(list, sample{fmt.Sprintf("a body of %d bytes from %s", size, addrs[0]), &trace.Trace{
				Header: trace.Header{Hosts: []trace.Host{{Name: "alice"}, {Name: "bob"}}},
				Events: []trace.Event{{Kind: trace.Send, Cause: -1, Packet: p}},
			}})
		}
	}
	return list
}
