package diagrams

import "strings"

// title is what a reader who asks about an arrow is shown first: the first
// line of its message, and what became of it.
func (f *flight) title() string {
	first := f.first()
	if f.fate == lost {
		return first + " (" + lossText(f) + ")"
	}
	return first
}

// first is the first line of the message; of a segment, what it is.
func (f *flight) first() string {
	if f.segment != nil {
		return f.labels[0]
	}
	return firstLine(f.bytes())
}

// bytes are those of the message as they are after the network had it.
func (f *flight) bytes() string {
	if f.how == corrupted && f.hurt != "" {
		return f.hurt
	}
	return f.packet.Raw
}

// titleAndHeader is the title, and below it the message's header.
func (f *flight) titleAndHeader() string {
	if f.segment != nil {
		return f.title()
	}
	_, rest, _ := strings.Cut(f.bytes(), "\n")
	title := f.title()
	var b strings.Builder
	b.Grow(len(title) + len(rest))
	b.WriteString(title)
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if line = strings.TrimSuffix(line, "\r"); line == "" {
			break // an empty line ends the header (RFC 3261 §7)
		}
		b.WriteByte('\n')
		b.WriteString(visible(line))
	}
	return b.String()
}
