package lessons

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"

	"siplab/sim/words"
)

// What the lesson says in its own words is a copy of its source with spaces in
// the place of all else, so that offsets stay what they are. Two things are
// proved of it: each number is one of the run's, and each section cited has its
// RFC beside it. What stands in code is not read: it is somebody else's words.

// linked is where a link leads to.
var linked = regexp.MustCompile(`\]\([^()\s]*\)|<[a-z]+:[^<>\s]*>`)

// prose copies what the document says.
func (r *reader) prose(doc ast.Node, src []byte) {
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			copy(r.lesson.said[n.Segment.Start:n.Segment.Stop], src[n.Segment.Start:n.Segment.Stop])
		}
		return ast.WalkContinue, nil
	})
	for _, m := range linked.FindAllIndex(r.lesson.said, -1) {
		copy(r.lesson.said[m[0]:m[1]], blank(src[m[0]:m[1]]))
	}
}

// says copies what a question says.
func (r *reader) says(l line) { copy(r.lesson.said[l.offset:], l.text) }

func blank(src []byte) []byte {
	out := make([]byte, len(src))
	for i, c := range src {
		out[i] = ' '
		if c == '\n' {
			out[i] = c
		}
	}
	return out
}

// citation is a section with its RFC, or a section without one.
var citation = regexp.MustCompile(`(?:RFC (\d+),? )?§ ?(\d+(?:\.\d+)*|[A-Z](?:\.\d+)*)?`)

// cite gathers the sections that the lesson cites.
func (r *reader) cite() {
	l := r.lesson
	for _, m := range citation.FindAllSubmatchIndex(l.said, -1) {
		if m[2] < 0 || m[4] < 0 || strings.Contains(string(l.said[m[0]:m[4]]), "§ ") {
			r.errs.at(l, m[0], words.Show(string(l.said[m[0]:m[1]]))+" does not say which section of which RFC", "the form is RFC 3261 §17.1.2.2, each time and on one line")
			continue
		}
		section := "RFC " + string(l.said[m[2]:m[3]]) + " §" + string(l.said[m[4]:m[5]])
		if !slices.Contains(l.Sections, section) {
			l.Sections = append(l.Sections, section)
		}
	}
}

// figure is a number in a text, or what only looks like one: a citation, a
// word with digits (T1, SHA-256), a factor of a timer (64*T1), a class of
// statuses (4xx). Statuses may be many: 401s.
var figure = regexp.MustCompile(`RFC \d+(?:,? §[\d.]+)?|[\pL_§][\pL\d_]*(?:[-.@:][\pL\d_]+)*|\d+\\?\*T\d|\dxx|` +
	`(\d+(?:\.\d+)?)(?: ?(ms|milliseconds?|s|seconds?|m|min|minutes?|h|hours?)\b|(?:st|nd|rd|th)\b)?`)

// statuses are several messages of one status, no seconds.
var statuses = regexp.MustCompile(`^[1-6]\d\ds$`)

// figures calls say with each number of a text, in a form that is the same for
// 0.5 s, 500ms and 500 milliseconds.
func figures(text string, say func(offset int, figure string)) {
	for _, m := range figure.FindAllStringSubmatchIndex(text, -1) {
		if m[2] < 0 {
			continue
		}
		number, unit := text[m[2]:m[3]], ""
		if m[4] >= 0 && !statuses.MatchString(text[m[0]:m[1]]) {
			unit = shortUnit(text[m[4]:m[5]])
		}
		if d, err := words.Duration(number + unit); unit != "" && err == nil {
			number = words.FormatDuration(d)
		}
		say(m[2], number)
	}
}

// shortUnit is a unit of time as the language writes it.
func shortUnit(u string) string {
	switch {
	case u == "ms" || strings.HasPrefix(u, "milli"):
		return "ms"
	case strings.HasPrefix(u, "min"):
		return "m"
	}
	return u[:1]
}

// claims proves that each number that the lesson says is one of its runs'.
func (p *proof) claims() {
	known := p.figures()
	figures(string(p.lesson.said), func(offset int, f string) {
		if !known[f] {
			p.errs.at(p.lesson, offset, "no run of this lesson gives "+f, "expect it, show it, or leave it out")
		}
	})
}

// figures are the numbers that the lesson's blocks show or prove.
func (p *proof) figures() map[string]bool {
	known := map[string]bool{}
	learn := func(text string) { figures(text, func(_ int, f string) { known[f] = true }) }
	for _, b := range p.lesson.Blocks {
		switch {
		case b.draw != nil, b.Kind == "scenario", b.Kind == "expect":
			learn(b.Text)
		case b.Goal != nil:
			for _, x := range b.Goal.Reach {
				learn(x.String())
			}
			learn(strconv.Itoa(b.Goal.Par()))
		case b.Play != nil:
			for _, c := range b.Play.Choices {
				for _, x := range c.Then {
					learn(x.String())
				}
			}
		case b.Question != nil:
			if right, err := b.Question.Right(); err == nil {
				learn(right.String())
			}
		}
	}
	for _, run := range p.lesson.Runs {
		if tr, err := run.Trace(); err == nil {
			for _, t := range []time.Duration{tr.Timers.T1, tr.Timers.T2, tr.Timers.T4} {
				known[words.FormatDuration(t)] = true
			}
		}
	}
	return known
}
