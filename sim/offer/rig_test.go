package offer

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

// two are both ends of a dialog, Alice the caller.
type two struct {
	t          require.TestingT
	alice, bob *Session
	seq        uint32
}

func newTwo(t require.TestingT) *two {
	return &two{t: t, alice: New(settings("alice", "192.0.2.101", 49172)), bob: New(settings("bob", "192.0.2.201", 3456))}
}

func settings(user, addr string, port uint16) Settings {
	return Settings{User: user, ID: 2890844526, Addr: netip.MustParseAddr(addr), Streams: []Stream{{Kind: "audio", Port: port, Codecs: []Codec{{"PCMU/8000", 0}}}}}
}

// request begins one; without a body.
func (w *two) request(method string) *sip.Message {
	w.seq++
	m := &sip.Message{}
	m.Request(method, "sip:peer")
	m.Add(sip.NameCSeq, sip.CSeq{Seq: w.seq, Method: method}.String(), sip.Origin{})
	return m
}

// ack begins the ACK to a 2xx of an INVITE.
func ack(invite *sip.Message) *sip.Message {
	m := &sip.Message{}
	m.Request(sip.ACK, "sip:peer")
	m.Add(sip.NameCSeq, sip.CSeq{Seq: invite.CSeq().Seq, Method: sip.ACK}.String(), sip.Origin{})
	return m
}

func answer(req *sip.Message, status int) *sip.Message {
	m := &sip.Message{}
	m.Response(status, "")
	m.CopyFrom(req, sip.NameCSeq)
	return m
}

// reliably makes a provisional response a reliable one.
func reliably(m *sip.Message, n int) *sip.Message {
	m.Add(sip.NameRequire, "100rel", sip.Origin{})
	m.Add(sip.NameRSeq, strconv.Itoa(n), sip.Origin{})
	return m
}

// carry sends a message from one side to the other, over the wire.
func (w *two) carry(from, to *Session, m *sip.Message) (sent, received Step) {
	sent = from.Send(m)
	var got sip.Message
	require.NoError(w.t, got.Parse(m.String()))
	return sent, to.Receive(&got)
}

// exchange is a whole one: method from a side, with an offer, and its 2xx.
func (w *two) exchange(from, to *Session, method string) {
	req := w.request(method)
	_, ok := from.Offer(req)
	require.True(w.t, ok)
	_, got := w.carry(from, to, req)
	require.Zero(w.t, got.Refuse)
	w.carry(to, from, answer(req, 200))
}

// call is the basic one: the offer in the INVITE, the answer in its 200.
func (w *two) call() { w.exchange(w.alice, w.bob, sip.INVITE) }

// flows holds both ends against "alice's bob's".
func (w *two) flows(want string) {
	require.Equal(w.t, want, w.alice.Flows().String()+" "+w.bob.Flows().String())
}

func (w *two) states(want string) {
	require.Equal(w.t, want, states[w.alice.State()]+", "+states[w.bob.State()])
}

// lines is a session description of its lines.
func lines(all ...string) string { return strings.Join(all, "\r\n") + "\r\n" }

// withBody is a request with a session description.
func (w *two) withBody(method, text string) *sip.Message {
	m := w.request(method)
	m.SetBody(contentType, text)
	return m
}
