package manual

import "strings"

// fence is the line that opens a fenced block (CommonMark §4.5).
type fence struct {
	mark string // the backticks or tildes
	info string
}

func fenceOf(line string) (fence, bool) {
	text := strings.TrimLeft(line, " ")
	if len(line)-len(text) > 3 || text == "" || text[0] != '`' && text[0] != '~' {
		return fence{}, false
	}
	n := len(text) - len(strings.TrimLeft(text, text[:1]))
	info := strings.TrimSpace(text[n:])
	if n < 3 || text[0] == '`' && strings.Contains(info, "`") {
		return fence{}, false
	}
	return fence{mark: text[:n], info: info}, true
}

// kind is the first word of the info string.
func (f fence) kind() string {
	kind, _, _ := strings.Cut(f.info, " ")
	return kind
}

// closes is the line behind the block that opens at line i: one more than there
// are where it does not end.
func (p *Page) closes(i int, f fence) int {
	for i++; i < len(p.lines); i++ {
		g, ok := fenceOf(p.lines[i])
		if ok && g.info == "" && strings.HasPrefix(g.mark, f.mark) {
			return i + 1
		}
	}
	return len(p.lines) + 1
}
