package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed planted.txt
var planted string

// source is a fault in a file of the project.
type source struct {
	name, file, text, with, test string
	all                          bool // the text is there more than once, and each is changed
}

// sources are the faults of planted.txt.
func sources() []source {
	var all []source
	for line := range strings.Lines(planted) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "" || word == "#" {
			continue
		}
		if word == "fault" {
			all = append(all, source{name: rest})
			continue
		}
		s := &all[len(all)-1]
		switch word {
		case "file":
			s.file = rest
		case "text":
			s.text = rest
		case "with":
			s.with = rest
		case "test":
			s.test = rest
		case "all":
			s.all = true
		}
	}
	return all
}

// root is the folder of the project: that of the module siplab.
func root() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		text, bad := os.ReadFile(filepath.Join(dir, "go.mod"))
		if bad == nil && strings.HasPrefix(string(text), "module siplab\n") {
			return dir, nil
		}
		if filepath.Dir(dir) == dir {
			return "", fmt.Errorf("no module siplab is above this folder")
		}
		dir = filepath.Dir(dir)
	}
	return "", err
}

// planted is the text of the file with the fault in it.
func (s *source) planted(dir string) (string, error) {
	text, err := os.ReadFile(filepath.Join(dir, s.file))
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(text), s.text); n == 0 || n > 1 != s.all {
		return "", fmt.Errorf("%s: %s has %q %d times", s.name, s.file, s.text, n)
	}
	return strings.ReplaceAll(string(text), s.text, s.with), nil
}

var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// noticed runs the tests on the faulty source, and is the name of the first one
// that fails; "" for none.
func (s *source) noticed(dir, room string) (string, error) {
	text, err := s.planted(dir)
	if err != nil {
		return "", err
	}
	file, overlay := filepath.Join(room, "planted.go"), filepath.Join(room, "overlay.json")
	list, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(dir, s.file): file}})
	if err != nil {
		return "", err
	}
	for name, bytes := range map[string][]byte{file: []byte(text), overlay: list} {
		if err := os.WriteFile(name, bytes, 0o600); err != nil {
			return "", err
		}
	}
	run := exec.Command("go", "test", "-failfast", "-overlay", overlay, s.test)
	run.Dir = dir
	out, err := run.CombinedOutput()
	if err == nil {
		return "", nil
	}
	names := failed.FindAllStringSubmatch(string(out), -1)
	if len(names) == 0 {
		return "", fmt.Errorf("%s: %s", s.name, out)
	}
	deepest := names[0][1]
	for _, n := range names {
		if strings.HasPrefix(n[1], deepest) {
			deepest = n[1]
		}
	}
	return s.test + " " + deepest, nil
}
