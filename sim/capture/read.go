package capture

import (
	"fmt"
	"io"
	"net/netip"
	"time"

	"github.com/gopacket/gopacket/layers"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// Read reads a capture: pcapng or pcap, also in gzip. Times count from the
// first packet; those of a capture that Write made, from the start of its run.
//
// With an error comes what was read before it, in a trace that ended with
// trace.Failed, or nil if there was none. The error is an *Error for what is
// wrong with the file.
func Read(r io.Reader, limits Limits) (*trace.Trace, error) {
	f, src, err := open(r, &limits)
	if err != nil {
		return nil, err
	}
	in := newReader(f, &limits)
	err = in.all(src)
	in.rest()
	if err == nil {
		err = in.messages.err()
	}
	tr, tooMany := in.messages.trace()
	if tooMany != nil {
		return nil, tooMany
	}
	in.end(tr, err)
	if err != nil && len(tr.Events) == 0 {
		tr = nil
	}
	return tr, err
}

// reader takes the packets of a file apart.
type reader struct {
	file      *file
	decoder   decoder
	udp       layers.UDP
	tcp       layers.TCP
	fragments fragments
	streams   *tcp
	messages  messages
	out       leftOut

	started bool
	zero    time.Duration // what the times count from
	now     time.Duration // of the packet that is read
	back    int           // times that went back
	flawed  int           // times that cannot be
}

func newReader(f *file, limits *Limits) *reader {
	r := &reader{file: f, messages: messages{limits: limits}}
	r.fragments = fragments{
		open: newRecent[datagramKey](limits.Datagrams, func(*datagram) { r.out.count(halfDatagram) }),
		out:  &r.out,
	}
	r.streams = newTCP(limits, &r.out, r.messages.add)
	return r
}

func (r *reader) all(src source) error {
	var rec record
	for {
		switch err := src.next(&rec); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		r.time(&rec)
		if why := r.packet(&rec); why != "" {
			r.out.count(why)
		}
		if err := r.messages.err(); err != nil {
			return err
		}
	}
}

// time moves now on. A clock that goes back is taken to stand still, so that
// nothing lasts less than no time.
func (r *reader) time(rec *record) {
	if rec.flaw != "" {
		r.flawed++
	}
	if !rec.timed {
		return // a simple packet has the time of the one before
	}
	if !r.started {
		r.started = true
		if !r.file.ours {
			r.zero = rec.at
		}
	}
	at := rec.at - r.zero
	if at < r.now {
		r.back++
		return
	}
	r.now = at
}

// packet takes one packet apart, and says why it is left out.
func (r *reader) packet(rec *record) (whyNot string) {
	ip, whyNot := r.decoder.strip(rec.link, rec.data)
	if whyNot != "" {
		return whyNot
	}
	p, whyNot := r.decoder.network(ip)
	if whyNot != "" {
		return whyNot
	}
	if p.protocol != layers.IPProtocolUDP && p.protocol != layers.IPProtocolTCP {
		return noUDPorTCP
	}
	if rec.short {
		return cutOff
	}
	seen := span{r.now, r.now}
	if p.fragment {
		whole, over, ok := r.fragments.add(&p, r.now)
		if !ok {
			return ""
		}
		p.payload, seen = whole, over
	}
	if p.protocol == layers.IPProtocolTCP {
		return r.segment(&p)
	}
	return r.datagram(&p, seen)
}

const (
	cutOff   = "not captured whole"
	noSIPUDP = "UDP datagrams that are no SIP"
)

func (r *reader) datagram(p *packet, seen span) (whyNot string) {
	if err := r.udp.DecodeFromBytes(p.payload, nothing); err != nil {
		return malformed
	}
	text := string(r.udp.Payload)
	if _, _, _, ok := sip.Peek(text); !ok {
		return noSIPUDP
	}
	w := way{netip.AddrPortFrom(p.src, uint16(r.udp.SrcPort)), netip.AddrPortFrom(p.dst, uint16(r.udp.DstPort))}
	r.messages.add(text, "udp", w, seen)
	return ""
}

func (r *reader) segment(p *packet) (whyNot string) {
	if err := r.tcp.DecodeFromBytes(p.payload, nothing); err != nil {
		return malformed
	}
	w := way{netip.AddrPortFrom(p.src, uint16(r.tcp.SrcPort)), netip.AddrPortFrom(p.dst, uint16(r.tcp.DstPort))}
	r.streams.segment(w, &r.tcp, r.now)
	return ""
}

// rest ends what waits for more.
func (r *reader) rest() {
	r.fragments.rest()
	r.streams.rest()
}

// end notes what is not in the trace, and how the reading ended.
func (r *reader) end(tr *trace.Trace, err error) {
	tr.End = trace.End{At: r.now, Why: trace.Quiet}
	if err != nil {
		tr.End.Why, tr.End.Text = trace.Failed, err.Error()
	}
	note := func(text string) {
		tr.Events = append(tr.Events, trace.Event{I: int32(len(tr.Events)), At: r.now, Kind: trace.Note, Host: trace.NoHost, Cause: -1, Text: text})
	}
	if r.back > 0 {
		note(fmt.Sprintf("times that go back: %d; they are taken to stand still", r.back))
	}
	if r.flawed > 0 {
		note(fmt.Sprintf("times that no clock can have said: %d", r.flawed))
	}
	if left := r.out.String(); left != "" {
		note("left out: " + left)
	}
}
