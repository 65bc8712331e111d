package diagrams

import (
	_ "embed"
	"strings"
)

//go:embed page/machines.css
var machinesStyle string

// MachinesPage is a page with the pictures of all machines, those of
// transactions first, to be laid beside the figures of the standards. It
// refers to nothing outside it, and nothing runs in it.
func MachinesPage(t Theme) string {
	style := machinesStyle + styles[t]
	var list, w svgWriter
	for _, m := range Machines() {
		p := Machine(MachineOf(m), Options{}).picture()
		p.id = m.Name
		list.put(`<li><a href="#` + m.Name + `">` + m.Name + "</a> " + m.Ref + "</li>\n")
		w.put(`<section id="` + m.Name + `">` + "\n")
		w.picture(p, "")
		w.put("</section>\n")
	}
	return strings.NewReplacer(
		"{{policy}}", "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "+sourceHash(style),
		"{{style}}", style, "{{list}}", list.String(), "{{machines}}", w.String(),
	).Replace(machinesBody)
}

//go:embed page/machines.html
var machinesBody string
