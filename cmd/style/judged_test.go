package style

import (
	"go/ast"
	"strings"
	"testing"
)

// unjudged are the functions of tests that make a World without the laws, each
// with the reason.
var unjudged = map[string]string{
	"sim/bounds_test.go TestBoundOnHosts":                                    refused,
	"sim/bounds_test.go TestNewNamesAllThatCannotBe":                         refused,
	"sim/oracle_test.go sendsUntilHeard":                                     "each of its runs ends where alice hears, for chance is what is judged",
	"sim/reset_test.go TestResetLeavesNothing":                               "each of its runs is made again by run, which judges it",
	"sim/scenario/run_test.go TestTheHeaderOfATraceNamesEachWayOfALink":      "its World never runs",
	"sim/script_test.go TestWhatAScriptHostCannotSendIsAnErrorOfTheScenario": refused,
}

const refused = "its World is refused"

// Laws hold in every run of every test: who makes a World in one looks at them
// there, or has it of package judged, which does. A benchmark measures the run
// alone.
func TestEachWorldOfATestIsJudged(t *testing.T) {
	_, list := sources(t)
	met := map[string]bool{}
	for _, s := range list {
		if !s.test {
			continue
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !selects(f, "sim", "New") || selects(f, "law", "New") || selects(f, "law", "Watch") || strings.HasPrefix(f.Name.Name, "Benchmark") {
				continue
			}
			name := s.path + " " + f.Name.Name
			met[name] = true
			if unjudged[name] == "" {
				t.Errorf("%s makes a World that no law looks at: take judged.New", name)
			}
		}
	}
	for name := range unjudged {
		if !met[name] {
			t.Errorf("%s needs no excuse", name)
		}
	}
}

// selects says whether a function has pkg.name in it.
func selects(f *ast.FuncDecl, pkg, name string) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == name {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == pkg {
				found = true
			}
		}
		return !found
	})
	return found
}
