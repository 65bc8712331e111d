// Package behaviour is the account of which behaviours of the standards the
// tests hold. Tests alone import it.
//
// A behaviour has an id, as in DLG-12. A test that holds it has the id in its
// name; one that no test of a package can hold stands in a list with the
// reason.
package behaviour

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Group is one group of behaviours: ids from PREFIX-01 to PREFIX-Count.
type Group struct {
	Prefix, Name string
	Count        int
}

// Groups are all behaviours that siplab accounts for.
var Groups = []Group{
	{"ICT", "INVITE client", 23},
	{"NICT", "non-INVITE client", 13},
	{"IST", "INVITE server", 22},
	{"NIST", "non-INVITE server", 12},
	{"UAC", "UAC core", 25},
	{"UAS", "UAS core", 29},
	{"DLG", "dialog", 25},
	{"PRX", "proxy", 49},
	{"REG", "registrar", 24},
	{"DIG", "digest", 24},
	{"PRK", "PRACK", 14},
	{"REI", "re-INVITE and UPDATE", 18},
	{"REF", "REFER and Replaces", 15},
	{"EVT", "events", 7},
	{"MSG", "MESSAGE", 3},
	{"TRN", "transport", 9},
}

// ids are the behaviours of a group.
func (g Group) ids() []string {
	all := make([]string, g.Count)
	for n := range all {
		all[n] = fmt.Sprintf("%s-%02d", g.Prefix, n+1)
	}
	return all
}

var (
	id      = regexp.MustCompile(`\b[A-Z]{3,4}-\d\d\b`)
	subtest = regexp.MustCompile(`t\.Run\("((?:[A-Z]{3,4}-\d\d,? )+)`)
)

// InTests are the ids with which the subtests of this package begin.
func InTests(t *testing.T) []string {
	files, err := filepath.Glob("*_test.go")
	require.NoError(t, err)
	var named []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		for _, found := range subtest.FindAllStringSubmatch(string(text), -1) {
			named = append(named, In(found[1])...)
		}
	}
	return named
}

// In are the ids in texts, such as the titles of transcripts.
func In(texts ...string) []string {
	var named []string
	for _, text := range texts {
		named = append(named, id.FindAllString(text, -1)...)
	}
	return named
}

// Held holds that each behaviour of the groups with these prefixes is named, or
// stands in elsewhere with a reason, one of the two.
func Held(t *testing.T, prefixes, named []string, elsewhere map[string]string) {
	require.Empty(t, faults(prefixes, named, elsewhere))
}

// faults is what is wrong with such an account: a behaviour without a mark or
// with two, and a mark of a behaviour that there is not.
func faults(prefixes, named []string, elsewhere map[string]string) []string {
	var all, wrong []string
	for _, g := range Groups {
		if slices.Contains(prefixes, g.Prefix) {
			all = append(all, g.ids()...)
		}
	}
	for _, id := range all {
		switch held, reason := slices.Contains(named, id), elsewhere[id]; {
		case held && reason != "":
			wrong = append(wrong, id+" is held by a test, and a reason says why by none")
		case !held && reason == "":
			wrong = append(wrong, id+" is held by no test, and no reason says why")
		}
	}
	marks := slices.Sorted(maps.Keys(elsewhere))
	for _, id := range named {
		if prefix, _, _ := strings.Cut(id, "-"); slices.Contains(prefixes, prefix) {
			marks = append(marks, id)
		}
	}
	for _, id := range marks {
		if !slices.Contains(all, id) {
			wrong = append(wrong, id+" is no behaviour of these groups")
		}
	}
	return wrong
}
