package behaviour

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write into the ledger which tests hold what")

const root = "../.."

var inName = regexp.MustCompile(`^Test([A-Z]{3,4})(\d\d)`)

var id = regexp.MustCompile(`\b[A-Z]{3,4}-\d\d\b`)

func TestTheLedgerPrintsBack(t *testing.T) {
	remarks, rest, _ := strings.Cut(text, "\ngroup ")
	require.Equal(t, "\ngroup "+rest, print(Groups()), remarks)
}

func TestEachBehaviourIsWhole(t *testing.T) {
	n := 0
	for _, g := range Groups() {
		for i, b := range g.Behaviours {
			require.Equal(t, fmt.Sprintf("%s-%02d", g.Prefix, i+1), b.ID)
			require.NotEmpty(t, b.Level, b.ID)
			require.NotEmpty(t, b.Section, b.ID)
			require.NotEmpty(t, b.Expect, b.ID)
			n++
		}
	}
	require.Equal(t, 312, n)
}

// Each mark is true: the files that it names are there and name the behaviour,
// and what is left out is named by no test.
func TestEachMarkIsTrue(t *testing.T) {
	named := namedByTests(t)
	groups := Groups()
	if *update {
		for _, g := range groups {
			for i := range g.Behaviours {
				g.Behaviours[i].mark(named)
			}
		}
		remarks, _, _ := strings.Cut(text, "\ngroup ")
		require.NoError(t, os.WriteFile("ledger.txt", []byte(remarks+print(groups)), 0o644))
	}
	require.Empty(t, faults(groups, named), "go test ./sim/behaviour -update")
}

// mark gives a behaviour the mark that it has earned.
func (b *Behaviour) mark(named map[string][]string) {
	b.Held = named[b.ID]
	if len(b.Held) > 0 {
		b.LeftOut = ""
	}
}

// faults is what is wrong with the marks.
func faults(groups []Group, named map[string][]string) (wrong []string) {
	known := map[string]bool{}
	for _, g := range groups {
		for _, b := range g.Behaviours {
			known[b.ID] = true
			for _, file := range b.Held {
				if !slices.Contains(named[b.ID], file) {
					wrong = append(wrong, b.ID+" is not named in "+file)
				}
			}
			switch left := b.LeftOut != ""; {
			case left && len(b.Held) > 0:
				wrong = append(wrong, b.ID+" is held, and a reason says why it is not")
			case left && len(named[b.ID]) > 0:
				wrong = append(wrong, b.ID+" is left out, and "+named[b.ID][0]+" names it")
			case !left && len(b.Held) == 0:
				wrong = append(wrong, b.ID+" has no mark")
			}
		}
	}
	for name, files := range named {
		prefix, _, _ := strings.Cut(name, "-")
		if !known[name] && slices.ContainsFunc(groups, func(g Group) bool { return g.Prefix == prefix }) {
			wrong = append(wrong, files[0]+" names "+name+", which there is not")
		}
	}
	slices.Sort(wrong)
	return wrong
}

// namedByTests are the files that name each behaviour: Go tests in a text,
// transcripts in a title. What this package's own tests say is no claim.
func namedByTests(t *testing.T) map[string][]string {
	named := map[string][]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && strings.HasPrefix(d.Name(), ".") && path != "." || path == "sim/behaviour" {
				return fs.SkipDir
			}
			return err
		}
		for _, one := range claims(t, path) {
			if !slices.Contains(named[one], path) {
				named[one] = append(named[one], path)
			}
		}
		return nil
	})
	require.NoError(t, err)
	return named
}

// claims are the ids that a file names as a test.
func claims(t *testing.T, path string) (ids []string) {
	full := filepath.Join(root, path)
	switch {
	case strings.HasSuffix(path, "_test.go"):
		file, err := parser.ParseFile(token.NewFileSet(), full, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				ids = append(ids, id.FindAllString(n.Value, -1)...)
			case *ast.FuncDecl:
				if m := inName.FindStringSubmatch(n.Name.Name); m != nil {
					ids = append(ids, m[1]+"-"+m[2])
				}
			}
			return true
		})
	case strings.Contains(path, "/testdata/") && strings.HasSuffix(path, ".txt"):
		archive, err := txtar.ParseFile(full)
		require.NoError(t, err)
		for _, f := range archive.Files {
			ids = append(ids, id.FindAllString(f.Name, -1)...)
		}
	}
	return ids
}

func TestFalseMarksAreFound(t *testing.T) {
	groups := []Group{{Prefix: "ABC", Behaviours: []Behaviour{
		{ID: "ABC-01", Held: []string{"a_test.go"}},
		{ID: "ABC-02", Held: []string{"gone_test.go"}},
		{ID: "ABC-03", LeftOut: "not simulated"},
		{ID: "ABC-04", LeftOut: "not simulated"},
		{ID: "ABC-05"},
		{ID: "ABC-06", LeftOut: "not simulated", Held: []string{"a_test.go"}},
	}}}
	named := map[string][]string{
		"ABC-01": {"a_test.go"}, "ABC-04": {"a_test.go"}, "ABC-06": {"a_test.go"}, "ABC-09": {"a_test.go"},
	}
	require.Equal(t, []string{
		"ABC-02 is not named in gone_test.go",
		"ABC-04 is left out, and a_test.go names it",
		"ABC-05 has no mark",
		"ABC-06 is held, and a reason says why it is not",
		"a_test.go names ABC-09, which there is not",
	}, faults(groups, named))
}

// print is the inverse of parse, but for the remarks.
func print(groups []Group) string {
	var b strings.Builder
	for _, g := range groups {
		b.WriteString("\ngroup " + g.Prefix + " " + g.Name + "\n")
		for i := range g.Behaviours {
			g.Behaviours[i].print(&b)
		}
	}
	return b.String()
}

func (x *Behaviour) print(b *strings.Builder) {
	b.WriteString("\n" + x.ID + " " + x.Level + " | " + x.Section + "\n")
	say := func(word, rest string) {
		if rest != "" {
			b.WriteString("  " + word + " " + rest + "\n")
		}
	}
	say("given", x.Given)
	say("event", x.Event)
	say("expect", x.Expect)
	for _, file := range x.Held {
		say("held", file)
	}
	say("left-out", x.LeftOut)
}
