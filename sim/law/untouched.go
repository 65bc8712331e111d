package law

import (
	"net/netip"
	"slices"
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// untouched is §16.6 item 1, "The proxy MUST NOT add to, modify, or remove the
// message body.", and §16.7 item 9: "Unless otherwise specified, the proxy MUST
// NOT remove any header field values other than the Via header field value
// discussed in Section 16.7 Item 3."
var untouched = Law{
	ID:      "untouched",
	Text:    "what a proxy need not touch leaves it byte for byte, in the same order: each field but those of its route, its count and its credentials, and the body; a gateway puts its own address in the session description",
	Section: "RFC 3261 §16.6, §16.7; RFC 3665 §3.5",
	watch:   func() any { return &untouchedWatch{} },
}

type untouchedWatch struct{ ledger *ledger }

func (w *untouchedWatch) look(g *ledger) { w.ledger = g }

// touched are the fields that a proxy may change, and where: in a request, in a
// response, or in both.
var touched = map[sip.Name]struct{ request, response bool }{
	sip.NameVia:                {true, true},  // §16.6 item 8, §16.7 item 3
	sip.NameMaxForwards:        {true, false}, // §16.6 item 3
	sip.NameRecordRoute:        {true, true},  // §16.6 item 4, §16.7 item 8
	sip.NameRoute:              {true, false}, // §16.4, §16.6 item 6
	sip.NameContentLength:      {true, true},  // §16.6 item 9, for a stream
	sip.NameProxyAuthorization: {true, false}, // §22.3
	sip.NameMaxBreadth:         {true, false}, // RFC 5393 §5.3.3
	sip.NamePath:               {true, false}, // RFC 3327 §5.2
	sip.NameRequire:            {true, true},  // RFC 3327 §5.2, for path; RFC 4028 §8.2, for timer
	sip.NameSessionExpires:     {true, true},  // RFC 4028 §8.1, §8.2
	sip.NameMinSE:              {true, false}, // RFC 4028 §8.1
	sip.NameWWWAuthenticate:    {false, true}, // §16.7 item 7
	sip.NameProxyAuthenticate:  {false, true}, // §16.7 item 7
	sip.NameContact:            {false, true}, // §16.7 item 4, of a 3xx
}

func mayTouch(l *letter, n sip.Name) bool {
	t := touched[n]
	if n == sip.NameContact && l.Status/100 != 3 {
		return false
	}
	return l.Status == 0 && t.request || l.Status != 0 && t.response
}

func (w *untouchedWatch) read(e *trace.Event, l *letter, law *tally) {
	if l.from == nil {
		return
	}
	law.met()
	if l.Body != l.from.Body && !w.readdressed(l) {
		law.broken(e.I, "the body of %s has changed", e.Packet.Label)
	}
	i, k := nextField(l.from, 0), nextField(l, 0)
	for i < len(l.from.Fields) && k < len(l.Fields) {
		came, goes := &l.from.Fields[i], &l.Fields[k]
		if came.Text != goes.Text || came.Value != goes.Value {
			law.broken(e.I, "%s has %s: %q where %s: %q came", e.Packet.Label, goes.Text, goes.Value, came.Text, came.Value)
			return
		}
		i, k = nextField(l.from, i+1), nextField(l, k+1)
	}
	switch {
	case i < len(l.from.Fields):
		law.broken(e.I, "%s has lost %s", e.Packet.Label, l.from.Fields[i].Text)
	case k < len(l.Fields):
		law.broken(e.I, "%s has %s, which did not come", e.Packet.Label, l.Fields[k].Text)
	}
}

// readdressed says whether nothing but addresses and ports of a session
// description have changed, and it is the proxy's own address that stands there
// now: that is an application level gateway (RFC 3665 §3.5).
func (w *untouchedWatch) readdressed(l *letter) bool {
	came, goes := l.from.Body, l.Body
	own := false
	for came != "" || goes != "" {
		var before, after string
		before, came, _ = strings.Cut(came, "\n")
		after, goes, _ = strings.Cut(goes, "\n")
		if before == after {
			continue
		}
		kind, _, _ := strings.Cut(after, "=")
		if !strings.HasPrefix(before, kind+"=") || kind != "c" && kind != "o" && kind != "m" && !strings.HasPrefix(after, "a=rtcp:") {
			return false
		}
		own = own || kind == "c" && w.isOwn(l.host, after)
	}
	return own
}

// isOwn says whether a line of a session description has an address of the host.
func (w *untouchedWatch) isOwn(h trace.HostID, line string) bool {
	fields := strings.Fields(line)
	return len(fields) > 0 && slices.ContainsFunc(w.ledger.header.Hosts[h].Addrs, func(a netip.AddrPort) bool {
		return a.Addr().String() == fields[len(fields)-1]
	})
}

// nextField is the index of the next field that a proxy may not touch.
func nextField(l *letter, i int) int {
	for i < len(l.Fields) && mayTouch(l, l.Fields[i].Name) {
		i++
	}
	return i
}
