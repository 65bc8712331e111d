package registrar

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/internal/transcript"
	"siplab/sim/sip"
)

// A transcript is what a registrar is told, line by line, and below each of
// these lines what it wants done:
//
//	# …      a remark
//	set …    a setting, before all else
//	at TIME  what follows happens then
//	> LINE   a request: method and Request-URI, then fields. Via, From (as To), Call-ID (c) and CSeq (one
//	         more than before) are filled in where they are missing.
//	         "Authorization: by NAME PASSWORD" (or the word empty) answers the last challenge;
//	         "nonce N" and "nc N" behind it do so with others.
//	again    the last request once more, byte for byte, in a new transaction;
//	         "from ADDRESS" from elsewhere
//	act …    what an operator does
//	wake     the timer goes off
//
// Of a response the fields that each response copies are left out; nonces are
// shown by number.
func TestTranscripts(t *testing.T) { transcript.Test(t, "testdata/*.txt", play) }

// startLine begins a request even where it follows another.
var startLine = regexp.MustCompile(`^[A-Z]+ (sip|tel):`)

var inputs = []string{"#", "set", "at", ">", "again", "act", "wake"}

func play(t *testing.T, script string) string {
	s := newStage(t)
	var request []string
	for _, line := range strings.Split(strings.TrimSpace(script), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		if len(request) > 0 && (word != ">" || startLine.MatchString(rest)) {
			s.send(request)
			request = nil
		}
		if !slices.Contains(inputs, word) {
			continue
		}
		s.print("%s", line)
		if word == ">" {
			request = append(request, rest)
		} else {
			s.do(word, strings.Fields(rest))
		}
	}
	if len(request) > 0 {
		s.send(request)
	}
	return s.out.String() + "\n"
}

func (s *stage) do(word string, args []string) {
	switch word {
	case "set":
		s.set(args)
	case "at":
		s.now = s.duration(args[0])
	case "again":
		if len(args) > 0 {
			s.src = s.addr(args[1])
		}
		s.arrive(s.last)
	case "act":
		s.handle(&core.Event{Kind: core.Human, Act: core.Act{Verb: args[0], Args: args[1:]}})
	case "wake":
		s.handle(&core.Event{Kind: core.Wake, Timer: expiryTimer.Name})
	}
}

func (s *stage) set(args []string) {
	require.Nil(s.t, s.registrar, "settings come first")
	set := &s.settings
	switch value := append(args, "")[1]; args[0] {
	case "open":
		set.Open = true
	case "user":
		args = append(args, "", "")
		set.Users = append(set.Users, User{AOR: value, Password: auth.Secret(args[2]), Name: args[3]})
	case "min":
		set.MinExpires = s.duration(value)
	case "max":
		set.MaxExpires = s.duration(value)
	case "default":
		set.DefaultExpires = s.duration(value)
	case "lifetime":
		set.NonceLifetime = s.duration(value)
	case "bindings":
		_, err := fmt.Sscan(value, &set.MaxBindings)
		require.NoError(s.t, err)
	case "algorithm":
		a, known := auth.ParseAlgorithm(value)
		require.True(s.t, known)
		set.Algorithms = append(set.Algorithms, a)
	case "bug":
		set.Bugs = append(set.Bugs, value)
	default:
		require.Fail(s.t, "no setting "+args[0])
	}
}

// send builds a request from the lines of a transcript.
func (s *stage) send(lines []string) {
	method, uri, _ := strings.Cut(lines[0], " ")
	m := new(sip.Message)
	m.Request(method, uri)
	body := ""
	for i, line := range lines[1:] {
		if line == "" {
			body = strings.Join(lines[2+i:], "\n")
			break
		}
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if rest, ok := strings.CutPrefix(value, "by "); ok && name == "Authorization" {
			value = s.credentials(m, strings.Fields(rest))
		}
		m.AddOther(name, value, sip.Origin{})
	}
	s.cseq++
	s.fill(m, sip.NameVia, fmt.Sprintf("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK%d", s.cseq))
	s.fill(m, sip.NameTo, "<sip:bob@biloxi.example.com>")
	s.fill(m, sip.NameFrom, m.Get(sip.NameTo)+";tag=1")
	s.fill(m, sip.NameCallID, "c")
	s.fill(m, sip.NameCSeq, fmt.Sprintf("%d %s", s.cseq, method))
	m.Body = body
	s.cseq = m.CSeq().Seq
	s.last = m.String()
	s.src = s.addr("192.0.2.1:5060")
	s.arrive(s.last)
}

func (s *stage) fill(m *sip.Message, n sip.Name, value string) {
	if !m.Has(n) {
		m.Add(n, value, sip.Origin{})
	}
}

// credentials answers a challenge: NAME PASSWORD [nonce N] [nc N].
func (s *stage) credentials(m *sip.Message, args []string) string {
	challenge := s.challenges[len(s.challenges)-1]
	var count uint32
	for i := 2; i < len(args); i += 2 {
		var n int
		_, err := fmt.Sscan(args[i+1], &n)
		require.NoError(s.t, err)
		if args[i] == "nc" {
			count = uint32(n)
		} else {
			challenge = s.challenges[n-1]
		}
	}
	if count == 0 {
		s.counts[challenge.Nonce]++
		count = s.counts[challenge.Nonce]
	}
	password := args[1]
	if password == "empty" {
		password = ""
	}
	c := challenge.Answer(&auth.Question{
		Method: m.Method, URI: m.URI, Username: args[0], Password: auth.Secret(password), Count: count, CNonce: "0a4f113b",
	})
	return c.String()
}

func (s *stage) duration(text string) time.Duration {
	d, err := time.ParseDuration(text)
	require.NoError(s.t, err)
	return d
}
