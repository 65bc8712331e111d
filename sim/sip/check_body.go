package sip

import (
	"strconv"
	"strings"
)

// MaxSDPLines bounds a session description.
const MaxSDPLines = 1000

// sdpFlaw looks at the frame of a session description only: its lines are "type=value" (RFC 8866 §5) and there are not too
// many. What the lines say is the business of offer and answer.
func sdpFlaw(body string) *flaw {
	lines := 0
	for at := 0; at < len(body); {
		line, next := cutLine(body, at)
		lines++
		switch {
		case lines > MaxSDPLines:
			return &flaw{at: at, text: "a session description of too many lines", want: "at most " + strconv.Itoa(MaxSDPLines), section: sectionLimits, status: 413}
		case lines == 1 && line != "v=0":
			return &flaw{at: at, text: "a session description does not begin with its version", want: "v=0", section: "RFC 8866 §5.1", mild: true}
		case len(line) >= 2 && is(line[0], alphaChars) && line[1] == '=':
		case strings.TrimSpace(line) != "" || next < len(body):
			return &flaw{at: at, text: "this is no line of a session description", want: "a letter, = and a value", section: "RFC 8866 §5", mild: true}
		}
		at = next
	}
	return nil
}

// bodyFlaw looks at a body by its type, and at the parts of a multipart body by theirs.
func bodyFlaw(contentType, body string) *flaw {
	switch {
	case isSDP(contentType):
		return sdpFlaw(body)
	case !IsMultipart(contentType):
		return nil
	}
	parts, f := readMultipart(contentType, body)
	if f.found() && f.section == "" {
		f.section = "RFC 2046 §5.1.1"
	}
	for i := 0; i < len(parts) && !f.found(); i++ {
		if isSDP(parts[i].ContentType) {
			f = sdpFlaw(parts[i].Body).after(parts[i].Offset)
		}
	}
	return f
}

func isSDP(contentType string) bool {
	if contentType == "application/sdp" { // as nearly all write it
		return true
	}
	kind, _, _ := strings.Cut(contentType, ";")
	kind, sub, _ := strings.Cut(kind, "/")
	return EqualFold(strings.TrimSpace(kind), "application") && EqualFold(strings.TrimSpace(sub), "sdp")
}
