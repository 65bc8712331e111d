package lessons

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"siplab/sim/words"
)

// line is a line of a block, or what is left of it, with its place in the
// file.
type line struct {
	text    string
	no, col int
	offset  int // in Source
}

// lines are the lines of a block that say something, without the space around
// them.
func (b *Block) lines() (out []line) {
	offset := b.start
	for i, text := range strings.Split(b.Text, "\n") {
		said := strings.TrimLeft(text, " \t")
		before := len(text) - len(said)
		l := line{text: strings.TrimRight(said, " \t"), no: b.Line + 1 + i, col: 1 + before, offset: offset + before}
		offset += len(text) + 1
		if l.text != "" && l.text[0] != '#' {
			out = append(out, l)
		}
	}
	return out
}

// after cuts words from the front of a line, whatever the space between them.
func (l line) after(keyword string) (line, bool) {
	rest := l
	for _, word := range strings.Fields(keyword) {
		if !strings.HasPrefix(rest.text, word) {
			return l, false
		}
		rest = rest.skip(len(word))
		said := strings.TrimLeft(rest.text, " \t")
		if said == rest.text && said != "" {
			return l, false
		}
		rest = rest.skip(len(rest.text) - len(said))
	}
	return rest, true
}

// skip is the line without its first n bytes.
func (l line) skip(n int) line {
	l.col += utf8.RuneCountInString(l.text[:n])
	l.text = l.text[n:]
	l.offset += n
	return l
}

// clause is a sort of line in a block: the words it begins with, and what
// reads the rest.
type clause struct {
	keyword string
	want    string // what follows; "": nothing
	read    func(rest line)
}

// clauses reads the lines of a block, each by the clause that it begins with.
func (r *reader) clauses(ls []line, what string, cs []clause) {
	for _, l := range ls {
		i := slices.IndexFunc(cs, func(c clause) bool {
			_, ok := l.after(c.keyword)
			return ok
		})
		if i < 0 {
			r.errs.add(l.no, l.col, l.unknown(what, cs))
			continue
		}
		rest, _ := l.after(cs[i].keyword)
		switch {
		case rest.text == "" && cs[i].want != "":
			r.errs.say(l.no, rest.col, "the line ends here", "expected "+cs[i].want)
		case rest.text != "" && cs[i].want == "":
			r.errs.say(l.no, rest.col, words.Show(rest.text)+" is too much", cs[i].keyword+" says it all")
		default:
			cs[i].read(rest)
		}
	}
}

func (l line) unknown(what string, cs []clause) error {
	var names []string
	for _, c := range cs {
		names = append(names, c.keyword)
	}
	first, _, _ := strings.Cut(l.text, " ")
	return words.Unknown(words.Word{Text: first, Col: 1}, what, names)
}

// place is the line and column, in runes, of an offset of the source.
func (l *Lesson) place(offset int) (no, col int) {
	no = sort.SearchInts(l.starts, offset+1)
	return no, 1 + utf8.RuneCountInString(l.Source[l.starts[no-1]:offset])
}

// lineStart is the offset of a line; of one after the last, the end.
func (l *Lesson) lineStart(line int) int {
	if line > len(l.starts) {
		return len(l.Source)
	}
	return l.starts[line-1]
}

// lineStarts are the offsets at which lines begin.
func lineStarts(text string) []int {
	out := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			out = append(out, i+1)
		}
	}
	return out
}
