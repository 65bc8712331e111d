package explore

import (
	"slices"
	"time"

	"siplab/sim/ask"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// Totals are what was counted in the runs of one point of a sweep. All are whole
// numbers, so that the totals of the parts of a sweep add up to those of the
// whole.
type Totals struct {
	Runs          int64  `json:"runs"`
	Packets       int64  `json:"packets"`       // messages sent, repeated ones too
	Sessions      int64  `json:"sessions"`      // new sessions that were asked for with INVITE
	Established   int64  `json:"established"`   // that got a 200
	Redirected    int64  `json:"redirected"`    // that got a 3xx and no 200
	Request       Delays `json:"srd"`           // session request delay of those established (RFC 6076 §4.3.1)
	Failed        Delays `json:"srd_failed"`    // of those that failed, to what was heard first (RFC 6076 §4.3.2)
	Registrations int64  `json:"registrations"` // that were tried
	Registered    int64  `json:"registered"`    // that got a 200
	Registration  Delays `json:"rrd"`           // registration request delay (RFC 6076 §4.1)
	Unfinished    int64  `json:"unfinished"`    // runs that met a bound
}

// Delays is a distribution of delays: how many there are in each millisecond,
// and which timers made some of them longer.
type Delays struct {
	Sum   int64      `json:"sum_ns"`
	Bins  [][2]int64 `json:"ms"` // a millisecond and how many delays lie in it, in order
	Waits []Wait     `json:"waits"`
}

func (d *Delays) add(delay time.Duration) {
	d.Sum += int64(delay)
	d.put(int64(delay/time.Millisecond), 1)
}

func (d *Delays) put(ms, n int64) {
	i, found := slices.BinarySearchFunc(d.Bins, ms, func(b [2]int64, ms int64) int { return int(b[0] - ms) })
	if !found {
		d.Bins = slices.Insert(d.Bins, i, [2]int64{ms, 0})
	}
	d.Bins[i][1] += n
}

func (d *Delays) merge(e *Delays) {
	d.Sum += e.Sum
	for _, b := range e.Bins {
		d.put(b[0], b[1])
	}
	for _, w := range e.Waits {
		d.after(w)
	}
}

// Count is how many delays there are.
func (d *Delays) Count() (n int64) {
	for _, b := range d.Bins {
		n += b[1]
	}
	return n
}

// Quantile is the least delay, to the millisecond, that so many per mille of all
// do not pass; false where there is none.
func (d *Delays) Quantile(perMille int64) (time.Duration, bool) {
	n := d.Count()
	want := (n*perMille + 999) / 1000
	for _, b := range d.Bins {
		if want -= b[1]; want <= 0 {
			return time.Duration(b[0]) * time.Millisecond, true
		}
	}
	return 0, false
}

// Add adds the totals of other runs of the same point.
func (t *Totals) Add(u *Totals) {
	t.Runs += u.Runs
	t.Packets += u.Packets
	t.Sessions += u.Sessions
	t.Established += u.Established
	t.Redirected += u.Redirected
	t.Registrations += u.Registrations
	t.Registered += u.Registered
	t.Unfinished += u.Unfinished
	t.Request.merge(&u.Request)
	t.Failed.merge(&u.Failed)
	t.Registration.merge(&u.Registration)
}

// meter measures runs at the originating user agents, as RFC 6076 wants it. It is
// a trace.Observer and keeps nothing of a run but what is open in it.
type meter struct {
	stage  stage
	totals Totals
	hosts  []trace.Host
	calls  []session
	tries  []try // registrations that are open
	fired  firings
}

type session struct {
	callID       string
	host         trace.HostID
	begun, shown time.Duration // shown: when its status was first heard of; -1: not yet
	after        firing        // the timer before that
	status       int           // final; 0: none
}

type try struct {
	callID string
	host   trace.HostID
	begun  time.Duration
}

// Begin implements trace.Observer.
func (m *meter) Begin(h *trace.Header) {
	m.calls, m.tries, m.fired, m.hosts = m.calls[:0], m.tries[:0], m.fired[:0], h.Hosts
}

// add adds a delay that began at a time, and ended by what came after a firing.
func (m *meter) add(d *Delays, begun, ended time.Duration, after *firing) {
	d.add(ended - begun)
	if after.timer != "" && after.at > begun {
		d.after(Wait{Timer: after.timer, Host: m.hosts[after.host].Name, At: (after.at - begun).Milliseconds(), N: 1})
	}
}

// Event implements trace.Observer.
func (m *meter) Event(e *trace.Event) {
	m.fired.note(e)
	switch e.Kind {
	case trace.Send:
		m.totals.Packets++
		if e.Packet.Status == 0 && e.Packet.Again == "" && m.hosts[e.Host].Kind == "phone" {
			m.request(e)
		}
	case trace.Arrive:
		if e.Packet.Status > 100 && e.Host >= 0 {
			m.response(e)
		}
	case trace.Tell:
		if now, says := ask.Registered(e.Name); says && !now {
			m.tries = slices.DeleteFunc(m.tries, func(t try) bool { return t.host == e.Host })
		}
	}
}

func (m *meter) request(e *trace.Event) {
	id := e.Packet.CallID
	switch e.Packet.Method {
	case sip.INVITE:
		i := slices.IndexFunc(m.calls, func(s session) bool { return s.callID == id })
		switch {
		case i < 0:
			m.calls = append(m.calls, session{callID: id, host: e.Host, begun: e.At, shown: -1})
		case m.calls[i].status/100 == 3:
			m.calls[i].status = 0 // it went where it was sent: a part of the same delay (RFC 6076 §4.3.1)
		}
	case sip.REGISTER:
		if !slices.ContainsFunc(m.tries, func(t try) bool { return t.callID == id && t.host == e.Host }) {
			m.tries = append(m.tries, try{id, e.Host, e.At})
			m.totals.Registrations++
		}
	}
}

func (m *meter) response(e *trace.Event) {
	p := e.Packet
	if isChallenge(p.Status) {
		return
	}
	switch p.Method {
	case sip.INVITE:
		for i := range m.calls {
			if s := &m.calls[i]; s.callID == p.CallID && s.host == e.Host {
				s.answer(p.Status, e.At, &m.fired[e.I])
			}
		}
	case sip.REGISTER:
		i := slices.IndexFunc(m.tries, func(t try) bool { return t.callID == p.CallID && t.host == e.Host })
		if i < 0 || p.Status < 200 {
			return
		}
		if p.Status < 300 {
			m.totals.Registered++
			m.add(&m.totals.Registration, m.tries[i].begun, e.At, &m.fired[e.I])
		}
		m.tries = slices.Delete(m.tries, i, i+1)
	}
}

// isChallenge says whether a status is part of an attempt and no end of it:
// "401, 402, and 407 non-failure challenge response codes" (RFC 6076 §4.2,
// §4.3.2).
func isChallenge(status int) bool { return status == 401 || status == 402 || status == 407 }

// answer notes a response to an INVITE. What comes after a 2xx is of a re-INVITE
// or of another branch.
func (s *session) answer(status int, at time.Duration, after *firing) {
	if s.status/100 == 2 {
		return
	}
	if s.shown < 0 && status/100 != 3 {
		s.shown, s.after = at, *after
	}
	if status >= 200 {
		s.status = status
	}
}

// Finish implements trace.Observer.
func (m *meter) Finish(e *trace.End) {
	t := &m.totals
	t.Runs++
	if e.Why != trace.Quiet && e.Text != "" {
		t.Unfinished++
	}
	for i := range m.calls {
		s := &m.calls[i]
		t.Sessions++
		switch s.status / 100 {
		case 2:
			t.Established++
			m.add(&t.Request, s.begun, s.shown, &s.after)
		case 3:
			t.Redirected++
		case 4, 5, 6:
			m.add(&t.Failed, s.begun, s.shown, &s.after)
		}
	}
}
