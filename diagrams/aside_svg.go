package diagrams

// The texts beside arrows have a column of their own, right of the ladder.
const (
	asideWide = 32 // cells
	asideTall = 17 * unit
	asideRoom = 10 * unit
)

// asides writes what is said about messages at the height of their arrows, and
// returns where the last of it ends.
func (d *drawn) asides() int {
	x, y := d.width, 0
	for i := range d.l.items {
		it := &d.l.items[i]
		if it.kind != aside || !d.s.ways[it.flight].drawn {
			continue
		}
		y = max(y, d.y[d.s.ways[it.flight].leave]-textTall-asideRoom)
		y = d.aside(it, x, y) + asideRoom
		d.width = x + asideWide*cellWide + 2*edge
	}
	return y
}

// aside writes one of them in a box from the height y, and returns where it
// ends.
func (d *drawn) aside(it *item, x, y int) int {
	lines := wrap(joined(visible(d.l.flights[it.flight].packet.Label), it.text), asideWide-2)
	end := y + len(lines)*asideTall + asideRoom
	d.begin("aside", "")
	d.block("panel", x, y, x+asideWide*cellWide, end, 4*unit)
	for i, l := range lines {
		d.letters("soft", x+cellWide, y+(i+1)*asideTall-2*unit, startAnchor, l)
	}
	d.end()
	return end
}
