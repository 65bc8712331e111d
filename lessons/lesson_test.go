package lessons

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/scenario"
)

func TestTheNameGivesIDAndSlug(t *testing.T) {
	for name, want := range map[string][2]string{
		"L01-register.md":           {"L01", "register"},
		"a/b/L05-lost-register.md":  {"L05", "lost-register"},
		`c:\course\L07-silence.md`:  {"L07", "silence"},
		"my-own.md":                 {"", "my-own"},
		"L1-short.md":               {"", "L1-short"},
		"L01-.md":                   {"", "L01-"},
		"standard input":            {"", "standard input"},
		"L01-register.md/README.md": {"", "README"},
	} {
		id, slug := nameParts(name)
		require.Equal(t, want, [2]string{id, slug}, name)
	}
}

func TestFind(t *testing.T) {
	for _, name := range []string{"L01", "l01", "register", "REGISTER"} {
		l, err := Find(name)
		require.NoError(t, err)
		require.Equal(t, "L01", l.ID)
		require.Equal(t, "First registration", l.Title)
		require.Equal(t, "A. Registration", l.Part)
		require.True(t, l.Short)
		require.Contains(t, l.Sections, "RFC 3261 §22.2")
	}
	_, err := Find("regster")
	require.EqualError(t, err, `there is no lesson "regster"; did you mean register?`)
	_, err = Find("")
	require.Error(t, err)
}

func TestTheCourseIsInOrder(t *testing.T) {
	all, err := All()
	require.NoError(t, err)
	require.True(t, slices.IsSortedFunc(IDs(), compareIDs))
	names := Names()
	slices.Sort(names)
	require.Equal(t, names, slices.Compact(slices.Clone(names)), "a name stands for one lesson")
	for i, l := range all {
		require.Equal(t, IDs()[i], l.ID)
		require.Equal(t, l.Flow == nil, l.Slug != "", "a flow has no name but its id")
	}
}

func TestIDsAreInTheOrderOfTheirNumbers(t *testing.T) {
	ids := []string{"L05", "L12", "rfc3665-3.1", "rfc3665-3.9", "rfc3665-3.10", "rfc5407-3.1.1", "rfc5407-B", "rfc5407-B-uac", "rfc5407-E-fig4"}
	require.True(t, slices.IsSortedFunc(ids, compareIDs))
	slices.Reverse(ids)
	require.Less(t, compareIDs(ids[1], ids[0]), 0)
	slices.SortFunc(ids, compareIDs)
	require.Equal(t, "rfc3665-3.10", ids[4])
	require.Zero(t, compareIDs("rfc5407-B", "rfc5407-B"))
}

// TestTheCourseReadsWell holds what the course promises of each lesson: one
// screen of prose before the first run, one thing to do, what was learned,
// what comes next. A flow is short: what races, its run, what to learn.
func TestTheCourseReadsWell(t *testing.T) {
	const screen = 45 // lines
	all, err := All()
	require.NoError(t, err)
	for _, l := range all {
		i := slices.IndexFunc(l.Blocks, func(b *Block) bool { return b.Kind == "scenario" })
		require.LessOrEqual(t, l.Blocks[i].Line, screen, "%s: lines before the first run", l.ID)
		headings := []string{"## Do it", "## What you know now", "## What next"}
		if l.Flow != nil {
			headings = []string{"## What to learn"}
		}
		for _, heading := range headings {
			require.Equal(t, 1, strings.Count(l.Source, "\n"+heading+"\n"), "%s: %s", l.ID, heading)
		}
		for i, text := range strings.Split(string(l.said), "\n") {
			require.LessOrEqual(t, len(strings.TrimSpace(text)), 120, "%s:%d", l.ID, i+1)
		}
		if l.Next != "" {
			require.Contains(t, l.Source[strings.Index(l.Source, "\n## What next\n"):], l.Next, "%s: what next", l.ID)
		}
	}
}

// TestLineEndsOfOtherSystems: a file from a system with other line ends is the
// same lesson, and is drawn with its own.
func TestLineEndsOfOtherSystems(t *testing.T) {
	text := right(t)
	crlf := "\uFEFF" + strings.ReplaceAll(text, "\n", "\r\n")
	l, err := Read("right.md", []byte(crlf))
	require.NoError(t, err)
	require.NoError(t, l.Prove())
	require.Equal(t, text, l.Source)
	drawn, err := l.Update()
	require.NoError(t, err)
	require.Equal(t, strings.TrimPrefix(crlf, "\uFEFF"), string(drawn))
}

// TestUpdate draws pictures anew and leaves all else as it is.
func TestUpdate(t *testing.T) {
	text := right(t)
	blank := regexp.MustCompile("(?s)(```(?:ladder until 520ms|states bob|message F1)\n).*?```").ReplaceAllString(text, "$1```")
	require.Less(t, len(blank), len(text))
	l, err := Read("right.md", []byte(blank))
	require.NoError(t, err)
	require.Error(t, l.Prove())
	drawn, err := l.Update()
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile("testdata/right.md", drawn, 0o644))
	}
	require.Equal(t, text, string(drawn))
}

// TestEachBlockSpeaksOfTheScenarioBeforeIt: a lesson may have several runs.
func TestEachBlockSpeaksOfTheScenarioBeforeIt(t *testing.T) {
	text := right(t) + "\n```scenario\nphone bob sip:bob@biloxi.example.com\nregistrar biloxi domain biloxi.example.com open\n" +
		"at 0s bob registers\n```\n\n```expect\ncount REGISTER is 1\n```\n"
	l, err := Read("right.md", []byte(text))
	require.NoError(t, err)
	require.Len(t, l.Runs, 2)
	require.Same(t, l.Runs[0].Scenario, l.Scenario)
	require.NoError(t, l.Prove())
}

func TestQuestions(t *testing.T) {
	l, err := Read("right.md", []byte(right(t)))
	require.NoError(t, err)
	require.Len(t, l.Questions(), 1)
	q := l.Questions()[0]
	value, err := q.Right()
	require.NoError(t, err)
	require.Equal(t, "2", value.String())
	require.Equal(t, "3", q.Wrong[0].Value.String())
	require.Equal(t, "F2", q.Wrong[0].Refuted.Label)
	require.Equal(t, []string{"Count the branches."}, q.Hints)

	other, err := Changed(l.Scenario, q.Wrong[1].Change)
	require.NoError(t, err)
	require.Equal(t, "bob", other.Hosts[0].Name)
	require.Equal(t, "biloxi", other.Hosts[1].Name, "a host that is changed keeps its place")
	require.NotContains(t, scenario.Print(l.Scenario), "open", "the lesson's own scenario stays as it is")
}

// TestAHostThatIsChangedKeepsItsRoutes: they are said in lines of their own.
func TestAHostThatIsChangedKeepsItsRoutes(t *testing.T) {
	const text = "phone alice sip:alice@atlanta.example.com\nproxy proxy domain biloxi.example.com\n" +
		"route at proxy for sip:bob@biloxi.example.com to sip:bob@192.0.2.9\nat 0s alice calls sip:bob@biloxi.example.com\n"
	s, err := scenario.Parse("", text)
	require.NoError(t, err)
	other, err := Changed(s, []Change{{Line: "proxy proxy domain biloxi.example.com record-route off"}})
	require.NoError(t, err)
	require.Equal(t, strings.Replace(text, "example.com\nroute", "example.com record-route off\nroute", 1), scenario.Print(other))
	_, err = Changed(s, []Change{{Line: "proxy proxy domain biloxi.example.com record-route of"}})
	require.ErrorContains(t, err, "column 52")
}

func TestProveScenario(t *testing.T) {
	const good = "net   delay 20ms # by hand\nphone bob sip:bob@biloxi.example.com password zanzibar\n" +
		"registrar biloxi domain biloxi.example.com\nat 0s bob registers\n"
	prove := func(text string) error {
		s, err := scenario.Parse("my.siplab", text)
		require.NoError(t, err)
		return ProveScenario(s, "my.siplab", text)
	}
	require.NoError(t, prove(good), "it need not be in canonical form")
	for name, c := range map[string]struct{ text, says string }{
		"a fault meets no packet":  {good + "lose 9th REGISTER from bob\n", `my.siplab:5:1: no packet met the fault "lose 9th REGISTER from bob"`},
		"a cut meets no packet":    {good + "cut bob biloxi from 1h\n", `my.siplab:5:1: no packet met the fault "cut bob biloxi from 1h"`},
		"a scenario without hosts": {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := prove(c.text)
			if c.says == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.says)
		})
	}
}

func TestFiguresAreTheSameInEachForm(t *testing.T) {
	for text, want := range map[string][]string{
		"500 ms, 0.5 s, 500ms and 500 milliseconds": {"500ms", "500ms", "500ms", "500ms"},
		"90 s are 1.5 minutes":                      {"90s", "90s"},
		"3600 s is 1h or 1 hour":                    {"1h", "1h", "1h"},
		"the 11th of 12 packets":                    {"11", "12"},
		"T1, F3, L05, SHA-256, 64*T1, 64\\*T1, 4xx": nil,
		"RFC 3261 §17.1.2.2, and RFC 3665":          nil,
		"401 and 200":                               {"401", "200"},
		"99999999999999999999 s":                    {"99999999999999999999"},
	} {
		var got []string
		figures(text, func(_ int, f string) { got = append(got, f) })
		require.Equal(t, want, got, text)
	}
}

func BenchmarkFind(b *testing.B) {
	for b.Loop() {
		_, err := Find("register")
		require.NoError(b, err)
	}
}

func BenchmarkFindAndProve(b *testing.B) {
	for b.Loop() {
		l, err := Find("L07")
		require.NoError(b, err)
		require.NoError(b, l.Prove())
	}
}

// TestALadderRemarksOnAnArrow: the remark stands in the picture, and names a
// message of the run.
func TestALadderRemarksOnAnArrow(t *testing.T) {
	drawn := func(options string) (string, error) {
		text := strings.Replace(right(t), "```ladder until 520ms", "```ladder "+options, 1)
		l, err := Read("right.md", []byte(text))
		if err != nil {
			return "", err
		}
		out, err := l.Update()
		return string(out), err
	}
	text, err := drawn(`until 520ms remark F1 "unheard"`)
	require.NoError(t, err)
	require.Contains(t, text, "» unheard")
	_, err = drawn(`remark F1`)
	require.ErrorContains(t, err, "what to say beside its arrow")
	_, err = drawn(`remark F99 "x"`)
	require.ErrorContains(t, err, `F99`)
}
