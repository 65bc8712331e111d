package lessons

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"siplab/sim"
	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/words"
)

// edit is one change to what an element offers to send; nil: it is none.
type edit func(offered []core.Effect, find finder) ([]core.Effect, error)

// finder gives the bytes of a packet that has come.
type finder func(words.Packets) (string, bool)

// edits are the ways to send something else.
var edits = []struct {
	word, want string
	read       func(what string) edit
}{
	{"nothing", "sends nothing says it all", editNothing},
	{"no", "a method or a status: sends no BYE", editNo},
	{"without", "a header field, or one of several: sends without Authorization, sends without 2nd Route", editWithout},
	{"with", "a header field with its value: sends with Expires: 0", editWith},
	{"rename", "two header fields: sends rename Authorization to WWW-Authenticate", editRename},
	{"to", "a URI: sends to sip:bob@biloxi.example.com", editTo},
	{"status", "a status: sends status 486 Busy Here", editStatus},
}

// sends reads what is sent instead.
func (r *reader) sends(c *Choice, rest line) {
	if text, ok := strings.CutPrefix(rest.text, "|"); ok {
		c.lines = append(c.lines, strings.TrimPrefix(text, " "))
		_, err := sim.ParseTemplate(text)
		r.errs.add(rest.no, rest.col+1, err)
		return
	}
	word, what, _ := strings.Cut(rest.text, " ")
	var ways []string
	for _, e := range edits {
		if e.word != word {
			ways = append(ways, e.word)
			continue
		}
		made := e.read(strings.TrimSpace(what))
		if made == nil {
			r.errs.say(rest.no, rest.col, words.Show(rest.text)+" is not understood", e.want)
		}
		c.edits = append(c.edits, made)
		return
	}
	r.errs.add(rest.no, rest.col, words.Unknown(words.Word{Text: word, Col: 1}, "way to send", ways))
}

func editNothing(what string) edit {
	if what != "" {
		return nil
	}
	return func(offered []core.Effect, _ finder) ([]core.Effect, error) { return nothing(offered), nil }
}

// editNo leaves out the messages of a method or a status.
func editNo(what string) edit {
	if what == "" || strings.Contains(what, " ") {
		return nil
	}
	return func(offered []core.Effect, _ finder) ([]core.Effect, error) {
		kept := slices.DeleteFunc(offered, func(ef core.Effect) bool { return sends(&ef) && named(&ef) == what })
		if len(kept) == len(offered) {
			return offered, fmt.Errorf("no %s is offered here", what)
		}
		return kept, nil
	}
}

// named is the method or the status of what an effect sends.
func named(ef *core.Effect) string {
	switch {
	case ef.Kind == core.Cancel:
		return sip.CANCEL
	case ef.Message == nil:
		return ""
	case ef.Message.IsRequest():
		return ef.Message.Method
	}
	return strconv.Itoa(ef.Message.Status)
}

// onFirst is an edit of the first message that is offered and that it can be
// done to.
func onFirst(what string, do func(m *sip.Message, find finder) (bool, error)) edit {
	return func(offered []core.Effect, find finder) ([]core.Effect, error) {
		for i := range offered {
			if !sends(&offered[i]) || offered[i].Message == nil {
				continue
			}
			if done, err := do(offered[i].Message, find); done || err != nil {
				return offered, err
			}
		}
		return offered, fmt.Errorf("no message with %s is offered here", what)
	}
}

// editWithout takes a header field out, or the one of several that is named.
func editWithout(what string) edit {
	header, nth := what, 0
	if first, rest, ok := strings.Cut(what, " "); ok {
		if nth, ok = words.Ordinal(first); !ok {
			return nil
		}
		header = rest
	}
	if header == "" || strings.Contains(header, " ") {
		return nil
	}
	return onFirst(what, func(m *sip.Message, _ finder) (bool, error) {
		n, seen := len(m.Fields), 0
		m.Fields = slices.DeleteFunc(m.Fields, func(f sip.Field) bool {
			if !sip.EqualFold(f.Text, header) {
				return false
			}
			seen++
			return nth == 0 || seen == nth
		})
		return len(m.Fields) < n, nil
	})
}

// editWith sets a header field.
func editWith(what string) edit {
	header, value, ok := strings.Cut(what, ":")
	t, err := sim.ParseTemplate(strings.TrimSpace(value))
	if !ok || err != nil || header == "" || strings.Contains(header, " ") {
		return nil
	}
	return onFirst(header, func(m *sip.Message, find finder) (bool, error) {
		filled, err := t.Fill(find)
		if err != nil {
			return false, err
		}
		m.Fields = slices.DeleteFunc(m.Fields, func(f sip.Field) bool { return sip.EqualFold(f.Text, header) })
		m.AddOther(header, filled, sip.Origin{})
		return true, nil
	})
}

// editRename gives a header field another name.
func editRename(what string) edit {
	from, to, ok := strings.Cut(what, " to ")
	if !ok || from == "" || to == "" || strings.Contains(from+to, " ") {
		return nil
	}
	return onFirst(from, func(m *sip.Message, _ finder) (bool, error) {
		i := slices.IndexFunc(m.Fields, func(f sip.Field) bool { return sip.EqualFold(f.Text, from) })
		if i < 0 {
			return false, nil
		}
		value := m.Fields[i].Value
		m.Fields = slices.Delete(m.Fields, i, i+1)
		m.AddOther(to, value, sip.Origin{})
		return true, nil
	})
}

// editTo gives a request another Request-URI, and with it another way.
func editTo(what string) edit {
	if _, err := sip.ParseURI(what); err != nil {
		return nil
	}
	return func(offered []core.Effect, _ finder) ([]core.Effect, error) {
		i := slices.IndexFunc(offered, func(ef core.Effect) bool {
			return sends(&ef) && ef.Message != nil && ef.Message.IsRequest()
		})
		if i < 0 {
			return offered, errors.New("no request is offered here")
		}
		offered[i].Message.URI, offered[i].Hop = what, core.Hop{}
		return offered, nil
	}
}

func editStatus(what string) edit {
	code, reason, _ := strings.Cut(what, " ")
	status, err := strconv.Atoi(code)
	if err != nil || status < 100 || status > 699 {
		return nil
	}
	if reason == "" {
		reason = sip.Reason(status)
	}
	return onFirst("a status", func(m *sip.Message, _ finder) (bool, error) {
		if m.IsRequest() {
			return false, nil
		}
		m.Status, m.Reason = status, reason
		return true, nil
	})
}
