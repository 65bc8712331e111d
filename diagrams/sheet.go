package diagrams

import "time"

// sheet is a ladder laid out: the display list that every back-end draws. x
// counts cells from the left, rows count from the top.
type sheet struct {
	width    int
	stampTo  int  // the lifelines and margins begin at this cell
	decimals int  // of the times
	since    bool // they are those since the time before
	lines    []line
	rows     []row
	ways     []way // by flight
	marks    []mark
	streams  []streamLine
	bars     []bar
	spared   bool // states of proxies are left out
	end      time.Duration
}

// line is a lifeline.
type line struct {
	x             int
	name          string
	before, after int // cells beside it that timer bars take
	lane          int // cells from one of them to the next
}

// row is one line of text. All that stands in it happened at the same time.
type row struct {
	at     time.Duration
	used   bool          // something stands in it that happened then
	stamp  bool          // it is the first such row of its time
	pause  time.Duration // a break in time, this long
	folded bool          // of the tail, where time has no scale
	text   string        // a line of a message or a remark, across all lifelines
	whole  bool          // text stands here, and no lifeline is drawn
}

// way is how a flight runs over the sheet: from its lifeline along row leave
// to cell turn, down to row end, and along that to the other lifeline.
type way struct {
	drawn      bool
	dir        int // 1 to the right, -1 to the left
	x0, x1     int // lifelines; x1 of a packet that nobody gets is where it dies
	leave, end int // rows; end -1: still on its way
	turn       int
	path       []int // the cell in each row from leave to end
	label      string
	labelX     int
	labelRow   int
}

func (w *way) at(row int) int { return w.path[row-w.leave] }

// markKind is what a text beside a lifeline is.
type markKind uint8

const (
	stateMark markKind = iota + 1 // in the margin, or on the lifeline
	actMark
	toldMark
	timerMark
	remarkMark
	lossMark
	mediaMark
)

// mark is a text at x in a row.
type mark struct {
	row, x int
	kind   markKind
	text   string
	on     bool // it stands on the lifeline itself
	more   bool // it goes on from the mark before
	loose  bool // a drawing may put it a little lower
}

// bar is a timer's time, on the side of its lifeline.
type bar struct {
	col, lane  int
	begin, end int // rows; end -1: it still runs
	fires      bool
	name       string
}
