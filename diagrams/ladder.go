package diagrams

import (
	"io"
	"time"

	"siplab/sim/trace"
)

const (
	textWidth = 72  // of RFC text
	drawWidth = 400 // where nothing limits the width but the labels
)

// Ladder is the picture of a run: who sent what to whom, when it arrived or
// died, and what that did to the states at each host.
type Ladder struct {
	opt     Options
	columns []column
	items   []item
	flights []flight
	flows   []flowChange
	groups  []group
	title   string
	tail    time.Duration // after it, all that happens is that machines end
	hidden  int           // hosts that are too many to be drawn
	mixed   bool          // requests of more than one method: a response names its own
	whole   *Ladder       // that of the whole run, which gives the measures: itself, unless something is ahead
}

// column is one lifeline.
type column struct {
	host trace.HostID
	name string
	kind string
}

// NewLadder reads what a ladder shows of the trace. The trace is not kept, and
// may come from anywhere: events that make no sense are left out.
func NewLadder(tr *trace.Trace, opt Options) *Ladder {
	l := &Ladder{opt: opt, title: visible(tr.Title)}
	l.chooseHosts(tr)
	if len(l.columns) > mostlyFew && !opt.shows(Waits) {
		l.opt.Hide |= Waits
	}
	newReader(tr, l).read()
	l.whole = l
	if opt.Ahead > 0 {
		return l.soFar(tr)
	}
	return l
}

// soFar is the ladder of what is not ahead, in the measures of the whole one.
func (l *Ladder) soFar(tr *trace.Trace) *Ladder {
	part := &Ladder{opt: l.opt, columns: l.columns, title: l.title, hidden: l.hidden, mixed: l.mixed, whole: l}
	shown := tr.Events[:max(0, len(tr.Events)-l.opt.Ahead)]
	newReader(&trace.Trace{Header: tr.Header, Events: shown}, part).read()
	return part
}

// mostHosts is how many lifelines a ladder has that nobody chose.
const mostHosts = 40

// chooseHosts sets the lifelines: those that were asked for, or all; of very
// many, the first at which anything happens.
func (l *Ladder) chooseHosts(tr *trace.Trace) {
	if tap := tr.FindHost(l.opt.Tap); tap != trace.NoHost && l.opt.Hosts == nil {
		l.chooseTapped(tr, tap)
		return
	}
	if l.opt.Hosts != nil {
		for _, name := range l.opt.Hosts {
			if id := tr.FindHost(name); id != trace.NoHost {
				l.addHost(&tr.Header, id)
			}
		}
		return
	}
	var busy []bool
	if len(tr.Hosts) > mostHosts {
		busy = busyHosts(tr)
	}
	for id := range tr.Hosts {
		switch {
		case busy != nil && !busy[id]:
		case len(l.columns) == mostHosts:
			l.hidden++
		default:
			l.addHost(&tr.Header, trace.HostID(id))
		}
	}
}

func (l *Ladder) addHost(h *trace.Header, id trace.HostID) {
	for i := range l.columns {
		if l.columns[i].host == id {
			return
		}
	}
	host := &h.Hosts[id]
	name := host.Label
	if name == "" {
		name = host.Name
	}
	l.columns = append(l.columns, column{host: id, name: visible(name), kind: visible(host.Kind)})
}

func busyHosts(tr *trace.Trace) []bool {
	busy := make([]bool, len(tr.Hosts))
	for i := range tr.Events {
		if h := tr.Events[i].Host; h >= 0 && int(h) < len(busy) {
			busy[h] = true
		}
	}
	return busy
}

// Text draws the ladder with the line-drawing characters of Unicode.
func (l *Ladder) Text() string {
	return l.drawText(l.layout(l.width(textWidth), false, false), unicodeGlyphs)
}

// ASCII draws the ladder with ASCII alone, as RFC text does.
func (l *Ladder) ASCII() string {
	return l.drawText(l.layout(l.width(textWidth), true, false), asciiGlyphs)
}

// SVG draws the ladder as one SVG file.
func (l *Ladder) SVG() string { return l.picture().svg(l.opt.Theme) }

// WriteSVG writes what SVG gives, without ever holding all of it; the error is
// that of w.
func (l *Ladder) WriteSVG(w io.Writer) error { return l.picture().writeSVG(w, l.opt.Theme) }

// PNG draws the ladder as a PNG file, with embedded fonts. A ladder that is too
// large for one is an error.
func (l *Ladder) PNG() ([]byte, error) { return l.picture().png(l.opt.Theme) }

func (l *Ladder) picture() *picture { return l.draw(l.layout(l.width(drawWidth), false, true)) }

func (l *Ladder) width(usual int) int {
	if l.opt.Width > 0 {
		return l.opt.Width
	}
	return usual
}
