package ask

import (
	"slices"
	"strings"

	"siplab/sim/trace"
	"siplab/sim/words"
)

// check refuses what means nothing in this trace: a name that was mistyped
// must not read as "it never happened".
func (r *run) check(args []arg) error {
	for _, a := range args {
		if err := r.checkArg(a); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) checkArg(a arg) error {
	switch a.slot {
	case "HOST":
		return r.checkHost(a.word)
	case "MACHINE":
		return r.checkMachine(a.word)
	case "AOR":
		return r.checkAOR(a.word)
	case "PACKETS":
		for _, w := range a.choice.hosts {
			if err := r.checkHost(w); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) checkHost(w words.Word) error {
	if r.FindHost(w.Text) != trace.NoHost {
		return nil
	}
	return words.Unknown(w, "host of this run", r.HostNames())
}

func (r *run) checkMachine(w words.Word) error {
	var names []string
	for e := range r.each(trace.State) {
		if e.Name == w.Text {
			return nil
		}
		if !slices.Contains(names, e.Name) {
			names = append(names, e.Name)
		}
	}
	return words.Unknown(w, "machine that moved in this run", names)
}

// checkAOR wants an address that was bound, or at least stands in a message.
func (r *run) checkAOR(w words.Word) error {
	var bound []string
	for i := range r.Events {
		e := &r.Events[i]
		switch {
		case e.Kind == trace.Bind && strings.EqualFold(e.Name, w.Text), e.Kind == trace.Send && e.Packet != nil && strings.Contains(e.Packet.Raw, w.Text):
			return nil
		case e.Kind == trace.Bind && !slices.Contains(bound, e.Name):
			bound = append(bound, e.Name)
		}
	}
	return words.Unknown(w, "address of this run", bound)
}
