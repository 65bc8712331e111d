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

// A transcript of a call is what happens to a phone, line by line, and below
// each line, set in, what it wants done:
//
//	# …                   a remark
//	set …                 a setting, before all else
//	human …               what a human does
//	at TIME               time passes, and what is due goes off
//	gets STATUS METHOD …  a response to the phone's last request of that method;
//	                      from TAG: the fork that sends it; an SDP, see below
//	far METHOD …          a request of the far end, in the call if there is one
//	+ NAME: VALUE         a field that this message of the far end has too
//	- NAME                a field that it lacks
//	lost METHOD           no response came to it: Timer B or F
//	unsent METHOD         the transport failed
//	over METHOD           the transaction of the phone's request has ended;
//	                      over all: every one that is left
//	ended METHOD          that of the far end's request has ended
//	confirmed INVITE      the ACK to the phone's 300-699 has come
//	empty                 nothing is left of any call
//
// A session description of the far end is sdp, a direction, or g729, which the
// phone does not know; text is a body that is none; a status is that of a sipfrag,
// open and closed are presence. Request-URI stands among the
// fields. In a value {dialog} is the dialog of the phone's first call as Replaces
// names it, {the same} what that was before. What is fresh is shown by number.
func TestCalls(t *testing.T) {
	transcript.Test(t, "testdata/calls/*.txt", func(t *testing.T, section string) string {
		s := newLine(t)
		transcript.Play(section, &s.out, s.cue)
		return s.out.String()
	})
}

func (s *line) cue(cue, fields []string) {
	switch cue[0] {
	case "set":
		set(s.t, &s.settings, &s.full, cue[1], strings.Join(cue[2:], " "))
	case "at":
		d, err := words.Duration(cue[1])
		require.NoError(s.t, err)
		s.at(d)
	case "human":
		s.act(cue[1:]...)
	case "gets":
		s.cueGets(cue[1:], fields)
	case "far":
		sdp := ""
		if len(cue) > 2 {
			sdp = cue[2]
		}
		s.sends(cue[1], sdp, fields)
	case "lost":
		s.fails(core.Timeout, cue[1])
	case "unsent":
		s.fails(core.TransportError, cue[1])
	case "over":
		if cue[1] == "all" {
			s.overAll()
		} else {
			s.over(cue[1])
		}
	case "ended":
		s.ends(cue[1])
	case "confirmed":
		s.handle(core.Event{Kind: core.Confirmed, Txn: s.received(cue[1]).txn})
	case "empty":
		s.empty()
	default:
		require.Fail(s.t, "no such cue: "+cue[0])
	}
}

func (s *line) cueGets(args, fields []string) {
	status, err := strconv.Atoi(args[0])
	require.NoError(s.t, err)
	method, tag, sdp := args[1], "a", ""
	for rest := args[2:]; len(rest) > 0; rest = rest[1:] {
		if rest[0] == "from" {
			tag, rest = rest[1], rest[1:]
		} else {
			sdp = rest[0]
		}
	}
	if status == 100 {
		tag = ""
	}
	s.gets(status, method, tag, sdp, fields)
}
