package ua

import (
	"siplab/sim/core"
	"siplab/sim/words"
)

// serviceVerbs are the acts of somebody who has to do with the calls of others,
// or with more than one of his own.
func serviceVerbs() []verb {
	return []verb{
		{core.Verb{
			Name: "picks", Args: "up WHOM",
			Means: "takes over a call of a phone: one that rings there, or else one that goes on (RFC 3891, RFC 4235)",
			Check: checkPicks,
		}, (*Phone).picks},
		{core.Verb{
			Name: "parks", Args: "at WHERE | WHOM at WHERE",
			Means: "has a call of this phone go on at another, where somebody picks it up later (RFC 3515, RFC 3891)",
			Check: checkParks,
		}, (*Phone).parks},
		{core.Verb{
			Name: "joins", Args: "[WHOM]",
			Means: "makes one conference of the calls of this phone, which mixes; or asks to be let into a call of somebody else (RFC 3911)",
			Check: checkJoins,
		}, (*Phone).joins},
		{core.Verb{
			Name:  "redials",
			Means: "calls whom it called last, as soon as that phone is free (RFC 4235)",
			Check: checkNothing,
		}, (*Phone).redials},
	}
}

func checkPicks(args []string) error {
	if len(args) < 2 || args[0] != "up" {
		return &words.Error{Text: "it is not said whose call", Want: "picks up bob"}
	}
	return checkWhom(args[1:])
}

func checkParks(args []string) error {
	if len(args) > 0 && args[0] != "at" {
		if err := checkWhom(args[:1]); err != nil {
			return err
		}
		args = args[1:]
	}
	if len(args) < 2 || args[0] != "at" {
		return &words.Error{Text: "it is not said where", Want: "parks at sip:park@biloxi.example.com"}
	}
	return checkWhom(args[1:])
}

func checkJoins(args []string) error {
	if len(args) == 0 {
		return nil
	}
	return checkWhom(args)
}

func (p *Phone) picks(t *turn, args []string) { p.pickUp(t, t.env.Whom(args[1])) }

func (p *Phone) parks(t *turn, args []string) {
	whom := ""
	if args[0] != "at" {
		whom = t.env.Whom(args[0])
	}
	p.park(t, whom, t.env.Whom(args[len(args)-1]))
}

func (p *Phone) joins(t *turn, args []string) {
	if len(args) == 0 {
		p.mix(t)
		return
	}
	p.joinCallOf(t, t.env.Whom(args[0]))
}

func (p *Phone) redials(t *turn, _ []string) { p.redial(t) }
