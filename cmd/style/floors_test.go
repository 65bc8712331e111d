package style

import (
	"os"
	"strings"
	"testing"
)

// floors gives each package its floor. Imports go down, never to the side.
var floors = map[string]int{
	"netem": 0, "sim/sip": 0, "sim/fsm": 0, "sim/trace": 0, "sim/words": 0, "sim/behaviour": 0,
	"sim/transaction": 1, "sim/dialog": 1, "sim/transport": 1, "sim/auth": 1, "sim/offer": 1,
	"sim/subscription": 1, "sim/resolve": 1, "sim/location": 1, "sim/fault": 1, "sim/ask": 1, "sim/core": 1,
	"diagrams/hostile": 1, // texts and runs for tests
	"sim/ua":           2, "sim/proxy": 2, "sim/registrar": 2, "sim/law": 2, "sim/controller": 2,
	"sim":          3,
	"sim/scenario": 4,
	"diagrams":     5, "sim/explore": 5, "sim/capture": 5,
	"lessons":      6,
	"lessons/exam": 6,
	"cmd/siplab":   7,
}

func TestImportsOnlyGoDown(t *testing.T) {
	_, list := sources(t)
	for _, s := range list {
		if strings.Contains(s.dir, "/internal") || s.test {
			continue
		}
		floor, known := floors[s.dir]
		if !known {
			t.Errorf("%s: package %s stands on no floor; give it one in floors", s.path, s.dir)
			continue
		}
		for _, im := range s.file.Imports {
			of, ours := strings.CutPrefix(strings.Trim(im.Path.Value, `"`), "siplab/")
			if !ours || strings.Contains(of, "internal/") {
				continue
			}
			if below, ok := floors[of]; !ok || below >= floor {
				t.Errorf("%s: floor %d imports %s of floor %d", s.path, floor, of, below)
			}
		}
	}
}

func TestNetemImportsOnlyTheStandardLibrary(t *testing.T) {
	_, list := sources(t)
	for _, s := range list {
		if s.dir != "netem" || s.test {
			continue
		}
		for _, im := range s.file.Imports {
			if p := strings.Trim(im.Path.Value, `"`); strings.Contains(p, ".") || strings.HasPrefix(p, "siplab/") {
				t.Errorf("%s imports %s", s.path, p)
			}
		}
	}
}

func TestTheTopLevelHoldsWhatItMay(t *testing.T) {
	may := map[string]bool{
		"cmd": true, "sim": true, "netem": true, "lessons": true, "diagrams": true,
		"go.mod": true, "go.sum": true, "README.md": true,
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !may[e.Name()] && !strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}
