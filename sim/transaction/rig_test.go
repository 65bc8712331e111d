package transaction

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

// rig drives transactions of one host by hand: it keeps their timers and
// writes down what they want done, a line each, with the time in seconds.
type rig struct {
	t      testingT
	table  *Table
	now    time.Duration
	clocks []clock
	lines  []string
	sent   []string // the bytes of each send
}

type clock struct {
	tx    *Tx
	timer Timer
	due   time.Duration
}

// testingT is a test, or one walk of a property.
type testingT interface {
	require.TestingT
	Helper()
}

func newRig(t testingT, timing Timing) *rig { return &rig{t: t, table: NewTable(timing)} }

func (r *rig) parse(text string) *sip.Message {
	r.t.Helper()
	m := new(sip.Message)
	require.NoError(r.t, asError(m.Parse(text)))
	return m
}

// asError takes a nil problem for no error.
func asError(err error) error { return err }

// client starts the client transaction of a request.
func (r *rig) client(text string, reliable bool) *Tx {
	t := r.table.Client(r.parse(text), text, reliable)
	r.carry(t, t.Begin(nil))
	return t
}

// server starts the server transaction of a request.
func (r *rig) server(text string, reliable bool) *Tx {
	t := r.table.Server(r.parse(text), text, reliable)
	r.carry(t, t.Begin(nil))
	return t
}

// arrives gives a message to the transaction that it matches; false for none.
func (r *rig) arrives(text string) bool {
	m := r.parse(text)
	match := r.table.MatchResponse
	if m.IsRequest() {
		match = r.table.MatchRequest
	}
	t := match(m)
	if t != nil {
		r.carry(t, t.Receive(m, nil))
	}
	return t != nil
}

func (r *rig) respond(t *Tx, status int, bytes string) { r.carry(t, t.Respond(status, bytes, nil)) }
func (r *rig) fail(t *Tx)                              { r.carry(t, t.TransportError(nil)) }

// carry does what the effects ask for.
func (r *rig) carry(t *Tx, effects []Effect) {
	for i, e := range effects {
		require.NotEmpty(r.t, e.Ref, "each effect cites its rule")
		require.NotEmpty(r.t, e.On)
		switch e.Op {
		case Start:
			r.clocks = append(r.clocks, clock{t, e.Timer, r.now + e.After})
		case Stop:
			n := len(r.clocks)
			r.clocks = slices.DeleteFunc(r.clocks, func(c clock) bool { return c.tx == t && c.timer == e.Timer })
			require.Len(r.t, r.clocks, n-1, "Timer %s was not running", e.Timer)
		case Send:
			r.sent = append(r.sent, e.Bytes)
			r.note("send %s%s", title(e.Bytes), map[bool]string{true: " again"}[e.Again])
		case Tell:
			r.note("tell %s", [...]string{"", "request", "response", "timeout", "transport error", "no ACK"}[e.Tell])
		case Move:
			r.note("%s -> %s", t.StateName(e.From), t.StateName(e.To))
		case Drop:
			r.note("drop %s: %s", e.On, e.Text)
		case End:
			require.Equal(r.t, len(effects)-1, i, "End is the last effect")
			require.False(r.t, slices.ContainsFunc(r.clocks, func(c clock) bool { return c.tx == t }), "no timer outlives its transaction")
			r.note("end")
			r.table.Remove(t)
		}
	}
}

func (r *rig) note(format string, args ...any) {
	r.lines = append(r.lines, fmt.Sprintf("%g ", r.now.Seconds())+fmt.Sprintf(format, args...))
}

// title is the start of a message's first line: its method, or its status.
func title(bytes string) string {
	first, _, _ := strings.Cut(bytes, "\r\n")
	words := strings.Fields(first)
	if words[0] == "SIP/2.0" {
		return words[1]
	}
	return words[0]
}

// until lets the time go on to at, and fires what is due.
func (r *rig) until(at time.Duration) {
	for {
		next := -1
		for i, c := range r.clocks {
			if c.due <= at && (next < 0 || c.due < r.clocks[next].due) {
				next = i
			}
		}
		if next < 0 {
			r.now = at
			return
		}
		c := r.clocks[next]
		r.clocks = slices.Delete(r.clocks, next, next+1)
		r.now = c.due
		r.carry(c.tx, c.tx.Fire(c.timer, nil))
	}
}

// ms is so many milliseconds.
func ms(n int) time.Duration { return time.Duration(n) * time.Millisecond }

// said holds what was written down since the last call against want.
func (r *rig) said(want ...string) {
	r.t.Helper()
	require.Equal(r.t, want, r.lines)
	r.lines = nil
}

// forget drops what was written down.
func (r *rig) forget() { r.lines = nil }

// running says which timers run, and when they are due.
func (r *rig) running(want ...string) {
	r.t.Helper()
	var all []string
	for _, c := range r.clocks {
		all = append(all, fmt.Sprintf("%s at %g", c.timer, c.due.Seconds()))
	}
	slices.Sort(all)
	require.Equal(r.t, want, all)
}

// times are when a line was written down, in seconds.
func (r *rig) times(line string) []float64 {
	var all []float64
	for _, l := range r.lines {
		at, rest, _ := strings.Cut(l, " ")
		if rest == line || rest == line+" again" {
			seconds, err := strconv.ParseFloat(at, 64)
			require.NoError(r.t, err)
			all = append(all, seconds)
		}
	}
	return all
}

const branch1, branch2 = "z9hG4bKone", "z9hG4bKtwo"

// request is a request as a client sends it.
func request(method, branch string) string {
	return lines(method+" sip:bob@biloxi.example.com SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.1:5060;branch="+branch,
		"Max-Forwards: 70",
		"From: Alice <sip:alice@atlanta.example.com>;tag=a1",
		"To: Bob <sip:bob@biloxi.example.com>",
		"Call-ID: call-1",
		"CSeq: 7 "+method,
		"Content-Length: 0")
}

// response is the response to request(method, branch).
func response(status int, method, branch, tag string) string {
	return lines(fmt.Sprintf("SIP/2.0 %d %s", status, sip.Reason(status)),
		"Via: SIP/2.0/UDP 192.0.2.1:5060;branch="+branch,
		"From: Alice <sip:alice@atlanta.example.com>;tag=a1",
		"To: Bob <sip:bob@biloxi.example.com>;tag="+tag,
		"Call-ID: call-1",
		"CSeq: 7 "+method,
		"Content-Length: 0")
}

func lines(all ...string) string { return strings.Join(all, "\r\n") + "\r\n\r\n" }
