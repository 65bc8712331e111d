package style

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

const (
	longestFile     = 400
	longestFunction = 60
	medianFunction  = 8
	longestDoc      = 60
)

func TestFilesAndFunctionsAreSmall(t *testing.T) {
	fset, list := sources(t)
	var lengths []int
	for _, s := range list {
		if s.test || generated(s) {
			continue
		}
		if n := strings.Count(s.text, "\n"); n > longestFile {
			t.Errorf("%s: %d lines; one noun a file, %d at most", s.path, n, longestFile)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			// What counts stands between the braces.
			n := max(1, fset.Position(f.Body.Rbrace).Line-fset.Position(f.Body.Lbrace).Line-1)
			lengths = append(lengths, n)
			if n > longestFunction {
				t.Errorf("%s: %s has %d lines; %d at most", fset.Position(f.Pos()), f.Name.Name, n, longestFunction)
			}
		}
	}
	slices.Sort(lengths)
	if m := lengths[len(lengths)/2]; m > medianFunction {
		t.Errorf("the median function has %d lines; %d at most", m, medianFunction)
	}
}

func generated(s source) bool { return ast.IsGenerated(s.file) }

func TestEachPackageSaysWhatItIs(t *testing.T) {
	_, list := sources(t)
	said := map[string]string{}
	for _, s := range list {
		if s.test {
			continue
		}
		said[s.dir] += s.file.Doc.Text()
	}
	for dir, doc := range said {
		if doc == "" {
			t.Errorf("%s has no package comment", dir)
		}
		if n := strings.Count(doc, "\n"); n > longestDoc {
			t.Errorf("%s: the package comment has %d lines; one screen", dir, n)
		}
	}
}

// TestNoEmptyNames keeps out the names that say nothing.
func TestNoEmptyNames(t *testing.T) {
	fset, list := sources(t)
	for _, s := range list {
		ast.Inspect(s.file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			for _, empty := range []string{"Manager", "Util", "Helper", "Base"} {
				if strings.HasSuffix(spec.Name.Name, empty) && spec.Name.Name != "Base" || spec.Name.Name == empty && empty != "Base" {
					t.Errorf("%s: type %s", fset.Position(n.Pos()), spec.Name.Name)
				}
			}
			return true
		})
	}
}
