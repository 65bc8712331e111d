package diagrams

import "strconv"

// seen is what occurs in a ladder, and so what its legend explains.
type seen struct {
	asked, granted, refused, segment                 bool
	again, copied, hurt, lost, bar, pause, act, told bool
}

// shade notes the class of an arrow's colour.
func (s *seen) shade(class string) {
	s.asked = s.asked || class == "ask"
	s.granted = s.granted || class == "good"
	s.refused = s.refused || class == "stop"
	s.segment = s.segment || class == "segment"
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

func sampleLine(colour, manner string) func(d *drawn, x, y int) {
	return func(d *drawn, x, y int) {
		a, b := point{x, y}, point{x + signWide - 8*unit, y}
		d.stroke(colour+manner, a, b)
		d.head(colour, a, b)
	}
}

func (s *seen) signs() []sign {
	return []sign{
		{s.asked, "request", sampleLine("ask", "")},
		{s.granted, "provisional or successful response", sampleLine("good", "")},
		{s.refused, "other response", sampleLine("stop", "")},
		{s.segment, "TCP segment", sampleLine("segment", "")},
		{s.again, "sent again, the same bytes", sampleLine("main", " again")},
		{s.copied, "copy made by the network", sampleLine("main", " copy")},
		{s.hurt, "corrupted by the network", sampleLine("main", " hurt")},
		{s.lost, "lost here", func(d *drawn, x, y int) {
			d.stroke("main", point{x, y}, point{x + 16*unit, y})
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

// mostGroups is how many transactions or dialogs a legend names.
const mostGroups = 24

// groupSigns name the transactions or dialogs that colours and letters tell
// apart.
func (l *Ladder) groupSigns() []sign {
	var all []sign
	for i, g := range l.groups {
		if i == mostGroups {
			return append(all, sign{true, "and " + strconv.Itoa(len(l.groups)-i) + " more", func(*drawn, int, int) {}})
		}
		all = append(all, sign{true, "[" + g.letter + "] " + clip(g.name, 48, "…"), sampleLine(hueClass[i%hues], "")})
	}
	return all
}

// legend explains the signs that occur, below the ladder, and returns where it
// ends.
func (d *drawn) legend(y int) int {
	x := edge
	y += 26 * unit
	any := false
	for _, s := range append(d.seen.signs(), d.l.groupSigns()...) {
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
