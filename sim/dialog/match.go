package dialog

import (
	"errors"
	"strings"

	"siplab/sim/sip"
)

// Match is what a Replaces (RFC 3891 §6.1) or Join (RFC 3911 §7.1) header field
// says of the dialog that it means, as the UA sees it to which it is sent.
type Match struct {
	CallID         string
	ToTag, FromTag string // of that UA, and of its peer
	EarlyOnly      bool   // Replaces: an early dialog alone is meant
}

// ParseMatch reads the value of such a header field: it "MUST contain exactly
// one to-tag and exactly one from-tag" (RFC 3891 §6.1).
func ParseMatch(value string) (Match, error) {
	id, rest, _ := strings.Cut(value, ";")
	m := Match{CallID: strings.TrimSpace(id)}
	tos, froms := 0, 0
	for name, v := range sip.Params(";" + rest).All() {
		switch {
		case sip.EqualFold(name, "to-tag"):
			m.ToTag = v
			tos++
		case sip.EqualFold(name, "from-tag"):
			m.FromTag = v
			froms++
		case sip.EqualFold(name, "early-only"):
			m.EarlyOnly = true
		}
	}
	if m.CallID == "" || tos != 1 || froms != 1 {
		return Match{}, errors.New("a dialog is named by a Call-ID, one to-tag and one from-tag, as in 98732@sip.example.com;to-tag=ff87ff;from-tag=r33th4")
	}
	return m, nil
}

// String is the value as a header field has it.
func (m Match) String() string {
	s := m.CallID + ";to-tag=" + orZero(m.ToTag) + ";from-tag=" + orZero(m.FromTag)
	if m.EarlyOnly {
		s += ";early-only"
	}
	return s
}

// orZero stands for the tag of a peer that gives none: "a tag of zero matches
// both tags of zero and null" (RFC 3891 §6.1).
func orZero(tag string) string {
	if tag == "" {
		return "0"
	}
	return tag
}

// AsSeenByPeer is what the peer of a dialog has to be sent so that it finds it.
func (d *Dialog) AsSeenByPeer() Match {
	return Match{CallID: d.CallID, ToTag: d.RemoteTag, FromTag: d.LocalTag}
}

// AsSeenHere is what another has to send to this side.
func (d *Dialog) AsSeenHere() Match {
	return Match{CallID: d.CallID, ToTag: d.LocalTag, FromTag: d.RemoteTag}
}

// Matching is the dialog that m means: "the to-tag parameter is compared to the
// local tag, and the from-tag parameter is compared to the remote tag", and "If
// the Replaces header field matches more than one dialog, the UA MUST act as if
// no match is found" (RFC 3891 §3). ended: there is none, but there was one not
// long ago.
func (s *Set) Matching(m Match) (d *Dialog, ended bool) {
	for _, id := range m.ids() {
		switch found := s.dialogs[id]; {
		case found == nil:
			ended = ended || s.remembers(id)
		case found.run.State == Preparative: // no dialog yet
		case d != nil:
			return nil, false
		default:
			d = found
		}
	}
	return d, ended && d == nil
}

// ids are the dialog IDs that m may mean: one, or more where a tag is zero.
func (m Match) ids() []ID {
	locals, remotes := either(m.ToTag), either(m.FromTag)
	var ids []ID
	for _, local := range locals {
		for _, remote := range remotes {
			ids = append(ids, ID{m.CallID, local, remote})
		}
	}
	return ids
}

func either(tag string) []string {
	if tag == "0" || tag == "" {
		return []string{"0", ""}
	}
	return []string{tag}
}

// maxEnded is how many ended dialogs a Set remembers: enough to tell a
// replacement that comes too late from one of nothing.
const maxEnded = 8

func (s *Set) remember(id ID) {
	if len(s.ended) < maxEnded {
		s.ended = append(s.ended, id)
		return
	}
	s.ended[s.forgets] = id
	s.forgets = (s.forgets + 1) % maxEnded
}

func (s *Set) remembers(id ID) bool {
	for _, other := range s.ended {
		if other == id {
			return true
		}
	}
	return false
}
