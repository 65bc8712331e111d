package diagrams

// tag is the sort of a shape; a rule may speak to several.
type tag uint8

const (
	textTag tag = 1 << iota
	pathTag
	areaTag
	rectTag
	arrowTags = textTag | pathTag | areaTag // a label, a line and its tip
)

// tagOf is by shapeKind.
var tagOf = [...]tag{stroke: pathTag, pieces: pathTag, curve: pathTag, area: areaTag, block: rectTag, letters: textTag}

// look is how a shape is drawn. Lengths are tenths of a pixel, as everywhere.
type look struct {
	ink          ink // of letters, of a line, of an area, inside a rectangle
	rim          ink // around a rectangle; around letters, which keeps lines away from them
	thick        int // of a line, or of the rim of a rectangle
	dash         []int
	size         int // of letters
	bold, italic bool
}

// rule says how shapes look that have one of its tags and its word in their
// class. A later rule goes before an earlier one.
type rule struct {
	tags tag
	word string
	look
}

// rules is the style sheet of every picture. What differs, differs in form or
// in words too, never in colour alone.
var rules = []rule{
	{textTag, "", look{ink: mainInk, size: 13 * unit}},
	{pathTag, "", look{ink: mainInk, thick: 15}},
	{areaTag, "", look{ink: mainInk}},
	{rectTag, "paper", look{ink: paperInk}},
	{rectTag, "pill", look{ink: paperInk, rim: softInk}},
	{rectTag, "panel", look{ink: panelInk, rim: faintInk}},
	{rectTag, "ring", look{rim: softInk}},
	{rectTag, "ink", look{ink: mainInk}},
	{rectTag | areaTag, "bar", look{ink: barInk}},
	{textTag, "name", look{size: 14 * unit, bold: true}},
	{textTag, "stamp", look{ink: softInk, size: 12 * unit}},
	{textTag, "raw", look{ink: softInk, size: 12 * unit}},
	{textTag, "small", look{ink: softInk, size: 11 * unit}},
	{textTag, "host", look{ink: softInk, size: 11 * unit}},
	{textTag, "caption", look{size: 11 * unit}},
	{textTag, "state", look{italic: true}},
	{textTag, "human", look{bold: true}},
	{textTag, "soft", look{ink: softInk, size: 12 * unit}},
	{pathTag, "life", look{ink: faintInk}},
	{pathTag, "pause", look{ink: faintInk, dash: []int{2 * unit, 4 * unit}}},
	{pathTag, "again", look{dash: []int{7 * unit, 4 * unit}}},
	{pathTag, "copy", look{dash: []int{10 * unit, 3 * unit, 2 * unit, 3 * unit}}},
	{pathTag, "hurt", look{dash: []int{2 * unit, 3 * unit}}},
	{pathTag | areaTag, "edge", look{ink: softInk}},
	{arrowTags, "media", look{ink: softInk}},
	{arrowTags, "ask", look{ink: askInk}},
	{arrowTags, "good", look{ink: goodInk}},
	{arrowTags, "stop", look{ink: stopInk}},
	{arrowTags, "main", look{ink: mainInk}},
	{arrowTags, "segment", look{ink: softInk, thick: 10}},
	{arrowTags, "hue1", look{ink: hue1Ink}},
	{arrowTags, "hue2", look{ink: hue2Ink}},
	{arrowTags, "hue3", look{ink: hue3Ink}},
	{arrowTags, "hue4", look{ink: hue4Ink}},
	{arrowTags, "hue5", look{ink: hue5Ink}},
	{arrowTags, "hue6", look{ink: hue6Ink}},
	{arrowTags, "lost", look{ink: badInk, thick: 22}},
	{arrowTags, "time", look{ink: timeInk}},
	{arrowTags, "went", look{ink: askInk, thick: 28, bold: true}},
	{rectTag, "went", look{rim: askInk, thick: 22}},
	{textTag, "on", look{rim: paperInk}},
}

// has says whether a word is one of a class.
func has(class, word string) bool {
	for len(class) >= len(word) {
		if class[:len(word)] == word && (len(class) == len(word) || class[len(word)] == ' ') {
			return true
		}
		i := 0
		for i < len(class) && class[i] != ' ' {
			i++
		}
		class = class[min(i+1, len(class)):]
		if class == "" {
			return false
		}
	}
	return false
}

// lookOf is how a shape looks by all rules that speak to it.
func lookOf(t tag, class string) look {
	var all look
	for i := range rules {
		if r := &rules[i]; r.tags&t != 0 && (r.word == "" || has(class, r.word)) {
			all.take(&r.look)
		}
	}
	return all
}

// take adds what o says.
func (l *look) take(o *look) {
	l.ink, l.rim = later(l.ink, o.ink), later(l.rim, o.rim)
	l.thick, l.size = later(l.thick, o.thick), later(l.size, o.size)
	l.bold, l.italic = l.bold || o.bold, l.italic || o.italic
	if o.dash != nil {
		l.dash = o.dash
	}
}

func later[T comparable](old, new T) T {
	var none T
	if new == none {
		return old
	}
	return new
}
