package registrar

import (
	"fmt"

	"siplab/sim/core"
	"siplab/sim/sip"
)

const nonces = "nonces"

// Verbs lists what an operator can do at a registrar.
func Verbs() []core.Verb {
	return []core.Verb{{
		Name:  "forgets",
		Args:  "[AOR | nonces]",
		Means: "loses its bindings, or those of one address-of-record, or the nonces that it gave out, as one does that crashed",
		Check: checkForgets,
	}}
}

func checkForgets(args []string) error {
	switch {
	case len(args) > 1:
		return fmt.Errorf("forgets takes one word at most: an address-of-record, or %s", nonces)
	case len(args) == 0 || args[0] == nonces:
		return nil
	}
	if _, err := sip.ParseURI(args[0]); err != nil {
		return fmt.Errorf("%s is no address-of-record, such as sip:bob@biloxi.example.com, and not %s", sip.Visible(args[0]), nonces)
	}
	return nil
}

// act does what an operator wants.
func (r *Registrar) act(ev *core.Event, env *core.Env, out []core.Effect) []core.Effect {
	if ev.Act.Verb != "forgets" {
		return out
	}
	r.changes = r.changes[:0]
	switch args := ev.Act.Args; {
	case len(args) == 0:
		r.changes = r.location.ForgetAll(r.changes)
	case args[0] == nonces:
		r.forgetNonces()
		return append(out, core.Effect{Kind: core.Note, Ref: "RFC 7616 §3.3", Text: "the nonces that were given out are no longer known"})
	default:
		if uri, err := sip.ParseURI(env.Whom(args[0])); err == nil {
			r.changes = r.location.Forget(uri.AOR(), r.changes)
		}
	}
	if len(r.changes) == 0 {
		return append(out, core.Effect{Kind: core.Note, Text: "there was no binding to forget"})
	}
	return r.tell(ev.Now, out)
}
