package exam

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/diagrams"
	"siplab/sim/explore"
	"siplab/sim/trace"
)

var update = flag.Bool("update", false, "write the goldens")

// seeds are those that the tests look at.
var seeds = []uint64{3, 7}

var made = map[uint64]*Exam{}

// exam is the examination of a seed, made once.
func exam(t *testing.T, seed uint64) *Exam {
	t.Helper()
	if made[seed] == nil {
		e, err := New(context.Background(), seed)
		require.NoError(t, err)
		require.Len(t, e.Papers, 5)
		made[seed] = e
	}
	return made[seed]
}

func view(t *testing.T, p *Paper, tap string) *trace.Trace {
	t.Helper()
	tr, err := p.View(tap)
	require.NoError(t, err)
	return tr
}

func TestWhatEachPaperPromises(t *testing.T) {
	for _, seed := range seeds {
		clean, unseen := 0, 0
		for _, p := range exam(t, seed).Papers {
			switch right := p.Questions[1]; {
			case right.Options[right.Right] == nothing:
				clean++
				require.Empty(t, p.Scenario.Faults)
			case right.Options[right.Right] == captured:
				unseen++
				require.Empty(t, p.Scenario.Faults)
				require.NotZero(t, p.unseen)
			default:
				require.NotEmpty(t, p.Scenario.Faults)
			}
			require.NotEqual(t, p.Tap, p.Second)
			for _, q := range p.Questions {
				require.GreaterOrEqual(t, len(q.Options), 2, q.Ask)
				require.LessOrEqual(t, len(q.Options), mostWrong+1, q.Ask)
			}
		}
		require.Equal(t, 1, clean, "seed %d", seed)
		require.Equal(t, 1, unseen, "seed %d", seed)
	}
}

// TestTheAnswersAreThoseOfTheRun asks the run itself.
func TestTheAnswersAreThoseOfTheRun(t *testing.T) {
	for _, seed := range seeds {
		for _, p := range exam(t, seed).Papers {
			run, err := explore.Play(p.Scenario)
			require.NoError(t, err)
			lost := 0
			for _, e := range run.Trace.Events {
				if e.Kind == trace.Lose {
					lost++
				}
			}
			require.Equal(t, len(p.Scenario.Faults), lost, "seed %d paper %d", seed, p.Number)
			for _, q := range p.Questions[3:] {
				host := strings.Fields(q.Ask)[2]
				var told []string
				for _, e := range run.Trace.Events {
					if e.Kind == trace.Tell && run.Trace.HostName(e.Host) == host {
						told = append(told, e.Name)
					}
				}
				require.Equal(t, strings.Join(told, ", "), q.Options[q.Right])
			}
		}
	}
}

func TestATapThatMissedAPacketDidNotLoseIt(t *testing.T) {
	for _, p := range exam(t, 7).Papers {
		if p.unseen == 0 {
			continue
		}
		seen := len(view(t, p, p.Tap).Events)
		whole := *p
		whole.unseen = 0
		require.Equal(t, seen+2, len(view(t, &whole, p.Tap).Events), "a send and an arrival more")
	}
}

func TestTheSameSeedGivesTheSamePapers(t *testing.T) {
	again, err := New(context.Background(), 3)
	require.NoError(t, err)
	require.Equal(t, exam(t, 3), again)
	require.NotEqual(t, exam(t, 3).Papers, exam(t, 7).Papers)
}

// TestViews holds what the candidate of one seed sees.
func TestViews(t *testing.T) {
	var b strings.Builder
	for _, p := range exam(t, 7).Papers {
		b.WriteString(p.Title + ", seen at " + p.Tap + "\n\n" + diagrams.NewLadder(view(t, p, p.Tap), diagrams.Options{}).Text() + "\n")
		for _, q := range p.Questions {
			b.WriteString(q.Ask + " " + q.Options[q.Right] + "\n")
		}
		b.WriteString("\n")
	}
	golden, err := os.ReadFile("testdata/seed7.txt")
	if *update {
		require.NoError(t, os.WriteFile("testdata/seed7.txt", []byte(b.String()), 0o644))
		return
	}
	require.NoError(t, err)
	require.Equal(t, string(golden), b.String())
}

func BenchmarkExam(b *testing.B) {
	for seed := uint64(0); b.Loop(); seed++ {
		_, _ = New(context.Background(), seed)
	}
}
