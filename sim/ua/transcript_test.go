package ua

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/core"
	"siplab/sim/internal/transcript"
	"siplab/sim/words"
)

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
//	elsewhere      the next request is the same as the one before, for another
//	               address
//	wakes TIMER    time passes until the timer goes off
//	request METHOD URI
//	               a request arrives from elsewhere
//
// Call-IDs and tags are shown by number. Each digest is computed again from
// the password, and has to agree.
func TestTranscripts(t *testing.T) {
	transcript.Test(t, "testdata/*.txt", func(t *testing.T, section string) string {
		s := newStage(t)
		transcript.Play(section, &s.out, s.cue)
		return s.out.String()
	})
}

func (s *stage) cue(cue, more []string) {
	var fields []string
	for _, line := range more {
		fields = append(fields, strings.TrimPrefix(line, "+ "))
	}
	switch cue[0] {
	case "set":
		set(s.t, &s.settings, &s.full, cue[1], strings.Join(cue[2:], " "))
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
	case "elsewhere":
		s.step = 0
	case "lost":
		s.fails(core.Timeout)
	case "unsent":
		s.fails(core.TransportError)
	case "wakes":
		s.wakes(cue[1])
	case "request":
		s.arrives(requestText(cue[1], cue[2], int(s.packet)+1, fields))
	default:
		require.Fail(s.t, "no such cue: "+cue[0])
	}
}

// requestText is a request from elsewhere, the nth.
func requestText(method, uri string, n int, fields []string) string {
	lines := []string{
		method + " " + uri + " SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK" + strconv.Itoa(n), "Max-Forwards: 70",
		"To: <sip:bob@biloxi.example.com>", "From: <sip:alice@atlanta.example.com>;tag=a1",
		"Call-ID: " + strconv.Itoa(n) + "@192.0.2.2", "CSeq: 1 " + method,
	}
	return strings.Join(append(append(lines, fields...), "Content-Length: 0", "", ""), "\r\n")
}
