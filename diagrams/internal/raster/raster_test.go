package raster

import (
	"bytes"
	"image/color"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	white = 0xffffff
	black = 0x000000
)

func at(x, y int) Point { return Point{x * pixel, y * pixel} }

func gray(t *testing.T, p *Page, x, y int) int {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(p.PNG()))
	require.NoError(t, err)
	return int(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)
}

func TestAnOutlineCoversJustItsArea(t *testing.T) {
	var m mask
	sum := func(points ...Point) int {
		var o Outline
		o.Add(points...)
		m.fill(&o, o.bounds(40, 40))
		n := 0
		for y := range m.h {
			_, row := m.row(y)
			for _, c := range row {
				n += int(c)
			}
		}
		return n
	}
	require.Equal(t, 12*full, sum(at(1, 1), at(5, 1), at(5, 4), at(1, 4)))
	require.Equal(t, 12*full, sum(at(1, 4), at(5, 4), at(5, 1), at(1, 1)), "turning the other way")
	require.Equal(t, full/4, sum(Point{32, 32}, Point{64, 32}, Point{64, 64}, Point{32, 64}), "a quarter of a pixel")
	require.InDelta(t, 200*full, sum(at(0, 0), at(20, 0), at(0, 20)), float64(full), "a triangle")
	require.Equal(t, 40*40*full, sum(at(-100, -100), at(100, -100), at(100, 100), at(-100, 100)), "what is beyond the page is cut off")
	require.Zero(t, sum(at(-9, 0), at(-2, 0), at(-2, 9)))
	require.Zero(t, sum())
}

func TestALargeShapeIsFilledInBandsWithoutSeams(t *testing.T) {
	p := NewPage(20, 3*band, white)
	var o Outline
	o.Add(at(2, 2), at(18, 2), at(18, 3*band-2), at(2, 3*band-2))
	p.Fill(&o, p.Ink(black))
	for y := range p.h {
		want := uint8(1)
		if y < 2 || y >= 3*band-2 {
			want = 0
		}
		require.Equal(t, want, p.pix[y*p.w+10], "row %d", y)
	}
}

func TestEdgesFadeInSteps(t *testing.T) {
	p := NewPage(4, 4, white)
	var o Outline
	o.Add(Point{0, 0}, Point{96, 0}, Point{96, 4 * pixel}, Point{0, 4 * pixel})
	p.Fill(&o, p.Ink(black))
	require.Equal(t, 0, gray(t, p, 0, 1))
	require.InDelta(t, 127, gray(t, p, 1, 1), 10)
	require.Equal(t, 255, gray(t, p, 2, 1))
}

func TestPiecesOfALineDoNotCancelEachOther(t *testing.T) {
	p := NewPage(40, 40, white)
	var o Outline
	o.Stroke([]Point{at(5, 5), at(30, 8), at(8, 30), at(20, 35)}, 4*pixel, nil)
	p.Fill(&o, p.Ink(black))
	require.Equal(t, 0, gray(t, p, 29, 8), "the corner")
	require.Equal(t, 0, gray(t, p, 15, 6))
}

func TestACurveThatIsStraightLooksLikeALine(t *testing.T) {
	a, b := Point{5 * pixel, 20*pixel + 10}, Point{95 * pixel, 20*pixel + 10}
	third := func(n int) Point { return Point{a.X + (b.X-a.X)*n/3, a.Y + (b.Y-a.Y)*n/3} }
	drawn := func(points []Point) []byte {
		p := NewPage(100, 50, white)
		var o Outline
		o.Stroke(points, 3*pixel, nil)
		p.Fill(&o, p.Ink(black))
		return p.PNG()
	}
	line, err := png.Decode(bytes.NewReader(drawn([]Point{a, b})))
	require.NoError(t, err)
	curve, err := png.Decode(bytes.NewReader(drawn(Cube([]Point{a}, third(1), third(2), b))))
	require.NoError(t, err)
	for y := range 50 {
		for x := range 100 {
			want, got := color.GrayModel.Convert(line.At(x, y)).(color.Gray).Y, color.GrayModel.Convert(curve.At(x, y)).(color.Gray).Y
			require.InDelta(t, want, got, 4, "no bead at %d, %d", x, y)
		}
	}
}

func TestDashesLeaveGaps(t *testing.T) {
	p := NewPage(40, 5, white)
	var o Outline
	o.Stroke([]Point{{0, 160}, {40 * pixel, 160}}, 2*pixel, []int{8 * pixel, 4 * pixel})
	p.Fill(&o, p.Ink(black))
	require.Equal(t, 0, gray(t, p, 4, 2))
	require.Equal(t, 255, gray(t, p, 10, 2))
	require.Equal(t, 0, gray(t, p, 14, 2))
}

func TestACharacterThatTheFontLacksIsDrawnAsItsCode(t *testing.T) {
	one := func(rune) int { return 1 }
	p := NewPage(60, 40, white)
	require.False(t, p.glyph(Face{Size: 26}, 'ж').missing)
	require.True(t, p.glyph(Face{Size: 26}, '日').missing)
	p.Text(at(2, 30), Face{Size: 26}, p.Ink(black), "日", one)
	dark := 0
	for _, c := range p.pix {
		if c != 0 {
			dark++
		}
	}
	require.Greater(t, dark, 60, "the box and 65e5 in it")
	require.Equal(t, 3*(&Face{Size: 26}).Advance(), p.Width(Face{Size: 26}, "a\u0301日", func(r rune) int {
		if r == '\u0301' {
			return 0
		}
		return 1
	}), "an accent that the font lacks has a box of its own")
}

func TestAPageWithTooManyColoursTakesTheNearest(t *testing.T) {
	p := NewPage(1, 1, white)
	for i := range 300 {
		p.Ink(uint32(i))
	}
	require.Len(t, p.palette, mostColours)
	require.Equal(t, p.Ink(0x2b), p.Ink(0x12b))
}

func TestTextBeyondThePageIsCutOff(t *testing.T) {
	p := NewPage(10, 10, white)
	p.Text(at(-5, 4), Face{Size: 13, Bold: true}, p.Ink(black), "over the edge 日本", func(rune) int { return 1 })
	p.Text(at(3, 400), Face{Size: 13, Italic: true}, p.Ink(black), "below", func(rune) int { return 1 })
}
