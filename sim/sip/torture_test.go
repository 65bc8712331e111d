package sip

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// torture is one row of verdicts.txt.
type torture struct{ file, section, verdict, about, length string }

var tortureRow = regexp.MustCompile(`^(\S+) +(RFC \d+ §\S+) +(none or 400|400 or 501|none|400|505|drop) +# ([^;]+)(?:; length (\d+))?$`)

func tortures(t *testing.T) (rows []torture) {
	text, err := os.ReadFile("testdata/torture/verdicts.txt")
	require.NoError(t, err)
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m := tortureRow.FindStringSubmatch(line)
		require.NotNil(t, m, line)
		rows = append(rows, torture{m[1], m[2], m[3], m[4], m[5]})
	}
	return rows
}

func (row torture) message(t *testing.T) string {
	text, err := os.ReadFile(filepath.Join("testdata/torture", row.file))
	require.NoError(t, err)
	if strings.HasPrefix(row.section, "RFC 5118") {
		text = []byte(strings.ReplaceAll(string(text), "\n", "\r\n"))
	}
	if row.length != "" {
		text = regexp.MustCompile(`Content-Length: \d+`).ReplaceAll(text, []byte("Content-Length: "+row.length))
	}
	return string(text)
}

// judge parses and checks, and says in a word what is owed: none, drop, or the statuses.
func judge(text string) (verdict string, problems []Problem) {
	var m Message
	if err := m.Parse(text); err != nil {
		p := *err.(*Problem)
		p.Drop = p.Status == 0
		problems = []Problem{p}
	} else {
		problems = m.Check(nil)
	}
	status, drop := Owed(problems)
	switch {
	case drop:
		return "drop", problems
	case status != 0:
		return strconv.Itoa(status), problems
	}
	return "none", problems
}

// disagreements are the messages that siplab judges otherwise than the RFCs' authors, each with the reason.
var disagreements = map[string]string{}

func TestTortureIsJudgedAsRFC4475AndRFC5118Say(t *testing.T) {
	rows := tortures(t)
	require.Len(t, rows, 62, "49 messages of RFC 4475 and one left-over, 12 of RFC 5118")
	for _, row := range rows {
		t.Run(row.file, func(t *testing.T) {
			verdict, problems := judge(row.message(t))
			agrees := false
			for _, v := range strings.Split(row.verdict, " or ") {
				agrees = agrees || v == verdict
			}
			if reason, listed := disagreements[row.file]; listed {
				require.False(t, agrees, "it agrees now: take it off the list (%s)", reason)
				return
			}
			require.True(t, agrees, "%s, %s: %s is owed, siplab says %s: %v", row.section, row.about, row.verdict, verdict, problems)
		})
	}
}

// TestTortureProblems holds each problem with its place against a file that a reader can follow.
func TestTortureProblems(t *testing.T) {
	var b strings.Builder
	for _, row := range tortures(t) {
		verdict, problems := judge(row.message(t))
		fmt.Fprintf(&b, "%s: %s (%s): %s\n", row.file, row.about, strings.TrimSuffix(row.section, " §-"), verdict)
		for _, p := range problems {
			owed := ""
			switch {
			case p.Drop:
				owed = "drop: "
			case p.Status != 0:
				owed = fmt.Sprint(p.Status, ": ")
			}
			fmt.Fprintf(&b, "    %s%s\n", owed, p.Error())
		}
	}
	golden(t, "testdata/torture/problems.txt", b.String())
}

func golden(t *testing.T, file, got string) {
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	wants, gots := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range min(len(wants), len(gots)) {
		require.Equal(t, wants[i], gots[i], "%s, line %d (go test -update writes it anew)", file, i+1)
	}
	require.Equal(t, len(wants), len(gots), "the number of lines of %s", file)
}
