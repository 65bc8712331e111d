package ua

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/core"
	"siplab/sim/sip"
)

func TestSettings(t *testing.T) {
	good := Settings{AOR: "sip:bob@biloxi.example.com", Password: "zanzibar"}
	t.Run("what is right passes", func(t *testing.T) {
		require.NoError(t, good.Check())
	})
	t.Run("what is wrong is said, all of it", func(t *testing.T) {
		bad := Settings{
			AOR: "sip:biloxi.example.com", Contact: "tel:+1", Registrar: "sip:bob@biloxi.example.com",
			Expires: 1500 * time.Millisecond, Bugs: []string{"no-bug"},
		}
		text := bad.Check().Error()
		require.Len(t, strings.Split(text, "\n"), 5)
		for _, want := range []string{"has no user", "is no SIP or SIPS URI", "has a user", "whole seconds", "new-call-id"} {
			require.Contains(t, text, want)
		}
	})
	t.Run("SEC-63 the password is not printed", func(t *testing.T) {
		wrapped := struct{ Settings }{good}
		require.NotContains(t, fmt.Sprintf("%v %+v %#v %s %v", good, good, good, good, wrapped), "zanzibar")
		phone := New(good)
		require.NotContains(t, fmt.Sprintf("%v %+v %#v %s", phone, phone, phone, phone), "zanzibar")
	})
	t.Run("10.2.6 the registrar is the host part of the address-of-record", func(t *testing.T) {
		for aor, want := range map[string]string{
			"sip:carol@chicago.com": "sip:chicago.com", "sips:carol@chicago.com:5071": "sips:chicago.com:5071",
			"sip:carol:secret@chicago.com;user=phone": "sip:chicago.com",
		} {
			require.Equal(t, want, (&Settings{AOR: aor}).registrarURI())
		}
	})
}

func TestVerbs(t *testing.T) {
	for _, v := range Verbs() {
		require.NotEmpty(t, v.Means)
		require.Contains(t, v.Means, "RFC", v.Name)
		require.Error(t, v.Check([]string{"x", "y", "z"}), v.Name)
		require.Equal(t, v.Args == "" || v.Args[0] == '[', v.Check(nil) == nil, "%s: Args says whether something must follow", v.Name)
	}
	registers := Verbs()[0].Check
	require.NoError(t, registers([]string{"for", "10m"}))
	for args, want := range map[string]string{
		"for": "one time", "until 5m": "for", "for 0": "unregisters", "for 1500ms": "whole seconds",
		"for 5x": "", "for 1h 2h": "one time", "for -5s": "",
	} {
		require.ErrorContains(t, registers(strings.Fields(args)), want, args)
	}
}

func TestBugs(t *testing.T) {
	for _, b := range Bugs() {
		require.NotEmpty(t, b.Means)
		require.NotEmpty(t, b.Seen)
		require.Contains(t, b.Ref, "§")
		require.NotEqual(t, faults{}, bugs.Throw([]string{b.Name}))
	}
}

// TestHostileResponses gives a registering phone whatever a server may answer.
// It neither panics nor asks without end.
func TestHostileResponses(t *testing.T) {
	fields := []string{
		"Contact: ", "Contact: *", "Contact: <sip:bob@192.0.2.1:5060>;expires=0", "Contact: <<>>, \"", "Contact: <sip:bob@192.0.2.1:5060",
		"WWW-Authenticate: Digest", "WWW-Authenticate: Digest realm=\"\", nonce=\"\"", "WWW-Authenticate: \xff\xfe",
		"WWW-Authenticate: Digest realm=\"a\", nonce=\"" + strings.Repeat("n", 60_000) + `", qop="auth"`,
		"Proxy-Authenticate: Digest realm=\"a\", nonce=\"b\", algorithm=\"\", qop=\"\"",
		"Min-Expires: 4294967295", "Min-Expires: -1", "Retry-After: 4294967295", "Retry-After: x", "Expires: x",
		"Authentication-Info: nextnonce", "Authentication-Info: nextnonce=\"\"",
	}
	for status := 200; status < 700; status += 1 {
		for _, field := range fields {
			s := newStage(t)
			s.settings.Bugs = []string{"new-call-id"} // any fault lifts the checks of what goes out
			s.act("registers")
			for range 10 {
				if s.asked == nil {
					break
				}
				s.gets(status, field)
			}
			require.Nil(t, s.asked, "%d %s", status, field)
		}
	}
}

// BenchmarkRegistration is a phone that registers: its part of two requests
// and two responses.
func BenchmarkRegistration(b *testing.B) {
	s := newStage(b)
	m := new(sip.Message)
	s.env.New = func() *sip.Message { m.Reset(); return m }
	phone := New(s.settings)
	challenge, ok := new(sip.Message), new(sip.Message)
	challenge.Response(401, "")
	challenge.Add(sip.NameWWWAuthenticate, `Digest realm="biloxi.example.com", nonce="one", qop="auth", algorithm=MD5`, sip.Origin{})
	ok.Response(200, "")
	ok.Add(sip.NameContact, "<sip:bob@192.0.2.1:5060>;expires=3600", sip.Origin{})
	events := []core.Event{
		{Kind: core.Human, Act: core.Act{Verb: "registers"}},
		{Kind: core.Response, Key: keyRegister, Message: challenge},
		{Kind: core.Response, Key: keyRegister, Message: ok},
	}
	var out []core.Effect
	b.ReportAllocs()
	for b.Loop() {
		phone.register.client.Forget()
		for i := range events {
			out = phone.Handle(&events[i], &s.env, out[:0])
		}
		if out[len(out)-1].Kind != core.Wait {
			b.Fatal("not registered")
		}
	}
}
