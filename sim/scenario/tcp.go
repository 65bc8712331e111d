package scenario

import (
	"slices"
	"strconv"
	"time"

	"siplab/sim"
	"siplab/sim/words"
)

// tcpStatement says what all connections go by.
var tcpStatement = Statement{
	Keyword: "tcp", Usage: "tcp [mss BYTES] [window BYTES] [give-up TIME] [dial-give-up TIME] [connections NUMBER] [idle TIME] [unfinished TIME]",
	Means: "What all connections go by: the size of segments and of the window, how long one waits for an acknowledgement, for one to open, unused and for the rest of a message; and how many there may be. " +
		"What is not said is 1460, 65535, 100s, 3m, 64*T1 and 64*T1.",
	Example: "tcp mss 536 give-up 20s", About: aboutRun,
	read: readTCP, print: printTCP,
}

// tcpField is one setting: a number or a time.
type tcpField struct {
	word   string
	number *int
	time   *time.Duration
}

func tcpFields(t *sim.TCP) []tcpField {
	return []tcpField{
		{word: "mss", number: &t.MSS}, {word: "window", number: &t.Window},
		{word: "give-up", time: &t.GiveUp}, {word: "dial-give-up", time: &t.DialGiveUp},
		{word: "connections", number: &t.MostConns},
		{word: "idle", time: &t.Idle}, {word: "unfinished", time: &t.Unfinished},
	}
}

func (f tcpField) read(l *words.Line) (err error) {
	if f.number != nil {
		*f.number, err = positive(l, "a whole number for "+f.word, 24)
	} else {
		*f.time, err = lasting(l, "the time for "+f.word+", such as 20s")
	}
	return err
}

// print is the value; "" for what nobody said.
func (f tcpField) print() string {
	switch {
	case f.number != nil && *f.number != 0:
		return strconv.Itoa(*f.number)
	case f.time != nil && *f.time != 0:
		return words.FormatDuration(*f.time)
	}
	return ""
}

func readTCP(p *parser, l *words.Line) error {
	if err := p.first("tcp", l.Words[0]); err != nil {
		return err
	}
	fields := tcpFields(&p.s.TCP)
	var names []string
	for _, f := range fields {
		names = append(names, f.word)
	}
	for once := true; once || l.More(); once = false {
		w, err := l.Expect("limit of TCP", names...)
		if err == nil {
			err = p.first("tcp "+w.Text, w)
		}
		if err == nil {
			err = fields[slices.Index(names, w.Text)].read(l)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func printTCP(s *sim.Scenario) []printed {
	text, t := "tcp", s.TCP
	for _, f := range tcpFields(&t) {
		if v := f.print(); v != "" {
			text += " " + f.word + " " + v
		}
	}
	return one(text != "tcp", text)
}
