package registrar

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/sip"
)

// stage is where a registrar is played to: what it is told, and in out what it
// wants done.
type stage struct {
	t          *testing.T
	settings   Settings
	registrar  *Registrar
	env        core.Env
	now        time.Duration
	src        netip.AddrPort
	cseq       uint32
	txn        int32
	last       string // request
	answer     *sip.Message
	effects    []core.Effect
	challenges []auth.Challenge // one of each nonce
	counts     map[string]uint32
	out        strings.Builder
}

func newStage(t *testing.T) *stage {
	s := &stage{t: t, settings: Settings{Domain: "biloxi.example.com"}, counts: map[string]uint32{}}
	s.env = core.Env{
		Name: "biloxi", Addr: s.addr("192.0.2.9:5060"), Chance: netem.NewChance(1, "biloxi"),
		New: func() *sip.Message { return new(sip.Message) },
	}
	return s
}

func (s *stage) addr(text string) netip.AddrPort {
	addr, err := netip.ParseAddrPort(text)
	require.NoError(s.t, err)
	return addr
}

// arrive has a request arrive as bytes.
func (s *stage) arrive(text string) {
	m := new(sip.Message)
	require.NoError(s.t, m.Parse(text))
	s.txn++
	m.Packet = s.txn
	s.handle(&core.Event{Kind: core.Request, Txn: s.txn, Message: m, Src: s.src})
}

// handle gives the registrar one event and prints its effects.
func (s *stage) handle(ev *core.Event) {
	if s.registrar == nil {
		require.NoError(s.t, s.settings.Check())
		s.registrar = New(s.settings)
	}
	ev.Now = s.now
	s.answer = nil
	s.effects = s.registrar.Handle(ev, &s.env, s.effects[:0])
	for i := range s.effects {
		s.effect(&s.effects[i], ev)
	}
}

func (s *stage) print(format string, args ...any) { fmt.Fprintf(&s.out, format+"\n", args...) }

func (s *stage) effect(e *core.Effect, ev *core.Event) {
	switch e.Kind {
	case core.Note:
		s.print("note %s [%s]", e.Text, e.Ref)
	case core.Bind:
		s.print("bind %s %s %s %v", e.Op, e.AOR, e.To, e.Expires)
	case core.Wait:
		require.True(s.t, e.Idle, "bindings that end keep no run going")
		s.print("wait %s %v", e.Timer, e.After)
	case core.Unwait:
		s.print("unwait %s", e.Timer)
	case core.Answer:
		require.Equal(s.t, ev.Txn, e.Txn)
		s.response(e.Message, ev.Message)
	default:
		require.Fail(s.t, "an effect that no registrar has")
	}
}

// copied are the fields that §8.2.6.2 has each response copy from its request.
var copied = []sip.Name{sip.NameVia, sip.NameFrom, sip.NameCallID, sip.NameCSeq}

func (s *stage) response(m, req *sip.Message) {
	require.Nil(s.t, s.answer, "one request has one answer")
	s.answer = m
	back := new(sip.Message)
	require.NoError(s.t, back.Parse(m.String()))
	if len(s.settings.Bugs) == 0 {
		require.Empty(s.t, back.Check(nil))
	}
	for _, n := range copied {
		require.Equal(s.t, req.Get(n), back.Get(n))
	}
	require.NotEmpty(s.t, back.To().Tag())
	s.print("< %d %s", back.Status, back.Reason)
	for i := range m.Fields {
		f := &m.Fields[i]
		require.NotEqual(s.t, sip.OriginNone, f.Origin.Kind, "each field says where it is from: %s", f.Text)
		switch f.Name {
		case sip.NameVia, sip.NameFrom, sip.NameTo, sip.NameCallID, sip.NameCSeq:
		default:
			s.print("< %s: %s", f.Text, s.shown(f))
		}
	}
}

// shown puts the number of a nonce in its place.
func (s *stage) shown(f *sip.Field) string {
	if f.Name != sip.NameWWWAuthenticate {
		return f.Value
	}
	c, ok := auth.ParseChallenge(f.Value)
	require.True(s.t, ok)
	if n := len(s.challenges); n == 0 || s.challenges[n-1].Nonce != c.Nonce {
		s.challenges = append(s.challenges, c)
	}
	return strings.Replace(f.Value, c.Nonce, fmt.Sprintf("nonce %d", len(s.challenges)), 1)
}
