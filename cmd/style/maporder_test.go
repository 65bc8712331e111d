package style

import (
	"go/ast"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// anyOrder marks a range over a map whose order cannot show; the comment says
// why.
const anyOrder = "in any order:"

// TestNoMapOrderShows finds each range over a map in what is simulated. It is
// right in a function that sorts what it gathered, or beside a comment that
// says why the order cannot show.
func TestNoMapOrderShows(t *testing.T) {
	loaded, err := packages.Load(&packages.Config{
		Dir: root,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes |
			packages.NeedTypesInfo | packages.NeedImports | packages.NeedDeps,
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range loaded {
		if strings.HasPrefix(p.PkgPath, "siplab/cmd") || p.Name == "main" {
			continue
		}
		for _, file := range p.Syntax {
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && !sorts(f) {
					mapRanges(t, p, file, f)
				}
			}
		}
	}
}

func mapRanges(t *testing.T, p *packages.Package, file *ast.File, f *ast.FuncDecl) {
	ast.Inspect(f, func(n ast.Node) bool {
		r, ok := n.(*ast.RangeStmt)
		if !ok {
			return true
		}
		kind := p.TypesInfo.TypeOf(r.X)
		if kind == nil {
			return true
		}
		if _, isMap := kind.Underlying().(*types.Map); isMap && !excused(p, file, r) {
			t.Errorf("%s: the order of a map may show", p.Fset.Position(n.Pos()))
		}
		return true
	})
}

// sorts says whether the function calls something of slices or sort that
// sorts.
func sorts(f *ast.FuncDecl) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := sel.X.(*ast.Ident); ok && (pkg.Name == "slices" || pkg.Name == "sort") {
				found = found || strings.HasPrefix(sel.Sel.Name, "Sort")
			}
		}
		return true
	})
	return found
}

// excused says whether a comment on the line of the range, or on the line
// before, gives a reason.
func excused(p *packages.Package, file *ast.File, r *ast.RangeStmt) bool {
	line := p.Fset.Position(r.Pos()).Line
	for _, group := range file.Comments {
		for _, c := range group.List {
			at := p.Fset.Position(c.Pos()).Line
			if strings.Contains(c.Text, anyOrder) && (at == line || at == line-1) {
				return true
			}
		}
	}
	return false
}
