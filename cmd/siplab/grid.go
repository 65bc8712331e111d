package main

import (
	"strings"

	"siplab/diagrams"
	"siplab/sim/sip"
)

// grid is a table for a terminal. A cell may have several lines; those that are
// too wide for its column are broken between words.
type grid struct {
	head []string
	rows [][][]string // by row and column: lines
}

func (g *grid) add(texts ...string) { g.rows = append(g.rows, linesOf(texts)) }

func linesOf(texts []string) [][]string {
	row := make([][]string, len(texts))
	for i, s := range texts {
		row[i] = strings.Split(s, "\n")
		for k := range row[i] {
			row[i][k] = sip.Visible(row[i][k])
		}
	}
	return row
}

const gutter = 2

// lines prints the grid in at most most columns, a rule under the head and an
// empty line between rows.
func (g *grid) lines(most int) []string {
	wide := g.widths(most)
	rule := make([]string, len(wide))
	for i, w := range wide {
		rule[i] = strings.Repeat("─", w)
	}
	all := append(printRow(linesOf(g.head), wide), strings.Join(rule, strings.Repeat(" ", gutter)))
	for i, r := range g.rows {
		if i > 0 {
			all = append(all, "")
		}
		all = append(all, printRow(r, wide)...)
	}
	return all
}

// widths are those of the widest lines; where they are too many together, the
// widest gives way.
func (g *grid) widths(most int) []int {
	wide := make([]int, len(g.head))
	room := most - gutter*(len(wide)-1)
	for _, row := range append(g.rows, linesOf(g.head)) {
		for i, lines := range row {
			for _, s := range lines {
				wide[i] = max(wide[i], diagrams.Cells(s))
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
		if sum <= room {
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
			broken[i] = append(broken[i], wrapped(s, wide[i])...)
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
			b.WriteString(s + strings.Repeat(" ", wide[i]-diagrams.Cells(s)+gutter))
		}
		all[n] = strings.TrimRight(b.String(), " ")
	}
	return all
}

// wrapped breaks a line between words, and a word that is too long anywhere.
func wrapped(s string, most int) []string {
	var all []string
	line := ""
	for word := range strings.SplitSeq(s, " ") {
		for diagrams.Cells(word) > most {
			if line != "" {
				all, line = append(all, line), ""
			}
			cut := cutAt(word, most)
			all, word = append(all, word[:cut]), word[cut:]
		}
		switch {
		case word == "":
		case line == "":
			line = word
		case diagrams.Cells(line)+1+diagrams.Cells(word) <= most:
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

// cutAt is where a word reaches most columns; at least one character is taken.
func cutAt(word string, most int) int {
	used := 0
	for i, r := range word {
		if used += diagrams.Cells(string(r)); used > most && i > 0 {
			return i
		}
	}
	return len(word)
}
