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
	y := d.letterOf(b, x, top, bottom)
	if y-letterTall > top+8*unit {
		d.segments(b, x, top, y-letterTall, end)
	}
	d.segments(b, x, y, bottom, end)
	switch {
	case b.end < 0:
	case b.fires:
		d.area("time", point{x - 5*unit, bottom - 6*unit}, point{x + 5*unit, bottom - 6*unit}, point{x, bottom + unit})
	default:
		d.stroke("time", point{x - 5*unit, bottom}, point{x + 5*unit, bottom})
	}
	d.end()
}

// letterTall is the room of a timer's letter in its bar.
const letterTall = textTall + textDeep

// letterOf writes the letter of a timer where it begins, or below what stands
// there, and returns where the bar goes on.
func (d *drawn) letterOf(b *bar, x, top, bottom int) int {
	for y := top; y+24*unit < bottom; y += 3 * unit {
		box := area4{x - 4*unit, y, x + 4*unit, y + letterTall}
		if d.crowd.inTheWay(noFlight, &box) == 0 {
			d.letters("small time", x, y+textTall, middleAnchor, b.name[len(b.name)-1:])
			d.crowd.put(d.crowd.row(y), thing{flight: -1, text: box}) // the letters of lanes may touch
			return y + letterTall
		}
	}
	return top
}

// segments draws a bar from top to bottom, without what would run through the
// bytes of messages.
func (d *drawn) segments(b *bar, x, top, bottom, end int) {
	for r := b.begin; r < end; r++ {
		if !d.s.rows[r].whole || d.y[r] < top || d.y[r]-rawTall > bottom {
			continue
		}
		if up := d.y[r] - rawTall; up > top {
			d.block("bar", x-2*unit, top, x+2*unit, up, 0)
		}
		top = d.y[r] + rowTall/3
	}
	if bottom > top {
		d.block("bar", x-2*unit, top, x+2*unit, bottom, 0)
	}
}
