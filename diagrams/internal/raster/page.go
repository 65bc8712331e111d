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

// Fill fills an outline.
func (p *Page) Fill(o *Outline, ink Ink) {
	p.mask.fill(o, p.w, p.h)
	p.stamp(&p.mask, 0, 0, ink)
}

// stamp puts a mask on the page, moved by whole pixels.
func (p *Page) stamp(m *mask, dx, dy int, ink Ink) {
	for y := range m.h {
		row := m.cover[y*(m.w+2):][:m.w]
		if py := m.y + y + dy; py < 0 || py >= p.h {
			continue
		}
		at := (m.y+y+dy)*p.w + m.x + dx
		for x, c := range row {
			if c == 0 || m.x+x+dx < 0 || m.x+x+dx >= p.w {
				continue
			}
			level := (int(c)*(levels-1) + full/2) / full
			switch {
			case level == levels-1:
				p.pix[at+x] = uint8(ink)
			case level > 0:
				p.pix[at+x] = p.over(ink, p.pix[at+x], level)
			}
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
