package location

import (
	"cmp"
	"slices"
	"time"

	"siplab/sim/sip"
)

// Service holds the bindings of a domain. The zero Service is empty and ready.
// An AOR is in the canonical form of RFC 3261 §10.3 step 5, as sip.URI.AOR
// gives it.
type Service struct {
	aors    map[string]*record
	endings endings
	order   uint32
	update  Update     // used again
	ranked  []*Binding // used again
}

// record is what is bound to one AOR, in the order of coming.
type record struct {
	aor      string
	bindings []*Binding
}

// Bindings appends the bindings of an AOR that hold at now, the most preferred
// first and of equal ones the older first: "Targets are processed from highest
// qvalue to lowest." (§16.6)
func (s *Service) Bindings(aor string, now time.Duration, out []Binding) []Binding {
	r := s.aors[aor]
	if r == nil {
		return out
	}
	s.ranked = append(s.ranked[:0], r.bindings...)
	slices.SortStableFunc(s.ranked, func(a, b *Binding) int { return cmp.Compare(b.Q, a.Q) })
	for _, b := range s.ranked {
		if b.Expires > now {
			out = append(out, *b)
		}
	}
	clear(s.ranked)
	return out
}

// Len is the number of bindings, those that have ended and were not yet
// expired included.
func (s *Service) Len() int { return len(s.endings) }

// Next is when the next binding ends; false where there is none.
func (s *Service) Next() (at time.Duration, ok bool) {
	if len(s.endings) == 0 {
		return 0, false
	}
	return s.endings[0].binding.Expires, true
}

// Expire removes the bindings that have ended by now and appends them to out,
// in the order of their ends.
func (s *Service) Expire(now time.Duration, out []Change) []Change {
	for {
		at, ok := s.Next()
		if !ok || at > now {
			return out
		}
		first := s.endings[0]
		out = append(out, Change{Expire, first.record.aor, *first.binding})
		s.remove(first.record, first.binding)
	}
}

// Forget removes the bindings of an AOR and appends them to out.
func (s *Service) Forget(aor string, out []Change) []Change {
	if r := s.aors[aor]; r != nil {
		for len(r.bindings) > 0 {
			b := r.bindings[0]
			out = append(out, Change{Remove, aor, *b})
			s.remove(r, b)
		}
	}
	return out
}

// ForgetAll removes every binding, as a registrar does that loses its store,
// and appends them to out in the order of their ends.
func (s *Service) ForgetAll(out []Change) []Change {
	for len(s.endings) > 0 {
		first := s.endings[0]
		out = append(out, Change{Remove, first.record.aor, *first.binding})
		s.remove(first.record, first.binding)
	}
	return out
}

func (s *Service) add(aor string, b Binding) {
	r := s.aors[aor]
	if r == nil {
		if s.aors == nil {
			s.aors = map[string]*record{}
		}
		r = &record{aor: aor}
		s.aors[aor] = r
	}
	s.order++
	b.order = s.order
	kept := &b
	r.bindings = append(r.bindings, kept)
	s.endings.push(ending{kept, r})
}

// refresh puts a in the place of b, which keeps its rank in the list.
func (s *Service) refresh(b *Binding, with Binding) {
	with.order, with.place = b.order, b.place
	*b = with
	s.endings.fix(b.place)
}

func (s *Service) remove(r *record, b *Binding) {
	s.endings.remove(b.place)
	r.bindings = slices.DeleteFunc(r.bindings, func(other *Binding) bool { return other == b })
	if len(r.bindings) == 0 {
		delete(s.aors, r.aor)
	}
}

// find is the binding of that address among those of r, by the comparison of
// §19.1.4.
func (r *record) find(uri *sip.URI) *Binding {
	if r == nil {
		return nil
	}
	for _, b := range r.bindings {
		if b.URI.Equal(*uri) {
			return b
		}
	}
	return nil
}
