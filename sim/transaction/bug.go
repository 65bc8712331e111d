package transaction

import (
	"slices"

	"siplab/sim/fsm"
)

// Bug is one fault that the transactions of a real stack had.
type Bug struct {
	Name  string // caps-late
	Means string // what the transactions do wrong
	Seen  string // where it was seen
	Ref   string // the section that it breaks
	do    func(*stack)
}

// Planted is a Bug that tests plant: the edit takes the rules of a kind's table
// and returns those that stand in their place.
func Planted(name string, k Kind, edit func([]fsm.Rule) []fsm.Rule) *Bug {
	return &Bug{Name: name, do: func(s *stack) { s.machines[k] = s.machines[k].With(edit(s.machines[k].Rules())...) }}
}

// stack is how the transactions of a host work: by the tables of the standard,
// which all hosts share, or by those of a faulty stack.
type stack struct {
	machines  [4]*fsm.Machine
	ackBranch bool // the ACK to a failure has a branch of its own
}

var sound = stack{machines: machines}

var bugs = []*Bug{
	{
		Name:  "stops-at-100",
		Means: "does not send a request that is no INVITE again once a 100 has come: if the final response is lost then, it never learns it",
		Seen:  "pjsip/pjproject issue 220, DoubangoTelecom/doubango issue 462",
		Ref:   "RFC 3261 §17.1.2.2",
		do: func(s *stack) {
			s.edit(NonInviteClient, withoutTimer(TimerE, Proceeding))
		},
	},
	{
		Name:  "caps-late",
		Means: "holds the interval between repeats against T2 a step too late, so that it grows to twice T2",
		Seen:  "sems-server/sems pull request 281",
		Ref:   "RFC 3261 §17.1.2.2, §17.2.1",
		do: func(s *stack) {
			s.edit(NonInviteClient, withLength(TimerE, Trying, t1.DoublingTo(twiceT2).UnreliableOnly()))
			s.edit(InviteServer, withLength(TimerG, Completed, t1.DoublingTo(twiceT2).UnreliableOnly()))
		},
	},
	{
		Name:  "new-ack-branch",
		Means: "gives the ACK to a failure a branch of its own, so that who sent the failure does not know the ACK and repeats it",
		Seen:  "onsip/SIP.js issue 517, miconda/sipexer issue 4",
		Ref:   "RFC 3261 §17.1.1.3",
		do:    func(s *stack) { s.ackBranch = true },
	},
	{
		Name:  "no-failure-retransmission",
		Means: "sends a failure to an INVITE once, and does not repeat it until the ACK comes",
		Seen:  "emiago/sipgo issue 149",
		Ref:   "RFC 3261 §17.2.1",
		do: func(s *stack) {
			s.edit(InviteServer, withoutTimer(TimerG, Completed))
		},
	},
	{
		Name:  "no-1xx-repeat",
		Means: "is silent to a repeated INVITE while it rings, so that a lost 180 is never made up for",
		Seen:  "sipsorcery-org/sipsorcery issue 194",
		Ref:   "RFC 3261 §17.2.1",
		do: func(s *stack) {
			s.edit(InviteServer, withoutRow(Proceeding, netRequest, answered))
		},
	},
}

// Bugs lists the faults that the transactions of a host can be given.
func Bugs() []*Bug { return slices.Clone(bugs) }

// stackOf is a stack with those bugs, the sound one for none.
func stackOf(bugs []*Bug) *stack {
	if len(bugs) == 0 {
		return &sound
	}
	s := sound
	for i := range bugs {
		bugs[i].do(&s)
	}
	return &s
}

// edit changes the table of a kind: the edit takes each rule and returns what
// stands in its place, nil for nothing.
func (s *stack) edit(k Kind, edit func(fsm.Rule) fsm.Rule) {
	var rules []fsm.Rule
	for _, r := range s.machines[k].Rules() {
		if r = edit(r); r != nil {
			rules = append(rules, r)
		}
	}
	s.machines[k] = s.machines[k].With(rules...)
}

// withoutRow takes the row of a state, an event and a condition out.
func withoutRow(in fsm.State, on fsm.Event, when fsm.Condition) func(fsm.Rule) fsm.Rule {
	return func(rule fsm.Rule) fsm.Rule {
		if r, ok := rule.(fsm.Row); ok && r.From == in && r.On == on && r.When == when {
			return nil
		}
		return rule
	}
}

// withoutTimer takes a timer out of a state in which it lives.
func withoutTimer(t Timer, in fsm.State) func(fsm.Rule) fsm.Rule {
	return func(rule fsm.Rule) fsm.Rule {
		if l, ok := rule.(fsm.Timer); ok && l.On == fsm.Event(t) && slices.Contains(l.In, in) {
			l.In = slices.DeleteFunc(slices.Clone(l.In), func(s fsm.State) bool { return s == in })
			return l
		}
		return withoutRow(in, fsm.Event(t), 0)(rule)
	}
}

// withLength gives a timer another length in a state.
func withLength(t Timer, in fsm.State, length fsm.Length) func(fsm.Rule) fsm.Rule {
	return func(rule fsm.Rule) fsm.Rule {
		if l, ok := rule.(fsm.Timer); ok && l.On == fsm.Event(t) && slices.Contains(l.In, in) {
			l.Length = length
			return l
		}
		return rule
	}
}
