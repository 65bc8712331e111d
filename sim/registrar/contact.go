package registrar

import (
	"strconv"
	"strings"
	"time"

	"siplab/sim/location"
	"siplab/sim/sip"
)

// contact is one value of the Contact header field.
type contact struct {
	sip.NameAddr
	uri     sip.URI
	q       int // thousandths
	hasQ    bool
	expires time.Duration // what the phone asks for
}

// readContacts is the first half of step 6: it reads all Contact and Path
// values, so that one that cannot be stored is found before anything changes.
func (q *request) readContacts() bool {
	for value := range q.m.Values(sip.NameContact) {
		if value == "*" {
			continue
		}
		if len(q.contacts) == q.settings.MaxBindings {
			return q.full()
		}
		c, why := q.readContact(value)
		if why != "" {
			return q.bad("RFC 3261 §20.10", "Contact "+strconv.Itoa(len(q.contacts)+1)+": "+why)
		}
		q.contacts = append(q.contacts, c)
	}
	for value := range q.m.Values(sip.NamePath) {
		if _, err := sip.ParseNameAddr(value); err != nil {
			return q.bad("RFC 3327 §4", "Path "+strconv.Itoa(len(q.path)+1)+" is no address")
		}
		q.path = append(q.path, value)
	}
	return true
}

// readContact reads one value. why says what is wrong with it.
func (q *request) readContact(value string) (c contact, why string) {
	var err error
	if c.NameAddr, err = sip.ParseNameAddr(value); err != nil {
		return c, "it is no address"
	}
	if c.uri, err = sip.ParseURI(c.URI); err != nil {
		return c, "its URI is no URI"
	}
	c.q = location.MaxQ // RFC 3261 names no default; this is HTTP's, where qvalue comes from
	if text, ok := c.Params.Get("q"); ok {
		if c.q, c.hasQ = parseQ(text); !c.hasQ {
			return c, "its q is no number from 0 to 1 with three decimals at most"
		}
	}
	c.expires = q.requested(c.Params)
	return c, ""
}

// requested is the interval that the phone asks for (step 7): "If the field
// value has an "expires" parameter, that value MUST be taken as the requested
// expiration", else the Expires header field, else the registrar's own.
func (q *request) requested(params sip.Params) time.Duration {
	if text, ok := params.Get("expires"); ok {
		return seconds(text)
	}
	if q.m.Has(sip.NameExpires) {
		return seconds(q.m.Get(sip.NameExpires))
	}
	return q.settings.DefaultExpires
}

// seconds reads delta-seconds. "Implementations MAY treat values larger than
// 2**32-1 […] as equivalent to 2**32-1. Malformed values SHOULD be treated as
// equivalent to 3600." (§10.2)
func seconds(text string) time.Duration {
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return 3600 * time.Second
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		n = 1<<32 - 1
	}
	return time.Duration(n) * time.Second
}

// parseQ reads a qvalue (§25.1) in thousandths: 0, 1, or 0 with up to three decimals.
func parseQ(text string) (thousandths int, ok bool) {
	whole, decimals, _ := strings.Cut(text, ".")
	if (whole != "0" && whole != "1") || len(decimals) > 3 || strings.Trim(decimals, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(whole + decimals + "000"[len(decimals):])
	return n, err == nil && n <= location.MaxQ
}

// formatQ is the shortest qvalue of so many thousandths.
func formatQ(thousandths int) string {
	if thousandths == location.MaxQ {
		return "1"
	}
	digits := strconv.Itoa(location.MaxQ + thousandths)[1:]
	return strings.TrimSuffix(strings.TrimRight("0."+digits, "0"), ".")
}

// binding is what the location service keeps of c.
func (q *request) binding(c *contact, expires time.Duration) location.Binding {
	cseq := q.m.CSeq()
	b := location.Binding{
		Contact: c.URI, URI: c.uri, Display: c.Display, Params: c.Params.Without("q").Without("expires"),
		Q: c.q, HasQ: c.hasQ, Expires: q.ev.Now + expires,
		CallID: q.m.CallID(), CSeq: cseq.Seq, Packet: q.m.Packet,
	}
	if len(q.path) > 0 {
		b.Path = append([]string(nil), q.path...)
	}
	return b
}
