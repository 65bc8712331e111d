package diagrams

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// steps are the arrows and words of a ladder, as Mermaid writes them.
func steps(l *Ladder) []string {
	var all []string
	for line := range strings.SplitSeq(l.Mermaid(), "\n") {
		if strings.HasPrefix(line, "  h") || strings.HasPrefix(line, "  Note") {
			all = append(all, strings.TrimSpace(line))
		}
	}
	return all
}

func TestASequenceKeepsTheOrderAtEachHost(t *testing.T) {
	r := newRun("overtaken", "alice phone", "bob phone")
	slow := r.send(0, "alice", "bob", "INVITE sip:bob@192.0.2.2 SIP/2.0")
	fast := r.send(10*ms, "alice", "bob", "CANCEL sip:bob@192.0.2.2 SIP/2.0")
	r.arrive(20*ms, fast)
	r.arrive(50*ms, slow)
	require.Equal(t, []string{
		"h0-)h1: F1 INVITE<br/>0.000 s to 0.050 s",
		"h0->>h1: F2 CANCEL<br/>0.010 s to 0.020 s",
		"Note over h1: F1 INVITE arrives (0.050 s)",
	}, steps(NewLadder(r.tr, Options{})))
}

func TestAnArrowThatNothingOvertakesArrivesWhereItStands(t *testing.T) {
	r := newRun("forked", "alice phone", "bob phone", "carol phone")
	a := r.send(0, "alice", "bob", "INVITE sip:bob@192.0.2.2 SIP/2.0")
	b := r.send(0, "alice", "carol", "INVITE sip:carol@192.0.2.3 SIP/2.0")
	r.arrive(20*ms, a)
	r.arrive(20*ms, b)
	require.Equal(t, []string{
		"h0->>h1: F1 INVITE<br/>0.000 s to 0.020 s",
		"h0->>h2: F2 INVITE<br/>0.000 s to 0.020 s",
	}, steps(NewLadder(r.tr, Options{})))
}

func TestASequenceSaysWhatItCannotDraw(t *testing.T) {
	r := newRun("lost", "alice phone", "bob phone")
	p := r.send(0, "alice", "bob", "BYE sip:bob@192.0.2.2 SIP/2.0")
	r.lose(0, p, "loss 5%")
	q := r.again(500*ms, p, "E")
	r.lose(500*ms, q, "loss 5%")
	r.send(600*ms, "alice", "nobody", "BYE sip:x@192.0.2.99 SIP/2.0")
	require.Equal(t, []string{
		"h0-xh1: F1 BYE<br/>0.000 s, lost#58; loss 5#37;",
		"Note over h0,h1: #126; 0.5 s #126;",
		"h0--xh1: F2 BYE (copy 2, Timer E)<br/>0.500 s, lost#58; loss 5#37;",
		"Note over h0,h1: #126; 0.1 s #126;",
		"h0-)h0: F3 BYE<br/>0.600 s, on its way",
	}, steps(NewLadder(r.tr, Options{})))
}

func TestABareLadderIsADiagramToo(t *testing.T) {
	l := NewLadder(newRun("").tr, Options{})
	require.Equal(t, "sequenceDiagram\n", l.Mermaid())
	require.Equal(t, "@startuml\nhide footbox\n@enduml\n", l.PlantUML())
}
