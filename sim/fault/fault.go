package fault

import (
	"slices"
	"time"

	"siplab/sim/words"
)

// Kind is what a fault does.
type Kind uint8

// The kinds, in the order of the package's doc.
const (
	Lose Kind = iota
	Delay
	Duplicate
	Corrupt
	Hold
	Cut
)

var kinds = []string{"lose", "delay", "duplicate", "corrupt", "hold", "cut"}

func (k Kind) String() string { return kinds[k] }

// Release is what ends a Hold.
type Release uint8

// The ends of a Hold.
const (
	AfterSent Release = iota // Other has been sent
	OnArrival                // Other has arrived
	AtTime                   // it is Until
)

// Fault is one named fault. Its fields speak where its Kind uses them.
type Fault struct {
	Kind    Kind
	Packets words.Packets // all but Cut
	By      time.Duration // Delay: how much; Duplicate: how long after the original
	Release Release       // Hold
	Other   words.Packets // Hold, but AtTime
	A, B    string        // Cut: hosts
	OneWay  bool          // Cut: only from A to B
	From    time.Duration // Cut
	Until   time.Duration // Hold AtTime; Cut: 0 for ever
}

// String is the inverse of Parse.
func (f Fault) String() string {
	s := f.Kind.String() + " "
	switch f.Kind {
	case Delay:
		return s + f.Packets.String() + " by " + words.FormatDuration(f.By)
	case Duplicate:
		if f.By != 0 {
			return s + f.Packets.String() + " after " + words.FormatDuration(f.By)
		}
	case Hold:
		return s + f.Packets.String() + " until " + f.release()
	case Cut:
		return s + f.cut()
	}
	return s + f.Packets.String()
}

func (f Fault) release() string {
	switch f.Release {
	case AfterSent:
		return "after " + f.Other.String()
	case OnArrival:
		return f.Other.String() + " arrives"
	}
	return words.FormatDuration(f.Until)
}

func (f Fault) cut() string {
	s := name(f.A) + " "
	if f.OneWay {
		s += "to "
	}
	s += name(f.B)
	if f.From != 0 {
		s += " from " + words.FormatDuration(f.From)
	}
	if f.Until != 0 {
		s += " until " + words.FormatDuration(f.Until)
	}
	return s
}

// name writes a host that is not to be read as a keyword.
func name(host string) string {
	switch host {
	case "to", "from", "until":
		return `"` + host + `"`
	}
	return words.Print(host)
}

// Hosts are the names that a fault uses, each once.
func (f Fault) Hosts() []string {
	var hosts []string
	for _, h := range []string{f.Packets.From, f.Packets.To, f.Other.From, f.Other.To, f.A, f.B} {
		if h != "" && !slices.Contains(hosts, h) {
			hosts = append(hosts, h)
		}
	}
	return hosts
}
