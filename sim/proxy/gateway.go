package proxy

import (
	"slices"
	"strconv"

	"siplab/sim/offer"
	"siplab/sim/sip"
)

// gateway is the part of a proxy that is an application level gateway (RFC 3665
// §3.5): media goes through it, so that session descriptions name its own address
// and ports. It counts on seeing each message of a call: such a proxy is stateful
// and stays on the path.
type gateway struct {
	bridges map[string]*bridge // by Call-ID
	taken   map[int]bool       // ports
	next    int                // where the search for a free port begins
}

// The ports that a gateway takes media at; each stream has two, of which RTP has
// the even one (RFC 3550 §11).
const (
	firstMedia = 2000
	lastMedia  = 65534
	maxHoles   = 256 // of the calls with one Call-ID
)

// bridge is the media of the calls with one Call-ID. It is held by the requests
// that are being forwarded, and by the dialogs that have been confirmed.
type bridge struct {
	callID  string
	holes   []hole
	dialogs [][2]string // their tags, in order
	holders int
}

// hole is where a gateway takes a stream that it passes on to a place.
type hole struct {
	to   offer.Place
	port int
}

func newGateway() gateway { return gateway{bridges: map[string]*bridge{}, taken: map[int]bool{}} }

// hold has a request hold the bridge of its call; an INVITE makes it.
func (g *gateway) hold(m *sip.Message) *bridge {
	b := g.bridges[m.CallID()]
	if b == nil && m.Method == sip.INVITE {
		b = &bridge{callID: m.CallID()}
		g.bridges[b.callID] = b
	}
	if b != nil {
		b.holders++
	}
	return b
}

// drop lets go of it, and of its ports where nobody holds it any more.
func (g *gateway) drop(b *bridge) {
	if b.holders--; b.holders > 0 {
		return
	}
	for _, h := range b.holes {
		for i := range h.to.Count {
			delete(g.taken, h.port+2*i)
		}
	}
	delete(g.bridges, b.callID)
}

// leave has a request let go of the bridge. A BYE ends its dialog, unless whoever
// sent it was asked for credentials.
func (g *gateway) leave(c *responseContext) {
	b := c.bridge
	if b == nil {
		return
	}
	c.bridge = nil
	if c.request.Method == sip.BYE && c.status != 401 && c.status != 407 {
		g.ended(b, &c.request)
	}
	g.drop(b)
}

// tags name a dialog, whichever side sends.
func tags(m *sip.Message) [2]string {
	from, to := m.From(), m.To()
	pair := [2]string{from.Tag(), to.Tag()}
	slices.Sort(pair[:])
	return pair
}

// confirmed has a dialog hold the bridge, from the 2xx to its INVITE on.
func (b *bridge) confirmed(m *sip.Message) {
	if pair := tags(m); !slices.Contains(b.dialogs, pair) {
		b.dialogs = append(b.dialogs, pair)
		b.holders++
	}
}

// ended takes a dialog off it, which a BYE has ended.
func (g *gateway) ended(b *bridge, m *sip.Message) {
	if i := slices.Index(b.dialogs, tags(m)); i >= 0 {
		b.dialogs = slices.Delete(b.dialogs, i, i+1)
		g.drop(b)
	}
}

// port is where the gateway takes what is to go to a place: where it did so
// before, or at free ports; false where none are left.
func (g *gateway) port(b *bridge, to offer.Place) (port int, fresh, ok bool) {
	if i := slices.IndexFunc(b.holes, func(h hole) bool { return h.to == to }); i >= 0 {
		return b.holes[i].port, false, true
	}
	const all = (lastMedia - firstMedia) / 2
	for tried := 0; tried < all && to.Count <= all && len(b.holes) < maxHoles; tried++ {
		if g.next < firstMedia || g.next+2*to.Count > lastMedia {
			g.next = firstMedia
		}
		port, g.next = g.next, g.next+2
		if !g.free(port, to.Count) {
			continue
		}
		for i := range to.Count {
			g.taken[port+2*i] = true
		}
		g.next = port + 2*to.Count
		b.holes = append(b.holes, hole{to, port})
		return port, true, true
	}
	return 0, false, false
}

func (g *gateway) free(port, count int) bool {
	for i := range count {
		if g.taken[port+2*i] {
			return false
		}
	}
	return true
}

// bridge has the session description of a message of a call name the gateway, so
// that media comes here. What it cannot read it forwards as it is.
func (t *turn) bridge(b *bridge, m *sip.Message) {
	if b == nil {
		return
	}
	const section = "RFC 3665 §3.5"
	if m.Status >= 200 && m.Status < 300 && m.CSeq().Method == sip.INVITE {
		b.confirmed(m)
	}
	here := t.env.Addr.Addr()
	err := offer.Readdress(m, here, func(to offer.Place) (int, bool) {
		port, fresh, ok := t.gateway.port(b, to)
		switch {
		case !ok:
			t.note(section, "no port is left for the media that goes to "+sip.Visible(to.String()))
		case fresh:
			t.note(section, "media for "+sip.Visible(to.String())+" comes by "+here.String()+":"+strconv.Itoa(port))
		}
		return port, ok
	})
	if err != nil {
		t.note(section, "media does not come by here: "+err.Error())
	}
}
