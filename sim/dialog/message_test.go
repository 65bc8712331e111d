package dialog

import (
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

// The call of these tests: Alice calls Bob.
const (
	aliceURI  = "sip:alice@atlanta.example.com"
	bobURI    = "sip:bob@biloxi.example.com"
	aliceHere = "sip:alice@192.0.2.101"
	bobHere   = "sip:bob@192.0.2.201"
)

// parse reads a message of lines; what is missing of the usual ones is not
// added.
func parse(t require.TestingT, lines ...string) *sip.Message {
	var m sip.Message
	require.NoError(t, m.Parse(strings.Join(lines, "\r\n")+"\r\n\r\n"))
	return &m
}

// initial is Alice's INVITE, with more lines.
func initial(t require.TestingT, more ...string) *sip.Message {
	return parse(t, append([]string{
		"INVITE " + bobURI + " SIP/2.0",
		"Max-Forwards: 70",
		"From: \"Alice\" <" + aliceURI + ">;tag=a1",
		"To: <" + bobURI + ">",
		"Call-ID: c1@192.0.2.101",
		"CSeq: 1 INVITE",
		"Contact: <" + aliceHere + ">"}, more...)...)
}

// response is one from Bob to Alice's request, with the To tag; lines of its
// own come behind, and a Contact of Bob's where none of them is one.
func response(t require.TestingT, status int, cseq, tag string, more ...string) *sip.Message {
	if !strings.Contains(strings.Join(more, "\n"), "Contact") {
		more = append(more, "Contact: <"+bobHere+">")
	}
	if tag != "" {
		tag = ";tag=" + tag
	}
	return parse(t, append([]string{
		"SIP/2.0 " + strconv.Itoa(status) + " " + sip.Reason(status),
		"From: \"Alice\" <" + aliceURI + ">;tag=a1",
		"To: <" + bobURI + ">" + tag,
		"Call-ID: c1@192.0.2.101",
		"CSeq: " + cseq}, more...)...)
}

// within is a request inside the dialog, from the other side.
func within(t require.TestingT, d *Dialog, method string, seq uint32, more ...string) *sip.Message {
	return parse(t, append([]string{
		method + " sip:here SIP/2.0",
		"From: " + tagged(d.RemoteURI, d.RemoteTag),
		"To: " + tagged(d.LocalURI, d.LocalTag),
		"Call-ID: " + d.CallID,
		"CSeq: " + strconv.Itoa(int(seq)) + " " + method}, more...)...)
}

// reply is a response to a request, from either side.
func reply(t require.TestingT, req *sip.Message, status int, more ...string) *sip.Message {
	return parse(t, append([]string{
		"SIP/2.0 " + strconv.Itoa(status) + " " + sip.Reason(status),
		"From: " + req.Get(sip.NameFrom),
		"To: " + req.Get(sip.NameTo),
		"Call-ID: " + req.CallID(),
		"CSeq: " + req.CSeq().String()}, more...)...)
}

// caller's and callee's dialogs, confirmed and with the ACK.
func confirmedCaller(t require.TestingT, more ...string) (*Set, *Dialog) {
	s := NewSet()
	d, _ := s.Call(initial(t), false)
	d.Received(response(t, 200, "1 INVITE", "b1", more...))
	var m sip.Message
	d.ACK(&m, 1)
	d.Sent(&m)
	require.Equal(t, Established, d.State())
	return s, d
}

func confirmedCallee(t require.TestingT, more ...string) (*Set, *Dialog) {
	s, d := ringing(t, more...)
	d.Sent(response(t, 200, "1 INVITE", "b1"))
	d.Received(within(t, d, sip.ACK, 1))
	require.Equal(t, Established, d.State())
	return s, d
}

func ringing(t require.TestingT, more ...string) (*Set, *Dialog) {
	s := NewSet()
	d, _ := s.Called(initial(t, more...), "b1", "<"+bobHere+">", false)
	d.Sent(response(t, 180, "1 INVITE", "b1"))
	require.Equal(t, Early, d.State())
	return s, d
}

// build is a request of the dialog, told to it as sent.
func build(d *Dialog, method string) (*sip.Message, Step) {
	m := &sip.Message{}
	d.Request(m, method)
	return m, d.Sent(m)
}

func values(m *sip.Message, n sip.Name) []string {
	var all []string
	for v := range m.Values(n) {
		all = append(all, v)
	}
	return all
}
