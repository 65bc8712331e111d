package ua

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"siplab/sim/core"
	"siplab/sim/sip"
	"siplab/sim/words"
)

// callVerbs are the acts of somebody who calls or is called.
func callVerbs() []verb {
	return []verb{
		{core.Verb{
			Name: "calls", Args: "WHOM",
			Means: "invites a phone, by its name or by a SIP URI, to talk (RFC 3261 §13.2.1)",
			Check: checkWhom,
		}, (*Phone).calls},
		{core.Verb{
			Name: "answers", Args: "[after TIME]",
			Means: "takes the call that rings, now or a while later (RFC 3261 §13.3.1.4)",
			Check: checkAfter,
		}, (*Phone).answers},
		{core.Verb{
			Name: "rejects", Args: "[with STATUS]",
			Means: "turns the call away that rings: 603 Decline, or another failure (RFC 3261 §13.3.1.3)",
			Check: checkRejects,
		}, (*Phone).rejects},
		{core.Verb{
			Name: "redirects", Args: "to WHOM...",
			Means: "sends the caller elsewhere with 302 Moved Temporarily (RFC 3261 §13.3.1.2)",
			Check: checkRedirects,
		}, (*Phone).redirects},
		{core.Verb{
			Name:  "cancels",
			Means: "gives up a call that nobody has answered yet (RFC 3261 §9.1)",
			Check: checkNothing,
		}, (*Phone).cancels},
		{core.Verb{
			Name: "hangs", Args: "up [with BYE]",
			Means: "ends the call: CANCEL before the answer, BYE after it; with BYE also an early dialog (RFC 3261 §15)",
			Check: checkHangs,
		}, (*Phone).hangs},
	}
}

// talkVerbs are the acts of somebody who is in a call.
func talkVerbs() []verb {
	return []verb{
		{core.Verb{
			Name: "holds", Args: "[by UPDATE]",
			Means: "puts the far end on hold: its media is not wanted for a while (RFC 3264 §8.4)",
			Check: checkBy,
		}, (*Phone).holds},
		{core.Verb{
			Name: "resumes", Args: "[by UPDATE]",
			Means: "takes the far end off hold (RFC 3264 §8.4)",
			Check: checkBy,
		}, (*Phone).resumes},
		{core.Verb{
			Name: "changes", Args: "address to ADDRESS[:PORT] [by UPDATE]",
			Means: "has another address from now on: of its media, and of its Contact in this call (RFC 3261 §12.2, §14.1)",
			Check: checkChanges,
		}, (*Phone).changes},
		{core.Verb{
			Name: "refreshes", Args: "[without offer]",
			Means: "sends a re-INVITE that changes nothing (RFC 3261 §14.1)",
			Check: checkWithout,
		}, (*Phone).refreshes},
		{core.Verb{
			Name: "updates", Args: "[without offer]",
			Means: "sends an UPDATE that changes nothing (RFC 3311 §5.1)",
			Check: checkWithout,
		}, (*Phone).updates},
		{core.Verb{
			Name: "sends", Args: "info | message TEXT [to WHOM]",
			Means: "sends an INFO in the call (RFC 6086), or an instant message there or to anybody (RFC 3428)",
			Check: checkSends,
		}, (*Phone).sends},
		{core.Verb{
			Name: "asks", Args: "options of WHOM",
			Means: "asks a phone what it can do, and whether it would take a call (RFC 3261 §11.1)",
			Check: checkAsks,
		}, (*Phone).asks},
	}
}

// checkWhom takes a SIP URI. The names of phones are put into URIs before the
// act gets here; what Check sees may still be a name.
func checkWhom(args []string) error {
	if len(args) == 0 {
		return &words.Error{Text: "nobody is named", Want: "a phone, or a URI such as sip:bob@biloxi.example.com"}
	}
	if err := checkNothing(args[1:]); err != nil {
		return err
	}
	if !strings.Contains(args[0], ":") {
		return nil
	}
	return checkCallee(args[0])
}

// checkCallee takes the URI of somebody who can be called.
func checkCallee(uri string) error {
	u, err := sip.ParseURI(uri)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", words.Show(uri), err)
	case !u.IsSIP():
		return &words.Error{Text: words.Show(uri) + " is no SIP or SIPS URI", Want: "such as sip:bob@biloxi.example.com"}
	}
	return nil
}

func checkAfter(args []string) error {
	if len(args) == 0 {
		return nil
	}
	if args[0] != "after" {
		return words.Unknown(words.Word{Text: args[0]}, "part of this act", []string{"after"})
	}
	if len(args) != 2 {
		return &words.Error{Text: "after needs one time", Want: "answers after 3s"}
	}
	_, err := words.Duration(args[1])
	return err
}

func checkRejects(args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case args[0] != "with":
		return words.Unknown(words.Word{Text: args[0]}, "part of this act", []string{"with"})
	case len(args) != 2:
		return &words.Error{Text: "with needs one status", Want: "rejects with 486"}
	}
	if _, ok := rejection(args[1]); !ok {
		return &words.Error{Text: words.Show(args[1]) + " turns no call away", Want: "a status from 300 to 699"}
	}
	return nil
}

func rejection(word string) (int, bool) {
	status, err := strconv.Atoi(word)
	return status, err == nil && status >= 300 && status < 700 && len(word) == 3
}

func checkRedirects(args []string) error {
	if len(args) < 2 || args[0] != "to" {
		return &words.Error{Text: "it is not said where to", Want: "redirects to sip:carol@chicago.example.com"}
	}
	for _, uri := range args[1:] {
		if err := checkWhom([]string{uri}); err != nil {
			return err
		}
	}
	return nil
}

// checkPhrase takes some words as a whole or nothing, after which an optional
// phrase may follow.
func checkPhrase(args []string, fixed, optional string) error {
	said := strings.Join(args, " ")
	if said == fixed || strings.TrimSpace(fixed+" "+optional) == said {
		return nil
	}
	want := fixed
	switch {
	case fixed == "":
		want = optional + ", or nothing"
	case optional != "":
		want += ", or " + fixed + " " + optional
	}
	if said == "" {
		return &words.Error{Text: "the act ends too early", Want: want}
	}
	expected := strings.Fields(fixed + " " + optional)
	for i, word := range args {
		if i >= len(expected) || word != expected[i] {
			return &words.Error{Text: words.Show(word) + " is not part of this act", Want: want}
		}
	}
	return &words.Error{Text: words.Show(said) + " is not all of this act", Want: want}
}

func checkHangs(args []string) error   { return checkPhrase(args, "up", "with BYE") }
func checkBy(args []string) error      { return checkPhrase(args, "", "by UPDATE") }
func checkWithout(args []string) error { return checkPhrase(args, "", "without offer") }

func checkSends(args []string) error {
	if len(args) == 0 || args[0] != "message" {
		return checkPhrase(args, "info", "")
	}
	switch {
	case len(args) == 1:
		return &words.Error{Text: "there is no message", Want: `sends message "Lunch?" to bob`}
	case len(args) == 2:
		return nil
	case args[2] != "to":
		return words.Unknown(words.Word{Text: args[2]}, "part of this act", []string{"to"})
	}
	return checkWhom(args[3:])
}

func checkChanges(args []string) error {
	if len(args) < 3 || args[0] != "address" || args[1] != "to" {
		return &words.Error{Text: "it is not said what changes", Want: "changes address to 192.0.2.77"}
	}
	if _, ok := parseAddress(args[2]); !ok {
		return &words.Error{Text: words.Show(args[2]) + " is no IP address", Want: "such as 192.0.2.77 or 192.0.2.77:5070"}
	}
	return checkBy(args[3:])
}

// parseAddress reads ADDRESS[:PORT]; without a port it is 0.
func parseAddress(word string) (at netip.AddrPort, ok bool) {
	if a, err := netip.ParseAddr(word); err == nil {
		return netip.AddrPortFrom(a, 0), a.Zone() == ""
	}
	at, err := netip.ParseAddrPort(word)
	return at, err == nil && at.Port() != 0 && at.Addr().Zone() == ""
}

func checkAsks(args []string) error {
	if len(args) < 2 || args[0] != "options" || args[1] != "of" {
		return &words.Error{Text: "it is not said what is asked", Want: "asks options of bob"}
	}
	return checkWhom(args[2:])
}

// method is what an act is done by.
func method(args []string) string {
	if n := len(args); n > 0 && args[n-1] == sip.UPDATE {
		return sip.UPDATE
	}
	return sip.INVITE
}

func (p *Phone) calls(t *turn, args []string) {
	p.dialled = t.env.Whom(args[0])
	p.invite(t, p.dialled)
}

func (p *Phone) answers(t *turn, args []string) {
	in := p.ringing(t)
	if in == nil {
		return
	}
	after := time.Duration(0)
	if len(args) == 2 {
		after, _ = words.Duration(args[1])
	}
	in.answerAfter(t, after)
}

func (p *Phone) rejects(t *turn, args []string) {
	status := 603
	if len(args) == 2 {
		status, _ = rejection(args[1])
	}
	if in := p.ringing(t); in != nil {
		in.reject(t, status, nil)
	}
}

func (p *Phone) redirects(t *turn, args []string) {
	in := p.ringing(t)
	if in == nil {
		return
	}
	var to []string
	for _, word := range args[1:] {
		to = append(to, t.env.Whom(word))
	}
	in.reject(t, 302, to)
}

func (p *Phone) cancels(t *turn, _ []string) {
	if out := p.inviting(t); out != nil {
		out.cancelFor(t, "the caller gave up")
	}
}

func (p *Phone) hangs(t *turn, args []string) {
	if p.mixes() {
		for _, c := range slices.Clone(p.lines) {
			if c.live() {
				c.hangUp(t, false)
			}
		}
		return
	}
	if c := p.line(t); c != nil {
		c.hangUp(t, len(args) == 3)
	}
}

func (p *Phone) holds(t *turn, args []string) {
	p.change(t, change{what: hold, method: method(args)})
}

func (p *Phone) resumes(t *turn, args []string) {
	p.change(t, change{what: resume, method: method(args)})
}

func (p *Phone) changes(t *turn, args []string) {
	at, _ := parseAddress(args[2])
	p.change(t, change{what: move, method: method(args), at: at})
}

func (p *Phone) refreshes(t *turn, args []string) {
	p.change(t, change{what: refresh, method: sip.INVITE, bare: len(args) > 0})
}

func (p *Phone) updates(t *turn, args []string) {
	p.change(t, change{what: refresh, method: sip.UPDATE, bare: len(args) > 0})
}

func (p *Phone) sends(t *turn, args []string) {
	if args[0] == "message" {
		whom := ""
		if len(args) == 4 {
			whom = t.env.Whom(args[3])
		}
		p.text(t, whom, args[1])
		return
	}
	if l := p.talking(t); l != nil {
		l.info(t)
	}
}

func (p *Phone) asks(t *turn, args []string) { p.askOptions(t, t.env.Whom(args[2])) }
