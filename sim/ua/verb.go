package ua

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/words"
)

// verb is one act of a human, with what the phone does then.
type verb struct {
	core.Verb
	do func(p *Phone, t *turn, args []string)
}

// verbs are all acts. They are set by init, since the acts lead back to them.
var verbs []verb

func init() {
	verbs = slices.Concat(registerVerbs(), callVerbs(), talkVerbs(), watchVerbs(), serviceVerbs(), referVerbs())
}

// registerVerbs are the acts of somebody who wants to be found.
func registerVerbs() []verb {
	return []verb{
		{core.Verb{
			Name: "registers", Args: "[URI] [for TIME]",
			Means: "asks the registrar for a binding of its contact, and keeps it fresh; or of another contact, once (RFC 3261 §10.2.1)",
			Check: checkRegisters,
		}, (*Phone).registers},
		{core.Verb{
			Name: "unregisters", Args: "[everywhere]",
			Means: "removes its own binding, or every binding of its address-of-record (RFC 3261 §10.2.2)",
			Check: checkUnregisters,
		}, (*Phone).unregisters},
		{core.Verb{
			Name:  "queries",
			Means: "asks the registrar which bindings its address-of-record has, and changes none (RFC 3261 §10.2.3)",
			Check: checkNothing,
		}, (*Phone).queries},
	}
}

// Verbs are what a human can do at a phone.
func Verbs() []core.Verb {
	list := make([]core.Verb, len(verbs))
	for i := range verbs {
		list[i] = verbs[i].Verb
	}
	return list
}

// act does what the human did.
func (p *Phone) act(t *turn) {
	act := t.ev.Act
	for i := range verbs {
		v := &verbs[i]
		if v.Name != act.Verb {
			continue
		}
		if err := v.Check(act.Args); err != nil {
			t.note(act.Verb+": "+err.Error(), "")
			return
		}
		v.do(p, t, act.Args)
		return
	}
	t.note("a phone has no act "+words.Show(act.Verb), "")
}

func checkRegisters(args []string) error {
	uri, args := cutContact(args)
	if uri != "" {
		if _, err := sip.ParseURI(uri); err != nil {
			return fmt.Errorf("%s: %w", words.Show(uri), err)
		}
	}
	switch {
	case len(args) == 0:
		return nil
	case args[0] != "for":
		return words.Unknown(words.Word{Text: args[0]}, "part of this act", []string{"for"})
	case len(args) != 2:
		return &words.Error{Text: "for needs one time", Want: "registers for 10m"}
	}
	d, err := words.Duration(args[1])
	if err != nil {
		return err
	}
	if d == 0 {
		return &words.Error{Text: "a binding for no time is a removal", Want: "unregisters"}
	}
	return checkExpires(d)
}

// cutContact takes the contact from the start of what follows registers.
func cutContact(args []string) (uri string, rest []string) {
	if len(args) > 0 && strings.Contains(args[0], ":") {
		return args[0], args[1:]
	}
	return "", args
}

func checkUnregisters(args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case args[0] != "everywhere":
		return words.Unknown(words.Word{Text: args[0]}, "part of this act", []string{"everywhere"})
	case len(args) > 1:
		return checkNothing(args[1:])
	}
	return nil
}

func checkNothing(args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &words.Error{Text: words.Show(args[0]) + " is too much", Want: "nothing follows here"}
}

func (p *Phone) registers(t *turn, args []string) {
	uri, args := cutContact(args)
	w := want{aim: add, expires: p.settings.expires()}
	if uri != "" {
		w = want{aim: other, contact: uri}
	}
	if len(args) == 2 {
		if d, err := words.Duration(args[1]); err == nil {
			w.expires = d
		}
	}
	p.register.want(t, w)
}

func (p *Phone) unregisters(t *turn, args []string) {
	w := want{aim: remove}
	if len(args) == 1 {
		w.aim = removeAll
	}
	p.register.want(t, w)
}

func (p *Phone) queries(t *turn, _ []string) { p.register.want(t, want{aim: query}) }

// seconds is a whole number of seconds, as Expires has it.
func seconds(d time.Duration) uint64 { return uint64(d / time.Second) }
