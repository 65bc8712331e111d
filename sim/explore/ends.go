package explore

import "siplab/sim/ask"

// Agree reports whether the ends agree on everything.
func (r *Row) Agree() bool {
	for i := range r.Ends {
		if !r.Ends[i].Agree {
			return false
		}
	}
	return true
}

// wrongEnd says whether the ends disagree, or agree on something else than in
// the undisturbed run.
func wrongEnd(s, base *ask.Subject) []string {
	switch {
	case !s.Agree && (base == nil || base.Agree):
		return []string{"the ends disagree on " + s.About + ": " + s.String()}
	case base != nil && base.String() != s.String():
		return []string{s.About + " ends otherwise: " + s.String()}
	}
	return nil
}

// end is the subject of that name, nil where there is none.
func (r *Row) end(about string) *ask.Subject {
	for i := range r.Ends {
		if r.Ends[i].About == about {
			return &r.Ends[i]
		}
	}
	return nil
}
