package sim_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"siplab/sim/core"
	"siplab/sim/explore"
	"siplab/sim/proxy"
	"siplab/sim/registrar"
	"siplab/sim/transaction"
	"siplab/sim/ua"
)

// Each bug that an element can be given is an exhibit: a law or lose-each finds
// it, and finds nothing where the element is sound.
func TestMuseumOfBugs(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/museum.txt")
	require.NoError(t, err)
	var shown []string
	for _, exhibit := range archive.Files {
		shown = append(shown, exhibit.Name)
		t.Run(exhibit.Name, func(t *testing.T) {
			text := string(exhibit.Data)
			finder, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
			require.Contains(t, text, " bug "+exhibit.Name)
			sound := strings.ReplaceAll(text, " bug "+exhibit.Name, "")
			require.Contains(t, findings(t, text, finder), finder)
			require.Empty(t, findings(t, sound, finder), "without the bug")
		})
	}
	for _, b := range allBugs() {
		require.Contains(t, shown, b.Name, "is shown")
		require.Equal(t, 1, len(slices.DeleteFunc(slices.Clone(shown), func(name string) bool { return name != b.Name })))
	}
}

func allBugs() []core.Bug {
	all := slices.Concat(ua.Bugs(), proxy.Bugs(), registrar.Bugs())
	for _, b := range transaction.Bugs() {
		all = append(all, core.Bug{Name: b.Name, Means: b.Means, Seen: b.Seen, Ref: b.Ref})
	}
	return all
}

// findings are what a law, or lose-each, finds wrong in a scenario.
func findings(t *testing.T, text, finder string) string {
	s := parse(t, text)
	var all []string
	if want, each := strings.CutPrefix(finder, "lose-each: "); each {
		table, err := explore.Each(context.Background(), s, explore.Options{})
		require.NoError(t, err)
		for i := range table.Rows {
			for _, wrong := range table.Rows[i].WentWrong {
				if strings.Contains(wrong, want) {
					all = append(all, "lose-each: "+wrong)
				}
			}
		}
	} else {
		r, err := explore.Play(s)
		require.NoError(t, err)
		for _, b := range r.Broken {
			all = append(all, "law "+b.Law+": "+b.Text)
		}
	}
	return strings.Join(all, "\n")
}

func TestEachBugOfAStackSaysWhatItBreaks(t *testing.T) {
	names := map[string]core.Bug{}
	for _, b := range allBugs() {
		require.NotContains(t, names, b.Name, "one name, one bug")
		names[b.Name] = b
		require.NotEmpty(t, b.Means)
		require.NotEmpty(t, b.Seen)
		require.Regexp(t, `^RFC \d+ §`, b.Ref)
	}
}
