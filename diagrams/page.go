package diagrams

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"strings"

	"siplab/sim/trace"
)

//go:embed page/page.js
var pageScript string

//go:embed page/page.css
var pageStyle string

//go:embed page/page.html
var pageBody string

// HTML draws a run as one page that opens from disk: the ladder, and beside it
// the message that is chosen, with each header explained, the states of the
// machines at that time and the chain of causes. The page refers to nothing
// outside it. Its policy lets only its own script run, which is the same in
// every page; what messages say is data, in which nothing is markup.
func HTML(tr *trace.Trace, opt Options) string {
	l := NewLadder(tr, opt)
	style := pageStyle + styles[opt.Theme]
	var title, w svgWriter
	title.escape(l.heading())
	w.picture(l.picture(), "")
	// Strings and numbers are all that is in it: this cannot fail. What it
	// writes has no < and no > (encoding/json writes them as \u003c).
	data, _ := json.Marshal(newPage(tr, l))
	return strings.NewReplacer(
		"{{policy}}", "default-src 'none'; base-uri 'none'; form-action 'none'; script-src "+sourceHash(pageScript)+"; style-src "+sourceHash(style),
		"{{title}}", title.String(),
		"{{style}}", style,
		"{{ladder}}", w.String(),
		"{{run}}", string(data),
		"{{script}}", pageScript,
	).Replace(pageBody)
}

// sourceHash names a script or a style sheet by what it is (CSP3 §2.3.1).
func sourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
