package explore

import (
	"slices"
	"strconv"
	"time"

	"siplab/sim/trace"
	"siplab/sim/words"
)

// User is what the user of a host was told, in order.
type User struct {
	Host   string `json:"host"`
	Told   []Told `json:"told"`
	Missed []Told `json:"missed,omitempty"` // what the undisturbed run tells, and this one does not
}

// Told is one thing that a user was told.
type Told struct {
	What  string        `json:"what"`           // registered, ringing, answered
	Code  int           `json:"code,omitempty"` // the status that came with it; 0 for none
	At    time.Duration `json:"at"`
	Later time.Duration `json:"later"`         // than in the undisturbed run
	New   bool          `json:"new,omitempty"` // the undisturbed run does not tell it
}

// String says what and when, and the delay that it cost.
func (t *Told) String() string {
	s := t.what() + " at " + short(t.At)
	switch {
	case t.New:
		return s + " (new)"
	case t.Later > 0:
		return s + " (" + short(t.Later) + " later)"
	case t.Later < 0:
		return s + " (" + short(-t.Later) + " earlier)"
	}
	return s
}

func (t *Told) what() string {
	if t.Code >= 300 || t.Code > 0 && t.Code < 200 {
		return t.What + " (" + strconv.Itoa(t.Code) + ")"
	}
	return t.What
}

// short is a time to the millisecond, or to the microsecond where it is less.
func short(d time.Duration) string {
	unit := time.Millisecond
	if d < unit {
		unit = time.Microsecond
	}
	return words.FormatDuration(d.Round(unit))
}

// users are the hosts whose users are told something in this run or in the
// undisturbed one, in the order of the ladder; base is nil for that one itself.
func users(tr *trace.Trace, base *Row) []User {
	told := make([][]Told, len(tr.Hosts))
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Tell && e.Host >= 0 {
			told[e.Host] = append(told[e.Host], Told{What: e.Name, Code: int(e.Code), At: e.At})
		}
	}
	all := []User{}
	for h := range tr.Hosts {
		u := User{Host: tr.Hosts[h].Name, Told: told[h]}
		if base != nil {
			u.compare(base)
		}
		if len(u.Told)+len(u.Missed) > 0 {
			all = append(all, u)
		}
	}
	return all
}

// compare finds for each thing told the same thing of the undisturbed run: the
// first there with the first here, the second with the second.
func (u *User) compare(base *Row) {
	if i := slices.IndexFunc(base.Users, func(b User) bool { return b.Host == u.Host }); i >= 0 {
		u.Missed = slices.Clone(base.Users[i].Told)
	}
	for i := range u.Told {
		t := &u.Told[i]
		at := slices.IndexFunc(u.Missed, func(b Told) bool { return b.What == t.What && b.Code == t.Code })
		if t.New = at < 0; t.New {
			continue
		}
		t.Later = t.At - u.Missed[at].At
		u.Missed = slices.Delete(u.Missed, at, at+1)
	}
}

// Later is the longest delay that the run cost any user.
func (r *Row) Later() time.Duration {
	var longest time.Duration
	for i := range r.Users {
		for _, t := range r.Users[i].Told {
			longest = max(longest, t.Later)
		}
	}
	return longest
}
