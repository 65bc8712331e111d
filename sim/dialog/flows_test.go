package dialog

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

// participant plays one side of a flow: it builds each message and tells its
// dialogs of it.
type participant struct {
	t      *testing.T
	set    *Set
	caller bool
	first  *Dialog
	byTag  map[string]*Dialog
}

// TestRFC5407_TheStatesOfEachFlow holds the machines against the states that
// the flows of RFC 5407 §3 and its appendices draw.
func TestRFC5407_TheStatesOfEachFlow(t *testing.T) {
	text, err := os.ReadFile("testdata/rfc5407.txt")
	require.NoError(t, err)
	flows := strings.Split(string(text), "\nflow ")[1:]
	require.Len(t, flows, 26)
	for _, flow := range flows {
		name, steps, _ := strings.Cut(flow, "\n")
		t.Run(name, func(t *testing.T) {
			p := &participant{t: t, set: NewSet(), caller: strings.HasSuffix(name, "caller"), byTag: map[string]*Dialog{}}
			for line := range strings.Lines(steps) {
				what, state, _ := strings.Cut(strings.TrimSpace(line), " => ")
				d := p.play(strings.Fields(what))
				require.Equal(t, state, Name(d.State()), what)
			}
		})
	}
}

// play takes the words of one step: "recv 200 INVITE 1 B", "over BYE".
func (p *participant) play(words []string) *Dialog {
	tag := "b1"
	if last := words[len(words)-1]; len(last) == 1 && last[0] >= 'A' && last[0] <= 'Z' {
		tag, words = last, words[:len(words)-1]
	}
	if words[0] == "over" {
		d := p.dialog(tag)
		d.Over(words[1])
		return d
	}
	verb, cseq := words[0], words[len(words)-1]+" "+words[len(words)-2]
	status, _ := strconv.Atoi(words[1])
	switch {
	case p.first == nil:
		return p.begin()
	case verb == "send" && status == 0:
		return p.request(words[1], cseq, tag)
	}
	start := words[1] + " sip:here SIP/2.0"
	if status != 0 {
		start = "SIP/2.0 " + words[1] + " " + sip.Reason(status)
	}
	// A request received and a response sent belong to what the peer asked.
	m := p.message((verb == "recv") == (status != 0), start, cseq, tag)
	if verb == "send" {
		d := p.dialog(tag)
		d.Sent(m)
		return d
	}
	return p.receive(m, tag)
}

func (p *participant) begin() *Dialog {
	if p.caller {
		p.first, _ = p.set.Call(initial(p.t), false)
	} else {
		p.first, _ = p.set.Called(initial(p.t), "b1", "<"+bobHere+">", false)
	}
	return p.first
}

// dialog is the one of a tag; the caller's has none before a response.
func (p *participant) dialog(tag string) *Dialog {
	if d := p.byTag[tag]; d != nil {
		return d
	}
	return p.first
}

func (p *participant) receive(m *sip.Message, tag string) *Dialog {
	d := p.set.Find(m)
	if d != nil {
		d.Received(m)
	} else {
		d, _ = p.set.Fork(p.first, m)
		require.NotNil(p.t, d)
	}
	p.byTag[tag] = d
	return d
}

// request sends one, which has the number that the flow says.
func (p *participant) request(method, cseq, tag string) *Dialog {
	var m sip.Message
	d := p.dialog(tag)
	if method == sip.ACK {
		seq, err := sip.ParseCSeq(cseq)
		require.NoError(p.t, err)
		d.ACK(&m, seq.Seq)
	} else {
		d.Request(&m, method)
	}
	require.Equal(p.t, cseq, m.CSeq().String())
	d.Sent(&m)
	return d
}

// message is one of the dialog; own says that this side has asked.
func (p *participant) message(own bool, start, cseq, tag string) *sip.Message {
	from, to := "<"+aliceURI+">;tag=a1", "<"+bobURI+">;tag="+tag
	if own != p.caller {
		from, to = to, from
	}
	return parse(p.t, start, "From: "+from, "To: "+to, "Call-ID: c1@192.0.2.101", "CSeq: "+cseq, "Contact: <"+bobHere+">")
}
