package diagrams

import "strings"

// table is a table of texts; cells that are too wide are broken into lines.
type table struct {
	head []string
	rows [][]string
}

func (t *table) add(cols ...string) {
	for i := range cols {
		cols[i] = visible(cols[i])
	}
	t.rows = append(t.rows, cols)
}

// lines prints the table in at most width cells, where words allow it; width 0
// sets no limit.
func (t *table) lines(f *forms, width int) []string {
	wide := t.columns(width)
	rule := make([]string, len(wide))
	for i, w := range wide {
		rule[i] = strings.Repeat(f.level, w)
	}
	all := t.row(t.head, wide)
	all = append(all, strings.Join(rule, "  "))
	for _, r := range t.rows {
		all = append(all, t.row(r, wide)...)
	}
	return all
}

// columns are the widths of the columns: as wide as their texts, the widest
// shrunk first; never less than their longest word.
func (t *table) columns(width int) []int {
	wide, least := make([]int, len(t.head)), make([]int, len(t.head))
	for _, r := range append([][]string{t.head}, t.rows...) {
		for i, s := range r {
			wide[i] = max(wide[i], cells(s))
			for w := range strings.SplitSeq(s, " ") {
				least[i] = max(least[i], cells(w))
			}
		}
	}
	for width > 0 && total(wide)+2*(len(wide)-1) > width {
		at := -1
		for i := range wide {
			if wide[i] > least[i] && (at < 0 || wide[i] > wide[at]) {
				at = i
			}
		}
		if at < 0 {
			break
		}
		wide[at]--
	}
	return wide
}

// row prints one row, over as many lines as its highest cell needs.
func (t *table) row(cols []string, wide []int) []string {
	parts, high := make([][]string, len(cols)), 0
	for i, s := range cols {
		parts[i] = wrap(s, wide[i])
		high = max(high, len(parts[i]))
	}
	all := make([]string, high)
	for n := range all {
		var b strings.Builder
		for i := range cols {
			s := ""
			if n < len(parts[i]) {
				s = parts[i][n]
			}
			b.WriteString(s)
			if i < len(cols)-1 {
				b.WriteString(strings.Repeat(" ", wide[i]-cells(s)+2))
			}
		}
		all[n] = strings.TrimRight(b.String(), " ")
	}
	return all
}
