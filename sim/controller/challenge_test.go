package controller

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/core"
	"siplab/sim/sip"
)

// reply is the response to the request that out asks last, with fields added.
func reply(t *testing.T, out []core.Effect, status string, fields ...string) *core.Event {
	t.Helper()
	for i := len(out) - 1; i >= 0; i-- {
		e := out[i]
		if e.Kind != core.Ask {
			continue
		}
		q := e.Message
		text := "SIP/2.0 " + status + "\r\nFrom: " + q.Get(sip.NameFrom) + "\r\nTo: " + strings.TrimSuffix(q.Get(sip.NameTo), ";tag=bob") + ";tag=bob\r\nCall-ID: " +
			q.CallID() + "\r\nCSeq: " + q.Get(sip.NameCSeq) + "\r\n" + strings.Join(append(fields, "", ""), "\r\n")
		m := new(sip.Message)
		require.NoError(t, m.Parse(text))
		return &core.Event{Kind: core.Response, Txn: e.Key, Key: e.Key, Message: m}
	}
	require.Fail(t, "nothing was asked")
	return nil
}

func TestRFC3261_22_1_ABYEIsChallengedAndGoesAgain(t *testing.T) {
	const challenge = `WWW-Authenticate: Digest realm="biloxi", qop="auth", nonce="`
	c, env := desk()
	c.settings.Password = "zanzibar"
	out := c.Handle(&core.Event{Kind: core.Human, Act: core.Act{Verb: "connects", Args: []string{"sip:bob@192.0.2.2", "to", "sip:carol@192.0.2.3"}}}, env, nil)
	// A 200 without an offer: the controller acknowledges it and hangs up.
	out = c.Handle(reply(t, out, "200 OK", "Contact: <sip:bob@192.0.2.2>"), env, nil)
	first := reply(t, out, "401 Unauthorized", challenge+`1"`)
	require.Equal(t, sip.BYE, first.Message.CSeq().Method)

	out = c.Handle(first, env, nil)
	again := reply(t, out, "401 Unauthorized", challenge+`2"`)
	require.Equal(t, first.Message.CSeq().Seq+1, again.Message.CSeq().Seq, "a request of its own, in the same dialog")
	require.Equal(t, first.Message.CallID(), again.Message.CallID())

	c.Handle(&core.Event{Kind: core.Gone, Txn: first.Txn, Key: first.Key}, env, nil)
	require.NotEmpty(t, c.parties, "the dialog lives until the second BYE is over")

	require.Empty(t, c.Handle(again, env, nil), "credentials that were refused are not sent again")
	c.Handle(&core.Event{Kind: core.Gone, Txn: again.Txn, Key: again.Key}, env, nil)
	require.Empty(t, c.parties)
}
