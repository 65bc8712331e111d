package raster

import (
	"strconv"

	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/gomonobolditalic"
	"golang.org/x/image/font/gofont/gomonoitalic"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Face is a cut of the font: all its characters are equally wide.
type Face struct {
	Size         int // in pixels
	Bold, Italic bool
}

func (f *Face) cut() int {
	n := 0
	if f.Bold {
		n++
	}
	if f.Italic {
		n += 2
	}
	return n
}

// typeface is a font that was read.
type typeface struct {
	font *sfnt.Font
	buf  sfnt.Buffer
}

var cuts = [...][]byte{gomono.TTF, gomonobold.TTF, gomonoitalic.TTF, gomonobolditalic.TTF}

type glyphKey struct {
	face Face
	r    rune
}

// glyph is a character's mask around its base line; none for one that the font
// lacks.
type glyph struct {
	mask
	missing bool
}

// Advance is the width of a character, in 64ths of a pixel: 1229 of 2048 units
// of the Go fonts.
func (f *Face) Advance() int { return f.Size * pixel * 1229 / 2048 }

// Text writes s with its base line at a point. cells says how many characters
// wide a character is. One that the font lacks is drawn as its code in a box.
func (p *Page) Text(at Point, face Face, ink Ink, s string, cells func(rune) int) {
	for _, r := range s {
		g := p.glyph(face, r)
		if g.missing {
			n := max(1, cells(r))
			p.code(at, face, ink, r, n)
			at.X += n * face.Advance()
			continue
		}
		p.stamp(&g.mask, (at.X+pixel/2)>>6-glyphRoom, (at.Y+pixel/2)>>6-glyphRoom, ink)
		at.X += cells(r) * face.Advance()
	}
}

// Width is how wide Text makes s, in 64ths of a pixel.
func (p *Page) Width(face Face, s string, cells func(rune) int) int {
	n := 0
	for _, r := range s {
		w := cells(r)
		if w == 0 && p.glyph(face, r).missing {
			w = 1
		}
		n += w
	}
	return n * face.Advance()
}

// glyphRoom moves glyphs away from the edge of their masks, which begin at 0.
const glyphRoom = 256

func (p *Page) glyph(face Face, r rune) *glyph {
	key := glyphKey{face, r}
	g := p.glyphs[key]
	if g == nil {
		g = p.load(face, r)
		p.glyphs[key] = g
	}
	return g
}

// load reads a character's outline from the font.
func (p *Page) load(face Face, r rune) *glyph {
	t := p.fonts[face.cut()]
	if t == nil {
		f, err := sfnt.Parse(cuts[face.cut()])
		if err != nil {
			return &glyph{missing: true}
		}
		t = &typeface{font: f}
		p.fonts[face.cut()] = t
	}
	i, err := t.font.GlyphIndex(&t.buf, r)
	if err != nil || i == 0 {
		return &glyph{missing: true}
	}
	segments, err := t.font.LoadGlyph(&t.buf, i, fixed.I(face.Size), nil)
	if err != nil {
		return &glyph{missing: true}
	}
	g := new(glyph)
	o := outlineOf(segments)
	g.fill(o, o.bounds(2*glyphRoom, 2*glyphRoom))
	return g
}

func outlineOf(segments sfnt.Segments) *Outline {
	o := new(Outline)
	to := func(a fixed.Point26_6) Point { return Point{int(a.X) + glyphRoom*pixel, int(a.Y) + glyphRoom*pixel} }
	for i := range segments {
		s := &segments[i]
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			o.close()
			o.points = append(o.points, to(s.Args[0]))
		case sfnt.SegmentOpLineTo:
			o.points = append(o.points, to(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			o.quad(to(s.Args[0]), to(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			o.points = Cube(o.points, to(s.Args[0]), to(s.Args[1]), to(s.Args[2]))
		}
	}
	o.close()
	return o
}

// code draws a box with the code of a character in it, in two lines.
func (p *Page) code(at Point, face Face, ink Ink, r rune, cells int) {
	wide, high := cells*face.Advance(), face.Size*pixel*8/10
	x, y := at.X, at.Y+face.Size*pixel/10
	p.line.Reset()
	p.line.Frame(Point{x + pixel, y - high}, Point{x + wide - pixel, y}, 0, pixel)
	p.Fill(&p.line, ink)
	hex := strconv.FormatInt(int64(r)+1<<24, 16)[1:] // six digits
	if r < 1<<16 {
		hex = hex[2:]
	}
	half := len(hex) / 2
	// As large as both lines and all columns allow.
	small := Face{Size: min((high-3*pixel)/2*10/7, (wide-4*pixel)*2048/1229/half) / pixel}
	for i, part := range [...]string{hex[:half], hex[half:]} {
		left := x + (wide-half*small.Advance())/2
		base := y - high/2*(1-i) - (high/2-small.Size*pixel*7/10)/2
		for _, d := range part {
			g := p.glyph(small, d)
			p.stamp(&g.mask, (left+pixel/2)>>6-glyphRoom, (base+pixel/2)>>6-glyphRoom, ink)
			left += small.Advance()
		}
	}
}
