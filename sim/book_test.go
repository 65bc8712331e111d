package sim_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

// The phone book is for the words that name whom: a text stays what was typed,
// also where a phone is called so.
func TestOnlyTheWordsThatNameWhomAreLookedUpInThePhoneBook(t *testing.T) {
	tr := run(t, parse(t, "phone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\nphone presence sip:p@biloxi.example.com\n"+
		"at 0s alice sends message bob to bob\nat 1s alice fetches presence of presence\n"))
	text := message(t, tr, "alice", sip.MESSAGE, 1)
	require.Equal(t, "bob", text.Body)
	require.Equal(t, "sip:bob@biloxi.example.com", text.URI)
	asked := message(t, tr, "alice", "SUBSCRIBE", 1)
	require.Equal(t, "presence", asked.Lookup("Event"))
	require.Equal(t, "sip:p@biloxi.example.com", asked.URI)
}
