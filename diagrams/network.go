package diagrams

import (
	"cmp"
	"slices"

	"siplab/sim/trace"
)

// Network is the map of a run: its hosts, and what the network does to the
// packets between each two of them that have a link of their own or that sent
// each other something.
type Network struct {
	Hosts []NetworkHost `json:"hosts"`
	Links []NetworkLink `json:"links"`

	title string
	opt   Options
	more  int // hosts that are too many to be drawn
}

// NetworkHost is one host of a map.
type NetworkHost struct {
	Name  string   `json:"name"`
	Kind  string   `json:"kind"`
	Addrs []string `json:"addrs,omitempty"`
}

// NetworkLink is the way between two hosts: indices of Hosts, A before B. The
// conditions are in the words of tc netem; "" for a perfect link.
type NetworkLink struct {
	A     int    `json:"a"`
	B     int    `json:"b"`
	There string `json:"there"` // of packets from A to B
	Back  string `json:"back"`
}

// NewNetwork reads the map of a run. Of the options Hosts, Theme and Width
// speak.
func NewNetwork(tr *trace.Trace, opt Options) *Network {
	l := Ladder{opt: Options{Hosts: opt.Hosts}}
	l.chooseHosts(tr)
	n := &Network{Hosts: []NetworkHost{}, Links: []NetworkLink{}, title: visible(tr.Title), opt: opt, more: l.hidden}
	r := newReader(tr, &l)
	for _, c := range l.columns {
		host := NetworkHost{Name: c.shown(), Kind: c.kind}
		for _, a := range tr.Hosts[c.host].Addrs {
			host.Addrs = append(host.Addrs, a.String())
		}
		n.Hosts = append(n.Hosts, host)
	}
	n.readLinks(tr, r.col)
	return n
}

// readLinks finds the links; col is the index of each host in the map, -1 for
// none.
func (n *Network) readLinks(tr *trace.Trace, col []int) {
	known := make(map[[2]int]int)
	link := func(from, to trace.HostID) (l *NetworkLink, back bool) {
		if from < 0 || to < 0 || int(from) >= len(col) || int(to) >= len(col) || from == to {
			return nil, false
		}
		a, b := col[from], col[to]
		if a < 0 || b < 0 {
			return nil, false
		}
		pair := [2]int{min(a, b), max(a, b)}
		i, ok := known[pair]
		if !ok {
			i = len(n.Links)
			known[pair] = i
			usual := visible(tr.Net)
			n.Links = append(n.Links, NetworkLink{A: pair[0], B: pair[1], There: usual, Back: usual})
		}
		return &n.Links[i], a > b
	}
	for i := range tr.Links {
		named := &tr.Links[i]
		if l, back := link(tr.FindHost(named.A), tr.FindHost(named.B)); back {
			l.Back = visible(named.Conditions)
		} else if l != nil {
			l.There = visible(named.Conditions)
		}
	}
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send && e.Packet != nil {
			link(e.Packet.From, e.Packet.To)
		}
	}
	slices.SortFunc(n.Links, func(x, y NetworkLink) int { return cmp.Or(x.A-y.A, x.B-y.B) })
}

// conditionWords are the conditions as a map says them.
func conditionWords(s string) string {
	if s == "" {
		return "perfect"
	}
	return short(s)
}

// end is where a link leaves a host, in a row of its own.
type end struct {
	host, link int
	up         bool // to a host above
}

func (e end) down() int {
	if e.up {
		return 0
	}
	return 1
}

// wiring is the fixed layout of a map: each host in a row below the other, and
// each link a line from the one to the other along a lane of its own, on the
// right. Nothing lies on anything else, whatever the links are.
type wiring struct {
	ends  []end    // from above
	first []int    // by host: its first end
	row   [][2]int // by link: the rows of its ends, from above
	lane  []int    // by link: from 0 on the left
	lanes int
}

// wire lays the map out. At each host the ends that go up stand above those
// that go down, and the ways that stay near lie inside the others: so a line
// crosses no more than it must.
func (n *Network) wire() *wiring {
	w := &wiring{row: make([][2]int, len(n.Links)), lane: make([]int, len(n.Links))}
	at := make([][]end, len(n.Hosts))
	for i, l := range n.Links {
		at[l.A] = append(at[l.A], end{host: l.A, link: i})
		at[l.B] = append(at[l.B], end{host: l.B, link: i, up: true})
	}
	for host := range at {
		slices.SortStableFunc(at[host], func(x, y end) int {
			return cmp.Or(x.down()-y.down(), n.other(y)-n.other(x))
		})
		w.first = append(w.first, len(w.ends))
		for _, e := range at[host] {
			if e.up {
				w.row[e.link][1] = len(w.ends)
			} else {
				w.row[e.link][0] = len(w.ends)
			}
			w.ends = append(w.ends, e)
		}
	}
	w.chooseLanes()
	return w
}

func (n *Network) other(e end) int {
	l := &n.Links[e.link]
	return l.A + l.B - e.host
}

// chooseLanes gives the shortest links the lanes on the left.
func (w *wiring) chooseLanes() {
	order := make([]int, len(w.row))
	for i := range order {
		order[i] = i
	}
	span := func(i int) int { return w.row[i][1] - w.row[i][0] }
	slices.SortStableFunc(order, func(i, j int) int { return span(i) - span(j) })
	used := make([][][2]int, 0, len(order)) // by lane: what is taken
	for _, i := range order {
		lane := 0
		for lane < len(used) && taken(used[lane], w.row[i]) {
			lane++
		}
		if lane == len(used) {
			used = append(used, nil)
		}
		used[lane] = append(used[lane], w.row[i])
		w.lane[i] = lane
	}
	w.lanes = len(used)
}

func taken(rows [][2]int, by [2]int) bool {
	return slices.ContainsFunc(rows, func(r [2]int) bool { return r[0] <= by[1] && by[0] <= r[1] })
}

// says is what stands at an end: where the link goes, and what it does to what
// leaves here.
func (n *Network) says(e end) string {
	l := &n.Links[e.link]
	conditions := l.There
	if e.up {
		conditions = l.Back
	}
	return "to " + n.Hosts[n.other(e)].Name + ": " + conditionWords(conditions)
}
