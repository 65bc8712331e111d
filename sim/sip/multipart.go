package sip

import "strings"

// Part is one part of a multipart body (RFC 2046 §5.1). Its texts are substrings of the body.
type Part struct {
	Depth       int    // 1: a part of the message's own body
	Offset      int    // of Body, in bytes from the start of the message's body
	ContentType string // as written; "" means text/plain (RFC 2046 §5.1)
	Headers     string // its header lines, each with its line end
	Body        string
}

// The bounds of a multipart body: past one of them it is refused, never cut.
const (
	MaxParts     = 32
	MaxPartDepth = 4
	maxBoundary  = 70 // RFC 2046 §5.1.1
)

// Multipart splits a body of type multipart/... into its parts in their order, parts of parts behind the part that holds
// them. The error is a *Problem with its Offset in the body: no boundary, one that never closes, or a bound passed.
func Multipart(contentType, body string) ([]Part, error) {
	parts, f := readMultipart(contentType, body)
	if f.found() {
		p := wrong(f.at, "RFC 2046 §5.1.1", f.text, f.want)
		if f.section != "" {
			p.Section = f.section
		}
		return nil, p
	}
	return parts, nil
}

// IsMultipart reports whether a Content-Type is multipart of any kind.
func IsMultipart(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, "/")
	return EqualFold(strings.TrimSpace(kind), "multipart")
}

// readMultipart opens the parts one by one: parts grows while the loop walks it, so that nothing recurses.
func readMultipart(contentType, body string) ([]Part, *flaw) {
	parts, f := appendParts(nil, Part{ContentType: contentType, Body: body})
	for i := 0; i < len(parts) && !f.found(); i++ {
		if !IsMultipart(parts[i].ContentType) {
			continue
		}
		if parts[i].Depth == MaxPartDepth {
			return nil, &flaw{at: parts[i].Offset, text: "parts of parts too deep", want: "at most 4 levels", section: sectionLimits, status: 413}
		}
		var inner []Part
		if inner, f = appendParts(nil, parts[i]); len(parts)+len(inner) > MaxParts {
			return nil, tooManyParts(parts[i].Offset)
		}
		parts = append(parts[:i+1], append(inner, parts[i+1:]...)...)
	}
	return parts, f
}

func tooManyParts(at int) *flaw {
	return &flaw{at: at, text: "too many parts", want: "at most 32", section: sectionLimits, status: 413}
}

// appendParts splits the body of one part at its boundary. What stands before the first boundary and behind the last is
// left out (RFC 2046 §5.1.1).
func appendParts(parts []Part, of Part) ([]Part, *flaw) {
	boundary, f := boundaryOf(of.ContentType)
	if f.found() {
		return nil, f.after(of.Offset)
	}
	start := -1
	for at := 0; at < len(of.Body); {
		line, next := cutLine(of.Body, at)
		last, delimiter := isDelimiter(line, boundary)
		if delimiter {
			if start >= 0 {
				parts = append(parts, newPart(of, start, at))
			}
			if last {
				return parts, nil
			}
			if start = next; len(parts) >= MaxParts {
				return nil, tooManyParts(of.Offset + at)
			}
		}
		at = next
	}
	return nil, &flaw{at: of.Offset + len(of.Body), text: "the last boundary of a multipart body is missing", want: "--, the boundary and -- on a line"}
}

// cutLine returns the line that begins at a place, without its end, and where the next begins.
func cutLine(s string, at int) (line string, next int) {
	n := strings.IndexByte(s[at:], '\n')
	if n < 0 {
		return s[at:], len(s)
	}
	end := at + n
	if n > 0 && s[end-1] == '\r' {
		return s[at : end-1], end + 1
	}
	return s[at:end], end + 1
}

func isDelimiter(line, boundary string) (last, ok bool) {
	rest, ok := strings.CutPrefix(line, "--")
	if !ok {
		return false, false
	}
	if rest, ok = strings.CutPrefix(rest, boundary); !ok {
		return false, false
	}
	rest, last = strings.CutPrefix(rest, "--")
	return last, strings.Trim(rest, " \t") == ""
}

// newPart reads the part between two delimiter lines; the line end before the second belongs to the delimiter.
func newPart(of Part, start, end int) Part {
	p := Part{Depth: of.Depth + 1}
	body := start
	for body < end {
		line, next := cutLine(of.Body, body)
		if line == "" {
			p.Headers, body = of.Body[start:body], next
			break
		}
		body = next
	}
	p.ContentType = partHeader(p.Headers, "Content-Type")
	end -= len("\n")
	if end > body && of.Body[end-1] == '\r' {
		end--
	}
	p.Offset, p.Body = of.Offset+body, of.Body[body:max(body, end)]
	return p
}

// partHeader finds a header line of a part.
func partHeader(headers, name string) string {
	for at := 0; at < len(headers); {
		line, next := cutLine(headers, at)
		if key, value, ok := strings.Cut(line, ":"); ok && EqualFold(strings.TrimSpace(key), name) {
			return strings.TrimSpace(value)
		}
		at = next
	}
	return ""
}

// boundaryOf takes the parameter boundary out of a Content-Type: 1 to 70 characters that do not end in a space.
func boundaryOf(contentType string) (string, *flaw) {
	r := reader{s: contentType, limits: &DefaultLimits}
	boundary, found := "", false
	r.span(tokenChars)
	r.accept('/')
	r.span(tokenChars)
	r.params(func(_ *reader, p param) {
		if p.is("boundary") {
			boundary, found = strings.Trim(p.value, `"`), true
		}
	})
	switch {
	case !found || boundary == "":
		return "", &flaw{text: "a multipart body without a boundary", want: "the parameter boundary in Content-Type"}
	case len(boundary) > maxBoundary || strings.HasSuffix(boundary, " "):
		return "", &flaw{text: "this is no boundary", want: "at most 70 characters, not ending in a space"}
	}
	return boundary, nil
}
