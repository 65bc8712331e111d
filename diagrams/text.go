package diagrams

import (
	"strings"
	"unicode/utf8"
)

// glyphs are the characters of a text back-end, one cell each.
type glyphs struct {
	lifeline, pausing                 rune
	from, to                          rune // where an arrow leaves a lifeline: to the right, to the left
	level, repeated, copied, bad      rune
	right, left                       rune
	falling, rising, straight         rune
	turnDown, turnUp, turnIn, turnOut rune // corners of a way that falls straight
	across, crossing, cross           rune
}

var unicodeGlyphs = &glyphs{
	lifeline: '│', pausing: '┊', from: '├', to: '┤',
	level: '─', repeated: '┄', copied: '═', bad: '~',
	right: '▶', left: '◀', falling: '╲', rising: '╱', straight: '╎',
	turnDown: '╮', turnUp: '╭', turnIn: '╰', turnOut: '╯',
	across: '┼', crossing: '╳', cross: '✗',
}

var asciiGlyphs = &glyphs{
	lifeline: '|', pausing: ':', from: '|', to: '|',
	level: '-', repeated: '.', copied: '=', bad: '~',
	right: '>', left: '<', falling: '\\', rising: '/', straight: '!',
	turnDown: '.', turnUp: '.', turnIn: '\'', turnOut: '\'',
	across: '+', crossing: 'X', cross: 'x',
}

func (g *glyphs) levelOf(how manner) rune {
	switch how {
	case again:
		return g.repeated
	case duplicate:
		return g.copied
	case corrupted:
		return g.bad
	}
	return g.level
}

// canvas is a page of cells. A wide character has a cell of 0 behind it; what
// combines with a character is kept in extra.
type canvas struct {
	width int
	cell  []rune
	extra map[int]string
}

func newCanvas(width, rows int) *canvas {
	c := &canvas{width: width, cell: make([]rune, width*rows)}
	for i := range c.cell {
		c.cell[i] = ' '
	}
	return c
}

func (c *canvas) set(row, x int, r rune) {
	if x >= 0 && x < c.width && row >= 0 {
		c.cell[row*c.width+x] = r
	}
}

func (c *canvas) at(row, x int) rune {
	if x < 0 || x >= c.width {
		return ' '
	}
	return c.cell[row*c.width+x]
}

func (c *canvas) write(row, x int, s string) {
	for _, r := range s {
		n := runeCells(r)
		if n == 0 {
			c.combine(row, x-1, r)
			continue
		}
		c.set(row, x, r)
		if n == 2 {
			c.set(row, x+1, 0)
		}
		x += n
	}
}

func (c *canvas) combine(row, x int, r rune) {
	if x < 0 || x >= c.width {
		return
	}
	if c.cell[row*c.width+x] == 0 && x > 0 {
		x--
	}
	if c.extra == nil {
		c.extra = make(map[int]string)
	}
	c.extra[row*c.width+x] += string(r)
}

// String gives the page without spaces at the ends of lines.
func (c *canvas) String() string {
	var b strings.Builder
	b.Grow(len(c.cell) * 2)
	line := make([]byte, 0, 4*c.width)
	for at := 0; at < len(c.cell); at += c.width {
		line = c.line(line[:0], at)
		b.Write(line)
	}
	return b.String()
}

// line appends the line that begins at that cell.
func (c *canvas) line(b []byte, at int) []byte {
	end := at + c.width
	for end > at && c.cell[end-1] == ' ' {
		end--
	}
	for i := at; i < end; i++ {
		if c.cell[i] != 0 {
			b = utf8.AppendRune(b, c.cell[i])
		}
		if c.extra != nil {
			b = append(b, c.extra[i]...)
		}
	}
	return append(b, '\n')
}
