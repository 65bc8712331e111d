package proxy

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/auth"
	"siplab/sim/core"
	"siplab/sim/internal/transcript"
	"siplab/sim/location"
	"siplab/sim/sip"
)

// A transcript is what reaches a proxy, line by line, and below each of these
// lines, set in, what it wants done:
//
//	# …             a remark
//	set …           a setting, before all else
//	exists AOR      the registrar of biloxi.example.com has that address-of-record
//	bind AOR CONTACT [q N] [path VALUE]   … and it is bound
//	at TIME         what follows happens then
//	> METHOD URI    a request from upstream; lines "+ FIELD" are its fields. What is missing is filled in.
//	back b1         what went to the first branch comes in again
//	again           the last request once more, the same bytes
//	cancel, ack     the CANCEL of the last request; the ACK to a 2xx of it
//	b1 STATUS [REASON]   a response on the first branch, with To tag b1; lines "+ FIELD" add fields
//	c1 STATUS       a response to the first CANCEL
//	timeout b1, error b1, gone b1, gone up, wake TIMER b1
//
// Of what goes to a branch the rows are shown that the proxy added and took
// away, the Via aside.
func TestTranscripts(t *testing.T) { transcript.Test(t, "testdata/*.txt", play) }

// numbered is the first word of a response.
var numbered = regexp.MustCompile(`^[bc]\d+$`)

func play(t *testing.T, section string) string {
	s := newStage(t)
	transcript.Play(section, &s.out, func(words, more []string) {
		rows := make([]string, len(more))
		for i, line := range more {
			rows[i] = strings.TrimPrefix(line, "+ ")
		}
		switch word, rest := words[0], strings.Join(words[1:], " "); {
		case word == ">":
			s.requests(rest, rows)
		case !numbered.MatchString(word):
			s.do(word, words[1:])
		case word[0] == 'c':
			s.respond(word, rest, s.cancels[s.number(word)], 0, nil)
		default:
			a := s.asked[s.number(word)]
			s.respond(word, rest, a.key, a.txn, rows)
		}
	})
	return s.out.String()
}

func (s *stage) number(word string) int {
	n, err := strconv.Atoi(word[1:])
	require.NoError(s.t, err)
	return n - 1
}

func (s *stage) requests(start string, rows []string) {
	method, uri, _ := strings.Cut(start, " ")
	m := new(sip.Message)
	m.Request(method, uri)
	s.cseq++
	for _, row := range rows {
		name, value, _ := strings.Cut(row, ":")
		value = strings.TrimSpace(value)
		if by, ok := strings.CutPrefix(value, "by "); ok {
			value = s.credentials(m, strings.Fields(by))
		}
		m.AddOther(name, value, sip.Origin{})
	}
	fill := func(n sip.Name, value string) {
		if !m.Has(n) {
			m.Add(n, value, sip.Origin{})
		}
	}
	fill(sip.NameVia, fmt.Sprintf("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK%d", s.cseq))
	fill(sip.NameMaxForwards, "70")
	fill(sip.NameFrom, "<sip:alice@atlanta.example.com>;tag=a")
	fill(sip.NameTo, "<sip:bob@biloxi.example.com>")
	fill(sip.NameCallID, "call")
	fill(sip.NameCSeq, fmt.Sprintf("%d %s", s.cseq, method))
	if m.Method == sip.INVITE || m.Method == sip.SUBSCRIBE {
		fill(sip.NameContact, "<sip:alice@192.0.2.1:5060>")
	}
	m.Finish()
	s.come(m.String())
}

// come brings the bytes of a request.
func (s *stage) come(text string) {
	m := new(sip.Message)
	require.NoError(s.t, m.Parse(text))
	s.txns++
	txn := s.txns
	m.Packet = txn
	if m.Method != sip.CANCEL && m.Method != sip.ACK {
		s.txn = txn
	}
	if m.Method == sip.ACK || s.settings.Stateless {
		txn = 0
	}
	s.request = m
	s.handle(&core.Event{Kind: core.Request, Txn: txn, Message: m})
}

// credentials are NAME PASSWORD [REALM [URI]], for the last challenge, its realm and
// the Request-URI.
func (s *stage) credentials(m *sip.Message, args []string) string {
	c := auth.Challenge{Realm: s.settings.Realm, Nonce: s.nonce, Algorithm: "SHA-256", QOP: "auth"}
	uri := m.URI
	if len(args) > 2 {
		c.Realm = args[2]
	}
	if len(args) > 3 {
		uri = args[3]
	}
	answer := c.Answer(&auth.Question{
		Method: m.Method, URI: uri, Username: args[0], Password: auth.Secret(args[1]), Count: 1, CNonce: "0a4f113b",
	})
	return answer.String()
}

// respond brings a response to the request that has that key.
func (s *stage) respond(who, start string, key, txn int32, rows []string) {
	code, reason, _ := strings.Cut(start, " ")
	status, err := strconv.Atoi(code)
	require.NoError(s.t, err)
	to := who
	if who[0] == 'c' {
		who = "b1"
	}
	req := s.asked[s.number(who)].m
	m := core.Respond(&s.env, req, status, reason, to)
	if to[0] == 'c' {
		m.Remove(sip.NameVia)
		m.Prepend(sip.NameVia, "SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKc", sip.Origin{})
	}
	m.CopyFrom(req, sip.NameRecordRoute)
	if status > 200 && status < 300 || status == 200 && req.Method == sip.INVITE {
		m.Add(sip.NameContact, "<sip:bob@192.0.2.4:5060>", sip.Origin{})
	}
	for _, row := range rows {
		name, value, _ := strings.Cut(row, ":")
		m.AddOther(name, strings.TrimSpace(value), sip.Origin{})
	}
	read := new(sip.Message)
	require.NoError(s.t, read.Parse(m.String()))
	s.txns++
	read.Packet = s.txns
	s.handle(&core.Event{Kind: core.Response, Key: key, Txn: txn, Message: read})
}

func (s *stage) do(word string, args []string) {
	switch word {
	case "set":
		s.set(args[0], args[1:])
	case "exists":
		s.phones.known = append(s.phones.known, args[0])
	case "bind":
		s.bind(args)
	case "at":
		s.now = s.duration(args[0])
	case "back":
		s.come(s.asked[s.number(args[0])].m.String())
	case "again":
		s.come(s.request.String())
	case "cancel":
		s.follow(sip.CANCEL)
	case "ack":
		s.follow(sip.ACK)
	case "timeout", "error", "gone":
		s.tell(word, args[0])
	case "wake":
		key := s.txn
		if args[1] != "up" {
			key = s.asked[s.number(args[1])].key
		}
		s.handle(&core.Event{Kind: core.Wake, Timer: args[0], Key: key})
	default:
		require.Fail(s.t, "no such line: "+word)
	}
}

// follow sends what follows the last request, with its Via.
func (s *stage) follow(method string) {
	m := new(sip.Message)
	m.Request(method, s.request.URI)
	for _, n := range []sip.Name{sip.NameVia, sip.NameMaxForwards, sip.NameRoute, sip.NameFrom, sip.NameTo, sip.NameCallID} {
		m.CopyFrom(s.request, n)
	}
	m.Add(sip.NameCSeq, fmt.Sprintf("%d %s", s.request.CSeq().Seq, method), sip.Origin{})
	m.Finish()
	s.come(m.String())
}

func (s *stage) tell(what, who string) {
	ev := core.Event{Kind: core.Gone, Txn: s.txn}
	if who != "up" {
		a := s.asked[s.number(who)]
		ev.Txn, ev.Key = a.txn, a.key
	}
	switch what {
	case "timeout":
		ev.Kind = core.Timeout
	case "error":
		ev.Kind = core.TransportError
	}
	s.handle(&ev)
}

func (s *stage) set(what string, args []string) {
	require.Nil(s.t, s.proxy, "settings come first")
	set := &s.settings
	switch what {
	case "name":
		set.Name = args[0]
	case "realm":
		set.Realm = args[0]
	case "user":
		set.Users = append(set.Users, User{args[0], auth.Secret(args[1])})
	case "own-only":
		set.OwnOnly = true
	case "record-route":
		set.RecordRoute = args[0]
	case "path":
		set.Path = true
	case "fork":
		set.Fork = args[0]
	case "try-for":
		set.TryFor = s.duration(args[0])
	case "forward":
		set.Routes = append(set.Routes, Route{For: "sip:bob@biloxi.example.com", To: args[0], When: args[1]})
	case "screen":
		with, err := strconv.Atoi(args[2])
		require.NoError(s.t, err)
		set.Screens = append(set.Screens, Screen{From: strings.Trim(args[0], "-"), For: strings.Trim(args[1], "-"), With: with})
	case "session-expires":
		set.SessionExpires = s.duration(args[0])
	case "min-se":
		set.MinSE = s.duration(args[0])
	case "recurse":
		set.Recurse = true
	case "timer-c":
		set.TimerC = s.duration(args[0])
	case "refuse-breadth":
		set.RefuseBreadth = true
	case "stateless":
		set.Stateless = true
	case "bug":
		set.Bugs = append(set.Bugs, args[0])
	case "route":
		set.Routes = append(set.Routes, s.route(args))
	case "redirect":
		s.redirect = &RedirectSettings{Domains: set.Domains, Routes: set.Routes, Permanent: slices.Contains(args, "permanent")}
	default:
		require.Fail(s.t, "no setting "+what)
	}
}

// route is FOR [to URI] [q N] [via URI].
func (s *stage) route(args []string) Route {
	r := Route{For: args[0]}
	if r.For == "*" {
		r.For = ""
	}
	for i := 1; i+1 < len(args); i += 2 {
		switch args[i] {
		case "to":
			r.To = args[i+1]
		case "via":
			r.Via = args[i+1]
		case "q":
			_, err := fmt.Sscan(args[i+1], &r.Q)
			require.NoError(s.t, err)
		}
	}
	return r
}

// bind is AOR CONTACT [q N] [path VALUE].
func (s *stage) bind(args []string) {
	uri, err := sip.ParseURI(args[1])
	require.NoError(s.t, err)
	b := location.Binding{Contact: args[1], URI: uri, Q: location.MaxQ, Expires: time.Hour}
	for i := 2; i+1 < len(args); i += 2 {
		if args[i] == "q" {
			_, err := fmt.Sscan(args[i+1], &b.Q)
			require.NoError(s.t, err)
			b.HasQ = true
		} else {
			b.Path = append(b.Path, args[i+1])
		}
	}
	s.phones.known = append(s.phones.known, args[0])
	u := s.phones.location.Update(args[0])
	u.Put(b)
	u.Commit(nil)
}

func (s *stage) duration(text string) time.Duration {
	d, err := time.ParseDuration(text)
	require.NoError(s.t, err)
	return d
}
