package capture

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"siplab/sim/trace"
)

// Options say which packets of a run a capture has. Without any it has each
// packet at the time when it was sent, lost or not.
type Options struct {
	// Tap is the name of a host at whose side the tap is: what it sends, when
	// it sends that, and what arrives there, when it arrives. "" is every link.
	Tap string
	// WithoutLost leaves out what the network lost, as a tap behind the loss
	// does.
	WithoutLost bool
	// From and To are the first and the last moment at which the tap is open;
	// To 0: to the end.
	From, To time.Duration
}

// application is the program that a capture names as its writer. The times of
// such a capture are counted from the start of its run.
const application = "siplab"

// Write writes the run as pcapng. The same trace gives the same bytes. It fails
// where w does, and for what no capture can hold: a datagram over 64 KiB, a
// packet without addresses, as a trace that was made by hand may have.
func Write(w io.Writer, tr *trace.Trace, o Options) error {
	if o.Tap != "" && tr.FindHost(o.Tap) == trace.NoHost {
		return fmt.Errorf("there is no host %q", o.Tap)
	}
	frames := chosen(tr, framesOf(tr), o)
	out, err := begin(w, tr, frames)
	if err != nil {
		return err
	}
	b := newBuilder()
	for i := range frames {
		if err := out.write(b, &frames[i]); err != nil {
			return err
		}
	}
	return out.ng.Flush()
}

// chosen are the frames that the tap sees, in the order in which it sees them.
func chosen(tr *trace.Trace, frames []frame, o Options) []frame {
	tap := tr.FindHost(o.Tap)
	for i := range frames {
		if f := &frames[i]; o.Tap != "" && f.packet.To == tap && f.packet.From != tap {
			f.at = f.came
		}
	}
	frames = slices.DeleteFunc(frames, func(f frame) bool {
		passes := o.Tap == "" || f.packet.From == tap || f.packet.To == tap
		open := f.at >= o.From && f.at != never && (o.To == 0 || f.at <= o.To)
		return !passes || !open || o.WithoutLost && f.lost
	})
	slices.SortStableFunc(frames, func(a, b frame) int { return int(min(max(a.at-b.at, -1), 1)) })
	return frames
}

// direction is one direction of a link.
type direction struct{ from, to trace.HostID }

func directionOf(p *trace.Packet) direction { return direction{p.From, p.To} }

// writer is a capture that is being written.
type writer struct {
	ng         *pcapgo.NgWriter
	interfaces map[direction]int
	places     map[int32]int // by packet number: which one it is in the capture, from 1
	written    int
}

// begin writes the section and the interfaces: one for each direction that a
// packet goes, in the order of their first packets.
func begin(w io.Writer, tr *trace.Trace, frames []frame) (*writer, error) {
	out := writer{interfaces: map[direction]int{}, places: make(map[int32]int, len(frames))}
	conditions := conditionsOf(tr)
	section := pcapgo.NgWriterOptions{SectionInfo: pcapgo.NgSectionInfo{
		Application: application, Comment: option(because("virtual time from the start of the run", tr.Title)),
	}}
	for i := range frames {
		d := directionOf(frames[i].packet)
		if _, known := out.interfaces[d]; known {
			continue
		}
		if err := out.add(w, section, describe(tr, d, conditions)); err != nil {
			return nil, err
		}
		out.interfaces[d] = len(out.interfaces)
	}
	if out.ng != nil {
		return &out, nil
	}
	// A capture of nothing has an interface all the same: readers want one.
	return &out, out.add(w, section, pcapgo.NgInterface{Name: "none", LinkType: layers.LinkTypeEthernet})
}

func (w *writer) add(to io.Writer, section pcapgo.NgWriterOptions, in pcapgo.NgInterface) (err error) {
	if w.ng == nil {
		w.ng, err = pcapgo.NewNgWriterInterface(to, in, section)
		return err
	}
	_, err = w.ng.AddInterface(in)
	return err
}

// conditionsOf are the conditions of the links that have their own, by the names
// of their ends.
func conditionsOf(tr *trace.Trace) map[[2]string]string {
	m := make(map[[2]string]string, len(tr.Links))
	for _, l := range tr.Links {
		m[[2]string{l.A, l.B}] = l.Conditions
	}
	return m
}

func describe(tr *trace.Trace, d direction, conditions map[[2]string]string) pcapgo.NgInterface {
	from, to := tr.HostName(d.from), tr.HostName(d.to)
	if d.to == trace.NoHost {
		to = "nobody"
	}
	on, named := conditions[[2]string{from, to}]
	if !named {
		on = tr.Net
	}
	return pcapgo.NgInterface{
		Name: option(from + " to " + to), Description: option(on), LinkType: layers.LinkTypeEthernet,
	}
}

// write writes one packet, or its fragments.
func (w *writer) write(b *builder, f *frame) error {
	options := pcapgo.NgPacketOptions{}
	if text := w.comment(f); text != "" {
		options.Comments = []string{text}
	}
	info := gopacket.CaptureInfo{
		Timestamp:      time.Unix(0, int64(f.at)),
		InterfaceIndex: w.interfaces[directionOf(f.packet)],
	}
	w.places[f.packet.N] = w.written + 1
	return b.build(f, func(data []byte) error {
		w.written++
		info.CaptureLength, info.Length = len(data), len(data)
		return w.ng.WritePacketWithOptions(info, data, options)
	})
}
