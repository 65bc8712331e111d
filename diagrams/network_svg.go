package diagrams

import "strconv"

// SVG draws the map: a network of the course as Graphviz laid it out, another
// with its hosts below one another and its links on the right.
func (n *Network) SVG() string { return n.picture().svg(n.opt.Theme) }

// PNG draws it as a PNG file.
func (n *Network) PNG() ([]byte, error) { return n.picture().png(n.opt.Theme) }

func (n *Network) picture() *picture {
	p := &picture{title: n.title, desc: n.summary()}
	if p.title == "" {
		p.title = "SIP network"
	}
	p.block("paper", 0, 0, 0, 0, 0)
	p.letters("name", edge, edge+14*unit, startAnchor, short(p.title))
	p.width = cells(short(p.title))*9*unit + 2*edge
	p.height = edge + 30*unit
	if l := n.layout(); l != nil {
		n.drawLayout(p, l)
	} else {
		n.drawWiring(p)
	}
	if n.more > 0 {
		p.letters("small", edge, p.height, startAnchor, strconv.Itoa(n.more)+" more hosts are not drawn")
		p.height += edge
	}
	p.shapes[0].points[1] = point{p.width, p.height}
	return p
}

func (n *Network) summary() string {
	s := "Hosts:"
	for i := range n.Hosts {
		if i > 0 {
			s += ","
		}
		s += " " + n.Hosts[i].Name
	}
	return s + ". " + strconv.Itoa(len(n.Links)) + " links."
}

// hostBox draws a host's box with its upper left at a point.
func (h *NetworkHost) draw(p *picture, at point, w, tall int) {
	p.begin("host", joined(h.Kind, h.Name))
	p.block("panel", at.x, at.y, at.x+w, at.y+tall, 8*unit)
	for i, l := range h.lines() {
		x, y := at.x+w/2, at.y+22*unit+i*captionTall*unit
		if i == 0 {
			p.letters("name", x, y, middleAnchor, l)
		} else {
			p.letters("small", x, y, middleAnchor, l)
		}
	}
	p.end()
}

// drawLayout draws the map as Graphviz laid it out.
func (n *Network) drawLayout(p *picture, l *Layout) {
	top := p.height
	for i := range l.Edges {
		c := &l.Edges[i]
		points := make([]point, len(c.Points))
		for k, at := range c.Points {
			points[k] = shifted(at, top)
		}
		p.begin("link", n.linkTitle(i))
		p.add(shape{kind: curve, class: "edge", points: points})
		lines := n.captions(&n.Links[i])
		w, h := measure(lines)
		at := shifted(c.Label, top)
		y := at.y - h*unit/2 + 2*unit + captionFirst
		for _, line := range lines {
			p.letters("caption", at.x-w*unit/2+captionPad*unit, y, startAnchor, line.text)
			y += captionTall * unit
		}
		p.end()
	}
	for i := range l.States {
		h := &n.Hosts[i]
		w, tall := h.size()
		at := shifted([2]int{l.States[i].X, l.States[i].Y}, top)
		h.draw(p, point{at.x - w*unit/2, at.y - tall*unit/2}, w*unit, tall*unit)
	}
	p.width, p.height = max(p.width, l.Width+2*edge), p.height+l.Height+edge
}

func (n *Network) linkTitle(i int) string {
	l := &n.Links[i]
	return n.Hosts[l.A].Name + " to " + n.Hosts[l.B].Name
}

// The measures of the fixed layout, in tenths of a pixel.
const (
	endTall  = 20 * unit // between the ends of a host
	laneStep = 16 * unit
	hostGap  = 18 * unit
)

// drawWiring draws the fixed layout.
func (n *Network) drawWiring(p *picture) {
	w := n.wire()
	boxWide, textWide := 0, 0
	for i := range n.Hosts {
		wide, _ := n.Hosts[i].size()
		boxWide = max(boxWide, wide*unit)
	}
	for _, e := range w.ends {
		textWide = max(textWide, cells(n.says(e))*captionCell*unit)
	}
	right := edge + boxWide
	lanes := right + textWide + 3*edge
	at := make([]int, len(w.ends))
	y, k := p.height, 0
	for i := range n.Hosts {
		_, tall := n.Hosts[i].size()
		ends := 0
		for ; k < len(w.ends) && w.ends[k].host == i; k++ {
			at[k] = y + endTall/2 + 4*unit + ends*endTall
			ends++
		}
		tall = max(tall*unit, ends*endTall+8*unit)
		n.Hosts[i].draw(p, point{edge, y}, boxWide, tall)
		y += tall + hostGap
	}
	for i := range n.Links {
		x := lanes + w.lane[i]*laneStep
		a, b := at[w.row[i][0]], at[w.row[i][1]]
		p.begin("link", n.linkTitle(i))
		p.stroke("edge", point{right, a}, point{x, a}, point{x, b}, point{right, b})
		p.end()
	}
	for i, e := range w.ends {
		p.letters("caption on", right+edge/2, at[i]-3*unit, startAnchor, n.says(e))
	}
	p.width, p.height = max(p.width, lanes+w.lanes*laneStep+edge), y+edge-hostGap
}
