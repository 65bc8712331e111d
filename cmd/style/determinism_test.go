package style

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// simulated says whether a package decides what happens in a run, or draws it:
// all below cmd, but for explore, which alone runs Worlds side by side.
func simulated(s source) bool {
	return !s.test && !builder(s) && !strings.HasPrefix(s.dir, "cmd/") && s.dir != "sim/explore"
}

// forbidden are the names of the standard library that let the outside in.
var forbidden = map[string][]string{
	"time":      {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"},
	"math/rand": nil, // the whole package
	"os":        {"Getenv", "LookupEnv", "Environ", "Hostname", "Getpid"},
	"sync":      nil,
	"math":      {"Float64bits", "Pow", "Sqrt", "Log", "Exp", "Floor", "Ceil", "Round"},
	"unsafe":    nil,
	"C":         nil,
	"syscall":   nil,
	"os/exec":   nil,
	"net":       nil,
	"net/http":  nil,
}

// SEC-64: the core lets nothing in: no clock, no network, no other program, no
// unsafe memory and no C.
func TestNoClockNoChanceNoLock(t *testing.T) {
	fset, list := sources(t)
	for _, s := range list {
		if !simulated(s) {
			continue
		}
		for _, im := range s.file.Imports {
			p := strings.Trim(im.Path.Value, `"`)
			if names, listed := forbidden[p]; listed && names == nil {
				t.Errorf("%s imports %s", s.path, p)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Obj == nil {
					for _, name := range forbidden[pkg.Name] {
						if sel.Sel.Name == name {
							t.Errorf("%s: %s.%s", fset.Position(n.Pos()), pkg.Name, name)
						}
					}
				}
			}
			return true
		})
	}
}

func TestNoGoroutine(t *testing.T) {
	fset, list := sources(t)
	for _, s := range list {
		if !simulated(s) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.GoStmt, *ast.SelectStmt, *ast.ChanType:
				t.Errorf("%s: goroutines and channels live above", fset.Position(n.Pos()))
			}
			return true
		})
	}
}

func TestNoFloat(t *testing.T) {
	fset, list := sources(t)
	for _, s := range list {
		if !simulated(s) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if n.Name == "float64" || n.Name == "float32" {
					t.Errorf("%s: %s", fset.Position(n.Pos()), n.Name)
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT && !wholeNumber(n.Value) {
					t.Errorf("%s: %s", fset.Position(n.Pos()), n.Value)
				}
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Seconds" {
					t.Errorf("%s: Seconds() is a float", fset.Position(n.Pos()))
				}
			}
			return true
		})
	}
}

// wholeNumber tells 1e9, which stands for an integer, from a fraction.
func wholeNumber(literal string) bool { return !strings.ContainsAny(literal, ".-p") }

func TestNoTestIsSkipped(t *testing.T) {
	fset, list := sources(t)
	for _, s := range list {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && s.test && (sel.Sel.Name == "Skip" || sel.Sel.Name == "Skipf") {
				t.Errorf("%s: a skipped test proves nothing", fset.Position(n.Pos()))
			}
			return true
		})
	}
}
