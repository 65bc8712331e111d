package words

import (
	"strings"
	"unicode/utf8"
)

// longest is the longest word that Nearest compares: nobody mistypes a longer
// one by a letter.
const longest = 64

// Nearest is the word of a list that somebody who wrote word most likely
// meant; "" when none is near. Upper and lower case count as the same letter;
// a letter too many, too few, wrong, or two that changed places count as one
// mistake, and a word bears one for each three letters, at most three. Of two
// that are equally near, the one as long as word is meant. A beginning of at
// least three letters is near too.
func Nearest(word string, of []string) string {
	if word == "" || len(word) > longest {
		return ""
	}
	folded, length := strings.ToLower(word), utf8.RuneCountInString(word)
	best, least := "", 2*max(min(length/3, 3), 1)+2
	for _, candidate := range of {
		if len(candidate) > longest || candidate == word {
			continue
		}
		d, n := distance(folded, strings.ToLower(candidate)), utf8.RuneCountInString(candidate)
		if score := 2*d + differ(n, length); score < least && 2*d < max(n, length) {
			best, least = candidate, score
		}
	}
	if best == "" && len(word) >= 3 {
		return beginning(folded, of)
	}
	return best
}

// beginning is the first word of the list that begins with start.
func beginning(start string, of []string) string {
	for _, candidate := range of {
		if c := strings.ToLower(candidate); c != start && strings.HasPrefix(c, start) {
			return candidate
		}
	}
	return ""
}

// distance is the number of mistakes between two words: optimal string
// alignment, that is Levenshtein's distance with transpositions.
func distance(a, b string) int {
	var rows [3][longest + 1]int
	x, y := []rune(a), []rune(b)
	if len(x) > longest || len(y) > longest {
		return longest
	}
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range y {
		last[j+1] = j + 1
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			d := min(last[j+1]+1, row[j]+1, last[j]+differ(x[i], y[j]))
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				d = min(d, before[j-1]+1)
			}
			row[j+1] = d
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}

func differ[T rune | int](a, b T) int {
	if a == b {
		return 0
	}
	return 1
}
