package ua

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/offer"
	"siplab/sim/sip"
	"siplab/sim/subscription"
	"siplab/sim/words"
)

// line is a phone on a line of its own: a far end that says what a transcript
// has it say, time that passes, and in out what the phone wants done. It holds
// the phone to the rules that bind every message.
type line struct {
	t        testing.TB
	settings Settings
	full     bool // print each field of what is sent, with its origin
	phone    *Phone
	env      core.Env
	now      time.Duration
	due      []due
	sent     map[int32]*onWay // requests of the phone, by Key
	kept     map[int32]string // what Repeat would send, in short
	names    []string         // fresh values in the order of their appearance
	branches map[string]bool
	txns     int32
	packet   int32
	rseq     uint32
	dialog   string // of the phone's first call, when it was last asked for
	far      far
	out      strings.Builder
}

// due is a timer that runs.
type due struct {
	key  int32
	name string
	at   time.Duration
}

// onWay is a request of the phone whose transaction has not ended.
type onWay struct {
	key, txn int32
	m        *sip.Message
	done     bool
}

// far is the far end of the one call.
type far struct {
	callID, from, to string           // of its requests
	cseq, invite     uint32           // numbers: the last, the last INVITE's
	requests         map[int32]*asked // its requests that the phone may answer, by transaction
	last             *sip.Message     // its last INVITE, SUBSCRIBE or NOTIFY
}

// asked is a request of the far end.
type asked struct {
	txn      int32
	m        *sip.Message
	answered bool // with a final response
}

func newLine(t testing.TB) *line {
	return &line{
		t: t, settings: Settings{AOR: "sip:bob@biloxi.example.com", Password: "zanzibar"},
		sent: map[int32]*onWay{}, kept: map[int32]string{}, branches: map[string]bool{},
		far: far{requests: map[int32]*asked{}},
		env: core.Env{
			Name: "bob", Addr: netip.MustParseAddrPort("192.0.2.1:5060"), Chance: netem.NewChance(1, "bob"),
			T1: 500 * time.Millisecond, T2: 4 * time.Second,
			New:     func() *sip.Message { return new(sip.Message) },
			Resolve: twoServers,
		},
	}
}

func (s *line) handle(ev core.Event) {
	if s.phone == nil {
		require.NoError(s.t, s.settings.Check())
		s.phone = New(s.settings)
	}
	ev.Now = s.now
	for _, ef := range s.phone.Handle(&ev, &s.env, nil) {
		s.effect(&ef)
	}
}

func (s *line) act(words ...string) {
	s.handle(core.Event{Kind: core.Human, Act: core.Act{Verb: words[0], Args: words[1:]}})
}

// at lets time pass: what is due goes off, in its order.
func (s *line) at(when time.Duration) {
	for len(s.due) > 0 {
		next := slices.MinFunc(s.due, func(a, b due) int { return int(a.at - b.at) })
		if next.at > when {
			break
		}
		s.now = next.at
		s.due = slices.DeleteFunc(s.due, func(d due) bool { return d == next })
		s.print("%s %s goes off", words.FormatDuration(s.now), next.name)
		s.handle(core.Event{Kind: core.Wake, Timer: next.name, Key: next.key})
	}
	s.now = when
}

// out of the phone's newest request of a method.
func (s *line) newest(method string) *onWay {
	var best *onWay
	for _, o := range s.sent {
		if o.m.Method == method && (best == nil || o.key > best.key) {
			best = o
		}
	}
	require.NotNil(s.t, best, "the phone has sent no %s", method)
	return best
}

// gets has a response arrive to the newest request of a method.
func (s *line) gets(status int, method, tag, sdp string, fields []string) {
	o := s.newest(method)
	m := core.Respond(&s.env, o.m, status, "", tag)
	if method == sip.INVITE && status > 100 && status < 300 || method == sip.UPDATE && status < 300 {
		m.Add(sip.NameContact, "<sip:carol@192.0.2.2:5060>", sip.Origin{})
	}
	s.complete(m, sdp, fields)
	if o.txn == 0 {
		s.txns++
		o.txn = s.txns
	}
	s.handle(core.Event{Kind: core.Response, Key: o.key, Txn: o.txn, Message: s.parsed(m)})
}

// complete adds to a message of the far end its body and what a transcript says
// of its fields: "+ NAME: VALUE" adds, "- NAME" takes away.
func (s *line) complete(m *sip.Message, sdp string, fields []string) {
	switch sdp {
	case "":
	case "text":
		m.SetBody("text/plain", "hello")
	case "open", "closed":
		m.SetBody("application/pidf+xml", presence("sip:carol@chicago.example.com", sdp))
	default:
		if status, err := strconv.Atoi(sdp); err == nil {
			m.SetBody("message/sipfrag", "SIP/2.0 "+sdp+" "+sip.Reason(status)+"\r\n")
		} else {
			m.SetBody("application/sdp", s.description(sdp))
		}
	}
	for _, f := range fields {
		name, value, add := strings.Cut(f[2:], ": ")
		if name == "Request-URI" {
			m.URI = value
			continue
		}
		if f[0] == '-' {
			m.Remove(sip.ParseName(name))
			continue
		}
		require.True(s.t, add, f)
		value = strings.ReplaceAll(value, "{rseq}", decimal(uint64(s.rseq)))
		if strings.Contains(value, "{dialog}") {
			s.dialog = s.phone.lines[0].legs[0].d.AsSeenHere().String()
		}
		value = strings.ReplaceAll(strings.ReplaceAll(value, "{dialog}", s.dialog), "{the same}", s.dialog)
		m.AddOther(name, value, sip.Origin{})
	}
}

// description is a session description of the far end: its direction, or the
// one format that it knows.
func (s *line) description(what string) string {
	format, attribute := "0", ""
	switch what {
	case "sdp":
	case "g729":
		format = "18"
	default:
		attribute = "a=" + what + "\r\n"
	}
	return "v=0\r\no=carol 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\nt=0 0\r\nm=audio 3456 RTP/AVP " + format + "\r\n" + attribute
}

func (s *line) parsed(m *sip.Message) *sip.Message {
	back := new(sip.Message)
	require.NoError(s.t, back.Parse(m.String()))
	s.packet++
	back.Packet = s.packet
	return back
}

// fails ends a request of the phone without a response.
func (s *line) fails(kind core.EventKind, method string) {
	o := s.newest(method)
	s.handle(core.Event{Kind: kind, Key: o.key, Txn: o.txn})
	s.gone(o)
}

// over ends the transaction of the newest request of a method.
func (s *line) over(method string) { s.gone(s.newest(method)) }

func (s *line) gone(o *onWay) {
	delete(s.sent, o.key)
	s.handle(core.Event{Kind: core.Gone, Key: o.key, Txn: o.txn})
}

// overAll ends every transaction that is left, in the order of their beginning.
func (s *line) overAll() {
	for key := int32(0); key <= s.phone.last; key++ {
		if o := s.sent[key]; o != nil {
			delete(s.sent, key)
			s.handle(core.Event{Kind: core.Gone, Key: key, Txn: o.txn})
		}
	}
	for txn := range s.txns + 1 {
		delete(s.far.requests, txn)
		s.handle(core.Event{Kind: core.Gone, Txn: txn})
	}
}

// ends ends the transaction of the far end's last request of a method.
func (s *line) ends(method string) {
	txn := s.received(method).txn
	delete(s.far.requests, txn)
	s.handle(core.Event{Kind: core.Gone, Txn: txn})
}

// received is the far end's last request of a method.
func (s *line) received(method string) *asked {
	for txn := s.txns; txn > 0; txn-- {
		if r := s.far.requests[txn]; r != nil && r.m.Method == method {
			return r
		}
	}
	require.Fail(s.t, "the far end has sent no "+method)
	return nil
}

// sends has a request of the far end arrive, in the call if there is one.
func (s *line) sends(method string, sdp string, fields []string) {
	f := &s.far
	uri := "sip:bob@192.0.2.1:5060"
	if f.callID == "" {
		f.callID, f.from, f.to = "far@192.0.2.2", "<sip:carol@chicago.example.com>;tag=c", "<sip:bob@biloxi.example.com>"
		uri = "sip:bob@biloxi.example.com"
	}
	seq := f.invite
	switch method {
	case sip.ACK, sip.CANCEL:
	default:
		f.cseq++
		seq = f.cseq
	}
	if method == sip.INVITE {
		f.invite = seq
	}
	branch := "z9hG4bKfar" + strconv.Itoa(int(s.packet)+1)
	if method == sip.CANCEL {
		uri, branch, seq = f.last.URI, f.last.Branch(), f.last.CSeq().Seq
	}
	m := new(sip.Message)
	m.Request(method, uri)
	m.Add(sip.NameVia, "SIP/2.0/UDP 192.0.2.2:5060;branch="+branch, sip.Origin{})
	m.Add(sip.NameMaxForwards, "70", sip.Origin{})
	m.Add(sip.NameFrom, f.from, sip.Origin{})
	to := f.to
	if method == sip.CANCEL {
		to = f.last.Get(sip.NameTo)
	}
	m.Add(sip.NameTo, to, sip.Origin{})
	m.Add(sip.NameCallID, f.callID, sip.Origin{})
	m.Add(sip.NameCSeq, sip.CSeq{Seq: seq, Method: method}.String(), sip.Origin{})
	if opens(method) || method == sip.UPDATE || method == sip.NOTIFY {
		m.Add(sip.NameContact, "<sip:carol@192.0.2.2:5060>", sip.Origin{})
	}
	s.complete(m, sdp, fields)
	s.arrives(s.parsed(m))
}

// opens says whether a request of the method may make a dialog.
func opens(method string) bool {
	return method == sip.INVITE || method == sip.SUBSCRIBE || method == sip.REFER
}

// arrives brings a request of the far end to the phone.
func (s *line) arrives(m *sip.Message) {
	ev := core.Event{Kind: core.Request, Message: m}
	if m.Method != sip.ACK {
		s.txns++
		ev.Txn = s.txns
		s.far.requests[ev.Txn] = &asked{txn: ev.Txn, m: m}
	}
	switch m.Method {
	case sip.INVITE:
		s.far.last, s.far.invite = m, m.CSeq().Seq
	case sip.SUBSCRIBE, sip.NOTIFY:
		s.far.last = m
	}
	s.far.cseq = max(s.far.cseq, m.CSeq().Seq)
	s.handle(ev)
}

func (s *line) print(format string, args ...any) { fmt.Fprintf(&s.out, "    "+format+"\n", args...) }

func (s *line) effect(e *core.Effect) {
	switch e.Kind {
	case core.Ask:
		s.request(e)
	case core.Answer:
		s.response(e)
	case core.Send:
		m := s.wire(e.Message, "ACK")
		s.keep(e.Keep, s.shown(m))
		s.show(e.Message, m)
	case core.Repeat:
		require.NotEmpty(s.t, s.kept[e.Keep], "what is repeated was kept")
		s.print("again %s", s.kept[e.Keep])
	case core.Forget:
		require.NotEmpty(s.t, s.kept[e.Keep], "what is forgotten was kept")
		delete(s.kept, e.Keep)
	case core.Cancel:
		s.cancel(e)
	case core.Drop:
		s.print("gives up transaction of %s", s.newest(sip.INVITE).m.Method)
		s.over(sip.INVITE)
	default:
		s.remark(e)
	}
}

func (s *line) remark(e *core.Effect) {
	switch e.Kind {
	case core.Say:
		s.print("tell %s %d: %s [%s]", e.What, e.Code, e.Text, e.Ref)
	case core.Note:
		s.print("note %s [%s]", e.Text, e.Ref)
	case core.Wait:
		require.GreaterOrEqual(s.t, e.After, time.Duration(0))
		s.stop(e.Key)
		s.due = append(s.due, due{e.Key, e.Timer, s.now + e.After})
		s.print("wait %s %s [%s]", e.Timer, words.FormatDuration(e.After), e.Ref)
	case core.Unwait:
		require.True(s.t, s.stop(e.Key), "only what runs is stopped")
		s.print("unwait %s", e.Timer)
	case core.Move:
		from := e.From
		if from == "" {
			from = "-"
		}
		s.print("%s %d: %s > %s, %s [%s]", e.What, e.Key, from, e.To, e.On, e.Ref)
	case core.Media:
		s.print("media %s with %s", e.On, e.To)
	case core.Reside:
		s.print("sends from %s [%s]", e.To, e.Ref)
	default:
		require.Fail(s.t, "an effect that no phone has")
	}
}

func (s *line) stop(key int32) bool {
	n := len(s.due)
	s.due = slices.DeleteFunc(s.due, func(d due) bool { return d.key == key })
	return len(s.due) < n
}

func (s *line) keep(number int32, short string) {
	if number != 0 {
		s.kept[number] = short
	}
}

// wire looks at a message as on a wire: parsed again, without a fault, each
// field with an origin.
func (s *line) wire(m *sip.Message, method string) *sip.Message {
	for i := range m.Fields {
		require.NotEqual(s.t, sip.OriginNone, m.Fields[i].Origin.Kind, "%s: each field says where it is from", m.Fields[i].Text)
	}
	if m.IsRequest() {
		branch := "z9hG4bK" + s.env.Token()
		require.False(s.t, s.branches[branch])
		s.branches[branch] = true
		m.Prepend(sip.NameVia, "SIP/2.0/UDP 192.0.2.1:5060;branch="+branch, sip.Fresh("RFC 3261 §8.1.1.7"))
	}
	m.Finish()
	text := m.String()
	require.NotContains(s.t, text, s.settings.Password, "SEC-63")
	back := new(sip.Message)
	require.NoError(s.t, back.Parse(text))
	require.Empty(s.t, slices.DeleteFunc(back.Check(nil), s.theirs), "%s\n%s", method, text)
	return back
}

// theirs is the fault of a far end that gives no tag, as elements of RFC 2543 do.
func (s *line) theirs(p sip.Problem) bool {
	return p.Header == "From" && s.far.last != nil && s.far.last.From().Tag() == ""
}

func (s *line) request(e *core.Effect) {
	m := s.wire(e.Message, e.Message.Method)
	s.sent[e.Key] = &onWay{key: e.Key, m: m}
	if f := &s.far; f.callID == "" && opens(m.Method) {
		from, to := m.From(), m.To()
		f.callID, f.from, f.to = m.CallID(), to.String()+";tag=a", from.String()
	}
	s.show(e.Message, m)
	s.where(e.Hop)
}

func (s *line) where(to core.Hop) {
	if to.Addr.IsValid() {
		s.print("  to %s", to.Addr)
	}
}

// cancel is the World's part: a CANCEL of the INVITE (§9.1).
func (s *line) cancel(e *core.Effect) {
	invite := s.newest(sip.INVITE)
	require.Equal(s.t, invite.txn, e.Txn)
	require.NotZero(s.t, e.Txn, "UAC-14")
	m := new(sip.Message)
	m.Request(sip.CANCEL, invite.m.URI)
	for _, n := range []sip.Name{sip.NameVia, sip.NameFrom, sip.NameTo, sip.NameCallID} {
		m.CopyFrom(invite.m, n)
	}
	m.Add(sip.NameCSeq, sip.CSeq{Seq: invite.m.CSeq().Seq, Method: sip.CANCEL}.String(), sip.Rule("RFC 3261 §9.1"))
	s.sent[e.Key] = &onWay{key: e.Key, m: m}
	s.print("cancels INVITE %d", invite.m.CSeq().Seq)
}

func (s *line) response(e *core.Effect) {
	m := s.wire(e.Message, "response")
	if m.Status > 100 {
		require.NotEmpty(s.t, m.To().Tag(), "8.2.6.2")
	}
	c := m.CSeq()
	r := s.far.requests[e.Txn]
	require.NotNil(s.t, r, "a response is sent while its transaction lives")
	require.False(s.t, r.answered, "one final response to each request")
	r.answered = m.Status >= 200
	for _, n := range []sip.Name{sip.NameFrom, sip.NameCallID, sip.NameCSeq, sip.NameVia} {
		require.Equal(s.t, r.m.Get(n), m.Get(n), "8.2.6.2")
	}
	if opens(c.Method) && m.Status < 300 && s.far.to == "<sip:bob@biloxi.example.com>" {
		s.far.to = m.Get(sip.NameTo)
	}
	if m.Has(sip.NameRSeq) {
		n, _ := rseqOf(m)
		s.rseq = n
	}
	s.keep(e.Keep, s.shown(m))
	s.show(e.Message, m)
}

func (s *line) show(built, m *sip.Message) {
	s.print("send %s", s.shown(m))
	if !s.full {
		return
	}
	for i := range built.Fields {
		f := &built.Fields[i]
		s.print("  %s: %s  <- %s", f.Text, s.plain(f.Value), f.Origin)
	}
}

// shown is a message in one line.
func (s *line) shown(m *sip.Message) string {
	c := m.CSeq()
	text := fmt.Sprintf("%s %d to %s", m.Method, c.Seq, m.URI)
	if !m.IsRequest() {
		text = fmt.Sprintf("%d to %s %d", m.Status, c.Method, c.Seq)
	}
	for _, n := range []sip.Name{
		sip.NameRequire, sip.NameUnsupported, sip.NameRetryAfter, sip.NameAccept, sip.NameAcceptEncoding, sip.NameWarning,
		sip.NameRSeq, sip.NameRAck, sip.NameRoute, sip.NameSessionExpires, sip.NameMinSE, sip.NameReplaces, sip.NameJoin,
		sip.NameEvent, sip.NameSubscriptionState, sip.NameExpires, sip.NameMinExpires,
		sip.NameReferTo, sip.NameReferredBy, sip.NameReferSub,
	} {
		for v := range m.Values(n) {
			text += ", " + n.String() + " " + s.plain(v)
		}
	}
	if m.Status == 405 || c.Method == sip.OPTIONS && m.Status != 0 {
		text += ", Allow " + list(m, sip.NameAllow)
	}
	if m.Status == 489 {
		text += ", Allow-Events " + list(m, sip.NameAllowEvents)
	}
	for _, n := range []sip.Name{sip.NameAuthorization, sip.NameProxyAuthorization} {
		for v := range m.Values(n) {
			c, err := auth.ParseCredentials(v)
			require.NoError(s.t, err)
			text += fmt.Sprintf(", %s (%s for %s, nc %s)", n, c.Username, c.Realm, c.NC)
		}
	}
	if contact := list(m, sip.NameContact); contact != "" && contact != "<"+s.settings.contactURI(s.env.Addr.String())+">" {
		text += ", Contact " + contact
	}
	if m.Get(sip.NameContentType) == plainText {
		text += ", " + m.Body
	}
	if e, ok := subscription.ParseEvent(m.Get(sip.NameEvent)); ok && m.Body != "" {
		text += ", saying " + gistOf(e.Package, m.Body)
	}
	if body, ok := offer.Body(m); ok {
		text += ", " + sdpInShort(s.t, body)
	}
	return text
}

func sdpInShort(t testing.TB, body string) string {
	d, err := offer.Parse(body)
	require.NoError(t, err)
	m := &d.Media[0]
	return fmt.Sprintf("SDP version %s %s at %s:%d", version(d), m.Direction, m.Host, m.Port)
}

// version is how often a description has changed.
func version(d *offer.Description) string { return strconv.FormatUint(d.Version-d.ID, 10) }

// plain puts numbers in the place of fresh values.
func (s *line) plain(text string) string {
	for _, pattern := range []string{"tag=", "branch=z9hG4bK"} {
		if before, after, ok := strings.Cut(text, pattern); ok && len(after) >= 8 && !strings.Contains(after[:8], ";") {
			return before + pattern + s.name(after[:8]) + after[8:]
		}
	}
	if id, _, ok := strings.Cut(text, "@192.0.2.1"); ok && len(id) == 16 {
		return s.name(id)
	}
	if s.rseq != 0 {
		text = strings.ReplaceAll(text, decimal(uint64(s.rseq)), "r")
	}
	return text
}

func (s *line) name(value string) string {
	i := slices.Index(s.names, value)
	if i < 0 {
		i = len(s.names)
		s.names = append(s.names, value)
	}
	return "#" + strconv.Itoa(i+1)
}

// empty says that nothing is left of any call (DLG-25).
func (s *line) empty() {
	p := s.phone
	require.Empty(s.t, p.lines)
	require.Empty(s.t, p.legs)
	require.Empty(s.t, p.requests)
	require.Empty(s.t, p.alarms)
	require.Empty(s.t, p.served)
	require.Empty(s.t, p.outbox)
	require.Zero(s.t, p.dialogs.Len())
	require.Zero(s.t, p.subs.Len())
	require.Empty(s.t, p.watches)
	require.Empty(s.t, p.forking)
	require.Empty(s.t, p.watchers)
	require.Empty(s.t, s.kept, "bytes are kept no longer than needed")
	require.Empty(s.t, s.due)
}
