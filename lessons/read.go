package lessons

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"siplab/sim/words"
)

// markdown reads blocks as any forge does. Of what stands in a line it needs to
// know code alone; the rest of the syntax would cost quadratic time on hostile
// texts.
var markdown = parser.NewParser(
	parser.WithBlockParsers(parser.DefaultBlockParsers()...),
	parser.WithInlineParsers(util.Prioritized(parser.NewCodeSpanParser(), 100)),
)

// reader is a lesson half read.
type reader struct {
	lesson *Lesson
	errs   wrongs
	run    *Run           // what the next blocks speak of
	blocks map[string]int // so far, by kind
}

// bytes refuses what is no text: a lesson is shown on terminals.
func (r *reader) bytes(text []byte) {
	if len(text) > MaxBytes {
		r.errs.say(1, 1, fmt.Sprintf("the lesson has %d bytes", len(text)), fmt.Sprintf("at most %d", MaxBytes))
		return
	}
	line, col := 1, 0
	for i := 0; i < len(text); {
		c, n := utf8.DecodeRune(text[i:])
		col++
		switch {
		case c == '\n':
			line, col = line+1, 0
		case c == '\r' && i+1 < len(text) && text[i+1] == '\n', c == '\t', c == '\uFEFF' && i == 0:
		case c == utf8.RuneError && n == 1:
			r.errs.say(line, col, fmt.Sprintf("the byte %02x is no UTF-8", text[i]), "a lesson is text in UTF-8")
			return
		case unicode.In(c, unicode.Cc, unicode.Bidi_Control):
			r.errs.say(line, col, fmt.Sprintf("the control character U+%04X", c), "a lesson is text that a terminal can show")
			return
		}
		i += n
	}
}

// markdown reads the blocks, and what a lesson must have.
func (r *reader) markdown() {
	src := []byte(r.lesson.Source)
	r.lesson.starts = lineStarts(r.lesson.Source)
	r.lesson.said = blank(src)
	doc := markdown.Parse(text.NewReader(src))
	r.title(doc, src)
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		r.top(n, src)
	}
	r.prose(doc, src)
	r.cite()
	switch {
	case r.blocks["lesson"] == 0:
		r.errs.say(1, 1, "there is no lesson block", "one near the top: ```lesson, a line: part A. Registration, ```")
	case len(r.lesson.Runs) == 0:
		r.errs.say(1, 1, "there is no scenario block", "a lesson has at least one run")
	}
}

// title is the first heading.
func (r *reader) title(doc ast.Node, src []byte) {
	h, ok := doc.FirstChild().(*ast.Heading)
	if !ok || h.Level != 1 || h.Lines().Len() == 0 {
		r.errs.say(1, 1, "the title is missing", "a lesson begins with its title: # First registration")
		return
	}
	r.lesson.Title = strings.TrimSpace(string(h.Lines().Value(src)))
}

// top reads a block of the document; only there fences have a meaning.
func (r *reader) top(n ast.Node, src []byte) {
	if f, ok := n.(*ast.FencedCodeBlock); ok {
		r.fence(f, src)
		return
	}
	for c := n.FirstChild(); c != nil && n.Type() == ast.TypeBlock; c = c.NextSibling() {
		r.inner(c, src)
	}
}

// inner refuses blocks of ours in lists and quotes, where their columns would
// not be those of the file.
func (r *reader) inner(n ast.Node, src []byte) {
	if f, ok := n.(*ast.FencedCodeBlock); ok && findKind(string(f.Language(src))) != nil {
		line, col := r.lesson.place(f.Info.Segment.Start)
		r.errs.say(line, col, "this block stands inside a list or a quote", "begin it at the margin, between paragraphs")
	}
	for c := n.FirstChild(); c != nil && n.Type() == ast.TypeBlock; c = c.NextSibling() {
		r.inner(c, src)
	}
}

// fence reads one fenced block.
func (r *reader) fence(f *ast.FencedCodeBlock, src []byte) {
	b := &Block{Run: r.run}
	b.Line, _ = r.lesson.place(f.Pos())
	b.start = r.lesson.lineStart(b.Line + 1)
	b.end = b.start
	if n := f.Lines().Len(); n > 0 {
		b.end = f.Lines().At(n - 1).Stop
	}
	b.Text = r.lesson.Source[b.start:b.end]
	if r.unclosed(b, src) || f.Info == nil {
		return
	}
	info := string(f.Info.Segment.Value(src))
	b.Kind, b.Options, _ = strings.Cut(info, " ")
	_, col := r.lesson.place(f.Info.Segment.Start)
	k := findKind(b.Kind)
	switch {
	case k == nil:
		if near := words.Nearest(b.Kind, kindNames()); near != "" {
			r.errs.add(b.Line, col, &words.Error{Text: words.Show(b.Kind) + " is no kind of block", Near: near})
		}
	case src[r.lesson.lineStart(b.Line)] == ' ':
		r.errs.say(b.Line, 1, "this block is indented", "begin it at the margin")
	case r.run == nil && k.needsRun:
		r.errs.say(b.Line, col, "this block stands before the first scenario", "first the scenario, then what happens in it")
	default:
		r.blocks[b.Kind]++
		b.Number = r.blocks[b.Kind]
		r.lesson.Blocks = append(r.lesson.Blocks, b)
		k.read(r, b, col+utf8.RuneCountInString(b.Kind)+1)
	}
}

// unclosed says whether the file ends before the block does.
func (r *reader) unclosed(b *Block, src []byte) bool {
	l := r.lesson
	fence := strings.TrimSpace(string(src[b.end:l.lineStart(b.last()+2)]))
	if len(fence) >= 3 && (strings.Trim(fence, "`") == "" || strings.Trim(fence, "~") == "") {
		return false
	}
	r.errs.say(b.Line, 1, "this block is not closed", "it ends with a line of the same signs, ```")
	return true
}
