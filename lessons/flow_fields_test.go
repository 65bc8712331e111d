package lessons_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// fields are what is drawn of the header of a message, by the name of the fact.
// What is not said is not there.
type fields map[string]string

// facts are the names that fields have, in the order of a message.
//
// The values of some are names: u1, t2. Two such values of the drawing are equal
// if and only if those of the run are. The URIs of Request-URI and Contact have
// one space of names, and so have the tags.
var facts = []struct {
	name  string
	space string // of names; "": the values are those of the run
	of    func(*sip.Message) string
}{
	{"transport", "", func(m *sip.Message) string { via, _ := m.Via(); return via.Transport }},
	{"uri", "u", func(m *sip.Message) string { return m.URI }},
	{"branch", "b", requestBranch},
	{"Via", "", count(sip.NameVia)},
	{"Max-Forwards", "", first(sip.NameMaxForwards)},
	{"Record-Route", "", count(sip.NameRecordRoute)},
	{"Route", "", count(sip.NameRoute)},
	{"From", "t", func(m *sip.Message) string { from := m.From(); return from.Tag() }},
	{"To", "t", func(m *sip.Message) string { to := m.To(); return to.Tag() }},
	{"Call-ID", "c", first(sip.NameCallID)},
	{"CSeq", "", func(m *sip.Message) string { return strconv.Itoa(int(m.CSeq().Seq)) }},
	{"Contact", "u", func(m *sip.Message) string { return contacts(m, func(c *sip.NameAddr) string { return c.URI }) }},
	{"expires", "", func(m *sip.Message) string { return contacts(m, expires) }},
	{"Expires", "", first(sip.NameExpires)},
	{"Authorization", "", count(sip.NameAuthorization)},
	{"Proxy-Authorization", "", count(sip.NameProxyAuthorization)},
	{"WWW-Authenticate", "", count(sip.NameWWWAuthenticate)},
	{"Proxy-Authenticate", "", count(sip.NameProxyAuthenticate)},
	{"SDP", "", func(m *sip.Message) string {
		if strings.EqualFold(m.Get(sip.NameContentType), "application/sdp") {
			return "yes"
		}
		return ""
	}},
}

func known(fact string) bool {
	for _, f := range facts {
		if f.name == fact {
			return true
		}
	}
	return false
}

func first(n sip.Name) func(*sip.Message) string {
	return func(m *sip.Message) string { return m.Get(n) }
}

func count(n sip.Name) func(*sip.Message) string {
	return func(m *sip.Message) string {
		if k := m.Count(n); k > 0 {
			return strconv.Itoa(k)
		}
		return ""
	}
}

// requestBranch is the topmost branch. A response has that of its request.
func requestBranch(m *sip.Message) string {
	if !m.IsRequest() {
		return ""
	}
	via, _ := m.Via()
	return via.Branch()
}

// contacts are one word for each Contact.
func contacts(m *sip.Message, of func(*sip.NameAddr) string) string {
	var list []string
	for value := range m.Values(sip.NameContact) {
		if value == "*" {
			list = append(list, of(&sip.NameAddr{URI: value}))
		} else if c, err := sip.ParseNameAddr(value); err == nil {
			list = append(list, of(&c))
		}
	}
	return strings.TrimSpace(strings.Join(list, " "))
}

func expires(c *sip.NameAddr) string { e, _ := c.Params.Get("expires"); return e }

// readFields reads: Via 1, From t1, Contact u2 u3.
func readFields(t testing.TB, list string) fields {
	f := fields{}
	for _, part := range strings.Split(list, ", ") {
		name, value, _ := strings.Cut(part, " ")
		require.True(t, known(name), part)
		f[name] = value
	}
	return f
}

// with is f with another value of one fact; none takes it out.
func (f fields) with(name, value string) fields {
	g := maps.Clone(f)
	g[name] = value
	if value == "none" {
		delete(g, name)
	}
	return g
}

// names keep which value of the run a name of the drawing stands for.
type names struct{ drawn, run map[string]string }

// is says whether a name can stand for a value, and keeps that it does.
func (n *names) is(space, name, value string) bool {
	name, value = space+" "+name, space+" "+value
	old, used := n.drawn[name]
	other, taken := n.run[value]
	if used != taken || used && (old != value || other != name) {
		return false
	}
	n.drawn[name], n.run[value] = value, name
	return true
}

// headers holds the header fields of the messages against those drawn.
func (h *holding) headers() error {
	n := &names{map[string]string{}, map[string]string{}}
	var errs []error
	for i := range h.messages {
		m := &h.messages[i]
		if m.fields == nil {
			continue
		}
		s := h.packets[m.n]
		var read sip.Message
		if err := read.Parse(s.send.Packet.Raw); err != nil {
			return err
		}
		for _, f := range facts {
			drawn, got := m.fields[f.name], f.of(&read)
			if f.space == "" && drawn != got || f.space != "" && !n.all(f.space, drawn, got) {
				errs = append(errs, fmt.Errorf("%s, which is %s %s: its %s is drawn %q, the run has %q", m.n, s.send.Packet.Label, s.what(), f.name, drawn, got))
			}
		}
	}
	return errors.Join(errs...)
}

// all says whether each name of a list stands for its value. A * is one that
// stands for itself.
func (n *names) all(space, drawn, got string) bool {
	ds, gs := strings.Fields(drawn), strings.Fields(got)
	if len(ds) != len(gs) {
		return false
	}
	for i := range ds {
		if (ds[i] == "*") != (gs[i] == "*") || !n.is(space, ds[i], gs[i]) {
			return false
		}
	}
	return true
}

// medias: where media is drawn between two hosts, each of them that has a
// session has said last that it flows both ways to the other, and one of them
// has said so since the drawing before. A gateway has no session.
func (h *holding) medias() error {
	said := map[string]int32{} // the last word of each pair
	for _, m := range h.media {
		s := h.packets[m.after]
		if s == nil || s.arrive == nil {
			return fmt.Errorf("media: no %s has arrived", m.after)
		}
		latest := int32(0)
		for j, host := range m.hosts {
			last := h.lastMedia(host, s.arrive.At)
			if last == nil {
				continue
			}
			if other := m.hosts[1-j]; last.On != "sendrecv" || last.To != other {
				return fmt.Errorf("media: after %s %s has it %s with %s, and not both ways with %s", m.after, host, last.On, last.To, other)
			}
			latest = max(latest, last.I)
		}
		pair := strings.Join(m.hosts, " ")
		if latest <= said[pair] {
			return fmt.Errorf("media: after %s nobody has said anything new of it", m.after)
		}
		said[pair] = latest
	}
	return nil
}

// lastMedia is what a host said last of media.
func (h *holding) lastMedia(host string, until time.Duration) (last *trace.Event) {
	for i := range h.tr.Events {
		if e := &h.tr.Events[i]; e.Kind == trace.Media && h.tr.HostName(e.Host) == host && e.At <= until {
			last = e
		}
	}
	return last
}

func (f *flow) leavesOpen(a, b string) bool {
	return slices.ContainsFunc(f.unordered, func(pair []string) bool {
		return slices.Contains(pair, a) && slices.Contains(pair, b)
	})
}

// mutateFields changes each fact of each message: a value to another, a name to
// one that another message has in its place.
func (f *flow) mutateFields(change func(string, func(*flow))) {
	for i, m := range f.messages {
		if m.fields == nil {
			continue
		}
		for _, fact := range facts {
			old := m.fields[fact.name]
			other := old + "9"
			if fact.space != "" {
				other = f.otherName(fact.name, old)
			}
			change(fmt.Sprintf("%s has %s %q", m.n, fact.name, other), func(g *flow) {
				g.messages[i].fields = m.fields.with(fact.name, other)
			})
		}
	}
}

// otherName is a value that the fact has in some message, other than this one;
// a new name where there is none.
func (f *flow) otherName(fact, than string) string {
	for _, m := range f.messages {
		if v := m.fields[fact]; v != than && v != "" {
			return v
		}
	}
	return than + " new"
}
