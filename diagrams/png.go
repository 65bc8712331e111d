package diagrams

import (
	"fmt"

	"siplab/diagrams/internal/raster"
)

// pngScale is how many pixels of a PNG a pixel of the picture is: fine enough
// for paper.
const pngScale = 2

// mostPixels is how large a PNG may be. Larger ones stop most programs that
// show pictures.
const mostPixels = 120_000_000

// png draws the picture as a PNG file.
func (p *picture) png(t Theme) ([]byte, error) {
	d := &pixels{scale: pngScale, looks: make(map[lookKey]look), inks: t.palette()}
	if p.width/unit*p.height/unit*pngScale*pngScale > mostPixels {
		d.scale = 1
	}
	w, h := (p.width*d.scale+unit-1)/unit, (p.height*d.scale+unit-1)/unit
	if w*h > mostPixels {
		return nil, fmt.Errorf("a PNG of %d by %d pixels is too large; choose fewer hosts or less time, or SVG", w, h)
	}
	d.page = raster.NewPage(max(w, 1), max(h, 1), d.inks[paperInk])
	for _, rgb := range d.inks { // before the shades of edges take all colours
		d.page.Ink(rgb)
	}
	for i := range p.shapes {
		d.shape(&p.shapes[i])
	}
	return d.page.PNG(), nil
}

// pixels draws shapes on a page.
type pixels struct {
	page    *raster.Page
	scale   int
	inks    *palette
	looks   map[lookKey]look
	outline raster.Outline
	points  []raster.Point
}

type lookKey struct {
	tag   tag
	class string
}

func (d *pixels) look(t tag, class string) look {
	key := lookKey{t, class}
	l, ok := d.looks[key]
	if !ok {
		l = lookOf(t, class)
		d.looks[key] = l
	}
	return l
}

// at is a length in the unit of the page.
func (d *pixels) at(n int) int { return n * d.scale * 64 / unit }

func (d *pixels) point(p point) raster.Point { return raster.Point{X: d.at(p.x), Y: d.at(p.y)} }

func (d *pixels) shape(s *shape) {
	if s.kind == groupBegin || s.kind == groupEnd {
		return
	}
	l := d.look(tagOf[s.kind], s.class)
	d.outline.Reset()
	d.points = d.points[:0]
	switch s.kind {
	case pieces:
		for i := 0; i+1 < len(s.points); i += 2 {
			d.points = append(d.points[:0], d.point(s.points[i]), d.point(s.points[i+1]))
			d.outline.Stroke(d.points, d.at(l.thick), d.dash(l.dash))
		}
		d.fill(l.ink)
		return
	case stroke, area:
		for _, p := range s.points {
			d.points = append(d.points, d.point(p))
		}
	case curve:
		d.points = append(d.points, d.point(s.points[0]))
		for i := 1; i+2 < len(s.points); i += 3 {
			d.points = raster.Cube(d.points, d.point(s.points[i]), d.point(s.points[i+1]), d.point(s.points[i+2]))
		}
	case block:
		d.block(s, &l)
		return
	case letters:
		d.letters(s, &l)
		return
	}
	if s.kind == area {
		d.outline.Add(d.points...)
	} else {
		d.outline.Stroke(d.points, d.at(l.thick), d.dash(l.dash))
	}
	d.fill(l.ink)
}

func (d *pixels) fill(i ink) { d.page.Fill(&d.outline, d.page.Ink(d.inks[i])) }

func (d *pixels) dash(lengths []int) []int {
	all := make([]int, len(lengths))
	for i, n := range lengths {
		all[i] = d.at(n)
	}
	return all
}

func (d *pixels) block(s *shape, l *look) {
	a, b := d.point(s.points[0]), d.point(s.points[1])
	if l.ink != noInk {
		d.outline.Box(a, b, d.at(s.round))
		d.fill(l.ink)
	}
	if l.rim != noInk {
		d.outline.Reset()
		d.outline.Frame(a, b, d.at(s.round), d.at(max(unit, l.thick)))
		d.fill(l.rim)
	}
}

// letters writes a text. Its rim is the text itself, moved a little each way.
func (d *pixels) letters(s *shape, l *look) {
	face := raster.Face{Size: l.size * d.scale / unit, Bold: l.bold, Italic: l.italic}
	at := d.point(s.points[0])
	at.X -= d.page.Width(face, s.text, runeCells) * int(s.anchor) / 2
	if l.rim != noInk {
		rim, by := d.page.Ink(d.inks[l.rim]), d.at(15)
		for _, to := range [...]raster.Point{{X: -by}, {X: by}, {Y: -by}, {Y: by}} {
			d.page.Text(raster.Point{X: at.X + to.X, Y: at.Y + to.Y}, face, rim, s.text, runeCells)
		}
	}
	d.page.Text(at, face, d.page.Ink(d.inks[l.ink]), s.text, runeCells)
}
