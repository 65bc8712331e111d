package raster

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// levels is into how many steps the edge of a shape fades.
const levels = 16

// mostColours is how many a page has.
const mostColours = 256

// Ink is a colour of a page.
type Ink uint8

// Page is a picture that is drawn.
type Page struct {
	w, h    int
	pix     []uint8
	palette color.Palette
	mixed   [mostColours]*[mostColours * levels]int16 // by ink: index+1 of what comes of it over another, in each step
	mask    mask
	glyphs  map[glyphKey]*glyph
	fonts   [4]*typeface
	line    Outline
}

// NewPage makes a page of one colour, 0xrrggbb.
func NewPage(w, h int, paper uint32) *Page {
	p := &Page{w: w, h: h, pix: make([]uint8, w*h), glyphs: make(map[glyphKey]*glyph)}
	p.Ink(paper)
	return p
}

// Ink is the ink of a colour, 0xrrggbb. Of more than a page has, it is the
// nearest that is there.
func (p *Page) Ink(rgb uint32) Ink {
	c := color.RGBA{uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb), 0xff}
	for i := range p.palette {
		if p.palette[i] == c {
			return Ink(i)
		}
	}
	if len(p.palette) == mostColours {
		return Ink(p.palette.Index(c))
	}
	p.palette = append(p.palette, c)
	return Ink(len(p.palette) - 1)
}

// over is the colour of an ink at that step over what is there.
func (p *Page) over(ink Ink, below uint8, level int) uint8 {
	t := p.mixed[ink]
	if t == nil {
		t = new([mostColours * levels]int16)
		p.mixed[ink] = t
	}
	at := int(below)*levels + level
	if t[at] == 0 {
		a, b := p.palette[below].(color.RGBA), p.palette[ink].(color.RGBA)
		mix := func(a, b uint8) uint32 { return uint32((int(a)*(levels-1-level) + int(b)*level) / (levels - 1)) }
		t[at] = int16(p.Ink(mix(a.R, b.R)<<16|mix(a.G, b.G)<<8|mix(a.B, b.B))) + 1
	}
	return uint8(t[at] - 1)
}

// band is how many rows are filled at a time, so that a large shape needs no
// more memory than a small one.
const band = 128

// Fill fills an outline.
func (p *Page) Fill(o *Outline, ink Ink) {
	all := o.bounds(p.w, p.h)
	for y := 0; y < all.h; y += band {
		part := mask{x: all.x, y: all.y + y, w: all.w, h: min(band, all.h-y)}
		p.mask.fill(o, part)
		p.stamp(&p.mask, 0, 0, ink)
	}
}

// stamp puts a mask on the page, moved by whole pixels.
func (p *Page) stamp(m *mask, dx, dy int, ink Ink) {
	for y := range m.h {
		first, row := m.row(y)
		py, px := m.y+y+dy, m.x+first+dx
		if py < 0 || py >= p.h {
			continue
		}
		if px < 0 {
			row, px = row[min(-px, len(row)):], 0
		}
		if len(row) > 0 && px < p.w {
			p.blend(p.pix[py*p.w+px:][:min(len(row), p.w-px)], row, ink)
		}
	}
}

// blend puts ink on pixels, as far as it covers them.
func (p *Page) blend(pix []uint8, cover []int32, ink Ink) {
	for x := range pix {
		switch level := (int(cover[x])*(levels-1) + full/2) / full; level {
		case 0:
		case levels - 1:
			pix[x] = uint8(ink)
		default:
			pix[x] = p.over(ink, pix[x], level)
		}
	}
}

// PNG is the page as a PNG file.
func (p *Page) PNG() []byte {
	img := &image.Paletted{Pix: p.pix, Stride: p.w, Rect: image.Rect(0, 0, p.w, p.h), Palette: p.palette}
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	// A Buffer takes all that is written, and a page has a size and colours that PNG knows.
	_ = e.Encode(&b, img)
	return b.Bytes()
}
