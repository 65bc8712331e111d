package capture

import "container/list"

// recent is a table of bounded size. When it is full, the entry that was put
// first goes.
type recent[K comparable, V any] struct {
	most    int
	evicted func(V)
	by      map[K]*list.Element
	order   *list.List
}

type entry[K comparable, V any] struct {
	key   K
	value V
}

func newRecent[K comparable, V any](most int, evicted func(V)) *recent[K, V] {
	return &recent[K, V]{most: most, evicted: evicted, by: map[K]*list.Element{}, order: list.New()}
}

func (r *recent[K, V]) len() int { return len(r.by) }

func (r *recent[K, V]) get(k K) (v V, ok bool) {
	if e, ok := r.by[k]; ok {
		return e.Value.(entry[K, V]).value, true
	}
	return v, false
}

// put adds an entry that is not there.
func (r *recent[K, V]) put(k K, v V) {
	for len(r.by) >= r.most {
		oldest := r.order.Front().Value.(entry[K, V])
		r.drop(oldest.key)
		r.evicted(oldest.value)
	}
	r.by[k] = r.order.PushBack(entry[K, V]{k, v})
}

func (r *recent[K, V]) drop(k K) {
	if e, ok := r.by[k]; ok {
		r.order.Remove(e)
		delete(r.by, k)
	}
}

// each visits the entries from the oldest on.
func (r *recent[K, V]) each(visit func(V)) {
	for e := r.order.Front(); e != nil; e = e.Next() {
		visit(e.Value.(entry[K, V]).value)
	}
}
