package transcript

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlayDoesEachLineAndLeavesOutWhatIsSetIn(t *testing.T) {
	var out strings.Builder
	Play("# remark\nfar INVITE\n+ Require: x\n- Contact\n    old\n\nhuman answers\n", &out, func(words, more []string) {
		out.WriteString("    " + strings.Join(words, "|") + " " + strings.Join(more, "|") + "\n")
	})
	require.Equal(t, "# remark\nfar INVITE\n+ Require: x\n- Contact\n    far|INVITE + Require: x|- Contact\n\nhuman answers\n    human|answers \n", out.String())
}
