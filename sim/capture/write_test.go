package capture_test

import (
	"bytes"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"siplab/sim/capture"
	"siplab/sim/trace"
)

// frame is a packet of a capture as gopacket's reader sees it.
type frame struct {
	link, conditions, comment string
	at                        int64 // milliseconds
	data                      []byte
}

func frames(t testing.TB, data []byte) (list []frame) {
	r, err := pcapgo.NewNgReader(bytes.NewReader(data), pcapgo.DefaultNgReaderOptions)
	require.NoError(t, err)
	for {
		data, info, options, err := r.ReadPacketDataWithOptions()
		if err == io.EOF {
			return list
		}
		require.NoError(t, err)
		in, err := r.Interface(info.InterfaceIndex)
		require.NoError(t, err)
		list = append(list, frame{in.Name, in.Description, strings.Join(options.Comments, "\n"), info.Timestamp.UnixMilli(), data})
	}
}

func told(list []frame) string {
	var b strings.Builder
	for _, f := range list {
		fmt.Fprintf(&b, "%d ms, %s: %s\n", f.at, f.link, f.comment)
	}
	return b.String()
}

const registration = `net delay 20ms
phone bob sip:bob@biloxi.example.com password zanzibar
registrar biloxi domain biloxi.example.com
`

func TestEachPacketSaysWhatTheWireDoesNot(t *testing.T) {
	for _, c := range []struct{ name, scenario, want string }{
		{"lost, and again", registration + "lose 1st REGISTER from bob\nat 0s bob registers", `
0 ms, bob to biloxi: F1 REGISTER; lost: lose 1st REGISTER from bob; cause: bob registers
500 ms, bob to biloxi: F2 REGISTER, again F1 by timer E; cause: timer E fires
520 ms, biloxi to bob: F3 401 REGISTER; cause: F2 arrives
540 ms, bob to biloxi: F4 REGISTER; cause: F3 arrives
560 ms, biloxi to bob: F5 200 REGISTER; cause: F4 arrives
`},
		{"copied", registration + "duplicate 1st REGISTER from bob\nlose 1st 401 from biloxi\nat 0s bob registers", `
0 ms, bob to biloxi: F1 REGISTER; cause: bob registers
0 ms, bob to biloxi: copy of packet 1: duplicate 1st REGISTER from bob
20 ms, biloxi to bob: F2 401 REGISTER; lost: lose 1st 401 from biloxi; cause: F1 arrives
20 ms, biloxi to bob: F3 401 REGISTER, again F2; cause: packet 2
40 ms, bob to biloxi: F4 REGISTER; cause: F3 arrives
60 ms, biloxi to bob: F5 200 REGISTER; cause: F4 arrives
`},
		{"corrupted, and delayed", registration + "corrupt 1st 401 from biloxi\ndelay 2nd REGISTER from bob by 1s\nat 0s bob registers", `
0 ms, bob to biloxi: F1 REGISTER; cause: bob registers
20 ms, biloxi to bob: F2 401 REGISTER; corrupted; cause: F1 arrives
500 ms, bob to biloxi: F3 REGISTER, again F1 by timer E; delay 2nd REGISTER from bob by 1s; cause: timer E fires
1500 ms, bob to biloxi: F4 REGISTER, again F1 by timer E; cause: timer E fires
1520 ms, biloxi to bob: F5 401 REGISTER, again F2; cause: F3 arrives
1520 ms, biloxi to bob: F6 401 REGISTER, again F2; cause: F4 arrives
1540 ms, bob to biloxi: F7 REGISTER; cause: F5 arrives
1560 ms, biloxi to bob: F8 200 REGISTER; cause: F7 arrives
`},
		{"TCP", overTCP, `
0 ms, alice to bob: cause: F1 is sent
20 ms, bob to alice: cause: packet 1
40 ms, alice to bob: F1 INVITE; cause: packet 2
60 ms, bob to alice: F2 180 INVITE; lost: lose 2nd packet from bob; cause: F1 arrives
1000 ms, bob to alice: F3 200 INVITE; cause: bob answers
1020 ms, alice to bob: cause: packet 5
1060 ms, bob to alice: sent again; F2 180 INVITE; cause: packet 5
1080 ms, alice to bob: F4 ACK; cause: F3 arrives
1100 ms, bob to alice: cause: packet 8
5000 ms, alice to bob: F5 BYE; cause: alice hangs up
5020 ms, bob to alice: F6 200 BYE; cause: F5 arrives
5040 ms, alice to bob: cause: packet 11
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, strings.TrimPrefix(c.want, "\n"), told(frames(t, written(t, play(t, c.scenario), capture.Options{}))))
		})
	}
}

func TestAnInterfaceTellsTheConditionsOfItsLink(t *testing.T) {
	tr := play(t, registration+"link bob biloxi delay 5ms\nat 0s bob registers")
	list := frames(t, written(t, tr, capture.Options{}))
	require.Equal(t, "bob to biloxi", list[0].link)
	require.Equal(t, "delay 5ms", list[0].conditions)
	tr = play(t, registration+"at 0s bob registers")
	require.Equal(t, "delay 20ms", frames(t, written(t, tr, capture.Options{}))[0].conditions)
}

func TestATapSeesWhatPassesIt(t *testing.T) {
	tr := play(t, registration+"lose 1st REGISTER from bob\nat 0s bob registers")
	require.Equal(t, []int64{0, 500, 540, 540, 580}, times(t, tr, capture.Options{Tap: "bob"}), "what it sends when it sends it, what comes when it comes")
	require.Equal(t, []int64{520, 520, 560, 560}, times(t, tr, capture.Options{Tap: "biloxi"}), "nothing of what was lost before")
	require.Equal(t, []int64{500, 520, 540, 560}, times(t, tr, capture.Options{WithoutLost: true}))
	require.Equal(t, []int64{500, 540, 540}, times(t, tr, capture.Options{Tap: "bob", From: 1, To: 550 * time.Millisecond}), "as long as it is open")
	require.ErrorContains(t, capture.Write(io.Discard, tr, capture.Options{Tap: "carol"}), `there is no host "carol"`)

	t.Run("segments too", func(t *testing.T) {
		tr := play(t, overTCP)
		atAlice := times(t, tr, capture.Options{Tap: "alice"})
		require.Equal(t, []int64{0, 40, 40, 1020, 1020, 1080}, atAlice[:6])
		require.Len(t, atAlice, len(times(t, tr, capture.Options{}))-1, "all but the one that was lost")
	})
}

func times(t testing.TB, tr *trace.Trace, o capture.Options) (list []int64) {
	for _, f := range frames(t, written(t, tr, o)) {
		list = append(list, f.at)
	}
	return list
}

func TestChecksumsAreRight(t *testing.T) {
	for _, tr := range []*trace.Trace{
		play(t, registration+"at 0s bob registers"), play(t, overTCP),
		oneMessage("[2001:db8::1]:5060", "[2001:db8::2]:5060", options(3)),
	} {
		for _, f := range frames(t, written(t, tr, capture.Options{})) {
			p := gopacket.NewPacket(f.data, layers.LayerTypeEthernet, gopacket.Default)
			require.Nil(t, p.ErrorLayer())
			p.TransportLayer().(interface {
				SetNetworkLayerForChecksum(gopacket.NetworkLayer) error
			}).SetNetworkLayerForChecksum(p.NetworkLayer())
			err, wrong := p.VerifyChecksums()
			require.NoError(t, err)
			require.Empty(t, wrong)
		}
	}
}

func TestARunWithoutPacketsIsACaptureAllTheSame(t *testing.T) {
	data := written(t, new(trace.Trace), capture.Options{})
	require.Empty(t, frames(t, data))
	require.Empty(t, read(t, data).Events)
}

func TestHostileWordsOfATraceDoNoHarmInItsCapture(t *testing.T) {
	tr := oneMessage("192.0.2.1:5060", "192.0.2.2:5060", options(0))
	tr.Hosts[0].Name = "al\x1b[31mice\x00" + strings.Repeat("x", 70000)
	tr.Title, tr.Net = "\xff\u202e", strings.Repeat("\n", 70000)
	tr.Events[0].Packet.Label = strings.Repeat("é", 70000)
	list := frames(t, written(t, tr, capture.Options{}))
	require.Len(t, list, 1)
	for _, s := range []string{list[0].link, list[0].conditions, list[0].comment} {
		require.Less(t, len(s), 1100)
		require.NotContains(t, s, "\x1b")
		require.NotContains(t, s, "\n")
	}
}

func TestATraceMadeByHandIsRefusedWhereItHasNoAddresses(t *testing.T) {
	tr := oneMessage("192.0.2.1:5060", "[2001:db8::2]:5060", options(0))
	require.ErrorContains(t, capture.Write(io.Discard, tr, capture.Options{}), "two addresses of one kind")
	tr.Events[0].Packet.Src = netip.AddrPort{}
	require.ErrorContains(t, capture.Write(io.Discard, tr, capture.Options{}), "two addresses of one kind")
}

func BenchmarkWrite10000(b *testing.B) {
	one := play(b, registration+"at 0s bob registers")
	tr := &trace.Trace{Header: one.Header}
	for len(tr.Events) == 0 || tr.Events[len(tr.Events)-1].Packet.N < 10000 {
		for _, e := range one.Events {
			if e.Kind == trace.Send {
				p := *e.Packet
				p.N = int32(len(tr.Events) + 1)
				tr.Events = append(tr.Events, trace.Event{I: p.N - 1, Kind: trace.Send, Cause: -1, Packet: &p})
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		require.NoError(b, capture.Write(io.Discard, tr, capture.Options{}))
	}
}
