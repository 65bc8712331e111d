package scenario

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

const sends = "phone bob sip:bob@biloxi.example.com\nscript far\nat 1s far sends a.sip to bob\n"

func TestAFileBesideTheScenarioIsSentAsItIs(t *testing.T) {
	folder := fstest.MapFS{"a.sip": {Data: []byte("\x00{\r\n")}, "deep/b.sip": {Data: []byte("b")}}
	s, err := ParseIn(folder, "x", sends+"at 2s far sends deep/b.sip to bob\nat 3s far sends a.sip to bob\n")
	require.NoError(t, err)
	require.Len(t, s.Messages, 2)
	require.Equal(t, "\x00{\r\n", s.Messages[0].File)
	require.Equal(t, sends+"at 2s far sends deep/b.sip to bob\nat 3s far sends a.sip to bob\n", Print(s))
	require.NoError(t, ParseStatement(s, "at 4s far sends a.sip to bob"), "it has been read")
}

// SEC-50: what a scenario names of the host's files lies beside it or below.
func TestNoFileOutsideOfTheFolderIsRead(t *testing.T) {
	outside := t.TempDir()
	secret := filepath.Join(outside, "secret.sip")
	require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o600))
	inside := t.TempDir()
	require.NoError(t, os.Symlink(secret, filepath.Join(inside, "link.sip")))
	require.NoError(t, os.WriteFile(filepath.Join(inside, "empty.sip"), nil, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(inside, "long.sip"), make([]byte, maxFile+1), 0o600))
	root, err := os.OpenRoot(inside)
	require.NoError(t, err)
	defer root.Close()
	for name, want := range map[string]string{
		"../secret.sip":   `"../secret.sip" does not lie beside the scenario`,
		secret:            `does not lie beside the scenario`,
		"./link.sip":      `does not lie beside the scenario`,
		"link.sip":        `"link.sip" cannot be read: `,
		"no.sip":          `"no.sip" cannot be read: no such file or directory; the name of a file beside the scenario`,
		"empty.sip":       `"empty.sip" is empty`,
		"long.sip":        `"long.sip" is too long; at most 65536 bytes`,
		"a/../../etc/x.y": `does not lie beside the scenario`,
	} {
		_, err := ParseIn(root.FS(), "x", strings.ReplaceAll(sends, "a.sip", name))
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, "x:3:17: ")
		require.NotContains(t, err.Error(), inside)
	}
	_, err = Parse("x", sends)
	require.ErrorContains(t, err, `x:3:17: "a.sip" cannot be read: this scenario is no file`)
}

// What a message says is text that a terminal can show.
func TestAMessageIsText(t *testing.T) {
	for text, want := range map[string]string{
		"message a | x\x1b[2J": "character U+001B, which is no text",
		"message a | é\xff":    "character U+FFFD, which is no text",
	} {
		_, err := Parse("x", text)
		require.ErrorContains(t, err, "x:1:14: "+want)
	}
}

func TestAMessageGrowsByStatements(t *testing.T) {
	s := parsed(t, sends[:strings.Index(sends, "at ")]+"message ok | SIP/2.0 200 OK\n")
	before := *s
	require.NoError(t, ParseStatement(s, "message ok | Via: x"))
	require.NoError(t, ParseStatement(s, "message no | SIP/2.0 404 Not Found"))
	require.Equal(t, []string{"SIP/2.0 200 OK", "Via: x"}, s.Messages[0].Lines)
	require.Equal(t, []string{"SIP/2.0 200 OK"}, before.Messages[0].Lines)
	require.Len(t, before.Messages, 1)
}

func TestALineOfAMessageKeepsItsSpaces(t *testing.T) {
	for _, line := range []string{"message a |", "message a | SIP/2.0 200 OK  ", "message a |   ", "message a |  indented"} {
		require.Contains(t, Print(parsed(t, line)), line+"\n", "%q", line)
	}
}
