package lessons

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/diagrams"
)

// drawing says to a test process that it is to draw, and not to test.
const drawing = "SIPLAB_DRAWS_EVERY_FLOW"

// fewPNGs is how many flows are drawn as PNG too, which takes its time.
const fewPNGs = 6

// TestEachFlowIsDrawnTheSameInTwoProcesses: neither another process nor another
// number of processors changes a byte.
func TestEachFlowIsDrawnTheSameInTwoProcesses(t *testing.T) {
	if os.Getenv(drawing) != "" {
		fmt.Printf("drawn %x\n", drawEveryFlow(t))
		return
	}
	var lines []string
	for _, processors := range []string{"1", "2"} {
		c := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
		c.Env = append(os.Environ(), drawing+"=1", "GOMAXPROCS="+processors)
		out, err := c.Output()
		require.NoError(t, err)
		var hash string
		for line := range strings.Lines(string(out)) {
			if _, err := fmt.Sscanf(line, "drawn %s", &hash); err == nil {
				break
			}
		}
		require.Len(t, hash, 2*sha256.Size)
		lines = append(lines, hash)
	}
	require.Equal(t, lines[0], lines[1])
}

func drawEveryFlow(t *testing.T) []byte {
	sum := sha256.New()
	for i, name := range Names() {
		l, err := Find(name)
		require.NoError(t, err)
		for _, run := range l.Runs {
			tr, err := run.Trace()
			require.NoError(t, err)
			ladder := diagrams.NewLadder(tr, diagrams.Options{})
			for _, s := range []string{ladder.Text(), ladder.ASCII(), ladder.SVG(), ladder.Mermaid(), ladder.PlantUML(), ladder.DOT(), diagrams.HTML(tr, diagrams.Options{})} {
				sum.Write([]byte(s))
			}
			if i < fewPNGs {
				png, err := ladder.PNG()
				require.NoError(t, err)
				sum.Write(png)
			}
		}
	}
	return sum.Sum(nil)
}
