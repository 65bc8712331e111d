package diagrams

import "strings"

// style is the style sheet of every picture. What differs, differs in form or
// in words too, never in colour alone. It has no variables, since not every
// drawing program knows them: the colours are written out for light and dark.
var style = shapeRules + light.rules() + "@media (prefers-color-scheme:dark){\n" + dark.rules() + "}\n"

const shapeRules = `.siplab text{font:13px "DejaVu Sans Mono",Menlo,Consolas,"Liberation Mono",monospace;white-space:pre}
.siplab path{fill:none;stroke-width:1.5}
.siplab .name{font-weight:bold;font-size:14px}
.siplab .soft,.siplab .stamp,.siplab .raw{font-size:12px}
.siplab .small{font-size:11px}
.siplab .caption{font-size:11px}
.siplab .ring{fill:none}
.siplab .state{font-style:italic}
.siplab .human{font-weight:bold}
.siplab .pause{stroke-dasharray:2 4}
.siplab .again{stroke-dasharray:7 4}
.siplab .copy{stroke-dasharray:10 3 2 3}
.siplab .hurt{stroke-dasharray:2 3}
.siplab path.lost{stroke-width:2.2}
.siplab text.on{stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
.siplab .bar{opacity:.4}
.siplab path.tip{stroke:none}
`

// palette is the colours of one theme, by what they are for.
type palette struct {
	paper, ink, soft, faint, panel string
	ask, good, stop, bad, time     string
}

var (
	light = palette{
		paper: "#fff", ink: "#1c2733", soft: "#5d6b7a", faint: "#b4bec8", panel: "#eef2f6",
		ask: "#1a5fb4", good: "#1d7a3e", stop: "#a2490a", bad: "#c01c28", time: "#7a4fb0",
	}
	dark = palette{
		paper: "#14191f", ink: "#e4eaf0", soft: "#9fadbb", faint: "#4a5664", panel: "#212932",
		ask: "#7db4f5", good: "#6fcf8d", stop: "#f0a45d", bad: "#ff7b81", time: "#c4a3f2",
	}
)

// rules are the parts of the style sheet that name colours.
func (p *palette) rules() string {
	var b strings.Builder
	fill := func(colour string, on ...string) { rule(&b, "fill:"+colour, on) }
	stroke := func(colour string, on ...string) { rule(&b, "stroke:"+colour, on) }
	fill(p.ink, "text")
	stroke(p.ink, "path")
	fill(p.paper, ".paper", ".pill")
	fill(p.panel, ".panel")
	stroke(p.paper, "text.on")
	stroke(p.faint, ".panel", ".life", ".pause")
	stroke(p.soft, ".pill", ".edge", ".ring", "path.media")
	fill(p.ink, ".ink")
	fill(p.soft, ".soft", ".stamp", ".small", ".raw", ".tip.edge", "text.media", ".tip.media")
	for _, c := range [...]struct{ name, colour string }{
		{"ask", p.ask}, {"good", p.good}, {"stop", p.stop}, {"lost", p.bad}, {"time", p.time},
	} {
		fill(c.colour, "text."+c.name, ".tip."+c.name)
		stroke(c.colour, "path."+c.name)
	}
	fill(p.time, ".bar")
	return b.String()
}

func rule(b *strings.Builder, what string, on []string) {
	for i, s := range on {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(".siplab " + s)
	}
	b.WriteString("{" + what + "}\n")
}
