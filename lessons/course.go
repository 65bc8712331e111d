package lessons

import (
	"cmp"
	"embed"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"siplab/sim/words"
)

//go:embed [A-Z][0-9][0-9]-*.md rfc*/*.md
var files embed.FS

// fileNames are the files of the course, in order of id, and after them the
// flows of each RFC, in the order of its sections.
func fileNames() []string {
	var names []string
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		panic(err) // an embedded folder is there
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")), compareIDs(strings.TrimSuffix(a, ".md"), strings.TrimSuffix(b, ".md")))
	})
	return names
}

// compareIDs compares numbers in names as numbers: 3.10 comes after 3.9.
func compareIDs(a, b string) int {
	for a != "" && b != "" {
		x, y := leading(a), leading(b)
		m, errX := strconv.Atoi(x)
		n, errY := strconv.Atoi(y)
		order := cmp.Compare(x, y)
		if errX == nil && errY == nil {
			order = cmp.Compare(m, n)
		}
		if order != 0 {
			return order
		}
		a, b = a[len(x):], b[len(y):]
	}
	return cmp.Compare(len(a), len(b))
}

// leading are the digits that a name begins with, or what comes before the
// next.
func leading(name string) string {
	digit := func(c byte) bool { return '0' <= c && c <= '9' }
	i := 1
	for i < len(name) && digit(name[i]) == digit(name[0]) {
		i++
	}
	return name[:i]
}

// IDs are the ids of the course's lessons, in order. Nothing is read.
func IDs() []string {
	var out []string
	for _, name := range fileNames() {
		id, _ := nameParts(name)
		out = append(out, id)
	}
	return out
}

// Names are the ids and slugs by which Find knows the course's lessons. Nothing
// is read.
func Names() []string {
	var out []string
	for _, name := range fileNames() {
		id, slug := nameParts(name)
		if out = append(out, id); slug != "" {
			out = append(out, slug)
		}
	}
	return out
}

// All are the lessons of the course, in order of id.
func All() ([]*Lesson, error) {
	var out []*Lesson
	var all words.Errors
	for _, name := range fileNames() {
		l, err := open(name)
		if err != nil {
			all = append(all, err.(words.Errors)...)
			continue
		}
		out = append(out, l)
	}
	return out, all.Err()
}

// Find is the lesson of that id or slug, in upper or lower case. Only its file
// is read. The error says which name is near.
func Find(name string) (*Lesson, error) {
	for _, file := range fileNames() {
		if id, slug := nameParts(file); strings.EqualFold(name, id) || slug != "" && strings.EqualFold(name, slug) {
			return open(file)
		}
	}
	return nil, &words.Error{Text: "there is no lesson " + words.Show(name), Near: words.Nearest(name, Names())}
}

func open(file string) (*Lesson, error) {
	text, err := files.ReadFile(file)
	if err != nil {
		return nil, words.Errors{{File: file, Text: err.Error()}}
	}
	l, err := Read(file, text)
	if err == nil {
		l.course = true
	}
	return l, err
}
