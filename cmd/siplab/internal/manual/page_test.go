package manual

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/words"
)

// said shows what a spot asks for, as text.
func said(s *Spot) (*Shown, error) {
	text := words.Text(s.Args)
	if s.Fenced {
		text = strings.TrimSpace("scenario " + text + "\n" + s.Scenario)
	}
	return &Shown{Text: text, Kind: "text"}, nil
}

func filled(t *testing.T, text string, show func(*Spot) (*Shown, error)) string {
	t.Helper()
	p, err := Read(text)
	require.NoError(t, err)
	out, err := p.Fill(show)
	require.NoError(t, err)
	p, err = Read(out)
	require.NoError(t, err)
	again, err := p.Fill(show)
	require.NoError(t, err)
	require.Equal(t, out, again, "a second time changes nothing")
	return out
}

func TestACommandsTextStandsBeneathItsComment(t *testing.T) {
	want := "# T\n\n<!-- siplab: run x --format text -->\n\n```text\nrun x --format text\n```\n\nafter\n"
	for name, text := range map[string]string{
		"nothing beneath":      "# T\n\n<!-- siplab: run x --format text -->\nafter\n",
		"an old text":          "# T\n\n<!-- siplab: run x --format text -->\n\n```text\nold\n```\n\nafter\n",
		"of another kind":      "# T\n\n<!-- siplab: run x --format text -->\n```mermaid\nold\n```\nafter\n",
		"in tildes":            "# T\n\n<!-- siplab: run x --format text -->\n~~~~text\n~~~\n~~~~\n\nafter\n",
		"a block without end":  "# T\n\n<!-- siplab: run x --format text -->\n\n",
		"an end of the file":   "# T\n\n<!-- siplab: run x --format text -->",
		"a block that is left": "# T\n\n<!-- siplab: run x --format text -->\n\n```text\nold\n",
	} {
		got := filled(t, text, said)
		require.Equal(t, strings.TrimSuffix(want, "\nafter\n"), strings.TrimSuffix(strings.TrimRight(got, "\n")+"\n", "\nafter\n"), name)
	}
}

func TestABlockOfAnotherKindIsNotTaken(t *testing.T) {
	text := "<!-- siplab: run x -->\n\n```sh\nmine\n```\n"
	require.Equal(t, "<!-- siplab: run x -->\n\n```text\nrun x\n```\n\n```sh\nmine\n```\n", filled(t, text, said))
}

func TestAScenarioHasItsLadderBeneath(t *testing.T) {
	text := "```siplab --net \"loss 5%\"\nphone a\n```\nafter"
	require.Equal(t, "```siplab --net \"loss 5%\"\nphone a\n```\n\n```text\nscenario --net loss 5%\nphone a\n```\n\nafter", filled(t, text, said))
}

func TestMarkdownStandsAsItIs(t *testing.T) {
	table := func(s *Spot) (*Shown, error) { return &Shown{Text: "| a |\n| --- |\n"}, nil }
	text := "<!-- siplab: x -->\nafter\n\n<!-- siplab: y -->\n"
	want := "<!-- siplab: x -->\n\n| a |\n| --- |\n\n<!-- siplab: end -->\n\nafter\n\n<!-- siplab: y -->\n\n| a |\n| --- |\n\n<!-- siplab: end -->\n"
	require.Equal(t, want, strings.TrimRight(filled(t, text, table), "\n")+"\n")
}

func TestATextMayHoldFences(t *testing.T) {
	show := func(s *Spot) (*Shown, error) { return &Shown{Text: "```\n````\n<!-- siplab: z -->", Kind: "text"}, nil }
	require.Contains(t, filled(t, "<!-- siplab: x -->\n", show), "`````text\n```\n````\n<!-- siplab: z -->\n`````\n")
}

func TestWhatIsCodeAsksForNothing(t *testing.T) {
	for _, text := range []string{
		"```\n<!-- siplab: run x -->\n```\n", "~~~~\n~~~\n<!-- siplab: x -->\n~~~~\n", "text <!-- siplab: run x -->\n", "    x\n", "",
	} {
		require.Equal(t, text, filled(t, text, said))
	}
}

func TestNothingToShowLeavesWhatIsThere(t *testing.T) {
	text := "<!-- siplab: run x -o x.svg -->\n\n```text\nmine\n```\nafter\n"
	require.Equal(t, text, filled(t, text, func(*Spot) (*Shown, error) { return nil, nil }))
}

func TestLinesKeepTheirEnds(t *testing.T) {
	require.Equal(t, "<!-- siplab: x -->\r\n\r\n```text\r\nx\r\n```\r\n\r\nafter\r\n", filled(t, "<!-- siplab: x -->\r\nafter\r\n", said))
}

func TestErrorsNameTheirLine(t *testing.T) {
	for text, want := range map[string]string{
		"\n<!-- siplab: run x\n-->\n":  "line 2: this comment does not end in its line; <!-- siplab: run register -->",
		"<!-- siplab: -->\n":           "line 1: the command is missing; <!-- siplab: run register -->",
		"<!-- siplab: end -->\n":       "line 1: nothing ends here; a command stands above what is shown",
		"\n\n```siplab\nphone a\n":     "line 3: this block does not end; a line: ```",
		"<!-- siplab: run \"x -->\n\n": "line 1: column",
	} {
		_, err := Read(text)
		require.ErrorContains(t, err, want)
	}
	p, err := Read("one\n```siplab\na\nb\n```\n\n<!-- siplab: run x -->\n")
	require.NoError(t, err)
	_, err = p.Fill(func(s *Spot) (*Shown, error) {
		if s.Fenced {
			return nil, words.Errors{{File: "standard input", Line: 2, Col: 3, Text: "wrong"}}
		}
		return nil, errors.New("no x")
	})
	require.EqualError(t, err, "line 4, column 3: wrong\nline 7: no x")
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"<!-- siplab: x -->\n```text\n", "```siplab\n```", "~~~\n", "<!-- siplab: x -->\n<!-- siplab: end -->", "\r\n", "   ```text\n```"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Read(text)
		if err != nil {
			return
		}
		once, err := p.Fill(said)
		if err != nil {
			return
		}
		p, err = Read(once)
		require.NoError(t, err)
		twice, err := p.Fill(said)
		require.NoError(t, err)
		require.Equal(t, once, twice)
	})
}
