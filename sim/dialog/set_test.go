package dialog

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

// RFC 3261 §12.1.2: "The call identifier component of the dialog ID MUST be set
// to the value of the Call-ID in the request".
func TestRFC3261Section12_1_2ADialogHasTheCallIDOfTheRequest(t *testing.T) {
	s := NewSet()
	d, _ := s.Call(initial(t), false)
	m := response(t, 180, "1 INVITE", "b1")
	m.Set(sip.NameCallID, "another@192.0.2.201", sip.Origin{})
	require.Nil(t, s.Find(m))
	require.Same(t, d, s.FindFork(d, m))
	d.Received(m)
	require.Same(t, d, s.FindFork(d, m), "by the tag that the response gave")
	require.Nil(t, s.FindFork(d, response(t, 180, "1 INVITE", "b2")))
}
