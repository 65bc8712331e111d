package lessons_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// flow is a call flow of an RFC as facts: testdata/flows has one a file. Its
// messages are numbered as in the RFC; what each host sends and receives
// stands in the order of its lifeline.
type flow struct {
	id        string
	hosts     []string
	messages  []flowMessage
	order     map[string][]step
	unordered [][]string // messages whose order the standard leaves open
	states    []flowState
	media     []flowMedia
}

// flowMessage is one arrow of the ladder.
type flowMessage struct {
	n, from, to string
	what        string // INVITE; 180 for INVITE
	lost        bool
	optional    bool
	unanswered  bool
	dialog      string // A or B, where the drawing has both
	repeats     string
	crosses     []string
	fields      fields // nil: nobody says what is in its header
}

// flowMedia says that media flows between two hosts once a message is there.
type flowMedia struct {
	after string
	hosts []string
}

// step is one end of an arrow: send F1, recv F2.
type step struct{ does, n string }

// flowState is where the dialog of a host stands after a step; after a timer
// where step is zero.
type flowState struct {
	host, dialog, state string
	after               step
}

// flows reads all flows.
func flows(t testing.TB) []flow {
	t.Helper()
	files, err := filepath.Glob("testdata/flows/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var all []flow
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		all = append(all, readFlow(t, string(text)))
	}
	return all
}

func readFlow(t testing.TB, text string) flow {
	f := flow{order: map[string][]step{}}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		words := strings.Fields(line)
		switch rest := words[1:]; words[0] {
		case "flow":
			f.id = rest[0]
		case "hosts":
			f.hosts = rest
		case "message":
			f.messages = append(f.messages, readMessage(t, rest))
		case "order":
			host, steps, _ := strings.Cut(strings.TrimPrefix(line, "order "), ": ")
			for _, s := range strings.Split(steps, ", ") {
				f.order[host] = append(f.order[host], readStep(strings.Fields(s)))
			}
		case "unordered":
			f.unordered = append(f.unordered, rest)
		case "media":
			require.Equal(t, []string{"and", "both"}, []string{rest[2], rest[4]})
			f.media = append(f.media, flowMedia{rest[0], []string{rest[1], rest[3]}})
		case "fields":
			n, list, _ := strings.Cut(strings.TrimPrefix(line, "fields "), ": ")
			m := f.message(n)
			require.NotNil(t, m, "%s: %q", f.id, line)
			m.fields = readFields(t, list)
		case "state":
			host, dialog, _ := strings.Cut(rest[0], "/")
			f.states = append(f.states, flowState{host, dialog, rest[1], readStep(rest[3:])})
		default:
			t.Fatalf("%s: %q", f.id, line)
		}
	}
	return f
}

// readMessage reads: F3 bob to alice 200 for INVITE repeats F2 in A crosses F4.
func readMessage(t testing.TB, words []string) flowMessage {
	m, err := parseMessage(words)
	require.NoError(t, err)
	return m
}

func parseMessage(words []string) (flowMessage, error) {
	m := flowMessage{n: words[0], from: words[1], to: words[3], what: words[4]}
	words = words[5:]
	if len(words) > 1 && words[0] == "for" {
		m.what += " for " + words[1]
		words = words[2:]
	}
	for len(words) > 0 {
		switch words[0] {
		case "lost":
			m.lost = true
		case "optional":
			m.optional = true
		case "unanswered":
			m.unanswered = true
		case "in":
			m.dialog = words[1]
			words = words[1:]
		case "repeats":
			m.repeats = words[1]
			words = words[1:]
		case "crosses":
			m.crosses = words[1:]
			return m, nil
		default:
			return m, fmt.Errorf("message %s: %q", m.n, words[0])
		}
		words = words[1:]
	}
	return m, nil
}

// readStep reads: send F1; a timer has no step.
func readStep(words []string) step {
	if len(words) == 2 && (words[0] == "send" || words[0] == "recv") {
		return step{words[0], words[1]}
	}
	return step{}
}

func (f *flow) message(n string) *flowMessage {
	for i := range f.messages {
		if f.messages[i].n == n {
			return &f.messages[i]
		}
	}
	return nil
}
