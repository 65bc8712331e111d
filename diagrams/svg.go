package diagrams

import (
	"strconv"
	"unicode/utf8"
)

// svg writes the picture as one SVG file without any reference outside it.
func (p *picture) svg(t Theme) string {
	w := svgWriter{b: make([]byte, 0, 4096+80*len(p.shapes))}
	w.picture(p, "<style>"+styles[t]+"</style>\n")
	return string(w.b)
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
		w.shape(&p.shapes[i])
	}
	w.put("</svg>\n")
}

type svgWriter struct{ b []byte }

func (w *svgWriter) put(s string) { w.b = append(w.b, s...) }
func (w *svgWriter) number(n int) { w.b = strconv.AppendInt(w.b, int64(n), 10) }

// tenths writes a number of tenths of a pixel in pixels.
func (w *svgWriter) tenths(n int) {
	if n < 0 {
		w.b = append(w.b, '-')
		n = -n
	}
	w.number(n / unit)
	if n%unit != 0 {
		w.b = append(w.b, '.', byte('0'+n%unit))
	}
}

func (w *svgWriter) pair(p point) {
	w.tenths(p.x)
	w.b = append(w.b, ' ')
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

// escape writes s as character data of XML 1.0, which has no place for most
// control characters nor for bytes that are not UTF-8.
func (w *svgWriter) escape(s string) {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == 0xfffe || r == 0xffff {
				r = utf8.RuneError
			}
			w.b = utf8.AppendRune(w.b, r)
			i += n
			continue
		}
		i++
		switch {
		case c == '&':
			w.put("&amp;")
		case c == '<':
			w.put("&lt;")
		case c == '>':
			w.put("&gt;")
		case c == '"':
			w.put("&quot;")
		case c < ' ' && c != '\n':
			w.put("\uFFFD")
		default:
			w.b = append(w.b, c)
		}
	}
}
