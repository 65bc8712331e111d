package diagrams

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

func TestATableHasARowForEachPacketOfTheLadder(t *testing.T) {
	p := &trace.Packet{N: 1, Label: "F1", From: 0, To: 1, Src: netip.MustParseAddrPort("192.0.2.1:5060"), Transport: "udp", Raw: "BYE sip:bob SIP/2.0\r\n\r\n", Method: "BYE", CSeq: 2, CallID: "a@b"}
	again := &trace.Packet{N: 3, Label: "F2", From: 0, To: 1, Src: netip.MustParseAddrPort("192.0.2.1:5060"), Transport: "udp", Raw: p.Raw, Method: "BYE", CSeq: 2, CallID: "=a", Again: "F1", Timer: "E"}
	tr := &trace.Trace{
		Header: trace.Header{Hosts: []trace.Host{{Name: "alice"}, {Name: "bob"}}},
		Events: []trace.Event{
			{Kind: trace.Send, Packet: p, Cause: -1},
			{I: 1, Kind: trace.Duplicate, Packet: p.Copy(2), Cause: -1},
			{I: 2, Kind: trace.Lose, Packet: p, Text: "loss 1%", Cause: -1},
			{I: 3, Kind: trace.Send, At: 500 * ms, Packet: again, Cause: -1},
			{I: 4, Kind: trace.Arrive, At: 520 * ms, Packet: again, Cause: -1},
		},
	}
	table := func(opt Options) string {
		var b strings.Builder
		require.NoError(t, NewLadder(tr, opt).CSV(&b, tr))
		return b.String()
	}
	require.Equal(t, `label,copy_of,sent_ns,ended_ns,fate,why,from,to,src,dst,transport,first_line,cseq,call_id,again,timer
F1,,0,0,lost,loss 1%,alice,bob,192.0.2.1:5060,,udp,BYE sip:bob SIP/2.0,2 BYE,a@b,,
,F1,0,,,,alice,bob,192.0.2.1:5060,,udp,BYE sip:bob SIP/2.0,2 BYE,a@b,,
F2,,500000000,520000000,arrived,,alice,bob,192.0.2.1:5060,,udp,BYE sip:bob SIP/2.0,2 BYE,'=a,F1,E
`, table(Options{}))
	require.Equal(t, 2, strings.Count(table(Options{From: 100 * ms}), "\n"), "only what the ladder shows")
}
