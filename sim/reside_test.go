package sim_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transport"
)

// RFC 3665 §3.7: the address changes in a call, and with it media and Contact.
const moves = `
net    delay 20ms
phone  alice  sip:alice@atlanta.example.com
phone  bob    sip:bob@biloxi.example.com
at 0s  alice calls bob
at 1s  bob answers
at 5s  alice changes address to 192.0.2.77:5070
`

func TestDLG12RequestsFollowTheNewContact(t *testing.T) {
	tr := run(t, parse(t, moves+"at 9s bob hangs up\n"))
	var bye *trace.Packet
	var media, ends []string
	for i := range tr.Events {
		switch e := &tr.Events[i]; {
		case e.Kind == trace.Arrive && e.Packet.Method == "BYE" && e.Packet.Status == 0:
			bye = e.Packet
		case e.Kind == trace.Media && e.On == "sendrecv":
			media = append(media, e.To)
		case e.Kind == trace.Tell && e.Name == "ended":
			ends = append(ends, e.Text)
		}
	}
	require.NotNil(t, bye, "the BYE reaches the host by its new address")
	require.Equal(t, "192.0.2.77:5070", bye.Dst.String())
	require.Equal(t, []string{"alice", "bob", "alice"}, media, "the third goes to her new address, which is hers")
	require.Equal(t, []string{"this side hung up", "the far end hung up"}, ends)
}

func TestAnAddressThatAnotherHostHasStaysThere(t *testing.T) {
	tr := run(t, parse(t, moves+"phone carol sip:carol@chicago.example.com address 192.0.2.77\n"))
	var notes []string
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Note && e.Ref == "RFC 3261 §12.2.1.1" {
			notes = append(notes, e.Text)
		}
	}
	require.Equal(t, []string{"the address 192.0.2.77 is that of carol, and stays so"}, notes)
}

func TestWhoHasMovedSendsFromItsNewAddress(t *testing.T) {
	s := parse(t, moves+"registrar home domain atlanta.example.com open\nat 6s alice holds\nat 7s alice hangs up\nat 8s alice registers\nat 9s alice calls bob\nat 10s bob answers\nat 11s bob hangs up\n")
	for _, by := range []transport.Protocol{transport.UDP, transport.TCP} {
		for i := range s.Hosts {
			s.Hosts[i].Transport = by
		}
		tr := lawful(t, s)
		require.Contains(t, told(tr, "alice"), "registered")
		requests := 0
		for _, e := range sentBy(tr, "alice") {
			p := e.Packet
			if e.At < 5*time.Second || p.Status != 0 {
				continue
			}
			m := new(sip.Message)
			require.NoError(t, m.Parse(p.Raw))
			via, _ := m.Via()
			require.Equal(t, "192.0.2.77:5070", via.SentBy(), p.Raw)
			require.Equal(t, "192.0.2.77", p.Src.Addr().String())
			if m.Has(sip.NameContact) {
				require.Contains(t, m.Get(sip.NameContact), "alice@192.0.2.77:5070")
			}
			requests++
		}
		require.GreaterOrEqual(t, requests, 8)
	}
}

// A move while a request is out: its response comes to the address that was.
func TestSection1812AResponseToARequestFromBeforeTheMoveIsStillTaken(t *testing.T) {
	s := parse(t, strings.Replace(moves, "at 5s  alice changes", "at 5s  bob holds\nat 5010ms alice asks options of bob\nat 5020ms alice changes", 1))
	tr := lawful(t, s)
	require.Contains(t, told(tr, "alice"), "options")
	require.NotContains(t, notes(tr), "not of this element")
}
