package sip

import "strconv"

// CSeq is a sequence number and the method of its request (RFC 3261 §20.16).
type CSeq struct {
	Seq    uint32
	Method string
}

// ParseCSeq reads 1*DIGIT LWS Method. "The sequence number value MUST be
// expressible as a 32-bit unsigned integer and MUST be less than 2**31"
// (§8.1.1.5). Beside an error it gives what it could read.
func ParseCSeq(s string) (CSeq, error) {
	i := spanOf(s, digitChars)
	method := trim(s[i:])
	n, ok := parseDigits(s[:i], 1<<31-1)
	switch {
	case i == 0:
		return CSeq{Method: method}, wrong(0, "RFC 3261 §20.16", "CSeq does not begin with a number", "a number and a method: 314159 INVITE")
	case !ok:
		return CSeq{Method: method}, wrong(0, "RFC 3261 §8.1.1.5", "the sequence number is 2147483648 or more", "a number below 2**31")
	case i == len(s) || !isSpace(s[i]):
		return CSeq{uint32(n), method}, wrong(i, "RFC 3261 §20.16", "no space follows the sequence number", "a number and a method: 314159 INVITE")
	case !only(method, tokenChars):
		return CSeq{uint32(n), method}, wrong(len(s)-len(method), "RFC 3261 §20.16", "CSeq has no method that is a token", "a number and a method: 314159 INVITE")
	}
	return CSeq{uint32(n), method}, nil
}

// String is the value as it is written.
func (c CSeq) String() string { return strconv.FormatUint(uint64(c.Seq), 10) + " " + c.Method }
