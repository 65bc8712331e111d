package trace

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// readText reads a string; the words that come again and again are kept once.
func (r *reader) readText(value json.RawMessage, coded bool, to *string) error {
	if !r.unquote(value, to) {
		if err := decode(value, to, "a string"); err != nil {
			return err
		}
	}
	if !coded {
		return nil
	}
	return unbase64(to)
}

// A word is short, and there are not many.
const longestWord, mostWords = 64, 1 << 12

// unquote reads a string in which nothing is rare: all is UTF-8, and no
// character stands as two numbers.
func (r *reader) unquote(value json.RawMessage, to *string) bool {
	last := len(value) - 1
	if last < 1 || value[0] != '"' || !utf8.Valid(value) {
		return false
	}
	text := value[1:last]
	if bytes.IndexByte(text, '\\') >= 0 {
		var known bool
		if text, known = r.unescape(text); !known {
			return false
		}
	}
	*to = r.word(text)
	return true
}

// unescape takes the backslashes out, and says whether it knows all of what
// they say.
func (r *reader) unescape(text []byte) (out []byte, known bool) {
	out = r.text[:0]
	for i := bytes.IndexByte(text, '\\'); i >= 0; i = bytes.IndexByte(text, '\\') {
		out = append(out, text[:i]...)
		c := text[i+1]
		text = text[i+2:]
		switch {
		case escapes[c] != 0:
			out = append(out, escapes[c])
		case c == 'u':
			n, _ := strconv.ParseUint(string(text[:4]), 16, 16)
			if utf16.IsSurrogate(rune(n)) {
				return nil, false
			}
			out = utf8.AppendRune(out, rune(n))
			text = text[4:]
		default:
			return nil, false
		}
	}
	r.text = append(out, text...)
	return r.text, true
}

// escapes is what the usual characters behind a backslash mean (RFC 8259 §7).
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'n': '\n', 'r': '\r', 't': '\t'}

func (r *reader) word(text []byte) string {
	if len(text) > longestWord {
		return string(text)
	}
	if w, known := r.words[string(text)]; known {
		return w
	}
	w := string(text)
	if len(r.words) < mostWords {
		r.words[w] = w
	}
	return w
}
