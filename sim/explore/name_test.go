package explore

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/fault"
	"siplab/sim/trace"
)

// sends is a trace in which hosts a, b and "to" send bytes to each other: the
// start lines, with who sends them to whom.
func sends(lines ...[3]string) *trace.Trace {
	tr := &trace.Trace{Header: trace.Header{Hosts: []trace.Host{{Name: "a"}, {Name: "b"}, {Name: "to"}}}}
	for i, l := range lines {
		p := &trace.Packet{
			N: int32(i) + 1, Label: l[0], From: tr.FindHost(l[1]), To: tr.FindHost(l[2]), Raw: l[0],
			Dst: netip.MustParseAddrPort("192.0.2.9:5060"),
		}
		tr.Events = append(tr.Events, trace.Event{I: int32(i), Cause: -1, Kind: trace.Send, Host: p.From, Packet: p})
	}
	return tr
}

func request(method string) string {
	return method + " sip:b@example.com SIP/2.0\r\nCSeq: 1 " + method + "\r\n\r\n"
}

func names(tr *trace.Trace) []string {
	var all []string
	for _, t := range targets(tr, fault.Lose, -1) {
		all = append(all, t.fault.String())
	}
	return all
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		claim string
		sent  [][3]string
		want  []string
	}{
		{
			"count what one host sends on one link",
			[][3]string{{request("INVITE"), "a", "b"}, {request("INVITE"), "a", "to"}, {request("INVITE"), "b", "a"}, {request("INVITE"), "a", "b"}},
			[]string{"lose 1st INVITE from a to b", "lose 1st INVITE from a to to", "lose 1st INVITE from b to a", "lose 2nd INVITE from a to b"},
		},
		{
			"what is no message is a packet, and every one counts",
			[][3]string{{request("INVITE"), "a", "b"}, {"\x00\xff", "a", "b"}, {request("INVITE"), "a", "b"}},
			[]string{"lose 1st INVITE from a to b", "lose 2nd packet from a to b", "lose 2nd INVITE from a to b"},
		},
		{
			"a method of one's own is quoted",
			[][3]string{{request("FETCH"), "a", "b"}},
			[]string{`lose 1st "FETCH" from a to b`},
		},
		{
			"a method that is called like a keyword or a status is a packet",
			[][3]string{{request("request"), "a", "b"}, {request("200"), "a", "b"}, {request("4xx"), "a", "b"}},
			[]string{"lose 1st packet from a to b", "lose 2nd packet from a to b", "lose 3rd packet from a to b"},
		},
		{
			"a status that no class has is a packet",
			[][3]string{{"SIP/2.0 777 Lucky\r\nCSeq: 1 INVITE\r\n\r\n", "a", "b"}},
			[]string{"lose 1st packet from a to b"},
		},
	} {
		t.Run(c.claim, func(t *testing.T) {
			require.Equal(t, c.want, names(sends(c.sent...)))
		})
	}
}

func TestResponsesNameTheirMethodWhereThereAreSeveral(t *testing.T) {
	answer := func(method string) [3]string {
		return [3]string{"SIP/2.0 200 OK\r\nCSeq: 1 " + method + "\r\n\r\n", "b", "a"}
	}
	one := sends(answer("INVITE"), answer("INVITE"))
	require.Equal(t, []string{"lose 1st 200 from b to a", "lose 2nd 200 from b to a"}, names(marked(one, "INVITE", "INVITE")))
	two := sends(answer("INVITE"), answer("BYE"), answer("INVITE"))
	require.Equal(t, []string{
		"lose 1st 200 for INVITE from b to a", "lose 1st 200 for BYE from b to a", "lose 2nd 200 for INVITE from b to a",
	}, names(marked(two, "INVITE", "BYE", "INVITE")))
}

// marked gives the packets of responses what the World knows of them.
func marked(tr *trace.Trace, methods ...string) *trace.Trace {
	for i, m := range methods {
		tr.Events[i].Packet.Status, tr.Events[i].Packet.Method = 200, m
	}
	return tr
}

func TestHosts(t *testing.T) {
	t.Run("called like keywords are quoted where they must be", func(t *testing.T) {
		for _, line := range names(sends([3]string{request("BYE"), "to", "a"}, [3]string{request("BYE"), "a", "to"})) {
			f, err := fault.Parse(line)
			require.NoError(t, err, line)
			require.Equal(t, line, f.String())
		}
	})
	t.Run("of two, one way says all", func(t *testing.T) {
		require.Equal(t, "lose 2nd REGISTER from bob", lose(t, read(t, "register")).Rows[2].Faults[0].String())
		require.Equal(t, "lose 1st REGISTER from bob to biloxi", lose(t, read(t, "two-phones")).Rows[0].Faults[0].String())
	})
}

func TestWhatIsLostAnywayOrHasAFaultHasNoRow(t *testing.T) {
	all := lose(t, read(t, "two-phones"))
	require.Len(t, all.Spared, 1)
	require.Equal(t, "F5", all.Spared[0].Label)
	require.Equal(t, "lose 1st REGISTER from desk", all.Spared[0].Why)
	require.Equal(t, "lost anyway", lose(t, read(t, "storm")).Spared[0].Why)
}
