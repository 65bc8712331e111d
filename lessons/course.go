package lessons

import (
	"embed"
	"strings"

	"siplab/sim/words"
)

//go:embed *.md
var files embed.FS

// fileNames are the files of the course; since ids lead, in order of id.
func fileNames() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // an embedded folder is there
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names
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
		out = append(out, id, slug)
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
		if id, slug := nameParts(file); strings.EqualFold(name, id) || strings.EqualFold(name, slug) {
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
