package ua

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"siplab/sim/core"
	"siplab/sim/words"
)

var update = flag.Bool("update", false, "write what the phone did into the transcripts")

// A transcript is what reaches a phone, line by line, and below each of these
// lines, set in, what it wants done:
//
//	# …            a remark
//	set …          a setting, before all else
//	at TIME        what follows happens then
//	human …        what a human does
//	gets STATUS    a response to the REGISTER on its way
//	+ NAME: VALUE  a field of that response, or of that request
//	lost           no response came: Timer F
//	unsent         the transport failed
//	wakes TIMER    time passes until the timer goes off
//	request METHOD URI
//	               a request arrives from elsewhere
//
// Call-IDs and tags are shown by number. Each digest is computed again from
// the password, and has to agree.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		for i := range archive.Files {
			f := &archive.Files[i]
			t.Run(f.Name, func(t *testing.T) {
				got := play(t, string(f.Data))
				if *update {
					f.Data = []byte(got)
				}
				require.Equal(t, string(f.Data), got)
			})
		}
		if *update {
			require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
		}
	}
}

// play acts a transcript out and gives it back with what the phone did.
func play(t *testing.T, script string) string {
	s := newStage(t)
	var lines []string
	for line := range strings.Lines(script) {
		if line = strings.TrimRight(line, "\n"); !strings.HasPrefix(line, "    ") {
			lines = append(lines, line)
		}
	}
	for i := 0; i < len(lines); i++ {
		s.out.WriteString(lines[i] + "\n")
		cue := strings.Fields(lines[i])
		var fields []string
		for i+1 < len(lines) && strings.HasPrefix(lines[i+1], "+ ") {
			i++
			s.out.WriteString(lines[i] + "\n")
			fields = append(fields, strings.TrimPrefix(lines[i], "+ "))
		}
		if len(cue) > 0 && cue[0] != "#" {
			s.cue(cue, fields)
		}
	}
	return s.out.String()
}

func (s *stage) cue(cue, fields []string) {
	switch cue[0] {
	case "set":
		s.set(cue[1], strings.Join(cue[2:], " "))
	case "at":
		d, err := words.Duration(cue[1])
		require.NoError(s.t, err)
		s.now = d
	case "human":
		s.act(cue[1:]...)
	case "gets":
		status, err := strconv.Atoi(cue[1])
		require.NoError(s.t, err)
		s.gets(status, fields...)
	case "lost":
		s.fails(core.Timeout)
	case "unsent":
		s.fails(core.TransportError)
	case "wakes":
		s.wakes(cue[1])
	case "request":
		s.arrives(requestText(cue[1], cue[2], fields))
	default:
		require.Fail(s.t, "no such cue: "+cue[0])
	}
}

// requestText is a request from elsewhere.
func requestText(method, uri string, fields []string) string {
	lines := []string{
		method + " " + uri + " SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK2", "Max-Forwards: 70",
		"To: <sip:bob@biloxi.example.com>", "From: <sip:alice@atlanta.example.com>;tag=a1",
		"Call-ID: 1@192.0.2.2", "CSeq: 1 " + method,
	}
	return strings.Join(append(append(lines, fields...), "Content-Length: 0", "", ""), "\r\n")
}

func (s *stage) set(name, value string) {
	set := &s.settings
	switch name {
	case "full":
		s.full = true
	case "aor":
		set.AOR = value
	case "display":
		set.Display = value
	case "user":
		set.User = value
	case "password":
		set.Password = value
	case "contact":
		set.Contact = value
	case "registrar":
		set.Registrar = value
	case "expires":
		set.Expires = s.duration(value)
	case "refresh-before":
		set.RefreshBefore = s.duration(value)
	case "path":
		set.Path = true
	case "bug":
		set.Bugs = append(set.Bugs, value)
	default:
		require.Fail(s.t, "no such setting: "+name)
	}
}

func (s *stage) duration(text string) time.Duration {
	d, err := words.Duration(text)
	require.NoError(s.t, err)
	return d
}
