package ua

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/words"
)

// stage is where a phone is played to: what reaches it, and in out what it
// wants done. It holds the phone to the rules that bind every request.
type stage struct {
	t        testing.TB
	settings Settings
	full     bool // print each field with its origin
	phone    *Phone
	env      core.Env
	now      time.Duration
	due      map[string]time.Duration
	asked    *sip.Message // on its way, nil for none
	last     *sip.Message // the request before
	step     uint32       // how much higher its CSeq number is: 0 for the same request elsewhere
	names    map[string]string
	count    map[string]int
	packet   int32
	effects  []core.Effect
	out      strings.Builder
}

func newStage(t testing.TB) *stage {
	return &stage{
		t: t, settings: Settings{AOR: "sip:bob@biloxi.example.com", Password: "zanzibar"},
		due: map[string]time.Duration{}, names: map[string]string{}, count: map[string]int{},
		env: core.Env{
			Name: "bob", Addr: netip.MustParseAddrPort("192.0.2.1:5060"), Chance: netem.NewChance(1, "bob"),
			T1: 500 * time.Millisecond, T2: 4 * time.Second,
			New:     func() *sip.Message { return new(sip.Message) },
			Resolve: twoServers,
		},
	}
}

// twoServers is RFC 3263 with one name, two.example.com, that has two addresses.
func twoServers(uri sip.URI, out []core.Hop) []core.Hop {
	if uri.Host == "two.example.com" {
		for _, at := range []string{"192.0.2.31:5060", "192.0.2.32:5060"} {
			out = append(out, core.Hop{Transport: "UDP", Addr: netip.MustParseAddrPort(at)})
		}
	}
	return out
}

// handle gives the phone one event and prints what it wants done.
func (s *stage) handle(ev core.Event) {
	if s.phone == nil {
		require.NoError(s.t, s.settings.Check())
		s.phone = New(s.settings)
	}
	ev.Now = s.now
	s.effects = s.phone.Handle(&ev, &s.env, s.effects[:0])
	for i := range s.effects {
		s.effect(&s.effects[i], &ev)
	}
}

func (s *stage) act(words ...string) {
	s.handle(core.Event{Kind: core.Human, Act: core.Act{Verb: words[0], Args: words[1:]}})
}

// gets has a response to the REGISTER arrive, with these fields beside those
// that every response copies.
func (s *stage) gets(status int, fields ...string) {
	require.NotNil(s.t, s.asked, "nothing is on its way that could be answered")
	m := core.Respond(&s.env, s.asked, status, "", "r1")
	for _, f := range fields {
		name, value, _ := strings.Cut(f, ": ")
		m.AddOther(name, value, sip.Origin{})
	}
	text := m.String()
	m = new(sip.Message)
	require.NoError(s.t, m.Parse(text))
	s.packet++
	m.Packet = s.packet
	if status >= 200 {
		s.asked = nil
	}
	s.handle(core.Event{Kind: core.Response, Key: keyRegister, Message: m})
}

// fails ends the REGISTER's transaction without a response.
func (s *stage) fails(kind core.EventKind) {
	require.NotNil(s.t, s.asked)
	s.asked = nil
	s.handle(core.Event{Kind: kind, Key: keyRegister})
}

// wakes lets time pass until the timer goes off.
func (s *stage) wakes(timer string) {
	due, ok := s.due[timer]
	require.True(s.t, ok, "the timer %s is not running", timer)
	delete(s.due, timer)
	s.now = max(s.now, due)
	s.handle(core.Event{Kind: core.Wake, Key: keyRegister, Timer: timer})
}

// arrives has a request from elsewhere arrive as bytes.
func (s *stage) arrives(text string) {
	m := new(sip.Message)
	require.NoError(s.t, m.Parse(text))
	s.packet++
	m.Packet = s.packet
	txn := s.packet
	if m.Method == sip.ACK {
		txn = 0
	}
	s.handle(core.Event{Kind: core.Request, Txn: txn, Message: m})
}

func (s *stage) print(format string, args ...any) { fmt.Fprintf(&s.out, "    "+format+"\n", args...) }

func (s *stage) effect(e *core.Effect, ev *core.Event) {
	switch e.Kind {
	case core.Ask:
		s.request(e.Message, e.Hop)
	case core.Answer:
		require.Equal(s.t, ev.Txn, e.Txn)
		s.response(e.Message)
	case core.Say:
		s.print("tell %s %d: %s [%s]", e.What, e.Code, e.Text, e.Ref)
	case core.Note:
		s.print("note %s [%s]", e.Text, e.Ref)
	case core.Wait:
		require.True(s.t, e.Idle, "upkeep keeps no run going")
		require.Positive(s.t, e.After)
		s.due[e.Timer] = s.now + e.After
		s.print("wait %s %s [%s]", e.Timer, words.FormatDuration(e.After), e.Ref)
	case core.Unwait:
		delete(s.due, e.Timer)
		s.print("unwait %s", e.Timer)
	default:
		require.Fail(s.t, "an effect that no phone has")
	}
}

// request looks at a REGISTER as on a wire, and holds it to §10.2 and §8.1.
func (s *stage) request(m *sip.Message, to core.Hop) {
	require.Nil(s.t, s.asked, "§10.2: no new REGISTER before the final response to the last one")
	for i := range m.Fields {
		require.NotEqual(s.t, sip.OriginNone, m.Fields[i].Origin.Kind, "each field says where it is from")
	}
	m.Prepend(sip.NameVia, "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1", sip.Fresh("RFC 3261 §8.1.1.7"))
	text := m.String()
	back := new(sip.Message)
	require.NoError(s.t, back.Parse(text))
	if s.settings.Password != "" {
		require.NotContains(s.t, text, s.settings.Password, "SEC-63")
	}
	if len(s.settings.Bugs) == 0 {
		require.Empty(s.t, back.Check(nil), text)
		s.follows(back)
	}
	s.asked, s.last, s.step = back, back, 1
	if s.full {
		s.fields(m)
		return
	}
	s.print("%s", s.short(back))
	if to.Addr.IsValid() {
		s.print("  to %s", to.Addr)
	}
}

// follows compares a request with the one before.
func (s *stage) follows(m *sip.Message) {
	require.NotEmpty(s.t, m.From().Tag())
	require.Empty(s.t, m.To().Tag())
	require.Equal(s.t, s.settings.AOR, m.To().URI)
	require.Equal(s.t, s.settings.AOR, m.From().URI)
	if s.last != nil {
		require.Equal(s.t, s.last.CallID(), m.CallID(), "REG-22")
		require.Equal(s.t, s.last.CSeq().Seq+s.step, m.CSeq().Seq, "REG-22")
	}
}

// short is a request in one line.
func (s *stage) short(m *sip.Message) string {
	parts := []string{fmt.Sprintf("%s %d to %s, Call-ID %s, tag %s", m.Method, m.CSeq().Seq, m.URI,
		s.name("call", m.CallID()), s.name("tag", m.From().Tag()))}
	for _, n := range []sip.Name{sip.NameContact, sip.NameExpires, sip.NameSupported} {
		if m.Has(n) {
			parts = append(parts, n.String()+" "+m.Get(n))
		}
	}
	for _, n := range []sip.Name{sip.NameAuthorization, sip.NameProxyAuthorization, sip.NameWWWAuthenticate} {
		for value := range m.Values(n) {
			parts = append(parts, n.String()+" "+s.credentials(m, value))
		}
	}
	return strings.Join(parts, ", ")
}

// credentials shows what matters of them, and whether the digest is right.
func (s *stage) credentials(m *sip.Message, value string) string {
	c, err := auth.ParseCredentials(value)
	require.NoError(s.t, err)
	require.Equal(s.t, m.URI, c.URI)
	a, _ := auth.ParseAlgorithm(c.Algorithm)
	d := auth.Digest{
		Algorithm: a, Username: c.Username, Realm: c.Realm, Password: auth.Secret(s.settings.Password),
		Nonce: c.Nonce, QOP: c.QOP, NC: c.NC, CNonce: c.CNonce, FirstNonce: c.Nonce, FirstCNonce: c.CNonce,
		Method: m.Method, URI: c.URI,
	}
	require.Equal(s.t, string(d.Append(nil)), c.Response)
	shown := c.Username + " for " + c.Realm + ", nonce " + c.Nonce
	if c.QOP != "" {
		require.Len(s.t, c.CNonce, 16)
		shown += ", nc " + c.NC
	}
	return "(" + shown + ")"
}

// fields prints the whole request with the origin of each field.
func (s *stage) fields(m *sip.Message) {
	s.print("%s %s", m.Method, m.URI)
	for i := range m.Fields {
		f := &m.Fields[i]
		s.print("%s: %s  <- %s", f.Text, s.shown(f), f.Origin)
	}
}

func (s *stage) shown(f *sip.Field) string {
	switch f.Name {
	case sip.NameCallID:
		return s.name("call", f.Value)
	case sip.NameFrom:
		a, err := sip.ParseNameAddr(f.Value)
		require.NoError(s.t, err)
		return strings.Replace(f.Value, a.Tag(), s.name("tag", a.Tag()), 1)
	case sip.NameAuthorization:
		return s.credentials(s.asked, f.Value)
	}
	return f.Value
}

// name gives fresh values numbers in the order of their appearance.
func (s *stage) name(kind, value string) string {
	if n, ok := s.names[kind+value]; ok {
		return n
	}
	s.count[kind]++
	n := kind + strconv.Itoa(s.count[kind])
	s.names[kind+value] = n
	return n
}

func (s *stage) response(m *sip.Message) {
	back := new(sip.Message)
	require.NoError(s.t, back.Parse(m.String()))
	require.Empty(s.t, back.Check(nil))
	require.NotEmpty(s.t, back.To().Tag())
	line := "answer " + strconv.Itoa(m.Status) + " " + m.Reason
	for i := range m.Fields {
		f := &m.Fields[i]
		require.NotEqual(s.t, sip.OriginNone, f.Origin.Kind)
		if f.Origin.Kind == sip.OriginRule {
			line += ", " + f.Text + " " + f.Value
		}
	}
	s.print("%s", line)
}
