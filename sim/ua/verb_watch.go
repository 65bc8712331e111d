package ua

import (
	"strings"

	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/subscription"
	"siplab/sim/words"
)

// watchVerbs are the acts of somebody who watches others, or is watched.
func watchVerbs() []verb {
	return []verb{
		{core.Verb{
			Name: "subscribes", Args: "to WHOM for PACKAGE [lasting TIME]",
			Means: "asks a phone to be told of its " + strings.Join(watchable(), ", ") + " or of another event package, and keeps asking (RFC 6665 §4.1.2.1)",
			Check: checkSubscribes,
		}, (*Phone).subscribes},
		{core.Verb{
			Name: "fetches", Args: "PACKAGE of WHOM",
			Means: "asks a phone once for the state of an event package (RFC 6665 §4.4.3)",
			Check: checkFetches,
		}, (*Phone).fetches},
		{core.Verb{
			Name: "unsubscribes", Args: "[from WHOM]",
			Means: "ends its subscriptions, or those at one phone (RFC 6665 §4.1.2.3)",
			Check: checkUnsubscribes,
		}, (*Phone).unsubscribes},
		{core.Verb{
			Name: "publishes", Args: "PACKAGE STATE",
			Means: "has another state from now on, which its watchers are told: presence open or closed, message-summary yes or no (RFC 6665 §4.2.2)",
			Check: checkPublishes,
		}, (*Phone).publishes},
		{core.Verb{
			Name:  "grants",
			Means: "allows what the phone asks about: a subscription (RFC 6665 §4.2.1.3), or to follow a REFER (RFC 3515 §2.4.2)",
			Check: checkNothing,
		}, (*Phone).grants},
		{core.Verb{
			Name:  "denies",
			Means: "does not allow what the phone asks about (RFC 6665 §4.2.1.3, RFC 3515 §2.4.5)",
			Check: checkNothing,
		}, (*Phone).denies},
	}
}

// watchable are the packages to which a phone can be asked to subscribe by name;
// REFER alone makes a subscription to the last (RFC 3515 §2.4.4).
func watchable() []string {
	var names []string
	for _, pkg := range subscription.Packages() {
		if pkg.Name != subscription.Refer {
			names = append(names, pkg.Name)
		}
	}
	return names
}

func checkSubscribes(args []string) error {
	if len(args) < 4 || args[0] != "to" || args[2] != "for" {
		return &words.Error{Text: "it is not said to whom, or for what", Want: "subscribes to bob for presence"}
	}
	if err := checkWhom(args[1:2]); err != nil {
		return err
	}
	if err := checkPackage(args[3]); err != nil || len(args) == 4 {
		return err
	}
	if args[4] != "lasting" {
		return words.Unknown(words.Word{Text: args[4]}, "part of this act", []string{"lasting"})
	}
	if len(args) != 6 {
		return &words.Error{Text: "lasting needs one time", Want: "subscribes to bob for presence lasting 10m"}
	}
	d, err := words.Duration(args[5])
	switch {
	case err != nil:
		return err
	case d == 0:
		return &words.Error{Text: "a subscription for no time is a fetch", Want: "fetches presence of bob"}
	}
	return checkExpires(d)
}

// checkPackage takes the name of any event package, so that one which nobody knows
// can be tried.
func checkPackage(name string) error {
	if e, ok := subscription.ParseEvent(name); !ok || e.String() != name {
		return &words.Error{Text: words.Show(name) + " is no name of an event package", Want: "such as " + strings.Join(watchable(), ", ")}
	}
	return nil
}

func checkFetches(args []string) error {
	if len(args) < 3 || args[1] != "of" {
		return &words.Error{Text: "it is not said what, or of whom", Want: "fetches presence of bob"}
	}
	if err := checkPackage(args[0]); err != nil {
		return err
	}
	return checkWhom(args[2:])
}

func checkUnsubscribes(args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case args[0] != "from":
		return words.Unknown(words.Word{Text: args[0]}, "part of this act", []string{"from"})
	}
	return checkWhom(args[1:])
}

func checkPublishes(args []string) error {
	if len(args) < 2 {
		return &words.Error{Text: "it is not said what, or how it is", Want: "publishes presence closed"}
	}
	var states []string
	switch args[0] {
	case subscription.Presence:
		states = []string{"open", "closed"}
	case subscription.Messages:
		states = []string{"yes", "no"}
	default:
		return words.Unknown(words.Word{Text: args[0]}, "package whose state is made known", []string{subscription.Presence, subscription.Messages})
	}
	for _, s := range states {
		if s == args[1] {
			return checkNothing(args[2:])
		}
	}
	return words.Unknown(words.Word{Text: args[1]}, "state of "+args[0], states)
}

func (p *Phone) subscribes(t *turn, args []string) {
	expires := defaultWatch
	if len(args) == 6 {
		expires, _ = words.Duration(args[5])
	}
	p.subscribe(t, t.env.Whom(args[1]), args[3], expires)
}

func (p *Phone) fetches(t *turn, args []string) { p.subscribe(t, t.env.Whom(args[2]), args[0], 0) }

func (p *Phone) unsubscribes(t *turn, args []string) {
	left := false
	for _, w := range append([]*watch(nil), p.watches...) {
		if w.sub.Event.Package == subscription.Refer || w.leaving || len(args) == 2 && !w.at(t.env.Whom(args[1])) {
			continue
		}
		left = true
		w.unsubscribe(t)
	}
	if !left {
		t.note("there is no subscription to end", "RFC 6665 §4.1.2.3")
	}
}

// at says whether the watch was asked of that URI.
func (w *watch) at(whom string) bool {
	u, err := sip.ParseURI(whom)
	own, bad := sip.ParseURI(w.whom())
	return err == nil && bad == nil && u.Equal(own)
}

func (p *Phone) publishes(_ *turn, args []string) { p.events[args[0]] = args[1] }

func (p *Phone) grants(t *turn, _ []string) {
	if r := p.undecided(t); r != nil {
		r.grant(t)
	}
}

func (p *Phone) denies(t *turn, _ []string) {
	if r := p.undecided(t); r != nil {
		r.deny(t)
	}
}
