package proxy

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/location"
	"siplab/sim/resolve"
	"siplab/sim/sip"
	"siplab/sim/transport"
)

// stage is where a proxy is played to: what reaches it, and in out what it
// wants done.
type stage struct {
	t        *testing.T
	settings Settings
	proxy    core.Core
	redirect *RedirectSettings
	env      core.Env
	names    resolve.Names
	phones   *phones
	now      time.Duration

	request *sip.Message // the last that came from upstream
	txn     int32        // its server transaction
	txns    int32
	cseq    int
	asked   []asked // b1, b2, …
	cancels []int32 // c1, c2, …: their keys
	sent    []*sip.Message
	effects []core.Effect
	answers []*sip.Message
	nonce   string
	out     strings.Builder
}

// asked is a request that the proxy has forwarded in a transaction.
type asked struct {
	key, txn int32
	m        *sip.Message
}

// phones are a registrar of biloxi.example.com: those that exist, and where.
type phones struct {
	location location.Service
	known    []string
}

func (p *phones) Location() *location.Service { return &p.location }
func (p *phones) Knows(aor *sip.URI) bool     { return slices.Contains(p.known, aor.AOR()) }

func newStage(t *testing.T) *stage {
	s := &stage{t: t, settings: Settings{Domains: []string{"biloxi.example.com"}}, phones: &phones{}}
	s.names.Add("biloxi.example.com", netip.MustParseAddrPort("192.0.2.9:5060"))
	s.names.Add("chicago.example.com", netip.MustParseAddrPort("192.0.2.20:5060"))
	s.names.Add("client.biloxi.example.com", netip.MustParseAddrPort("192.0.2.4:5060"))
	s.names.AddA("two.example.com", netip.MustParseAddrPort("192.0.2.31:5060"))
	s.names.AddA("two.example.com", netip.MustParseAddrPort("192.0.2.32:5060"))
	s.env = core.Env{
		Name: "biloxi", Addr: netip.MustParseAddrPort("192.0.2.9:5060"), Chance: netem.NewChance(1, "biloxi"),
		T1: 500 * time.Millisecond, T2: 4 * time.Second,
		New: func() *sip.Message { return new(sip.Message) },
	}
	s.env.Resolve = func(u sip.URI, out []core.Hop) []core.Hop {
		for _, h := range s.names.Hops(&u, resolve.All, nil, nil) {
			out = append(out, core.Hop(h))
		}
		return out
	}
	return s
}

func (s *stage) print(format string, args ...any) { fmt.Fprintf(&s.out, format+"\n", args...) }

func (s *stage) find(domain string) (Registrar, netip.AddrPort, bool) {
	return s.phones, netip.MustParseAddrPort("192.0.2.10:5060"), s.phones.known != nil && sip.EqualFold(domain, "biloxi.example.com")
}

// handle gives the proxy an event and prints what it wants done.
func (s *stage) handle(ev *core.Event) {
	if s.proxy == nil {
		if s.redirect != nil {
			require.NoError(s.t, s.redirect.Check())
			s.proxy = NewRedirect(*s.redirect, s.find)
		} else {
			require.NoError(s.t, s.settings.Check())
			s.proxy = New(s.settings, s.find)
		}
	}
	ev.Now = s.now
	s.effects = s.proxy.Handle(ev, &s.env, s.effects[:0])
	for i := range s.effects {
		s.effect(&s.effects[i])
	}
}

func (s *stage) effect(e *core.Effect) {
	switch e.Kind {
	case core.Note:
		s.print("    note: %s [%s]", e.Text, e.Ref)
	case core.Wait:
		s.print("    wait %s %v %v", e.Timer, s.whose(e), e.After)
	case core.Unwait:
		s.print("    unwait %s %v", e.Timer, s.whose(e))
	case core.Ask:
		s.ask(e)
	case core.Send:
		s.send(e)
	case core.Answer:
		s.answer(e)
	case core.Cancel:
		s.cancels = append(s.cancels, e.Key)
		s.print("    CANCEL %s", s.txnName(e.Txn))
	case core.Drop:
		s.print("    drop %s [%s]", s.txnName(e.Txn), e.Ref)
	default:
		require.Fail(s.t, "an effect that no proxy has")
	}
}

// whose is the branch, or the request, that a timer is for.
func (s *stage) whose(e *core.Effect) string {
	if e.Timer == tryTimer.Name || e.Timer == lateTimer.Name {
		require.Equal(s.t, s.txn, e.Key)
		return "up"
	}
	for i := range s.asked {
		if s.asked[i].key == e.Key {
			return fmt.Sprintf("b%d", i+1)
		}
	}
	return fmt.Sprintf("b%d", len(s.asked)+1) // about to be asked
}

func (s *stage) txnName(txn int32) string {
	for i := range s.asked {
		if s.asked[i].txn == txn {
			return fmt.Sprintf("b%d", i+1)
		}
	}
	return "up"
}

// wire is a message as the next element reads it.
func (s *stage) wire(m *sip.Message) *sip.Message {
	for i := range m.Fields {
		require.NotEqual(s.t, sip.OriginNone, m.Fields[i].Origin.Kind, "each field says where it is from: %s", m.Fields[i].Text)
	}
	read := new(sip.Message)
	require.NoError(s.t, read.Parse(m.String()))
	status, drop := sip.Owed(read.Check(nil))
	require.Zero(s.t, status, m.String())
	require.False(s.t, drop, m.String())
	return read
}

func (s *stage) ask(e *core.Effect) {
	require.True(s.t, strings.HasPrefix(e.Branch, "z9hG4bK"))
	transport.PushVia(e.Message, "UDP", s.env.Addr.String(), e.Branch, false)
	m := s.wire(e.Message)
	s.txns++
	for _, other := range s.asked {
		require.NotEqual(s.t, other.m.Branch(), m.Branch(), "each branch has its own")
	}
	s.asked = append(s.asked, asked{e.Key, s.txns, m})
	s.print("    b%d -> %s %s %s", len(s.asked), e.Hop.Addr, m.Method, m.URI)
	s.changes(m, s.request)
}

func (s *stage) send(e *core.Effect) {
	if !e.Message.IsRequest() {
		m := s.wire(e.Message)
		via, _ := m.Via()
		to, ok := transport.ResponseTarget(via)
		require.True(s.t, ok)
		s.print("    -> %s %d %s", to, m.Status, m.Reason)
		s.sent = append(s.sent, m)
		return
	}
	transport.PushVia(e.Message, "UDP", s.env.Addr.String(), e.Branch, false)
	m := s.wire(e.Message)
	s.sent = append(s.sent, m)
	s.print("    -> %s %s %s, branch %s", e.Hop.Addr, m.Method, m.URI, e.Branch)
	s.changes(m, s.request)
}

// changes prints the rows that the proxy added and took away, but for its Via.
func (s *stage) changes(m, was *sip.Message) {
	rows := func(m *sip.Message) (list []string) {
		for _, f := range m.Fields {
			if f.Name != sip.NameVia {
				list = append(list, f.Text+": "+f.Value)
			}
		}
		return list
	}
	before, after := rows(was), rows(m)
	for _, row := range before {
		if !slices.Contains(after, row) {
			s.print("      - %s", row)
		}
	}
	for _, row := range after {
		if !slices.Contains(before, row) {
			s.print("      + %s", row)
		}
	}
	require.Equal(s.t, was.Body, m.Body, "the body is never touched")
}

func (s *stage) answer(e *core.Effect) {
	m := s.wire(e.Message)
	s.answers = append(s.answers, m)
	to := m.To()
	tag := to.Tag()
	switch {
	case tag == "" || m.Status == 100:
		tag = ""
	case strings.HasPrefix(tag, "b"):
		tag = ", tag of " + tag
	default:
		tag = ", own tag"
	}
	s.print("    up: %d %s%s", m.Status, m.Reason, tag)
	for i := range m.Fields {
		f := &m.Fields[i]
		switch f.Name {
		case sip.NameVia, sip.NameFrom, sip.NameTo, sip.NameCallID, sip.NameCSeq, sip.NameRecordRoute, sip.NameContentLength:
			continue
		case sip.NameProxyAuthenticate:
			if c, ok := auth.ParseChallenge(f.Value); ok && c.Realm == s.settings.Realm {
				s.nonce = c.Nonce
				s.print("      %s: Digest realm=%q, …", f.Text, c.Realm)
				continue
			}
		}
		s.print("      %s: %s", f.Text, f.Value)
	}
}
