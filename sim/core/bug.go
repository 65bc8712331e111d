package core

import "slices"

// Bug is one named fault of a real stack that an element can be given.
type Bug struct {
	Name  string // never-stale
	Means string // what the element does wrong
	Seen  string // where it was seen
	Ref   string // the section that it breaks
}

// Switch is a Bug with what it does to an element's set of faults F.
type Switch[F any] struct {
	Bug
	On func(*F)
}

// Switches are all bugs that one kind of element can be given.
type Switches[F any] []Switch[F]

// Bugs lists them.
func (s Switches[F]) Bugs() []Bug {
	list := make([]Bug, len(s))
	for i := range s {
		list[i] = s[i].Bug
	}
	return list
}

// Has says whether there is a bug of that name.
func (s Switches[F]) Has(name string) bool {
	return slices.ContainsFunc(s, func(b Switch[F]) bool { return b.Name == name })
}

// Throw is the set of faults that the bugs named make.
func (s Switches[F]) Throw(names []string) F {
	var f F
	for i := range s {
		if slices.Contains(names, s[i].Name) {
			s[i].On(&f)
		}
	}
	return f
}
