package sip

import "strings"

// readTel reads the telephone-subscriber of a tel URI (RFC 3966 §3): a global number begins with +, a local one needs the
// parameter phone-context, without which nobody knows where it may be dialled (§5.1.5).
func (u *URI) readTel(s string) *flaw {
	number, _, _ := strings.Cut(s, ";")
	u.User, u.Params = number, Params(s[len(number):])
	if f := numberFlaw(number); f.found() {
		return f
	}
	if f := paramsFlaw(s[len(number):]); f.found() {
		return f.after(len(number))
	}
	if number[0] != '+' && !u.HasParam("phone-context") {
		return &flaw{at: 0, text: "a local number without phone-context", want: "a global number such as +358-555-1234567, or ;phone-context="}
	}
	return nil
}

func numberFlaw(s string) *flaw {
	digits, global := strings.CutPrefix(s, "+")
	set, skip := phoneChars, 0
	if global {
		set, skip = globalPhoneChars, 1
	}
	n := spanOf(digits, set)
	switch {
	case n < len(digits):
		return &flaw{at: n + skip, text: show(digits[n:]) + " cannot stand in a telephone number", want: "digits and the separators - . ( )"}
	case strings.Trim(digits, visualSeparators) == "":
		return &flaw{at: 0, text: "a telephone number without a digit", want: "a number such as +358-555-1234567"}
	}
	return nil
}

const (
	visualSeparators = "-.()"
	globalPhoneChars = digitChars | separatorChars
)

// equalTel compares two tel URIs (RFC 3966 §4): both global or both local, the same digits, the same parameters in any order,
// all without case and without visual separators.
func equalTel(u, v *URI) bool {
	return sameNumber(u.User, v.User) && telParamsMatch(u, v) && telParamsMatch(v, u)
}

func telParamsMatch(u, v *URI) bool {
	for name, value := range uriParts(string(u.Params), ';') {
		other, ok := findPart(string(v.Params), ';', name)
		if !ok || !sameTelValue(value, other) {
			return false
		}
	}
	return true
}

// sameTelValue compares numbers, such as a phone-context of +358, as numbers and the rest as text.
func sameTelValue(a, b string) bool {
	if only(strings.TrimPrefix(a, "+"), phoneChars) && only(strings.TrimPrefix(b, "+"), phoneChars) {
		return sameNumber(a, b)
	}
	return sameText(a, b, true)
}

func sameNumber(a, b string) bool {
	for {
		a, b = strings.TrimLeft(a, visualSeparators), strings.TrimLeft(b, visualSeparators)
		if a == "" || b == "" {
			return a == b
		}
		if lower(a[0]) != lower(b[0]) {
			return false
		}
		a, b = a[1:], b[1:]
	}
}

// appendTelAOR writes the number alone; a local number keeps its context, since it is none without it.
func appendTelAOR(b []byte, u *URI) []byte {
	for i := range len(u.User) {
		if !is(u.User[i], separatorChars) {
			b = append(b, lower(u.User[i]))
		}
	}
	if context, ok := u.Param("phone-context"); ok && !strings.HasPrefix(u.User, "+") {
		b = appendLower(append(b, ";phone-context="...), context)
	}
	return b
}
