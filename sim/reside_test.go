package sim_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
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
