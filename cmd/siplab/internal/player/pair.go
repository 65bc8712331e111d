package player

import (
	"strings"
)

// pair is two messages side by side, as sngrep compares them.
type pair struct {
	names [2]string
	rows  []pairRow
}

// pairRow is a line of each message; "" where one has none of that name.
type pairRow [2]string

func (r pairRow) differs() bool { return r[0] != r[1] }

// chosen takes the message under the cursor as the first to compare, or
// compares it with the first.
func (p Player) chosen() Player {
	s := p.run.scene(p.at)
	switch {
	case s.packet == nil:
		p.notice = "No packet has been sent yet."
	case p.marked == nil:
		p.marked = s
		p.notice = p.run.packetName(s.packet) + " is chosen. Go to another message, and Space compares the two."
	case p.marked.packet == s.packet && p.marked.bytes() == s.bytes():
		p.marked = nil
		p.notice = p.run.packetName(s.packet) + " is no longer chosen."
	default:
		p.pair = &pair{
			names: [2]string{p.run.packetName(p.marked.packet), p.run.packetName(s.packet)},
			rows:  aligned(fieldLines(p.marked.bytes()), fieldLines(s.bytes())),
		}
		p.marked, p.scroll = nil, 0
	}
	return p
}

func fieldLines(raw string) []string {
	return strings.Split(strings.TrimRight(strings.ReplaceAll(raw, "\r\n", "\n"), "\n"), "\n")
}

// fieldName is what two lines must have in common to stand beside each other:
// the name of a header field, or the type of a line of SDP.
func fieldName(s string, at int) string {
	if at == 0 {
		return ""
	}
	if i := strings.IndexAny(s, ":="); i >= 0 {
		return strings.ToLower(strings.TrimSpace(s[:i]))
	}
	return s
}

// mostAligned lines of each message are aligned; a longer one is compared line
// by line.
const mostAligned = 500

// aligned puts the lines of two messages beside each other, as many of one name
// as there can be without changing their order (the longest common
// subsequence).
func aligned(a, b []string) []pairRow {
	if len(a) > mostAligned || len(b) > mostAligned {
		return lineByLine(a, b)
	}
	common := commonLengths(a, b)
	var out []pairRow
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case fieldName(a[i], i) == fieldName(b[j], j):
			out = append(out, pairRow{a[i], b[j]})
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			out = append(out, pairRow{a[i], ""})
			i++
		default:
			out = append(out, pairRow{"", b[j]})
			j++
		}
	}
	return append(out, lineByLine(a[i:], b[j:])...)
}

// commonLengths are the lengths of the longest common subsequences of what is
// left of both from each line on.
func commonLengths(a, b []string) [][]int {
	out := make([][]int, len(a)+1)
	for i := range out {
		out[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if fieldName(a[i], i) == fieldName(b[j], j) {
				out[i][j] = out[i+1][j+1] + 1
			} else {
				out[i][j] = max(out[i+1][j], out[i][j+1])
			}
		}
	}
	return out
}

func lineByLine(a, b []string) []pairRow {
	out := make([]pairRow, max(len(a), len(b)))
	for i := range out {
		if i < len(a) {
			out[i][0] = a[i]
		}
		if i < len(b) {
			out[i][1] = b[i]
		}
	}
	return out
}

// pairLines are the two messages, with what differs marked.
func (p Player) pairLines(width int) []line {
	half := (width - cells(between) - cells(gutter)) / 2
	out := []line{{{"  " + text(p.pair.names[0]).draw(half) + between, strong}, {p.pair.names[1], strong}}}
	for _, r := range p.pair.rows {
		left, right := wrap(r[0], half, 4), wrap(r[1], half, 4)
		mark, as := "  ", plain
		if r.differs() {
			mark, as = "≠ ", bad
		}
		for i := range max(len(left), len(right)) {
			l := line{{mark, as}, {text(lineAt(left, i)).draw(half), as}, {between, plain}, {lineAt(right, i), as}}
			out, mark = append(out, l), "  "
		}
	}
	return out
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
