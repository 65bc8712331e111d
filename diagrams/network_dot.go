package diagrams

import (
	"strconv"
	"strings"
)

// networkLabel is how wide the conditions of a link are before they are
// broken, in cells.
const networkLabel = 28

// DOT writes the map for Graphviz. Every label has a size of its own, so that
// no font decides where things go: the layouts of the course's maps are made
// from this text.
func (n *Network) DOT() string {
	var b strings.Builder
	b.WriteString("graph network {\n" +
		"  graph [rankdir=LR, nodesep=0.6, ranksep=0.6];\n" +
		"  node [shape=box, style=rounded, fixedsize=true, fontname=\"Courier\", fontsize=13];\n" +
		"  edge [fontname=\"Courier\", fontsize=10];\n")
	for i := range n.Hosts {
		w, h := n.Hosts[i].size()
		var lines []caption
		for _, l := range n.Hosts[i].lines() {
			lines = append(lines, caption{text: l})
		}
		b.WriteString("  " + lifeline(i) + " [width=" + inches(w) + ", height=" + inches(h) + ", label=" + dotLabel(lines) + "];\n")
	}
	for i := range n.Links {
		l := &n.Links[i]
		b.WriteString("  " + lifeline(l.A) + " -- " + lifeline(l.B) + " [label=" + dotLabel(n.captions(l)) + "];\n")
	}
	b.WriteString("}\n")
	return b.String()
}

// size is that of a host's box, in pixels.
func (h *NetworkHost) size() (w, tall int) {
	lines := h.lines()
	w = cells(lines[0]) * stateCell
	for _, l := range lines[1:] {
		w = max(w, cells(l)*captionCell)
	}
	return w + 26, stateTall + (len(lines)-1)*captionTall
}

// captions are what a map says of a link: its conditions, once where they are
// the same both ways.
func (n *Network) captions(l *NetworkLink) []caption {
	texts := []string{conditionWords(l.There)}
	if l.There != l.Back {
		a, b := n.Hosts[l.A].Name, n.Hosts[l.B].Name
		texts = []string{"to " + b + ": " + conditionWords(l.There), "to " + a + ": " + conditionWords(l.Back)}
	}
	var all []caption
	for _, t := range texts {
		for _, line := range wrap(t, networkLabel) {
			all = append(all, caption{text: line})
		}
	}
	return all
}

// Key names what a layout is of: the text that it was made from.
func (n *Network) Key() string {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	h := uint64(offset)
	for _, c := range []byte(n.DOT()) {
		h = (h ^ uint64(c)) * prime
	}
	return strconv.FormatUint(h, 16)
}
