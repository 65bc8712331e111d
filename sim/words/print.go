package words

import (
	"strconv"
	"strings"
	"unicode"
)

// Print writes text as one word: bare where Split gives it back, else in
// quotes.
func Print(text string) string {
	if bare(text) {
		return text
	}
	return Quote(text)
}

// Sentence writes text as Split's words where that loses nothing, so that a
// title reads as it is; else as one word in quotes. Its inverse is [Text].
func Sentence(text string) string {
	parts := strings.Split(text, " ")
	for _, p := range parts {
		if !bare(p) {
			return Quote(text)
		}
	}
	return text
}

// Text is the text of a line's words, a space between each two.
func Text(ws []Word) string {
	parts := make([]string, len(ws))
	for i, w := range ws {
		parts[i] = w.Text
	}
	return strings.Join(parts, " ")
}

// Count is how many of a thing there are: 1 fault, 2 faults.
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}

// Show is a text for an error: in quotes, shortened, and with every
// character that cannot be seen spelled out.
func Show(text string) string {
	const most = 40
	n := 0
	for i := range text {
		if n == most {
			return strconv.Quote(text[:i] + "…")
		}
		n++
	}
	return strconv.Quote(text)
}

// Quote writes text as one word in quotes.
func Quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// bare reports whether Split reads text back as one word without quotes.
func bare(text string) bool {
	if text == "" || text[0] == '#' {
		return false
	}
	for _, r := range text {
		switch {
		case r == ' ' || r == '"':
			return false
		case r > ' ' && r <= '~':
			continue
		}
		if !unicode.IsPrint(r) || strings.ContainsRune("“”„«»", r) {
			return false
		}
	}
	return true
}
