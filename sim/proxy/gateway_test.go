package proxy

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/offer"
	"siplab/sim/sip"
)

func inCall(t *testing.T, method, from, to string) *sip.Message {
	m := new(sip.Message)
	m.Request(method, "sip:bob@192.0.2.4")
	m.Add(sip.NameFrom, "<sip:alice@atlanta.example.com>;tag="+from, sip.Origin{})
	if to != "" {
		to = ";tag=" + to
	}
	m.Add(sip.NameTo, "<sip:bob@biloxi.example.com>"+to, sip.Origin{})
	m.Add(sip.NameCallID, "call", sip.Origin{})
	return m
}

func TestThePortsOfACallAreFreeWhenItsLastDialogHasEnded(t *testing.T) {
	g := newGateway()
	b := g.hold(inCall(t, sip.INVITE, "a", ""))
	port, fresh, ok := g.port(b, offer.Place{Host: "192.0.2.1", Port: 49170, Count: 2})
	require.Equal(t, []any{2000, true, true}, []any{port, fresh, ok})
	port, fresh, _ = g.port(b, offer.Place{Host: "192.0.2.1", Port: 49170, Count: 2})
	require.Equal(t, []any{2000, false}, []any{port, fresh}, "the same place, the same port")
	require.Len(t, g.taken, 2)
	for _, tag := range []string{"b1", "b2", "b1"} { // two phones answer, one repeats
		b.confirmed(inCall(t, sip.INVITE, "a", tag))
	}
	g.drop(b) // the INVITE is over
	bye := func(from, to string, status int) {
		c := &responseContext{status: status}
		c.begin(inCall(t, sip.BYE, from, to))
		c.bridge = g.hold(&c.request)
		g.leave(c)
		require.Nil(t, c.bridge)
	}
	bye("a", "b1", 200)
	require.Len(t, g.taken, 2, "the other dialog goes on")
	bye("b2", "a", 407)
	require.Len(t, g.taken, 2, "a BYE that was asked for credentials comes again")
	bye("b2", "a", 200)
	require.Empty(t, g.taken)
	require.Empty(t, g.bridges)
	require.Nil(t, g.hold(inCall(t, sip.BYE, "a", "b1")), "a request of no call that is known has no bridge")
}

func TestAGatewayWithoutAFreePortSaysSo(t *testing.T) {
	g := newGateway()
	const count = 1000
	calls := 0
	for b := (&bridge{}); ; b = (&bridge{}) {
		port, _, ok := g.port(b, offer.Place{Host: "192.0.2.1", Port: 1, Count: count})
		if !ok {
			break
		}
		require.Zero(t, port%2)
		calls++
	}
	require.Equal(t, (lastMedia-firstMedia)/2/count, calls)
	require.Len(t, g.taken, calls*count, "no port twice")
	_, _, ok := g.port(&bridge{}, offer.Place{Host: "192.0.2.2", Port: 1, Count: 1 << 60})
	require.False(t, ok, "more streams in one line than there are ports")
}

func TestOneCallDoesNotTakeAllPorts(t *testing.T) {
	g, b := newGateway(), &bridge{}
	for i := range 2 * maxHoles {
		g.port(b, offer.Place{Host: "192.0.2.1", Port: 1 + i, Count: 1})
	}
	require.Len(t, g.taken, maxHoles)
}
