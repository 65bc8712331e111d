package player

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	markup "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// parsed is a text in Markdown: blocks, and in their lines code, emphasis and
// links. Goldmark's own links and emphasis cost quadratic time on hostile texts:
// the links here are read in one pass, and emphasis in a text that has very much
// of it is left as it is written.
func parsed(source []byte) ast.Node {
	inline := []util.PrioritizedValue{
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(linkParser{}, 200),
	}
	if bytes.Count(source, []byte("*"))+bytes.Count(source, []byte("_")) <= mostEmphasis {
		inline = append(inline, util.Prioritized(parser.NewEmphasisParser(), 500))
	}
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
	).Parse(markup.NewReader(source))
}

// mostEmphasis is how many signs of it a text may have.
const mostEmphasis = 4000

// linkParser reads [text](address) as the text alone: a terminal page has
// nowhere to go to.
type linkParser struct{}

func (linkParser) Trigger() []byte { return []byte{'['} }

// mostLink is how long a link may be to be one.
const mostLink = 300

func (linkParser) Parse(_ ast.Node, block markup.Reader, _ parser.Context) ast.Node {
	line, at := block.PeekLine()
	line = line[:min(len(line), mostLink)]
	said, address, ok := strings.Cut(string(line), "](")
	end := strings.IndexByte(address, ')')
	if !ok || end < 0 || strings.ContainsAny(said[1:], "[]") {
		return nil
	}
	block.Advance(len(said) + len("](") + end + 1)
	return ast.NewTextSegment(markup.NewSegment(at.Start+1, at.Start+len(said)))
}

// prose draws blocks of Markdown in so many cells.
type prose struct {
	source []byte
	width  int
	fenced func(f *ast.FencedCodeBlock, width int) []line // what stands for a fenced block
	out    []line
}

// block draws one block behind those before it, with an empty line between.
func (p *prose) block(n ast.Node, indent string) {
	lines := p.lines(n, p.width-cells(indent))
	if len(lines) == 0 {
		return
	}
	if len(p.out) > 0 {
		p.out = append(p.out, nil)
	}
	for _, l := range lines {
		p.out = append(p.out, append(line{{indent, plain}}, l...))
	}
}

func (p *prose) lines(n ast.Node, width int) []line {
	switch n := n.(type) {
	case *ast.Heading:
		return flow(p.spans(n, strong), width, "")
	case *ast.FencedCodeBlock:
		return p.fenced(n, width)
	case *ast.CodeBlock:
		return codeLines(string(n.Lines().Value(p.source)), width)
	case *ast.List:
		return p.list(n, width)
	case *ast.Blockquote:
		return p.inside(n, width, "│ ", "│ ")
	case *east.Table:
		return p.table(n)
	case *ast.ThematicBreak:
		return []line{styled(strings.Repeat("─", width), dim)}
	case *ast.HTMLBlock:
		return nil // a forge shows nothing of it either
	}
	return flow(p.spans(n, plain), width, "")
}

// codeLines are code, each line that is too long broken.
func codeLines(code string, width int) []line {
	var out []line
	for l := range strings.SplitSeq(strings.TrimRight(code, "\n"), "\n") {
		for _, w := range wrap(l, max(1, width-2), 4) {
			out = append(out, styled("  "+w, literal))
		}
	}
	return out
}

func (p *prose) list(n *ast.List, width int) []line {
	var out []line
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "• "
		if n.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		if !n.IsTight && len(out) > 0 {
			out = append(out, nil)
		}
		out = append(out, p.inside(item, width, mark, strings.Repeat(" ", cells(mark)))...)
	}
	return out
}

// inside draws the blocks in another with a mark before the first line and one
// before the others.
func (p *prose) inside(n ast.Node, width int, first, others string) []line {
	inner := prose{source: p.source, width: max(1, width-cells(first)), fenced: p.fenced}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		tight := c.Kind() == ast.KindTextBlock || c.Kind() == ast.KindList
		if tight {
			inner.out = append(inner.out, inner.lines(c, inner.width)...)
		} else {
			inner.block(c, "")
		}
	}
	for i, l := range inner.out {
		mark := others
		if i == 0 {
			mark = first
		}
		inner.out[i] = append(line{{mark, plain}}, l...)
	}
	return inner.out
}

func (p *prose) table(n *east.Table) []line {
	var rows [][]string
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var row []string
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			said := ""
			for _, s := range p.spans(c, plain) {
				said += s.text
			}
			row = append(row, said)
		}
		rows = append(rows, row)
	}
	out := table(rows)
	if len(out) > 0 {
		out[0] = styled(out[0][0].text, strong)
	}
	return out
}

// spans are the stretches of one look in a block's text.
func (p *prose) spans(n ast.Node, as style) line {
	var out line
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			said := string(c.Segment.Value(p.source))
			if c.SoftLineBreak() || c.HardLineBreak() {
				said += " "
			}
			out = append(out, span{unescaped(said), as})
		case *ast.CodeSpan:
			for _, s := range p.spans(c, strong) {
				out = append(out, span{s.text, literal})
			}
		default:
			out = append(out, p.spans(c, strong)...)
		}
	}
	return out
}

// unescaped is a text without the backslashes that Markdown has before signs.
func unescaped(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return string(util.UnescapePunctuations([]byte(s)))
}

// flow breaks styled text into lines of at most so many cells, between words
// where it can.
func flow(l line, width int, hang string) []line {
	var out []line
	row, used := line{}, 0
	next := func() {
		out = append(out, row)
		row, used = line{{hang, plain}}, cells(hang)
	}
	for _, w := range wordsOf(l) {
		n := 0
		for _, s := range w {
			n += cells(s.text)
		}
		blank := strings.TrimSpace(w[0].text) == ""
		if used+n > width && used > cells(hang) && !blank {
			next()
		}
		if blank && (used == cells(hang) || used+n > width) {
			continue
		}
		row, used = append(row, w...), used+n
	}
	return append(out, row)
}

// wordsOf cuts a line between words: each is without space in it, or a space. A
// word may change its look, as in `branch`es.
func wordsOf(l line) []line {
	var out []line
	glued := false
	for _, s := range l {
		for s.text != "" {
			i := strings.IndexByte(s.text, ' ')
			switch {
			case i == 0:
				out, glued = append(out, line{{" ", s.style}}), false
				s.text = strings.TrimLeft(s.text, " ")
				continue
			case i < 0:
				i = len(s.text)
			}
			piece := span{s.text[:i], s.style}
			if glued {
				out[len(out)-1] = append(out[len(out)-1], piece)
			} else {
				out = append(out, line{piece})
			}
			glued, s.text = true, s.text[i:]
		}
	}
	return out
}
