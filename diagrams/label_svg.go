package diagrams

// label writes the label of a flight.
func (d *drawn) label(i int) {
	f := &d.l.flights[i]
	box := d.labelPlace(i)
	d.crowd.putText(box)
	d.beginNumbered("label", i+1, f.title())
	d.letters("on "+d.colour(f), box.x0, box.y1-textDeep, startAnchor, d.s.ways[i].label)
	d.end()
}

// labelPlace finds the place of a label: above its arrow, where the arrow
// leaves; or further along it, or below it, where something else is in the
// way; and where something is in every way, where the least is.
func (d *drawn) labelPlace(i int) area4 {
	w, f := &d.s.ways[i], &d.l.flights[i]
	a, b := d.ends(i)
	n := cells(w.label) * cellWide
	start := a.x + w.dir*(12*unit+d.padOf(f.from, w.dir))
	if w.dir < 0 {
		start -= n
	}
	best, least := area4{}, -1
	for below := range 2 {
		for x, k := start, 0; k < 24; x, k = x+w.dir*cellWide, k+1 {
			box := besideLine(a, b, x, n, below == 1)
			bad := d.crowd.inTheWay(i, &box)
			if least < 0 || bad < least {
				best, least = box, bad
			}
			if least == 0 {
				return best
			}
			if far := x + n*(1+w.dir)/2; (b.x-far)*w.dir < 2*cellWide {
				break
			}
		}
	}
	return best
}

// besideLine is the box of a text of width n at x, above or below the line
// from a to b.
func besideLine(a, b point, x, n int, below bool) area4 {
	y0, y1 := heightAt(a, b, x), heightAt(a, b, x+n)
	base := min(y0, y1) - lift
	if below {
		base = max(y0, y1) + lift + textTall
	}
	return area4{x, base - textTall, x + n, base + textDeep}
}

func (d *drawn) padOf(col, dir int) int {
	if dir > 0 {
		return d.s.lines[col].after * cellWide
	}
	return d.s.lines[col].before * cellWide
}
