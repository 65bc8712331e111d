package netem

import (
	"strconv"
	"strings"
	"time"
)

// Conditions are what a link does to the packets of one direction. They are
// written, and mean, what they do in Linux tc-netem(8); the package's doc
// names the differences. The zero value is a perfect link.
type Conditions struct {
	Delay            time.Duration
	Jitter           time.Duration // how far the delay spreads
	DelayCorrelation Percent       // how much a delay hangs on the one before
	Distribution     Distribution  // how the jitter is spread

	Loss      Loss
	Duplicate Odds
	Reorder   Odds   // sent at once, without the delay
	Gap       uint32 // of each Gap packets, only the last may be reordered; 1 where there is Reorder and no gap
	Corrupt   Odds   // one bit is turned

	Rate  Rate
	Limit uint32 // packets on the way at once; the next is lost. 0: DefaultLimit
}

// DefaultLimit is tc's: how many packets a link with conditions carries at
// once where no limit is given. A perfect link has none.
const DefaultLimit = 1000

// LongestTime is the longest delay or jitter.
const LongestTime = 24 * time.Hour

// Odds is how likely something happens to a packet, and how much that hangs
// on the packet before.
type Odds struct{ Percent, Correlation Percent }

// Distribution is how delays spread about their mean.
type Distribution uint8

// The distributions of tc netem. Jitter is the half width of Uniform and the
// unit in which the tables of the others are written.
const (
	Uniform Distribution = iota
	Normal
	Pareto
	ParetoNormal
)

var distributions = []string{"uniform", "normal", "pareto", "paretonormal"}

func (d Distribution) String() string { return distributions[d] }

// String is the inverse of ParseConditions; a perfect link is "".
func (c Conditions) String() string {
	var parts []string
	for _, part := range []string{c.delay(), c.Loss.String(), c.Duplicate.words("duplicate"), c.reorder(), c.Corrupt.words("corrupt"), c.Rate.words(), c.limit()} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

func (c Conditions) delay() string {
	if c.Delay == 0 && c.Jitter == 0 {
		return ""
	}
	s := "delay " + formatTime(c.Delay)
	if c.Jitter != 0 {
		s += " " + formatTime(c.Jitter)
	}
	if c.DelayCorrelation != 0 {
		s += " " + c.DelayCorrelation.String()
	}
	if c.Distribution != Uniform {
		s += " distribution " + c.Distribution.String()
	}
	return s
}

func (c Conditions) reorder() string {
	s := c.Reorder.words("reorder")
	if s != "" && c.Gap > 1 {
		s += " gap " + strconv.FormatUint(uint64(c.Gap), 10)
	}
	return s
}

func (c Conditions) limit() string {
	if c.Limit == 0 {
		return ""
	}
	return "limit " + strconv.FormatUint(uint64(c.Limit), 10)
}

// words writes the odds behind their keyword.
func (o Odds) words(keyword string) string {
	if o.Percent == 0 {
		return ""
	}
	if o.Correlation == 0 {
		return keyword + " " + o.Percent.String()
	}
	return keyword + " " + percents(o.Percent, o.Correlation)
}

func percents(p ...Percent) string {
	s := make([]string, len(p))
	for i, v := range p {
		s[i] = v.String()
	}
	return strings.Join(s, " ")
}
