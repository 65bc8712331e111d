package registrar

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/core"
	"siplab/sim/location"
	"siplab/sim/sip"
)

const bob = "sip:bob@biloxi.example.com"

func TestWhatIsStoredOfABinding(t *testing.T) {
	s := newStage(t)
	s.settings.Open = true
	s.now = time.Minute
	s.send([]string{
		"REGISTER sip:biloxi.example.com",
		`Contact: "Bob" <sip:bob@192.0.2.1>;expires=600;q=0.25;methods="INVITE,BYE"`,
		"Supported: path",
		"Path: <sip:p3.example.com;lr>,<sip:p1.example.com;lr>",
		"Call-ID: a84b4c76e66710",
		"CSeq: 7 REGISTER",
	})
	got := s.registrar.Location().Bindings(bob, s.now, nil)
	require.Len(t, got, 1)
	b := got[0]
	require.Equal(t, "sip:bob@192.0.2.1", b.Contact)
	require.Equal(t, 250, b.Q)
	require.Equal(t, sip.Params(`;methods="INVITE,BYE"`), b.Params)
	require.Equal(t, s.now+600*time.Second, b.Expires)
	require.Equal(t, "a84b4c76e66710", b.CallID)
	require.Equal(t, uint32(7), b.CSeq)
	require.Equal(t, int32(1), b.Packet)
	require.Equal(t, []string{"<sip:p3.example.com;lr>", "<sip:p1.example.com;lr>"}, b.Path,
		"RFC 3327 §5.3: in the order of the request")
}

func TestREG13AnothersBindingsStayAsTheyAre(t *testing.T) {
	s := newStage(t)
	s.settings.Users = []User{{AOR: bob, Password: "zanzibar"}, {AOR: "sip:mallory@biloxi.example.com", Password: "m4llet"}}
	s.send([]string{"REGISTER sip:biloxi.example.com"})
	s.send([]string{"REGISTER sip:biloxi.example.com", "Contact: <sip:bob@192.0.2.1>", "Authorization: by bob zanzibar"})
	before := s.registrar.Location().Bindings(bob, 0, nil)
	require.Len(t, before, 1)
	for _, hostile := range []string{"Contact: <sip:mallory@198.51.100.66>", "Contact: <sip:bob@192.0.2.1>;expires=0", "Contact: *"} {
		s.send([]string{"REGISTER sip:biloxi.example.com", hostile, "Expires: 0", "Authorization: by mallory m4llet", "Call-ID: m"})
		require.Equal(t, 403, s.answer.Status)
		require.Equal(t, before, s.registrar.Location().Bindings(bob, 0, nil))
	}
}

func TestDIG21AnswersForWrongNamesAndWrongPasswordsAreAlike(t *testing.T) {
	s := newStage(t)
	s.settings.Users = []User{{AOR: bob, Password: "zanzibar"}}
	s.send([]string{"REGISTER sip:biloxi.example.com"})
	shape := func(credentials string) string {
		s.send([]string{"REGISTER sip:biloxi.example.com", "Authorization: by " + credentials, "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1", "CSeq: 9 REGISTER"})
		text := strings.Replace(s.answer.String(), s.answer.To().Tag(), "", 1)
		return strings.ReplaceAll(text, s.challenges[len(s.challenges)-1].Nonce, "")
	}
	require.Equal(t, shape("bob wrong nonce 1"), shape("nobody wrong nonce 1"))
}

func TestSEC24CredentialsThatCannotBeReadGetA400ThatCan(t *testing.T) {
	s := newStage(t)
	s.settings.Users = []User{{AOR: bob, Password: "zanzibar"}}
	for _, hostile := range []string{
		`Digest username="bob`, `Digest username="bob", username="bob"`, "Digest " + strings.Repeat("a=b,", 5000) + "a=b",
		`Digest username="b", realm="biloxi.example.com", nonce="1", uri="sip:biloxi.example.com", response="123"`,
	} {
		s.send([]string{"REGISTER sip:biloxi.example.com", "Authorization: " + hostile})
		require.Contains(t, []int{400, 401}, s.answer.Status, hostile)
		require.Less(t, len(s.answer.Reason), 200, s.answer.Reason)
	}
}

func TestNoSecretIsShown(t *testing.T) {
	settings := Settings{Domain: "biloxi.example.com", Users: []User{{AOR: bob, Password: "zanzibar"}}}
	r := New(settings)
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", settings, settings, settings), "zanzibar")
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", r, r, r), "zanzibar")
}

func TestSettingsAreCheckedAllAtOnce(t *testing.T) {
	good := Settings{Domain: "biloxi.example.com", Users: []User{{AOR: bob}}, Bugs: []string{"never-stale"}}
	require.NoError(t, good.Check())
	short := Settings{Domain: "biloxi.example.com", MaxExpires: 30 * time.Second}
	require.NoError(t, short.Check(), "what is not set follows what is")

	bad := Settings{
		Users:      []User{{AOR: "bob"}, {AOR: "sip:alice@atlanta.example.com"}},
		MinExpires: -time.Second, DefaultExpires: time.Hour, MaxExpires: time.Minute, NonceLifetime: time.Millisecond,
		Bugs: []string{"never-stales"},
	}
	err := bad.Check()
	for _, want := range []string{
		"a registrar needs a domain",
		"user bob: ",
		"user sip:alice@atlanta.example.com: is no sip:NAME@",
		"the shortest registration is -1s; it has to be whole seconds",
		"the lifetime of a nonce is 1ms; it has to be whole seconds",
		"registrations last from -1s to 1m0s and usually 1h0m0s",
		"a registrar has no bug never-stales",
	} {
		require.ErrorContains(t, err, want)
	}
}

func TestEachBugSaysWhatItBreaks(t *testing.T) {
	for _, b := range Bugs() {
		require.NotEmpty(t, b.Means)
		require.NotEmpty(t, b.Seen)
		require.Regexp(t, `^RFC \d+ §`, b.Ref)
		require.NotEqual(t, bugs{}, allBugs.Throw([]string{b.Name}), "%s switches something on", b.Name)
	}
	require.Equal(t, bugs{}, allBugs.Throw(nil))
}

func TestForgetsTakesAnAOROrNonces(t *testing.T) {
	check := Verbs()[0].Check
	require.NoError(t, check(nil))
	require.NoError(t, check([]string{"nonces"}))
	require.NoError(t, check([]string{bob}))
	require.ErrorContains(t, check([]string{"bob"}), "bob is no address-of-record, such as sip:bob@biloxi.example.com, and not nonces")
	require.ErrorContains(t, check([]string{bob, "now"}), "one word at most")
}

func TestQIsReadAndWrittenInThousandths(t *testing.T) {
	for text, want := range map[string]int{"0": 0, "0.": 0, "0.5": 500, "0.05": 50, "0.125": 125, "1": 1000, "1.0": 1000, "1.000": 1000} {
		got, ok := parseQ(text)
		require.True(t, ok, text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{"", ".5", "2", "1.001", "0.1234", "-0.5", "0.5e1", "0,5", "00.5", "+1", "0.٥"} {
		_, ok := parseQ(text)
		require.False(t, ok, text)
	}
	for q := range location.MaxQ + 1 {
		got, ok := parseQ(formatQ(q))
		require.True(t, ok)
		require.Equal(t, q, got)
	}
	require.Equal(t, "0", formatQ(0))
	require.Equal(t, "0.5", formatQ(500))
	require.Equal(t, "0.01", formatQ(10))
}

func TestSEC19ExpiresNeverWraps(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"0": 0, "00": 0, "60": time.Minute, "4294967295": (1<<32 - 1) * time.Second,
		"4294967296": (1<<32 - 1) * time.Second, "18446744073709551616": (1<<32 - 1) * time.Second,
		"-1": time.Hour, "": time.Hour, "1h": time.Hour, "Thu, 01 Dec 1994 16:00:00 GMT": time.Hour,
	} {
		require.Equal(t, want, seconds(text), text)
	}
}

// Hostile bytes get one answer at most, and bindings stay within their bounds.
func FuzzHandle(f *testing.F) {
	f.Add(true, "REGISTER sip:biloxi.example.com SIP/2.0\r\nTo: <sip:bob@biloxi.example.com>\r\nContact: *, <sip:a@b>;q=0.3;expires=0\r\nExpires: 0\r\n\r\n")
	f.Add(true, "REGISTER sip:biloxi.example.com SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nTo: <sip:bob@biloxi.example.com>\r\nCSeq: 1 REGISTER\r\nContact: <sip:a@b>, <mailto:c@d>;expires=99999999999\r\nPath: <sip:p;lr>\r\nSupported: path\r\n\r\n")
	f.Add(false, "REGISTER sip:biloxi.example.com SIP/2.0\r\nTo: sip:bob@biloxi.example.com\r\nAuthorization: Digest username=\"bob\", realm=\"biloxi.example.com\"\r\n\r\n")
	f.Add(false, "OPTIONS sip:biloxi.example.com SIP/2.0\r\n\r\n")
	f.Fuzz(func(t *testing.T, open bool, text string) {
		m := new(sip.Message)
		if m.Parse(text) != nil || !m.IsRequest() {
			return
		}
		r := New(Settings{Domain: "biloxi.example.com", Open: open, Users: []User{{AOR: bob, Password: "zanzibar"}}})
		env := core.Env{Chance: netem.NewChance(1, "biloxi"), New: func() *sip.Message { return new(sip.Message) }}
		for i := range 2 {
			answers := 0
			for _, e := range r.Handle(&core.Event{Kind: core.Request, Txn: 1, Message: m, Now: time.Duration(i) * time.Hour}, &env, nil) {
				if e.Kind == core.Answer {
					answers++
					require.NotEqual(t, 6, e.Message.Status/100, "§10.3: a registrar never answers with a 6xx")
				}
			}
			require.LessOrEqual(t, answers, 1)
			require.LessOrEqual(t, r.Location().Len(), DefaultMaxBindings)
		}
	})
}

func BenchmarkRefresh(b *testing.B) {
	r := New(Settings{Domain: "biloxi.example.com", Open: true, Users: []User{{AOR: bob}}})
	lent := new(sip.Message)
	env := core.Env{Chance: netem.NewChance(1, "biloxi"), New: func() *sip.Message { lent.Reset(); return lent }}
	m := new(sip.Message)
	text := "REGISTER sip:biloxi.example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:bob@biloxi.example.com>;tag=1\r\n" +
		"To: <sip:bob@biloxi.example.com>\r\nCall-ID: c\r\nCSeq: %d REGISTER\r\nContact: <sip:bob@192.0.2.1>;expires=600\r\nContent-Length: 0\r\n\r\n"
	var out []core.Effect
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		require.NoError(b, m.Parse(fmt.Sprintf(text, i+1)))
		b.StartTimer()
		out = r.Handle(&core.Event{Kind: core.Request, Txn: 1, Message: m, Now: time.Duration(i) * time.Second}, &env, out[:0])
	}
	require.Equal(b, 200, lent.Status)
}
