package diagrams

// bar draws the time of a timer beside its lifeline: a triangle where it
// fired, a cap where it was stopped.
func (d *drawn) bar(b *bar) {
	line := &d.s.lines[b.col]
	dir := 1
	if b.col == 0 {
		dir = -1
	}
	x := mid(line.x) + dir*(12*unit+b.lane*line.lane*cellWide)
	top := d.y[b.begin] + 2*unit
	end := b.end
	if end < 0 {
		end = len(d.s.rows)
	}
	bottom := d.y[end] - 2*unit
	if bottom-top < 8*unit {
		return
	}
	d.seen.bar = true
	how := "stopped"
	switch {
	case b.end < 0:
		how = "still runs"
	case b.fires:
		how = "fires"
	}
	d.begin("timer", b.name+", "+how)
	if letter := b.name[len(b.name)-1:]; bottom-top > 22*unit {
		d.letters("small time", x, top+9*unit, middleAnchor, letter)
		top += 12 * unit
	}
	for r := b.begin; r < end; r++ {
		if !d.s.rows[r].whole {
			continue
		}
		if up := d.y[r] - rawTall; up > top {
			d.block("bar", x-2*unit, top, x+2*unit, up, 0)
		}
		top = d.y[r] + rowTall/3
	}
	d.block("bar", x-2*unit, top, x+2*unit, bottom, 0)
	switch {
	case b.end < 0:
	case b.fires:
		d.area("time", point{x - 5*unit, bottom - 6*unit}, point{x + 5*unit, bottom - 6*unit}, point{x, bottom + unit})
	default:
		d.stroke("time", point{x - 5*unit, bottom}, point{x + 5*unit, bottom})
	}
	d.end()
}
