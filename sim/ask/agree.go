package ask

import (
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// agree compares what each phone that sent a REGISTER was told last with the
// binding of its contact, if there is one at the end.
func (r *run) agree() Value {
	contacts := r.contacts()
	if len(contacts) == 0 {
		return Value{}
	}
	bound := r.boundAtEnd()
	for id := range r.Hosts {
		uris := contacts[trace.HostID(id)]
		if len(uris) > 0 && r.believes(trace.HostID(id)) != anyEqual(uris, bound) {
			return truth(false)
		}
	}
	return truth(true)
}

// contacts are the URIs that each host put into the REGISTERs that it sent.
func (r *run) contacts() map[trace.HostID][]sip.URI {
	out := make(map[trace.HostID][]sip.URI)
	var m sip.Message
	for e := range r.each(trace.Send) {
		if p := e.Packet; p == nil || p.Status != 0 || p.Method != sip.REGISTER || p.Again != "" || m.Parse(p.Raw) != nil {
			continue
		}
		for value := range m.Values(sip.NameContact) {
			if uri, ok := contactURI(value); ok {
				out[e.Host] = append(out[e.Host], uri)
			}
		}
	}
	return out
}

// contactURI is the URI of a Contact; the * that removes all has none.
func contactURI(value string) (sip.URI, bool) {
	addr, err := sip.ParseNameAddr(value)
	if err != nil {
		return sip.URI{}, false
	}
	uri, err := sip.ParseURI(addr.URI)
	return uri, err == nil
}

// boundAtEnd are the contacts of all bindings at the end.
func (r *run) boundAtEnd() []sip.URI {
	var out []sip.URI
	seen := make(map[string]bool)
	for e := range r.each(trace.Bind) {
		aor := strings.ToLower(e.Name)
		if seen[aor] {
			continue
		}
		seen[aor] = true
		for _, v := range r.bindings(aor, r.End.At) {
			if uri, err := sip.ParseURI(v.Text); err == nil {
				out = append(out, uri)
			}
		}
	}
	return out
}

// believes reports whether the user of a phone was last told that it is
// registered.
func (r *run) believes(host trace.HostID) bool {
	registered := false
	for e := range r.each(trace.Tell) {
		if e.Host == host && e.Name != "bindings" {
			registered = e.Name == "registered"
		}
	}
	return registered
}

func anyEqual(uris, bound []sip.URI) bool {
	for i := range uris {
		for j := range bound {
			if uris[i].Equal(bound[j]) {
				return true
			}
		}
	}
	return false
}
