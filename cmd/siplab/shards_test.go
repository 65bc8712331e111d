package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert/yaml"
	"github.com/stretchr/testify/require"
)

const sharded = `title A plain call
net delay 20ms
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com answer-after 1s
at 0s alice calls bob
at 20s alice hangs up
`

// shardRoom is a folder with the scenario that the recipes name.
func shardRoom(t *testing.T) string {
	t.Helper()
	room := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(room, "my.siplab"), []byte(sharded), 0o600))
	return room
}

// shell runs a text as a user would paste it.
func shell(t *testing.T, room, text string, env ...string) {
	t.Helper()
	c := exec.Command("sh", "-ec", text)
	c.Dir, c.Env = room, append(os.Environ(), env...)
	out, err := c.CombinedOutput()
	require.NoError(t, err, "%s\n%s", text, out)
}

// recipe is what stands indented under a head of siplab help shards, in blocks,
// to the letter but for the number of runs, which is that of a test.
func recipe(t *testing.T, head string) []string {
	t.Helper()
	_, after, ok := strings.Cut(shardsHelp, "\n"+head)
	require.True(t, ok, head)
	var blocks []string
	in := false
	for _, line := range strings.Split(after, "\n")[1:] {
		text, indented := strings.CutPrefix(line, "  ")
		switch {
		case indented && in:
			blocks[len(blocks)-1] += text + "\n"
		case indented:
			blocks = append(blocks, text+"\n")
		case shardHead.MatchString(line):
			return blocks
		}
		in = indented
	}
	return blocks
}

// shardHead matches a line that begins with two words in capitals.
var shardHead = regexp.MustCompile(`^[A-Z]+ [A-Z]+`)

var runsOf = regexp.MustCompile(`--runs \d+`)

const fewRuns = "--runs 32"

func few(text string) string { return runsOf.ReplaceAllString(text, fewRuns) }

// wholeSweep is what one process writes.
func wholeSweep(t *testing.T) string {
	t.Helper()
	room := shardRoom(t)
	shell(t, room, `siplab sweep my.siplab --vary "loss 0%..50% step 5%" `+fewRuns+` -o whole.jsonl`)
	return slurp(t, filepath.Join(room, "whole.jsonl"))
}

func slurp(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}

func TestTheRecipeForXargs(t *testing.T) {
	blocks := recipe(t, "ON ONE MACHINE")
	require.Len(t, blocks, 1)
	room := shardRoom(t)
	shell(t, room, few(blocks[0]))
	require.Equal(t, wholeSweep(t), slurp(t, filepath.Join(room, "whole.jsonl")))
}

// standIn does with a script what sbatch --wait does: it runs it once for each
// number of its array, with the variables that Slurm sets.
const standIn = `#!/bin/sh -e
test "$1" = --wait
array=$(sed -n 's/^#SBATCH.*--array=\([0-9-]*\).*/\1/p' "$2")
cpus=$(sed -n 's/^#SBATCH.*--cpus-per-task=\([0-9]*\).*/\1/p' "$2")
for n in $(seq "${array%-*}" "${array#*-}"); do
  SLURM_ARRAY_TASK_ID=$n SLURM_CPUS_PER_TASK=$cpus sh "$2"
done
`

func TestTheRecipeForSlurm(t *testing.T) {
	blocks := recipe(t, "ON A CLUSTER")
	require.Len(t, blocks, 2)
	room := shardRoom(t)
	require.NoError(t, os.WriteFile(filepath.Join(room, "sweep.sh"), []byte(few(blocks[0])), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(room, "sbatch"), []byte(standIn), 0o700))
	shell(t, room, blocks[1], "PATH="+room+":"+os.Getenv("PATH"))
	require.Equal(t, wholeSweep(t), slurp(t, filepath.Join(room, "whole.jsonl")))
}

// indexedJob is what the recipe for Kubernetes uses of a Job.
type indexedJob struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string
	Metadata   struct{ Name string }
	Spec       struct {
		Completions          int
		Parallelism          int
		CompletionMode       string `yaml:"completionMode"`
		BackoffLimitPerIndex int    `yaml:"backoffLimitPerIndex"`
		Template             struct {
			Spec struct {
				RestartPolicy string `yaml:"restartPolicy"`
				Containers    []struct {
					Name, Image  string
					WorkingDir   string `yaml:"workingDir"`
					Command      []string
					Args         []string
					VolumeMounts []struct {
						Name      string
						MountPath string `yaml:"mountPath"`
					} `yaml:"volumeMounts"`
				}
				Volumes []struct {
					Name  string
					Claim struct {
						Name string `yaml:"claimName"`
					} `yaml:"persistentVolumeClaim"`
				}
			}
		}
	}
}

func TestTheRecipeForKubernetes(t *testing.T) {
	blocks := recipe(t, "IN KUBERNETES")
	require.Len(t, blocks, 2)
	var job indexedJob
	require.NoError(t, yaml.Unmarshal([]byte(blocks[0]), &job))
	require.Equal(t, []string{"batch/v1", "Job", "Indexed", "Never"}, []string{job.APIVersion, job.Kind, job.Spec.CompletionMode, job.Spec.Template.Spec.RestartPolicy})
	pod := job.Spec.Template.Spec
	require.Len(t, pod.Containers, 1)
	c := pod.Containers[0]
	require.Equal(t, c.WorkingDir, c.VolumeMounts[0].MountPath)
	require.Equal(t, c.VolumeMounts[0].Name, pod.Volumes[0].Name)
	require.NotEmpty(t, pod.Volumes[0].Claim.Name)
	room := shardRoom(t)
	for i := range job.Spec.Completions {
		line := append(append([]string{}, c.Command...), c.Args...)
		line[len(line)-1] = few(line[len(line)-1])
		run := exec.Command(line[0], line[1:]...)
		run.Dir, run.Env = room, append(os.Environ(), "JOB_COMPLETION_INDEX="+strconv.Itoa(i))
		out, err := run.CombinedOutput()
		require.NoError(t, err, string(out))
	}
	shell(t, room, blocks[1])
	require.Equal(t, wholeSweep(t), slurp(t, filepath.Join(room, "whole.jsonl")))
}

// A part that was killed in the midst goes on where it stopped.
func TestAPartThatWasKilledGoesOn(t *testing.T) {
	room := shardRoom(t)
	part := func(name string) *exec.Cmd {
		c := exec.Command("siplab", "sweep", "my.siplab", "--vary", "loss 0%..50% step 5%", "--runs", "2000", "--shard", "2/4", "--workers", "1", "-o", name)
		c.Dir = room
		return c
	}
	require.NoError(t, part("calm.jsonl").Run())
	killed := part("killed.jsonl")
	require.NoError(t, killed.Start())
	name := filepath.Join(room, "killed.jsonl")
	require.Eventually(t, func() bool {
		b, _ := os.ReadFile(name)
		return bytes.Count(b, []byte("\n")) >= 3
	}, 30*time.Second, time.Millisecond)
	require.NoError(t, killed.Process.Kill())
	killed.Wait()
	calm := slurp(t, filepath.Join(room, "calm.jsonl"))
	require.NoError(t, part("killed.jsonl").Run())
	require.Equal(t, calm, slurp(t, name))
}
