package offer

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

// facts are the media of a session description, one line each: kind, port,
// codecs and direction; a stream that is off has the kind and 0 only.
func facts(d *Description) string {
	var b strings.Builder
	for _, m := range d.Media {
		fmt.Fprintf(&b, "%s %d", m.Kind, m.Port)
		if m.Live() {
			for _, f := range m.Formats {
				b.WriteString(" " + f.Name)
			}
			b.WriteString(" " + m.Direction.String())
		}
		b.WriteString("\n")
	}
	return b.String()
}

func fact(lines ...string) string { return strings.Join(lines, "\n") + "\n" }

// example plays one exchange and holds offer and answer against the RFC's.
func (w *two) example(from, to *Session, offer, answered string) {
	req := w.request(sip.INVITE)
	_, ok := from.Offer(req)
	require.True(w.t, ok)
	d, err := Parse(req.Body)
	require.NoError(w.t, err)
	require.Equal(w.t, offer, facts(d))
	w.carry(from, to, req)
	resp := answer(req, 200)
	w.carry(to, from, resp)
	d, err = Parse(resp.Body)
	require.NoError(w.t, err)
	require.Equal(w.t, answered, facts(d))
	w.states("Agreed, Agreed")
}

var (
	pcmu   = Codec{"PCMU/8000", 0}
	g723   = Codec{"G723/8000", 4}
	g729   = Codec{"G729/8000", 18}
	h261   = Codec{"H261/90000", 31}
	mpv    = Codec{"MPV/90000", 32}
	events = Codec{"telephone-events/8000", 110}
)

func stream(kind string, port uint16, d Direction, codecs ...Codec) Stream {
	return Stream{Kind: kind, Port: port, Codecs: codecs, Direction: d}
}

func newExample(t *testing.T, alice, bob []Stream) *two {
	return &two{t: t,
		alice: New(Settings{User: "alice", ID: 2890844526, Addr: netip.MustParseAddr("192.0.2.1"), Streams: alice}),
		bob:   New(Settings{User: "bob", ID: 2890844730, Addr: netip.MustParseAddr("192.0.2.2"), Streams: bob})}
}

func TestRFC3264_10_1_BasicExchange(t *testing.T) {
	w := newExample(t,
		[]Stream{stream("audio", 49170, SendRecv, pcmu), stream("video", 51372, SendRecv, h261), stream("video", 53000, SendRecv, mpv)},
		[]Stream{stream("audio", 49920, SendRecv, pcmu), stream("video", 53000, SendRecv, mpv)})
	w.example(w.alice, w.bob,
		fact("audio 49170 PCMU/8000 sendrecv", "video 51372 H261/90000 sendrecv", "video 53000 MPV/90000 sendrecv"),
		fact("audio 49920 PCMU/8000 sendrecv", "video 0", "video 53000 MPV/90000 sendrecv"))
	require.Equal(t, "inactive", w.alice.Stream(1).String())

	w.bob.Use([]Stream{stream("audio", 65422, SendRecv, pcmu), stream("video", 53000, SendRecv, mpv), stream("audio", 51434, RecvOnly, events)})
	w.alice.Use([]Stream{stream("audio", 49170, SendRecv, pcmu), stream("video", 51372, SendRecv, h261), stream("video", 53000, SendRecv, mpv),
		stream("audio", 53122, SendRecv, events)})
	w.example(w.bob, w.alice,
		fact("audio 65422 PCMU/8000 sendrecv", "video 0", "video 53000 MPV/90000 sendrecv", "audio 51434 telephone-events/8000 recvonly"),
		fact("audio 49170 PCMU/8000 sendrecv", "video 0", "video 53000 MPV/90000 sendrecv", "audio 53122 telephone-events/8000 sendonly"))
	require.Equal(t, uint64(2890844731), w.bob.Local().Version)
	require.Equal(t, uint64(2890844527), w.alice.Local().Version)
	require.Equal(t, Flow{Send: true}, w.alice.Stream(3))
	require.Equal(t, Flow{Receive: true}, w.bob.Stream(3))
}

func TestRFC3264_10_2_OneOfNCodecs(t *testing.T) {
	w := newExample(t, []Stream{stream("audio", 62986, Inactive, pcmu, g723, g729)}, []Stream{stream("audio", 54344, SendRecv, pcmu, g723)})
	w.example(w.alice, w.bob,
		fact("audio 62986 PCMU/8000 G723/8000 G729/8000 inactive"),
		fact("audio 54344 PCMU/8000 G723/8000 inactive"))
	w.flows("inactive inactive")
	w.alice.Use([]Stream{stream("audio", 62986, SendRecv, g723)})
	w.example(w.alice, w.bob, fact("audio 62986 G723/8000 sendrecv"), fact("audio 54344 G723/8000 sendrecv"))
	w.flows("sendrecv sendrecv")
}
