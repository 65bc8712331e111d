package diagrams

import "slices"

// label writes the label of a flight.
func (d *drawn) label(i int) {
	f := &d.l.flights[i]
	text, box := d.fit(i)
	d.beginNumbered("label", i+1, f.title())
	d.letters("on "+d.colour(f), box.x0, box.y1-textDeep, startAnchor, text)
	d.end()
}

// fit chooses the label of a flight, in as many words as there is a clear place
// for, and keeps that place.
func (d *drawn) fit(i int) (text string, box area4) {
	labels := d.l.flights[i].labels
	text = d.s.ways[i].label
	box, bad := d.labelPlace(i, text)
	for k := slices.Index(labels, text) + 1; bad > 0 && k < len(labels); k++ {
		if shorter, worse := d.labelPlace(i, labels[k]); worse == 0 {
			text, box, bad = labels[k], shorter, 0
		}
	}
	d.crowd.putText(box)
	return text, box
}

// labelPlace finds the place of a label: above its arrow, where the arrow
// leaves; or further along it, or below it, or further off, where something
// else is in the way; and where something is in every way, where the least is.
func (d *drawn) labelPlace(i int, text string) (best area4, least int) {
	w, f := &d.s.ways[i], &d.l.flights[i]
	a, b := d.ends(i)
	n := cells(text) * cellWide
	start := a.x + w.dir*(12*unit+d.padOf(f.from, w.dir))
	if w.dir < 0 {
		start -= n
	}
	least = -1
	for side := range 4 {
		for x, k := start, 0; k < 24; x, k = x+w.dir*cellWide, k+1 {
			box := besideLine(a, b, x, n, lift+side/2*lift*2, side%2 == 1)
			bad := d.crowd.inTheWay(i, &box)
			if least < 0 || bad < least {
				best, least = box, bad
			}
			if least == 0 {
				return best, 0
			}
			if far := x + n*(1+w.dir)/2; (b.x-far)*w.dir < 2*cellWide {
				break
			}
		}
	}
	return best, least
}

// besideLine is the box of a text of width n at x, so far above or below the
// line from a to b.
func besideLine(a, b point, x, n, off int, below bool) area4 {
	y0, y1 := heightAt(a, b, x), heightAt(a, b, x+n)
	base := min(y0, y1) - off
	if below {
		base = max(y0, y1) + off + textTall
	}
	return area4{x, base - textTall, x + n, base + textDeep}
}

func (d *drawn) padOf(col, dir int) int {
	if dir > 0 {
		return d.s.lines[col].after * cellWide
	}
	return d.s.lines[col].before * cellWide
}
