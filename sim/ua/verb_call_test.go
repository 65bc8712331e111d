package ua

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/core"
)

func TestTheWordsOfACall(t *testing.T) {
	verbs := map[string]core.Verb{}
	for _, v := range Verbs() {
		verbs[v.Name] = v
	}
	check := func(said string) error {
		args := strings.Fields(said)
		v, known := verbs[args[0]]
		require.True(t, known, said)
		return v.Check(args[1:])
	}
	for _, said := range []string{
		"calls bob", "calls sip:bob@biloxi.example.com", "calls sips:bob@biloxi.example.com:5071", "answers", "answers after 3s",
		"rejects", "rejects with 486", "rejects with 302", "redirects to bob sip:carol@192.0.2.4", "cancels",
		"hangs up", "hangs up with BYE", "holds", "holds by UPDATE", "resumes", "resumes by UPDATE",
		"changes address to 192.0.2.77", "changes address to 2001:db8::7 by UPDATE", "refreshes", "refreshes without offer",
		"updates", "updates without offer", "sends info", "asks options of bob",
	} {
		require.NoError(t, check(said), said)
	}
	for said, want := range map[string]string{
		"calls": "nobody is named", "calls bob carol": "too much", "calls tel:+1": "no SIP or SIPS URI", "calls sip:": "",
		"answers after": "one time", "answers soon": "after", "answers after soon": "", "answers after 1s 2s": "one time",
		"rejects with": "one status", "rejects with 200": "turns no call away", "rejects with 700": "turns no call away",
		"rejects with +486": "turns no call away", "rejects by 486": "with", "redirects": "where to", "redirects bob": "where to",
		"redirects to tel:+1": "no SIP", "cancels now": "too much", "hangs": "too early", "hangs down": "not part", "hangs up with": "not all",
		"hangs up with CANCEL": "not part", "holds by INVITE": "not part", "holds by": "not all", "changes": "what changes",
		"changes address to": "what changes", "changes address to bob": "no IP address", "changes address to 192.0.2.77 now": "not part",
		"changes address to fe80::1%eth0": "no IP address", "refreshes without": "not all", "updates fast": "not part",
		"sends": "too early", "sends mail": "not part", "sends message": "no message", "sends message x for bob": "expected to", "sends message x to": "nobody", "asks bob": "what is asked", "asks options of": "nobody", "asks options of tel:+1": "no SIP",
	} {
		require.ErrorContains(t, check(said), want, said)
	}
}

func TestSettingsForCalls(t *testing.T) {
	good := Settings{AOR: "sip:bob@biloxi.example.com", Calling: Calling{
		RingFor: 1, AnswerAfter: 1, Progress: "183", Reliable: "required", OfferLate: true, Busy: true,
	}}
	require.NoError(t, good.Check())
	bad := Settings{AOR: "sip:bob@biloxi.example.com", Calling: Calling{RingFor: -1, AnswerAfter: -1, Progress: "200", Reliable: "no"}}
	require.Len(t, strings.Split(bad.Check().Error(), "\n"), 4)
}

func TestAllowListsWhatIsServed(t *testing.T) {
	for _, method := range []string{"INVITE", "ACK", "CANCEL", "BYE"} {
		require.True(t, serves(method), "13.1: a UA that supports INVITE must support it")
	}
	require.False(t, serves("PUBLISH"))
	require.False(t, serves(""))
}
