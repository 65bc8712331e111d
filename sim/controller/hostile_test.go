package controller

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/netem"
	"siplab/sim/core"
	"siplab/sim/sip"
)

// desk is a controller whose World is this test.
func desk() (*Controller, *core.Env) {
	return New(Settings{AOR: "sip:desk@biloxi.example.com"}), &core.Env{
		Name: "desk", Addr: netip.MustParseAddrPort("192.0.2.9:5060"), Chance: netem.NewChance(1, "desk"),
		T1: 500 * time.Millisecond, T2: 4 * time.Second,
		New: func() *sip.Message { return new(sip.Message) },
	}
}

// FuzzController gives a controller that waits for its first party whatever
// parses as a message: as a request, and as the response to its INVITE. Nothing
// may panic, and a request but ACK has one response.
func FuzzController(f *testing.F) {
	for _, seed := range []string{
		"BYE sip:desk@192.0.2.9 SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:desk@b>;tag=2\r\nCall-ID: x\r\nCSeq: 1 BYE\r\n\r\n",
		"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:desk@b>;tag=2\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\nContact: <sip:a@c>\r\n\r\nm=audio 1 RTP/AVP 0",
		"SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\n\r\nm=", "SIP/2.0 486 No\r\n\r\n", "OPTIONS x SIP/2.0\r\n\r\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, env := desk()
		out := c.Handle(&core.Event{Kind: core.Human, Act: core.Act{Verb: "connects", Args: []string{"sip:a@b", "to", "sip:c@d"}}}, env, nil)
		var m sip.Message
		if m.Parse(text) != nil {
			return
		}
		if !m.IsRequest() {
			for range 2 {
				c.Handle(&core.Event{Kind: core.Response, Txn: 7, Key: key(out), Message: &m}, env, nil)
			}
			c.Handle(&core.Event{Kind: core.Gone, Txn: 7, Key: key(out)}, env, nil)
			return
		}
		answers := 0
		for _, e := range c.Handle(&core.Event{Kind: core.Request, Txn: 8, Message: &m}, env, nil) {
			if e.Kind == core.Answer {
				answers++
			}
		}
		require.Equal(t, m.Method != sip.ACK, answers == 1)
	})
}

// key is that of the request that the effects ask.
func key(out []core.Effect) int32 {
	for _, e := range out {
		if e.Kind == core.Ask {
			return e.Key
		}
	}
	return 0
}

func TestSettings(t *testing.T) {
	require.NoError(t, (&Settings{AOR: "sip:desk@biloxi.example.com"}).Check())
	for _, bad := range []string{"", "sip:biloxi.example.com", "tel:+1", "desk"} {
		require.Error(t, (&Settings{AOR: bad}).Check(), bad)
	}
}

func TestRFC3725_6_ADeclinedOfferHasPort0(t *testing.T) {
	c, env := desk()
	tn := &turn{Controller: c, env: env}
	p := &party{offer: "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0 8\r\na=x\r\nm=video 2 RTP/AVP 31\r\n"}
	require.Equal(t, "v=0\r\no=- 0 0 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 0 RTP/AVP 0 8\r\nm=video 0 RTP/AVP 31\r\n", p.declined(tn))
	require.Empty(t, (&party{}).declined(tn))
}
