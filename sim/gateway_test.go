package sim_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/offer"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

const throughGateway = `net delay 20ms
phone alice sip:alice@atlanta.example.com outbound sip:alg1.atlanta.example.com;lr address 192.0.2.101
proxy alg domain atlanta.example.com name alg1.atlanta.example.com gateway address 192.0.2.128
proxy proxy2 domain biloxi.example.com record-route off
phone bob sip:bob@biloxi.example.com address 192.0.2.201
route at proxy2 for sip:bob@biloxi.example.com to sip:bob@192.0.2.201
at 1s alice calls bob
at 3s bob answers
`

// places are the c= and m= lines of what a host sent, by what it was.
func places(t testing.TB, tr *trace.Trace, host, kind string, n int) string {
	m := message(t, tr, host, kind, n)
	body, ok := offer.Body(m)
	require.True(t, ok)
	require.Equal(t, strconv.Itoa(len(m.Body)), m.Get(sip.NameContentLength))
	d, err := offer.Parse(body)
	require.NoError(t, err)
	return d.Media[0].Host + ":" + strconv.Itoa(d.Media[0].Port)
}

func TestRFC3665Section35MediaGoesByTheGateway(t *testing.T) {
	tr := lawful(t, parse(t, throughGateway+"at 5s alice hangs up\n"))
	require.Equal(t, []string{
		"alice alg INVITE", "alg alice 100 INVITE", "alg proxy2 INVITE", "proxy2 alg 100 INVITE", "proxy2 bob INVITE",
		"bob proxy2 180 INVITE", "proxy2 alg 180 INVITE", "alg alice 180 INVITE",
		"bob proxy2 200 INVITE", "proxy2 alg 200 INVITE", "alg alice 200 INVITE", "alice alg ACK", "alg bob ACK",
		"alice alg BYE", "alg bob BYE", "bob alg 200 BYE", "alg alice 200 BYE",
	}, ladder(tr))
	require.Equal(t, "192.0.2.101:49170", places(t, tr, "alice", "INVITE", 1))
	require.Equal(t, "192.0.2.128:2000", places(t, tr, "alg", "INVITE", 1))
	require.Equal(t, "192.0.2.128:2000", places(t, tr, "proxy2", "INVITE", 1), "a proxy that is none leaves it")
	require.Equal(t, "192.0.2.201:49170", places(t, tr, "proxy2", "200 INVITE", 1))
	require.Equal(t, "192.0.2.128:2002", places(t, tr, "alg", "200 INVITE", 1))
	require.Equal(t, []string{"<sip:alg1.atlanta.example.com;lr>"}, values(message(t, tr, "alg", "INVITE", 1), sip.NameRecordRoute))
	var media []string
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Media {
			media = append(media, e.From+" "+e.To+" "+e.On)
		}
	}
	require.Equal(t, []string{"bob alg sendrecv", "alice alg sendrecv", "alice alg inactive", "bob alg inactive"}, media)
}

func TestAGatewayKeepsAStreamsPort(t *testing.T) {
	tr := lawful(t, parse(t, throughGateway+"at 5s alice holds\nat 6s bob changes address to 192.0.2.77:5060\nat 8s bob hangs up\nat 50s alice calls bob\nat 51s alice cancels\nat 100s alice calls bob\n"))
	require.Equal(t, "192.0.2.128:2000", places(t, tr, "alg", "INVITE", 2), "the re-INVITE of the hold")
	require.Equal(t, "192.0.2.128:2002", places(t, tr, "alg", "200 INVITE", 2))
	require.Equal(t, "192.0.2.128:2004", places(t, tr, "alg", "INVITE", 3), "bob takes media elsewhere")
	require.Equal(t, "192.0.2.128:2006", places(t, tr, "alg", "INVITE", 4), "another call")
}

// The offer comes in the 200, the answer in the ACK, which no transaction carries.
func TestAGatewayChangesTheAnswerInAnACKToo(t *testing.T) {
	s := parse(t, throughGateway)
	phoneOf(s, "alice").OfferLate = true
	tr := lawful(t, s)
	require.Equal(t, "192.0.2.128:2000", places(t, tr, "alg", "200 INVITE", 1))
	require.Equal(t, "192.0.2.128:2002", places(t, tr, "alg", "ACK", 1))
}
