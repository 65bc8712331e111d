package lessons

import (
	"strings"
)

// Update is the lesson's file with each ladder, states, message and lose-each block
// drawn anew from its run. It is the same bytes where nothing has changed. The error
// is words.Errors.
func (l *Lesson) Update() ([]byte, error) {
	var out strings.Builder
	var errs wrongs
	at := 0
	for _, b := range l.Blocks {
		if b.draw == nil {
			continue
		}
		text, err := b.drawn()
		if err != nil {
			errs.add(b.Line, len("```"+b.Kind+" ")+1, err)
			continue
		}
		out.WriteString(l.Source[at:b.start] + text)
		at = b.end
	}
	out.WriteString(l.Source[at:])
	if err := errs.list(l.file); err != nil {
		return nil, err
	}
	text := out.String()
	if l.crlf {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return []byte(text), nil
}
