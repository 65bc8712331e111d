package lessons

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// right is testdata/right.md, drawn.
func right(t *testing.T) string {
	t.Helper()
	const file = "testdata/right.md"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	if *update {
		l, err := Read("right.md", text)
		require.NoError(t, err)
		text, err = l.Update()
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(file, text, 0o644))
	}
	return string(text)
}

// complaints are all that Read and Prove say.
func complaints(text string) string {
	l, err := Read("right.md", []byte(text))
	if err == nil {
		err = l.Prove()
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

// changed is a text in which the - lines of a case stand no more, and the +
// lines after each in its place.
func changed(t *testing.T, text string, lines []string) string {
	t.Helper()
	at := 0
	for _, line := range lines {
		mark, rest, _ := strings.Cut(line, " ")
		switch mark {
		case "-":
			i := strings.Index(text, "\n"+rest+"\n")
			if strings.HasPrefix(text, rest+"\n") {
				i = -1
			} else {
				require.GreaterOrEqual(t, i, 0, "no line %q", rest)
			}
			at = i + 1
			text = text[:at] + text[at+len(rest)+1:]
		case "+":
			text = text[:at] + rest + "\n" + text[at:]
			at += len(rest) + 1
		}
	}
	return text
}

// TestEachWrongInOneWay holds what is said about lessons that are wrong in one
// way against testdata/wrong.txt.
func TestEachWrongInOneWay(t *testing.T) {
	const file = "testdata/wrong.txt"
	base := right(t)
	require.Empty(t, complaints(base))
	golden, err := os.ReadFile(file)
	require.NoError(t, err)

	head, rest, _ := strings.Cut(string(golden), "\n== ")
	got := head
	for _, one := range strings.Split(rest, "\n== ") {
		var change []string
		name, body, _ := strings.Cut(one, "\n")
		for _, line := range strings.Split(body, "\n") {
			if strings.HasPrefix(line, "-") || strings.HasPrefix(line, "+") {
				change = append(change, line)
			}
		}
		said := complaints(changed(t, base, change))
		if said == "" {
			t.Errorf("%s: nothing is said", name)
		}
		got += "\n== " + name + "\n" + strings.Join(append(change, said), "\n") + "\n"
	}
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		return
	}
	require.Equal(t, string(golden), got)
}
