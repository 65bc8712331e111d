package style

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../.."

// source is one Go file of the project.
type source struct {
	path string // from the root, with slashes
	dir  string // its package: "." for the root
	test bool
	file *ast.File
	text string
}

// nested are the modules of their own: they check, measure and build.
func nested(dir string) bool {
	_, err := os.Stat(filepath.Join(root, dir, "go.mod"))
	return err == nil && dir != "."
}

// sources parses all Go files of the main module. Programs under internal that
// a go:generate line runs are builders, no part of a run.
func sources(t *testing.T) (*token.FileSet, []source) {
	t.Helper()
	fset := token.NewFileSet()
	var list []source
	walk(t, func(name string) {
		if !strings.HasSuffix(name, ".go") {
			return
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(fset, name, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, source{
			path: name, dir: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
			file: file, text: string(text),
		})
	})
	if len(list) == 0 {
		t.Fatal("no Go file found")
	}
	return fset, list
}

// walk visits the files of the main module that git would keep.
func walk(t *testing.T, visit func(name string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(full string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, full)
		name = filepath.ToSlash(name)
		if d.IsDir() {
			if name != "." && (strings.HasPrefix(d.Name(), ".") || nested(name)) {
				return filepath.SkipDir
			}
			return nil
		}
		visit(name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// builder says whether the package is a program that go generate runs.
func builder(s source) bool {
	return s.file.Name.Name == "main" && !strings.HasPrefix(s.dir, "cmd/")
}
