package location

import "container/heap"

// endings is a heap of all bindings, the one that ends first on top; of those
// that end together the one that came first.
type endings []ending

type ending struct {
	binding *Binding
	record  *record
}

func (e *endings) push(one ending) { heap.Push(e, one) }
func (e *endings) remove(i int)    { heap.Remove(e, i) }
func (e *endings) fix(i int)       { heap.Fix(e, i) }

// Len implements heap.Interface.
func (e endings) Len() int { return len(e) }

// Less implements heap.Interface.
func (e endings) Less(i, j int) bool {
	a, b := e[i].binding, e[j].binding
	if a.Expires != b.Expires {
		return a.Expires < b.Expires
	}
	return a.order < b.order
}

// Swap implements heap.Interface.
func (e endings) Swap(i, j int) {
	e[i], e[j] = e[j], e[i]
	e[i].binding.place, e[j].binding.place = i, j
}

// Push implements heap.Interface.
func (e *endings) Push(x any) {
	one := x.(ending)
	one.binding.place = len(*e)
	*e = append(*e, one)
}

// Pop implements heap.Interface.
func (e *endings) Pop() any {
	last := len(*e) - 1
	one := (*e)[last]
	(*e)[last] = ending{}
	*e = (*e)[:last]
	return one
}
