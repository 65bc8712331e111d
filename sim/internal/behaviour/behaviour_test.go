package behaviour

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnAccountHasNoGapAndNoFalseMark(t *testing.T) {
	msg := []string{"MSG"}
	good := map[string]string{"MSG-03": "not simulated"}
	require.Empty(t, faults(msg, []string{"MSG-01", "MSG-02", "REG-99"}, good))
	require.Equal(t, []string{"MSG-02 is held by no test, and no reason says why"}, faults(msg, []string{"MSG-01"}, good))
	require.Equal(t, []string{"MSG-03 is held by a test, and a reason says why by none"},
		faults(msg, []string{"MSG-01", "MSG-02", "MSG-03"}, good))
	require.Equal(t, []string{"MSG-04 is no behaviour of these groups"},
		faults(msg, []string{"MSG-01", "MSG-02", "MSG-03", "MSG-04"}, nil))
	require.Equal(t, []string{"REG-01 is no behaviour of these groups"},
		faults(msg, []string{"MSG-01", "MSG-02", "MSG-03"}, map[string]string{"REG-01": "elsewhere"}))
}

func TestIdsAreReadFromNames(t *testing.T) {
	require.Equal(t, []string{"ICT-01", "NIST-12"}, In("ICT-01, NIST-12 and no others: RFC 3261"))
}
