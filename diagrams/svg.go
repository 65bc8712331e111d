package diagrams

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// svg writes the picture as one SVG file without any reference outside it.
func (p *picture) svg(t Theme) string {
	var b strings.Builder
	b.Grow(p.length() + len(styles[t]))
	p.writeSVG(&b, t) // a Builder takes everything
	return b.String()
}

// writeSVG writes it piece by piece: that of a long run is larger than the run.
func (p *picture) writeSVG(to io.Writer, t Theme) error {
	w := svgWriter{to: to, b: make([]byte, 0, flushAt+flushAt/2)}
	w.picture(p, "<style>"+styles[t]+"</style>\n")
	w.flush()
	return w.err
}

// picture writes the picture with that style sheet.
func (w *svgWriter) picture(p *picture, style string) {
	id := p.id
	if id == "" {
		id = "siplab"
	}
	w.put(`<svg xmlns="http://www.w3.org/2000/svg" class="siplab" role="img" aria-labelledby="` + id + `-title ` + id + `-desc" width="`)
	w.number((p.width + unit - 1) / unit)
	w.put(`" height="`)
	w.number((p.height + unit - 1) / unit)
	w.put(`" viewBox="0 0 `)
	w.tenths(p.width)
	w.put(" ")
	w.tenths(p.height)
	w.put(`">` + "\n" + `<title id="` + id + `-title">`)
	w.escape(p.title)
	w.put(`</title>` + "\n" + `<desc id="` + id + `-desc">`)
	w.escape(p.desc)
	w.put("</desc>\n")
	w.put(style)
	for i := range p.shapes {
		if w.shape(&p.shapes[i]); w.to != nil && len(w.b) >= flushAt {
			w.flush()
		}
	}
	w.put("</svg>\n")
}

// svgWriter gathers what it writes, and gives it on where there is one to give
// it to.
type svgWriter struct {
	b   []byte
	to  io.Writer
	err error // of to; nothing is given on after it
}

// flushAt is how much an svgWriter gathers: what it has written is still at
// hand when it is given on.
const flushAt = 8 << 10

func (w *svgWriter) flush() {
	if w.err == nil {
		_, w.err = w.to.Write(w.b)
	}
	w.b = w.b[:0]
}

// String is what was gathered.
func (w *svgWriter) String() string { return string(w.b) }

func (w *svgWriter) put(s string) { w.b = append(w.b, s...) }

func (w *svgWriter) number(n int) { w.b = strconv.AppendInt(w.b, int64(n), 10) }

// tenths writes a number of tenths of a pixel in pixels.
func (w *svgWriter) tenths(n int) {
	if n < 0 {
		w.put("-")
		n = -n
	}
	w.number(n / unit)
	if n%unit != 0 {
		w.b = append(w.b, '.', byte('0'+n%unit))
	}
}

func (w *svgWriter) pair(p point) {
	w.tenths(p.x)
	w.put(" ")
	w.tenths(p.y)
}

func (w *svgWriter) value(name string, n int) {
	w.put(" ")
	w.put(name)
	w.put(`="`)
	w.tenths(n)
	w.put(`"`)
}

func (w *svgWriter) open(tag, class string) {
	w.put("<")
	w.put(tag)
	if class != "" {
		w.put(` class="`)
		w.put(class)
		w.put(`"`)
	}
}

func (w *svgWriter) shape(s *shape) {
	switch s.kind {
	case stroke:
		w.path(s, "L")
	case pieces:
		w.pieces(s)
	case area:
		w.polygon(s)
	case curve:
		w.path(s, "C")
	case block:
		a, b := s.points[0], s.points[1]
		w.open("rect", s.class)
		w.value("x", a.x)
		w.value("y", a.y)
		w.value("width", b.x-a.x)
		w.value("height", b.y-a.y)
		if s.round > 0 {
			w.value("rx", s.round)
		}
		w.put("/>\n")
	case letters:
		w.letters(s)
	case groupBegin:
		w.open("g", s.class)
		if s.number > 0 {
			w.put(` id="`)
			w.put(s.class)
			w.put("-")
			w.number(s.number)
			w.put(`"`)
		}
		w.put(">")
		if s.text != "" {
			w.put("<title>")
			w.escape(s.text)
			w.put("</title>")
		}
		w.put("\n")
	case groupEnd:
		w.put("</g>\n")
	}
}

func (w *svgWriter) path(s *shape, next string) {
	w.open("path", s.class)
	w.put(` d="M`)
	for i, p := range s.points {
		if i == 1 {
			w.put(next)
		} else if i > 1 {
			w.put(" ")
		}
		w.pair(p)
	}
	w.put("\"/>\n")
}

func (w *svgWriter) pieces(s *shape) {
	w.open("path", s.class)
	w.put(` d="`)
	for i := 0; i+1 < len(s.points); i += 2 {
		w.put("M")
		w.pair(s.points[i])
		w.put("L")
		w.pair(s.points[i+1])
	}
	w.put("\"/>\n")
}

func (w *svgWriter) polygon(s *shape) {
	w.open("polygon", s.class)
	w.put(` points="`)
	for i, p := range s.points {
		if i > 0 {
			w.put(" ")
		}
		w.pair(p)
	}
	w.put("\"/>\n")
}

func (w *svgWriter) letters(s *shape) {
	w.open("text", s.class)
	w.value("x", s.points[0].x)
	w.value("y", s.points[0].y)
	switch s.anchor {
	case middleAnchor:
		w.put(` text-anchor="middle"`)
	case endAnchor:
		w.put(` text-anchor="end"`)
	}
	w.put(">")
	w.escape(s.text)
	w.put("</text>\n")
}

// length is about how many bytes the picture takes.
func (p *picture) length() int {
	n := 2048
	for i := range p.shapes {
		n += 48 + len(p.shapes[i].text) + 6*len(p.shapes[i].points)
		if k := p.shapes[i].kind; k == block || k == letters {
			n += 32
		}
	}
	return n
}

// escape writes s as character data of XML 1.0, which has no place for most
// control characters nor for bytes that are not UTF-8.
func (w *svgWriter) escape(s string) {
	done := 0 // what needs nothing is written in one piece
	for i := 0; i < len(s); {
		n := 1
		instead := ""
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			var r rune
			if r, n = utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError || r == 0xfffe || r == 0xffff {
				instead = string(utf8.RuneError)
			}
		case c < ' ' && c != '\n':
			instead = string(utf8.RuneError)
		default:
			instead = entity(c)
		}
		if instead != "" {
			w.put(s[done:i])
			w.put(instead)
			done = i + n
		}
		i += n
	}
	w.put(s[done:])
}

// entity is what stands for a character that has a meaning in XML; "" for the
// others.
func entity(c byte) string {
	switch c {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&quot;"
	}
	return ""
}
