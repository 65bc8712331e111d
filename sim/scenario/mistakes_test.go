package scenario

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
)

var update = flag.Bool("update", false, "rewrite testdata")

// base is the scenario that the lines of testdata/mistakes.txt are added to.
const base = `phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com password zanzibar
registrar biloxi domain biloxi.example.com
`

// office is base with a proxy.
const office = base + "proxy ss1 domain biloxi.example.com\n"

func parsed(t require.TestingT, text string) *sim.Scenario {
	s, err := Parse("", text)
	require.NoError(t, err)
	return s
}

// Mistakes of newcomers and the messages they get: blocks of lines, the
// messages indented below them. One line is a statement added to base; several
// are a text of their own.
func TestMistakes(t *testing.T) {
	const file = "testdata/mistakes.txt"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var out []string
	for _, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		var lines []string
		for _, line := range strings.Split(block, "\n") {
			if !strings.HasPrefix(line, "    ") {
				lines = append(lines, line)
			}
		}
		out = append(out, strings.Join(lines, "\n")+"\n"+indented(mistake(t, lines)))
	}
	got := strings.Join(out, "\n\n") + "\n"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	require.Equal(t, string(text), got)
}

func mistake(t *testing.T, lines []string) error {
	if len(lines) > 1 {
		_, err := Parse("my.siplab", strings.Join(lines, "\n"))
		return err
	}
	s := parsed(t, base)
	before := Print(s)
	err := ParseStatement(s, lines[0])
	if err != nil {
		require.Equal(t, before, Print(s), "a wrong statement changes nothing")
	}
	return err
}

func indented(err error) string {
	if err == nil {
		return "    fine"
	}
	return "    " + strings.ReplaceAll(err.Error(), "\n", "\n    ")
}
