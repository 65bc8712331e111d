package diagrams

import (
	"strconv"
	"strings"
)

// styles are the style sheets by theme.
var styles = [...]string{
	Auto:  shapeRules() + light.rules() + "@media (prefers-color-scheme:dark){\n" + dark.rules() + "}\n",
	Light: shapeRules() + light.rules(),
	Dark:  shapeRules() + dark.rules(),
	Print: shapeRules() + plainInks.rules(),
}

// tagNames are the elements of SVG.
var tagNames = [...]struct {
	tag
	name, inside string // inside: what the ink of the shape is called
}{{textTag, "text", "fill"}, {pathTag, "path", "stroke"}, {areaTag, "polygon", "fill"}, {rectTag, "rect", "fill"}}

// css appends one rule for these tags.
func (r *rule) css(b *strings.Builder, tags tag, what string) {
	sep := ""
	for _, t := range tagNames {
		if tags&t.tag == 0 {
			continue
		}
		b.WriteString(sep + ".siplab " + t.name)
		if r.word != "" {
			b.WriteString("." + r.word)
		}
		sep = ","
	}
	b.WriteString("{" + what + "}\n")
}

// shapeRules are the parts of the style sheet that hold in every theme. It has
// no variables, since not every drawing program knows them.
func shapeRules() string {
	var b strings.Builder
	b.WriteString(`.siplab text{font-family:"DejaVu Sans Mono",Menlo,Consolas,"Liberation Mono",monospace;white-space:pre}` + "\n")
	b.WriteString(".siplab path{fill:none}\n")
	for i := range rules {
		r := &rules[i]
		if s := r.letterForms(); s != "" {
			r.css(&b, textTag, s)
		}
		if s := r.lineForms(); s != "" {
			r.css(&b, r.tags&(pathTag|rectTag), s)
		}
		if r.tags&rectTag != 0 && r.ink == noInk {
			r.css(&b, rectTag, "fill:none")
		}
	}
	return b.String()
}

func (r *rule) letterForms() string {
	s := ""
	if r.size > 0 {
		s += ";font-size:" + strconv.Itoa(r.size/unit) + "px"
	}
	if r.bold {
		s += ";font-weight:bold"
	}
	if r.italic {
		s += ";font-style:italic"
	}
	if r.tags&textTag != 0 && r.rim != noInk {
		s += ";stroke-width:3px;stroke-linejoin:round;paint-order:stroke"
	}
	return strings.TrimPrefix(s, ";")
}

func (r *rule) lineForms() string {
	s := ""
	if r.thick > 0 {
		s += ";stroke-width:" + strconv.Itoa(r.thick/unit) + "." + strconv.Itoa(r.thick%unit)
	}
	for i, d := range r.dash {
		if i == 0 {
			s += ";stroke-dasharray:"
		} else {
			s += " "
		}
		s += strconv.Itoa(d / unit)
	}
	return strings.TrimPrefix(s, ";")
}

// rules are the parts of the style sheet that name colours.
func (p *palette) rules() string {
	var b strings.Builder
	for i := range rules {
		r := &rules[i]
		for _, inside := range [...]string{"fill", "stroke"} {
			of := tag(0)
			for _, t := range tagNames {
				if t.inside == inside {
					of |= r.tags & t.tag
				}
			}
			if of != 0 && r.ink != noInk {
				r.css(&b, of, inside+":"+p.hex(r.ink))
			}
		}
		if r.rim != noInk {
			r.css(&b, r.tags, "stroke:"+p.hex(r.rim))
		}
	}
	return b.String()
}

// hex writes a colour as CSS does.
func (p *palette) hex(i ink) string {
	return "#" + strconv.FormatInt(int64(p[i])+1<<24, 16)[1:]
}
