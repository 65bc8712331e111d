package diagrams

// seen is what occurs in a ladder, and so what its legend explains.
type seen struct {
	again, copied, hurt, lost, bar, pause, act, told bool
}

func (s *seen) flight(f *flight) {
	s.again = s.again || f.how == again
	s.copied = s.copied || f.how == duplicate
	s.hurt = s.hurt || f.how == corrupted
	s.lost = s.lost || f.fate == lost
}

// sign is one entry of a legend.
type sign struct {
	shown bool
	text  string
	draw  func(d *drawn, x, y int)
}

const signWide = 34 * unit

func sampleLine(class string) func(d *drawn, x, y int) {
	return func(d *drawn, x, y int) {
		a, b := point{x, y}, point{x + signWide - 8*unit, y}
		d.stroke(class, a, b)
		d.head("ask", a, b)
	}
}

func (s *seen) signs() []sign {
	return []sign{
		{s.again, "sent again, the same bytes", sampleLine("ask again")},
		{s.copied, "copy made by the network", sampleLine("ask copy")},
		{s.hurt, "corrupted by the network", sampleLine("ask hurt")},
		{s.lost, "lost here", func(d *drawn, x, y int) {
			d.stroke("ask", point{x, y}, point{x + 16*unit, y})
			d.cross("lost", point{x + 16*unit, y})
		}},
		{s.bar, "a timer runs: ▼ it fires", func(d *drawn, x, y int) {
			d.block("bar", x+12*unit, y-8*unit, x+16*unit, y+6*unit, 0)
			d.area("time", point{x + 9*unit, y}, point{x + 19*unit, y}, point{x + 14*unit, y + 7*unit})
		}},
		{s.bar, "it is stopped", func(d *drawn, x, y int) {
			d.block("bar", x+12*unit, y-8*unit, x+16*unit, y+6*unit, 0)
			d.stroke("time", point{x + 9*unit, y + 6*unit}, point{x + 19*unit, y + 6*unit})
		}},
		{s.act, "a human acts", func(d *drawn, x, y int) { d.letters("human", x+10*unit, y+4*unit, startAnchor, "●") }},
		{s.told, "a user is told", func(d *drawn, x, y int) { d.letters("human", x+10*unit, y+4*unit, startAnchor, "○") }},
		{s.pause, "time passes, nothing happens", func(d *drawn, x, y int) {
			d.stroke("pause", point{x + 14*unit, y - 8*unit}, point{x + 14*unit, y + 8*unit})
		}},
	}
}

// legend explains the signs that occur, below the ladder, and returns where it
// ends.
func (d *drawn) legend(y int) int {
	x := edge
	y += 26 * unit
	any := false
	for _, s := range d.seen.signs() {
		if !s.shown {
			continue
		}
		w := signWide + cells(s.text)*7*unit + 18*unit
		if any && x+w > d.width-edge {
			x = edge
			y += 22 * unit
		}
		s.draw(d, x, y)
		d.letters("small", x+signWide, y+4*unit, startAnchor, s.text)
		x += w
		any = true
	}
	if !any {
		return y - 26*unit
	}
	return y + 8*unit
}
