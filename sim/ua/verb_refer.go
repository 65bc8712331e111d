package ua

import (
	"siplab/sim/core"
	"siplab/sim/words"
)

// referVerbs are the acts of somebody who sends others elsewhere.
func referVerbs() []verb {
	return []verb{
		{core.Verb{
			Name: "transfers", Args: "to URI | WHOM to URI [without subscription]",
			Means: "has the far end of a call call somebody else; a call that this phone has with that one too is replaced (RFC 3515 §2.4.1, RFC 3891 §3)",
			Check: checkTransfers,
		}, (*Phone).transfers},
		{core.Verb{
			Name: "refers", Args: "WHOM to URI [without subscription]",
			Means: "asks a phone, outside of a call, to call somebody (RFC 3515 §2.4.1)",
			Check: checkRefers,
		}, (*Phone).refers},
	}
}

// reference is what the words after transfers and refers say.
type reference struct {
	whom, to string // whom is "" where nobody is named
	quiet    bool
}

func parseReference(args []string) (r reference, err error) {
	if len(args) > 0 && args[0] != "to" {
		r.whom, args = args[0], args[1:]
		if err := checkWhom([]string{r.whom}); err != nil {
			return r, err
		}
	}
	if len(args) < 2 || args[0] != "to" {
		return r, &words.Error{Text: "it is not said where to", Want: "transfers bob to carol"}
	}
	r.to, r.quiet = args[1], len(args) > 2
	return r, checkPhrase(args[2:], "", "without subscription")
}

func checkTransfers(args []string) error {
	_, err := parseReference(args)
	return err
}

func checkRefers(args []string) error {
	r, err := parseReference(args)
	if err == nil && r.whom == "" {
		return &words.Error{Text: "it is not said who is referred", Want: "refers bob to carol"}
	}
	return err
}

func (p *Phone) transfers(t *turn, args []string) {
	r, _ := parseReference(args)
	p.transfer(t, t.env.Whom(r.whom), t.env.Whom(r.to), r.quiet)
}

func (p *Phone) refers(t *turn, args []string) {
	r, _ := parseReference(args)
	p.refer(t, t.env.Whom(r.whom), t.env.Whom(r.to), r.quiet)
}
