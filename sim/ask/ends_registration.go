package ask

import (
	"slices"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// binding is a contact that a phone wants bound to an AOR, with what its ends
// believe.
type binding struct {
	aor, contact string
	uri          sip.URI
	phone        trace.HostID
	asked        []trace.HostID // registrars that the REGISTER reached
	bound        []trace.HostID // those that hold the binding
}

// registrations compares what each phone was told with the bindings of its
// contacts.
func registrations(tr *trace.Trace) []Subject {
	b := &bindings{tr: tr, told: map[trace.HostID]bool{}, of: map[int32][]int{}}
	for i := range tr.Events {
		b.event(&tr.Events[i])
	}
	var all []Subject
	for i := range b.list {
		s := b.subject(&b.list[i])
		s.About = b.about(&b.list[i])
		all = append(all, s)
	}
	return all
}

type bindings struct {
	tr   *trace.Trace
	m    sip.Message
	list []binding
	of   map[int32][]int       // by packet: the bindings that a REGISTER is about
	told map[trace.HostID]bool // whether a phone believes that it is registered
}

func (b *bindings) event(e *trace.Event) {
	switch e.Kind {
	case trace.Send:
		b.send(e)
	case trace.Arrive:
		b.arrive(e)
	case trace.Bind:
		b.bind(e)
	case trace.Tell:
		if now, says := Registered(e.Name); says {
			b.told[e.Host] = now
		}
	case trace.Act:
		if Forgets(e) {
			b.forget(e.Host)
		}
	}
}

// Registered is what a phone believes after it told its user that, by the words
// of the trace. False, false: that says nothing about its registration.
func Registered(told string) (now, says bool) {
	switch told {
	case "registered":
		return true, true
	case "unregistered", "registration failed", "registration expired", "password wanted":
		return false, true
	}
	return false, false
}

// forget takes from a host what it knew: a phone that it is registered, a
// registrar its bindings.
func (b *bindings) forget(h trace.HostID) {
	b.told[h] = false
	for i := range b.list {
		b.list[i].unbind(h)
	}
}

func (x *binding) unbind(h trace.HostID) {
	x.bound = slices.DeleteFunc(x.bound, func(other trace.HostID) bool { return other == h })
}

// send reads the contacts of a REGISTER. It is the phone's own where it has one
// Via; a proxy passes it on with more.
func (b *bindings) send(e *trace.Event) {
	p := e.Packet
	if p == nil || p.Status != 0 || p.Method != sip.REGISTER || b.m.Parse(p.Raw) != nil {
		return
	}
	own := b.m.Count(sip.NameVia) == 1
	to := b.m.To()
	for value := range b.m.Values(sip.NameContact) {
		addr, err := sip.ParseNameAddr(value)
		if err != nil {
			continue
		}
		uri, err := sip.ParseURI(addr.URI)
		if err != nil {
			continue
		}
		x := binding{aor: canonical(to.URI), contact: addr.URI, uri: uri, phone: e.Host}
		if i := b.find(&x, own); i >= 0 {
			b.of[p.N] = append(b.of[p.N], i)
		}
	}
}

func canonical(aor string) string {
	if u, err := sip.ParseURI(aor); err == nil {
		return u.AOR()
	}
	return aor
}

// find is the index of a binding that is wanted, -1 for none. A phone's own is
// new where it is not known.
func (b *bindings) find(x *binding, own bool) int {
	for i := range b.list {
		y := &b.list[i]
		if y.aor == x.aor && y.uri.Equal(x.uri) && (!own || y.phone == x.phone) {
			return i
		}
	}
	if !own {
		return -1
	}
	b.list = append(b.list, *x)
	return len(b.list) - 1
}

func (b *bindings) arrive(e *trace.Event) {
	if e.Packet == nil || e.Host < 0 || int(e.Host) >= len(b.tr.Hosts) || b.tr.Hosts[e.Host].Kind != "registrar" {
		return
	}
	n := e.Packet.N
	if e.Packet.CopyOf != 0 {
		n = e.Packet.CopyOf
	}
	for _, i := range b.of[n] {
		b.list[i].asked = including(b.list[i].asked, e.Host)
	}
}

func (b *bindings) bind(e *trace.Event) {
	uri, err := sip.ParseURI(e.To)
	if err != nil {
		return
	}
	aor := canonical(e.Name)
	for i := range b.list {
		x := &b.list[i]
		if x.aor != aor || !x.uri.Equal(uri) {
			continue
		}
		x.asked = including(x.asked, e.Host)
		x.unbind(e.Host)
		if e.Op == "add" || e.Op == "refresh" {
			x.bound = append(x.bound, e.Host)
		}
	}
}

// subject is the binding as its ends see it: they agree where the phone
// believes that it is registered just if a registrar holds the binding.
func (b *bindings) subject(x *binding) Subject {
	registered := b.told[x.phone]
	s := Subject{Agree: registered == (len(x.bound) > 0)}
	for h := range b.tr.Hosts {
		id := trace.HostID(h)
		if id == x.phone {
			s.Beliefs = append(s.Beliefs, Belief{b.tr.HostName(id), either(registered, "registered", "not registered")})
		}
		if slices.Contains(x.asked, id) {
			s.Beliefs = append(s.Beliefs, Belief{b.tr.HostName(id), either(slices.Contains(x.bound, id), "has the binding", "has no binding")})
		}
	}
	return s
}

// about is whose registration it is; a phone that has had more than one says
// which.
func (b *bindings) about(x *binding) string {
	s, same := b.tr.HostName(x.phone)+"'s registration", 0
	for i := range b.list {
		if b.list[i].phone == x.phone {
			same++
		}
	}
	if same > 1 {
		s += " of " + x.aor + " at " + x.contact
	}
	return s
}

func including(list []trace.HostID, h trace.HostID) []trace.HostID {
	if slices.Contains(list, h) {
		return list
	}
	return append(list, h)
}

func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}
