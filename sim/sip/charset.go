package sip

// charset is a set of character classes of RFC 3261 §25.1, one bit a class.
type charset uint32

const (
	alphaChars       charset = 1 << iota // ALPHA
	digitChars                           // DIGIT
	hexChars                             // HEXDIG
	tokenChars                           // token
	wordChars                            // word, of Call-ID
	reservedChars                        // reserved of a URI
	userChars                            // unreserved / user-unreserved
	passwordChars                        // the unescaped characters of password
	paramChars                           // param-unreserved / unreserved
	headerChars                          // hnv-unreserved / unreserved
	uriChars                             // reserved / unreserved, and the brackets of RFC 2732 §3
	phoneChars                           // phonedigit-hex of RFC 3966 §3
	schemeChars                          // ALPHA / DIGIT / "+" / "-" / "."
	dotChar                              // "."
	labelChars                           // what a label of a host name is made of: ALPHA / DIGIT / "-"
	separatorChars                       // visual-separator of RFC 3966 §3
	colonChars                           // what an IPv6 address or reference has beyond a token
	textChars                            // what can stand anywhere in free text: printable ASCII and HTAB
	plainQuotedChars                     // the same inside quotation marks, where '"' and "\" mean something
	blankChars                           // white space and line ends
	inHostChars                          // all but what ends a host: the marks of a port, parameters, headers
)

const unreservedMarks = "-_.!~*'()"

var charsets = buildCharsets()

func buildCharsets() (t [256]charset) {
	add := func(c charset, chars string) {
		for i := range len(chars) {
			t[chars[i]] |= c
		}
	}
	const digits, letters = "0123456789", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	const inURI = tokenChars | wordChars | userChars | passwordChars | paramChars | headerChars | uriChars | schemeChars
	add(alphaChars|inURI, letters)
	add(digitChars|hexChars|phoneChars|inURI, digits)
	add(hexChars|phoneChars, "abcdefABCDEF")
	add(tokenChars|wordChars, "-.!%*_+`'~")
	add(wordChars, `()<>:\"/[]?{}`)
	add(reservedChars|uriChars, ";/?:@&=+$,")
	add(uriChars, "[]")
	add(userChars|passwordChars|paramChars|headerChars|uriChars, unreservedMarks)
	add(userChars, "&=+$,;?/")
	add(passwordChars, "&=+$,")
	add(paramChars, "[]/:&+$")
	add(headerChars, "[]/?:+$")
	add(phoneChars, "*#-.()")
	add(schemeChars, "+-.")
	add(dotChar, ".")
	add(labelChars, "-"+digits+letters)
	add(separatorChars, visualSeparators)
	add(colonChars, "[]:")
	add(blankChars, " \t\r\n")
	for c := ' '; c <= '~'; c++ {
		add(textChars|plainQuotedChars, string(c))
	}
	add(textChars|plainQuotedChars, "\t")
	t['"'] &^= plainQuotedChars
	t['\\'] &^= plainQuotedChars
	for c := range t {
		if c != ':' && c != ';' && c != '?' {
			t[c] |= inHostChars
		}
	}
	return t
}

func is(c byte, set charset) bool { return charsets[c]&set != 0 }

// only reports whether s is one or more characters of set.
func only(s string, set charset) bool { return s != "" && spanOf(s, set) == len(s) }

// spanOf returns how many bytes at the start of s belong to set.
func spanOf(s string, set charset) int {
	for i := range len(s) {
		if charsets[s[i]]&set == 0 {
			return i
		}
	}
	return len(s)
}

// escapedSpan is spanOf where an escape, "%" HEXDIG HEXDIG, belongs to every set.
func escapedSpan(s string, set charset) int {
	for i := 0; i < len(s); i++ {
		switch {
		case charsets[s[i]]&set != 0:
		case isEscape(s[i:]):
			i += 2
		default:
			return i
		}
	}
	return len(s)
}

func isEscape(s string) bool {
	return len(s) >= 3 && s[0] == '%' && is(s[1], hexChars) && is(s[2], hexChars)
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	default:
		return c&^0x20 - 'A' + 10
	}
}
