package location

import "siplab/sim/sip"

// Update is a set of changes to the bindings of one AOR that nobody sees
// before it is committed: "a particular REGISTER request is either processed
// completely or not at all" (RFC 3261 §10.3). To drop it is to make no change.
type Update struct {
	service *Service
	aor     string
	steps   []step
}

// step is one change: put or remove the binding of that address.
type step struct {
	binding Binding
	remove  bool
}

// Update begins an update of the bindings of an AOR, those that have ended
// being expired. The service has one update at a time: it is valid until the
// next call.
func (s *Service) Update(aor string) *Update {
	clear(s.update.steps)
	s.update = Update{s, aor, s.update.steps[:0]}
	return &s.update
}

// Find is the committed binding of that contact address, compared as §19.1.4
// has it; nil where there is none. It must not be changed.
func (u *Update) Find(uri *sip.URI) *Binding { return u.service.aors[u.aor].find(uri) }

// Put adds b, or updates the binding of the same address. Of two for one
// address in the same update the later counts.
func (u *Update) Put(b Binding) { u.set(step{binding: b}) }

// Remove removes the binding of that address, if there is one.
func (u *Update) Remove(uri *sip.URI) { u.set(step{Binding{URI: *uri}, true}) }

func (u *Update) set(to step) {
	for i := range u.steps {
		if u.steps[i].binding.URI.Equal(to.binding.URI) {
			u.steps[i] = to
			return
		}
	}
	u.steps = append(u.steps, to)
}

// Len is how many bindings the AOR will have when the update is committed.
func (u *Update) Len() int {
	n := 0
	if r := u.service.aors[u.aor]; r != nil {
		n = len(r.bindings)
	}
	for i := range u.steps {
		switch known := u.Find(&u.steps[i].binding.URI) != nil; {
		case known && u.steps[i].remove:
			n--
		case !known && !u.steps[i].remove:
			n++
		}
	}
	return n
}

// Commit makes all changes at once and appends them to out, in the order in
// which they were asked for.
func (u *Update) Commit(out []Change) []Change {
	s := u.service
	for i := range u.steps {
		step := &u.steps[i]
		r := s.aors[u.aor]
		known := r.find(&step.binding.URI)
		switch {
		case known == nil && step.remove:
		case step.remove:
			out = append(out, Change{Remove, u.aor, *known})
			s.remove(r, known)
		case known == nil:
			s.add(u.aor, step.binding)
			out = append(out, Change{Add, u.aor, step.binding})
		default:
			s.refresh(known, step.binding)
			out = append(out, Change{Refresh, u.aor, step.binding})
		}
	}
	u.steps = u.steps[:0]
	return out
}
