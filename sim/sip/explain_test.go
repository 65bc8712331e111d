package sip

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExplainGivesEachLineItsPlaceEntryAndProblems(t *testing.T) {
	text := strings.Replace(sound, "Max-Forwards: 70\r\n", "Max-Forwards:\r\n 700\r\nX-Mine: a\r\n", 1)
	e := ExplainMessage(text)
	require.Equal(t, 400, e.Status)
	require.Equal(t, "INVITE sip:bob@biloxi.com SIP/2.0", e.Start.Value)
	var told []string
	for _, l := range e.Headers {
		require.Equal(t, l.Name, text[l.Offset:l.Offset+len(l.Name)])
		told = append(told, fmt.Sprintf("%d %s %v %d", l.Line, l.Header, l.Entry != nil, len(l.Problems)))
	}
	require.Equal(t, []string{"2 Via true 0", "3 To true 0", "4 From true 0", "5 Call-ID true 0", "6 CSeq true 0",
		"7 Max-Forwards true 1", "9 X-Mine false 0", "10 Contact true 0", "11 Content-Length true 0"}, told)
	require.Equal(t, "700", e.Headers[5].Value)
	require.Nil(t, e.Body)
}

func TestExplainPutsWhatIsMissingInNoLine(t *testing.T) {
	e := ExplainMessage(strings.Replace(sound, "CSeq: 314159 INVITE\r\n", "", 1))
	require.Len(t, e.Problems, 1)
	require.Equal(t, "CSeq is missing", e.Problems[0].Text)
	for _, l := range e.Headers {
		require.Empty(t, l.Problems)
	}
}

func TestExplainOfWhatIsNoMessageHasTheOneProblem(t *testing.T) {
	for text, owed := range map[string][2]any{"": {400, false}, "hello\r\n": {400, false}, "SIP/2.0 4294967301 x\r\n\r\n": {0, true}} {
		e := ExplainMessage(text)
		require.Len(t, e.Problems, 1, text)
		require.Equal(t, owed, [2]any{e.Status, e.Drop}, text)
	}
}

func TestExplainHasABodyWithItsProblems(t *testing.T) {
	text := strings.Replace(sound, "Content-Length: 0\r\n\r\n", "Content-Type: application/sdp\r\n\r\nv=0\r\nnonsense\r\n", 1)
	e := ExplainMessage(text)
	require.NotNil(t, e.Body)
	require.Equal(t, 11, e.Body.Line)
	require.Len(t, e.Body.Problems, 1)
	require.Equal(t, 12, e.Body.Problems[0].Line)
	require.Zero(t, e.Status, "SDP is not the business of syntax: a UAS answers 488 or not at all")
}

func TestExplanationIsJSON(t *testing.T) {
	out, err := json.Marshal(ExplainMessage(sound))
	require.NoError(t, err)
	require.Contains(t, string(out), `"headers":[{"offset":35,"length":`)
	require.Contains(t, string(out), `"problems":[]`)
}
