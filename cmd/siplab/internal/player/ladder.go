package player

import (
	"strings"
	"time"

	"siplab/diagrams"
	"siplab/sim/trace"
)

// The ladder of a long run shows its last messages: more than any screen has
// rows for.
const mostArrows = 200

const gutter = "▸ " // before the row of the message under the cursor

// ladder is the end of the ladder so far, below the names of the hosts. What is
// still to come has its room in it, so that the lifelines stay where they are.
func (p Player) ladder(s *scene, width, height int) []line {
	tr, ahead := p.filter.of(p.run, p.at)
	drawn := diagrams.NewLadder(tr, diagrams.Options{
		Width: width - cells(gutter), From: p.run.since(p.at), Ahead: ahead, Tap: p.filter.tap, Since: p.relative,
	}).Text()
	rows := strings.Split(strings.TrimRight(drawn, "\n"), "\n")
	current := p.run.rowOf(s.packet, rows)
	names, rows := rows[0], rows[1:]
	from := max(0, len(rows)-(height-1))
	out := []line{styled("  "+names, strong)}
	for i, r := range rows[from:] {
		if from+i+1 == current {
			out = append(out, line{{gutter, strong}, {r, strong}})
		} else {
			out = append(out, text("  "+r))
		}
	}
	for len(out) < height {
		out = append(out, nil)
	}
	return out
}

// since is the time from which the ladder is drawn.
func (r *run) since(at int) time.Duration {
	sent := 0
	for i := at - 1; i >= 0; i-- {
		if r.Events[i].Kind == trace.Send {
			if sent++; sent == mostArrows {
				return r.Events[i].At
			}
		}
	}
	return 0
}

// rowOf is the index of the row with the label of a packet, -1 for none. A
// copy has the label of its original, further down.
func (r *run) rowOf(p *trace.Packet, rows []string) int {
	found := -1
	if p == nil {
		return found
	}
	label := " " + r.labels[p.N] + " "
	for i, row := range rows {
		if strings.Contains(row, label) {
			found = i
			if p.CopyOf == 0 {
				break
			}
		}
	}
	return found
}
