package scenario

import (
	"siplab/sim"
	"siplab/sim/fault"
	"siplab/sim/words"
)

// faultHelp says what each fault of package fault is, in the order of its
// kinds.
var faultHelp = []Statement{
	{Keyword: "lose", Usage: "lose PACKETS", Means: "The network loses these packets.", Example: "lose 1st INVITE from alice"},
	{Keyword: "delay", Usage: "delay PACKETS by TIME", Means: "These packets arrive that much later.", Example: "delay 180 from bob by 2s"},
	{Keyword: "duplicate", Usage: "duplicate PACKETS [after TIME]", Means: "A copy of each arrives too, at once or that much later.", Example: "duplicate 1st INVITE from alice after 300ms"},
	{Keyword: "corrupt", Usage: "corrupt PACKETS", Means: "One bit of each is turned on the way.", Example: "corrupt 2nd REGISTER from bob"},
	{
		Keyword: "hold", Usage: "hold PACKETS until after PACKETS | until PACKETS arrives | until TIME",
		Means: "These packets wait in the network until others have been sent, or have arrived, or until a time of the run.", Example: "hold 200 from bob until after CANCEL",
	},
	{
		Keyword: "cut", Usage: "cut HOST [to] HOST [from TIME] [until TIME]",
		Means: "Nothing passes between two hosts, both ways or, with to, one way; for a time or for ever.", Example: "cut alice bob from 1s until 33s",
	},
}

func faultStatements() []Statement {
	out := make([]Statement, len(faultHelp))
	for i, st := range faultHelp {
		st.About = aboutFaults
		st.read = (*parser).readFault
		st.print = func(s *sim.Scenario) (out []printed) {
			for place, f := range s.Faults {
				if f.Kind.String() == st.Keyword {
					out = append(out, printed{place, f.String()})
				}
			}
			return out
		}
		out[i] = st
	}
	return out
}

func (p *parser) readFault(l *words.Line) error {
	f, err := fault.Parse(p.raw)
	if err != nil {
		return err
	}
	p.s.Faults = append(p.s.Faults, f)
	p.atEnd(func() error {
		p.checkFault(f, l)
		return nil
	})
	return nil
}

// checkFault wants each host of a fault to be there.
func (p *parser) checkFault(f fault.Fault, l *words.Line) {
	for _, name := range f.Hosts() {
		p.fail(p.host(place(l, name)))
	}
}

// place is the word of a line that is a host's name. A fault's other words are
// keywords, methods, numbers and times: none is taken for a host but after the
// keyword, from or to.
func place(l *words.Line, name string) words.Word {
	for i, w := range l.Words {
		if i > 0 && w.Text == name {
			return w
		}
	}
	return words.Word{Text: name, Col: 1}
}
