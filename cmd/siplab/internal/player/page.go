package player

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"siplab/cmd/siplab/internal/progress"
	"siplab/lessons"
)

// book is a lesson cut into pages.
type book struct {
	*lessons.Lesson
	source []byte
	blocks map[int]*lessons.Block // by line
	pages  []page
}

// page is what a learner reads before the next thing to do: a section of the
// lesson, up to the picture of its run, a question, a goal or a play. What follows
// the last of them is one page.
type page struct {
	nodes   []ast.Node
	run     *lessons.Run   // that it speaks of; nil: none yet
	begins  bool           // that run stands on this page
	task    *lessons.Block // to do here; nil: nothing
	name    progress.Task  // of the task
	options []lessons.Option
}

// newBook cuts a lesson, which the progress calls by that name, before its
// sections and behind its tasks. The error is that of a run that cannot be.
func newBook(l *lessons.Lesson, name string) (*book, error) {
	b := &book{Lesson: l, source: []byte(l.Source), blocks: map[int]*lessons.Block{}}
	for _, block := range l.Blocks {
		b.blocks[block.Line] = block
	}
	left := len(l.Tasks())
	now := page{}
	for n := parsed(b.source).FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 2 && left > 0 && b.says(&now) {
			now = b.turn(now)
		}
		block := b.blockOf(n)
		if now.begins && left > 0 && block != nil && block.Drawn() {
			now = b.turn(now) // first the run, then its picture
		}
		now.nodes = append(now.nodes, n)
		if block == nil {
			continue
		}
		if block.Kind == "scenario" {
			now.run, now.begins = block.Run, true
		}
		if block.Task() != nil {
			left--
			now.task, now.name = block, progress.TaskOf(name, block)
			var err error
			if now.options, err = block.Choose(); err != nil {
				return nil, err
			}
			now = b.turn(now)
		}
	}
	if b.says(&now) {
		b.turn(now)
	}
	return b, nil
}

// turn ends a page, and begins the next.
func (b *book) turn(p page) page {
	b.pages = append(b.pages, p)
	return page{run: p.run}
}

// says whether a page has anything to read or to do.
func (b *book) says(p *page) bool {
	return p.task != nil || slices.ContainsFunc(p.nodes, func(n ast.Node) bool {
		block := b.blockOf(n)
		return block == nil || !hidden(block)
	})
}

// hidden says whether a block is for who proves the lesson, and not for who
// reads it.
func hidden(b *lessons.Block) bool {
	return b.Kind == "lesson" || b.Kind == "expect" || b.Kind == "flow"
}

// blockOf is the lesson's block that a fence is; nil for one of no kind, and
// for what is no fence.
func (b *book) blockOf(n ast.Node) *lessons.Block {
	f, ok := n.(*ast.FencedCodeBlock)
	if !ok {
		return nil
	}
	return b.blocks[1+strings.Count(b.Source[:f.Pos()], "\n")]
}

// text is the page without its task.
func (b *book) text(p *page, width int) []line {
	draws := prose{source: b.source, width: width, fenced: b.fence}
	for _, n := range p.nodes {
		draws.block(n, "")
	}
	return draws.out
}

// fence draws a fenced block.
func (b *book) fence(f *ast.FencedCodeBlock, width int) []line {
	block := b.blockOf(f)
	switch {
	case block == nil:
		return codeLines(string(f.Lines().Value(b.source)), width)
	case hidden(block) || block.Task() != nil:
		return nil
	case block.Kind == "ladder" || block.Kind == "states" || block.Kind == "lose-each":
		return pictureLines(block.In(width))
	case block.Kind == "message":
		return bytesLines(block, width)
	}
	return codeLines(block.Text, width)
}

func pictureLines(picture string) []line {
	var out []line
	for l := range strings.SplitSeq(strings.TrimRight(picture, "\n"), "\n") {
		out = append(out, text(l))
	}
	return out
}

// bytesLines are a message, broken where its lines are too long, below its
// label.
func bytesLines(b *lessons.Block, width int) []line {
	return append([]line{styled(b.Options, strong)}, codeLines(b.Text, width)...)
}
