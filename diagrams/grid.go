package diagrams

import "strings"

// Grid is a table for a terminal. A cell may have several lines; those that are
// too wide for its column are broken between words.
type Grid struct {
	Title string // above it; "": none
	Head  []string
	Rows  [][]string
	Notes []string // below it, a line each
}

// Text prints the grid in so many columns: a rule under the head, an empty line
// between rows. Nothing in a text can steer a terminal.
func (g *Grid) Text(width int) string {
	var b strings.Builder
	if g.Title != "" {
		b.WriteString(visible(g.Title) + "\n\n")
	}
	for _, line := range g.lines(width) {
		b.WriteString(line + "\n")
	}
	for i, note := range g.Notes {
		if i == 0 {
			b.WriteByte('\n')
		}
		b.WriteString(visible(note) + "\n")
	}
	return b.String()
}

func linesOf(texts []string) [][]string {
	row := make([][]string, len(texts))
	for i, s := range texts {
		row[i] = strings.Split(s, "\n")
		for k := range row[i] {
			row[i][k] = visible(row[i][k])
		}
	}
	return row
}

const gutter = 2

func (g *Grid) lines(width int) []string {
	rows := make([][][]string, len(g.Rows))
	for i, texts := range g.Rows {
		rows[i] = linesOf(texts)
	}
	head := linesOf(g.Head)
	wide := gridWidths(append([][][]string{head}, rows...), width)
	rule := make([]string, len(wide))
	for i, w := range wide {
		rule[i] = strings.Repeat("─", w)
	}
	all := append(printRow(head, wide), strings.Join(rule, strings.Repeat(" ", gutter)))
	for i, r := range rows {
		if i > 0 {
			all = append(all, "")
		}
		all = append(all, printRow(r, wide)...)
	}
	return all
}

// gridWidths are those of the widest lines; where they are too many together,
// the widest gives way, as long as there is one to give.
func gridWidths(rows [][][]string, most int) []int {
	wide := make([]int, len(rows[0]))
	room := most - gutter*(len(wide)-1)
	for _, row := range rows {
		for i, lines := range row {
			for _, s := range lines {
				wide[i] = max(wide[i], cells(s))
			}
		}
	}
	for {
		sum, at := 0, 0
		for i, w := range wide {
			sum += w
			if w > wide[at] {
				at = i
			}
		}
		if sum <= room || wide[at] <= 1 {
			return wide
		}
		wide[at]--
	}
}

// printRow prints a row over as many lines as its highest cell needs.
func printRow(row [][]string, wide []int) []string {
	broken, high := make([][]string, len(row)), 0
	for i, lines := range row {
		for _, s := range lines {
			broken[i] = append(broken[i], Wrapped(s, wide[i])...)
		}
		high = max(high, len(broken[i]))
	}
	all := make([]string, high)
	for n := range all {
		var b strings.Builder
		for i, lines := range broken {
			s := ""
			if n < len(lines) {
				s = lines[n]
			}
			b.WriteString(s + strings.Repeat(" ", wide[i]-cells(s)+gutter))
		}
		all[n] = strings.TrimRight(b.String(), " ")
	}
	return all
}

// Wrapped breaks a line between words, and a word that is too long behind a
// sign of it or anywhere.
func Wrapped(s string, most int) []string {
	var all []string
	line := ""
	for word := range strings.SplitSeq(s, " ") {
		for cutAt(word, most) < len(word) {
			if line != "" {
				all, line = append(all, line), ""
			}
			cut := cutWord(word, most)
			all, word = append(all, word[:cut]), word[cut:]
		}
		switch {
		case word == "":
		case line == "":
			line = word
		case cells(line)+1+cells(word) <= most:
			line += " " + word
		default:
			all, line = append(all, line), word
		}
	}
	if line == "" && len(all) > 0 {
		return all
	}
	return append(all, line)
}
