package style

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sections are the headings of each RFC that the project cites, by number.
func sections(t *testing.T) map[string]map[string]bool {
	text, err := os.ReadFile("testdata/sections.txt")
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		words := strings.Fields(line)
		of[words[0]] = map[string]bool{}
		for _, s := range words[1:] {
			of[words[0]][s] = true
		}
	}
	return of
}

// citation is "RFC 3261 §17.1.1.2", or the short form of the tables of rows,
// "3261 17.1.1.2".
var citation = regexp.MustCompile(`RFC (\d{4}),? §(\d+(?:\.\d+)*|[A-Z](?:\.\d+)*)|"(\d{4}) (\d+(?:\.\d+)*)"`)

func TestEachCitedSectionExists(t *testing.T) {
	of := sections(t)
	cited := 0
	walk(t, func(name string) {
		if !strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, ".md") {
			return
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range citation.FindAllStringSubmatch(string(text), -1) {
			rfc, section := m[1]+m[3], m[2]+m[4]
			known, ok := of[rfc]
			cited++
			switch {
			case !ok:
				t.Errorf("%s: the sections of RFC %s are not in testdata/sections.txt", name, rfc)
			case !known[section]:
				t.Errorf("%s: RFC %s has no section %s", name, rfc, section)
			}
		}
	})
	if cited == 0 {
		t.Error("nothing is cited")
	}
}
