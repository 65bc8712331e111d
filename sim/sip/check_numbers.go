package sip

import "strings"

// This file reads the headers that are numbers and times.

const maxSeconds = 1<<32 - 1 // §20.19

func (r *reader) seconds() { r.number("the number of seconds", 0, maxSeconds) }

func (r *reader) secondsParams() {
	r.seconds()
	r.params(nil)
}

func (r *reader) maxForwards() { r.number("the number of hops", 0, 255) }

func (r *reader) maxBreadth() { r.number("the number of branches", 1, 1<<32-1) }

// contentLength takes 1*DIGIT, as ContentLength does: ten digits at most.
func (r *reader) contentLength() {
	if r.number("the length of the body", 0, 1<<31-1); r.i > 10 {
		r.note(0, "the length of the body is too long", "at most ten digits")
	}
}

func (r *reader) rseq() { r.number("the response number", 1, 1<<32-1) }

// cseq takes 1*DIGIT LWS Method; the number "MUST be less than 2**31" (§8.1.1.5).
func (r *reader) cseq() {
	if _, ok := r.number("the sequence number", 0, 1<<31-1); ok {
		r.numberedMethod()
	}
}

func (r *reader) numberedMethod() {
	if !r.sws() && !r.end() {
		r.missing("white space", "a number, a space and a method, such as 4711 INVITE")
		return
	}
	r.method()
}

// rack takes the RSeq, then the CSeq of the response that it confirms.
func (r *reader) rack() {
	if _, ok := r.number("the response number", 1, 1<<32-1); !ok {
		return
	}
	if !r.sws() {
		r.missing("white space", "RSeq, CSeq and method, such as 776656 1 INVITE")
		return
	}
	r.cseq()
}

// retryAfter takes delta-seconds [ comment ] *( SEMI retry-param ).
func (r *reader) retryAfter() {
	r.seconds()
	if r.sws(); r.peek() == '(' {
		r.comment()
	}
	r.params(func(r *reader, p param) {
		if p.is("duration") {
			r.value(p, (*reader).seconds)
		}
	})
}

// timestamp takes 1*DIGIT [ "." *DIGIT ] [ LWS *DIGIT [ "." *DIGIT ] ].
func (r *reader) timestamp() {
	if r.span(digitChars) == "" {
		r.missing("a time", "a number such as 54 or 54.21, then perhaps a delay")
		return
	}
	r.fraction()
	r.sws()
	r.span(digitChars)
	r.fraction()
}

func (r *reader) fraction() {
	if r.peek() == '.' {
		r.i++
		r.span(digitChars)
	}
}

// date takes rfc1123-date in GMT, the only zone (§20.17); its length is fixed and it has a case.
func (r *reader) date() {
	const form = "Sat, 13 Nov 2010 23:29:00 GMT"
	want := "a date such as " + form
	s := r.s
	switch {
	case len(s) != len(form):
		r.note(0, "this is no date", want)
	case !oneOf(s[:3], "Mon Tue Wed Thu Fri Sat Sun"):
		r.note(0, "this is no day of the week", want)
	case !oneOf(s[8:11], "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"):
		r.note(8, "this is no month", want)
	case s[26:] != "GMT":
		r.note(26, "the time zone is not GMT", want)
	case !dateDigits(s) || s[5:7] < "01" || s[5:7] > "31" || s[17:19] > "23" || s[20:22] > "59" || s[23:25] > "60":
		r.note(5, "this is no date and time", want)
	}
	r.i = len(s)
}

func oneOf(word, words string) bool { return only(word, alphaChars) && strings.Contains(words, word) }

// dateDigits compares everything but the names with the form of a date.
func dateDigits(s string) bool {
	const form = "xxx, 00 xxx 0000 00:00:00 xxx"
	for i := range len(form) {
		switch form[i] {
		case 'x':
		case '0':
			if !is(s[i], digitChars) {
				return false
			}
		default:
			if s[i] != form[i] {
				return false
			}
		}
	}
	return true
}

// warning takes warn-code SP warn-agent SP warn-text.
func (r *reader) warning() {
	at := r.i
	if code := r.span(digitChars); len(code) != 3 {
		r.note(at, "a warning code has three digits", `a warning such as 307 isi.edu "text"`)
		return
	}
	r.sws()
	if r.span(tokenChars|colonChars) == "" {
		r.missing("the host that warns", `a warning such as 307 isi.edu "text"`)
		return
	}
	if r.sws(); r.peek() != '"' {
		r.missing("the text of a warning in quotation marks", `a warning such as 307 isi.edu "text"`)
		return
	}
	r.quoted()
}
