package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	theirs "github.com/emiago/sipgo/sip"

	"siplab/sim/sip"
)

// times is how often a round parses or prints a message: some tens of
// milliseconds.
const times = 20_000

// samples are the messages that sim/sip's own benchmarks have.
const samples = "../../sim/sip/testdata"

const sofiaPackages = "apt-get install gcc pkg-config libsofia-sip-ua-dev"

func messages(dir string) (list []contest, err error) {
	sofia, err := build(dir, "sofia.c", "gcc", "sofia-sip-ua", sofiaPackages)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"invite1.sip", "invite3.sip"} {
		file, err := filepath.Abs(filepath.Join(samples, name))
		if err != nil {
			return nil, err
		}
		bytes, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		s := sample{text: string(bytes), bytes: bytes, file: file, sofia: sofia}
		both, err := s.contests()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, both...)
	}
	return list, nil
}

// sample is a message on which all contenders are tried.
type sample struct {
	text  string
	bytes []byte
	file  string
	sofia peer
}

func (s *sample) contests() ([]contest, error) {
	var m sip.Message
	if err := m.Parse(s.text); err != nil {
		return nil, err
	}
	what := fmt.Sprintf("an INVITE of %d bytes, Via %d times", len(s.text), m.Count(sip.NameVia))
	printing, err := s.print(what)
	return []contest{s.parse(what), printing}, err
}

func (s *sample) args() []string { return []string{s.file, strconv.Itoa(times)} }

func (s *sample) parse(what string) contest {
	var used sip.Message
	var problems []sip.Problem
	parser := theirs.NewParser()
	return contest{
		title: "Parse " + what,
		entries: []entry{
			inProcess("siplab, each value held to the grammar", times, func() error {
				if err := used.Parse(s.text); err != nil {
					return err
				}
				problems = used.Check(problems[:0])
				return nil
			}),
			inProcess("siplab, framing and fields only", times, func() error { return used.Parse(s.text) }),
			inProcess("sipgo", times, func() error {
				_, err := parser.ParseSIP(s.bytes)
				return err
			}),
			s.sofia.entry("sofia-sip", "parse", s.args()...),
		},
		remarks: []string{
			"siplab uses one message again, as a World does; sipgo and sofia-sip make a fresh one, as their users do",
			"sipgo and sofia-sip read the values of the usual fields and stop at the first fault; siplab's first row reads all and lists every fault",
		},
	}
}

func (s *sample) print(what string) (contest, error) {
	var parsed, built sip.Message
	if err := parsed.Parse(s.text); err != nil {
		return contest{}, err
	}
	built.Request(parsed.Method, parsed.URI)
	for i := range parsed.Fields {
		built.AddOther(parsed.Fields[i].Text, parsed.Fields[i].Value, sip.Origin{})
	}
	built.Body = parsed.Body
	other, err := theirs.NewParser().ParseSIP(s.bytes)
	if err != nil {
		return contest{}, err
	}
	var out []byte
	printed := func(m *sip.Message) func() error {
		return func() error {
			if out = m.AppendTo(out[:0]); len(out) == 0 {
				return fmt.Errorf("nothing printed")
			}
			return nil
		}
	}
	return contest{
		title: "Print " + what,
		entries: []entry{
			inProcess("siplab, built of fields", times, printed(&built)),
			inProcess("siplab, as it was parsed", times, printed(&parsed)),
			inProcess("sipgo", times, func() error {
				if other.String() == "" {
					return fmt.Errorf("nothing printed")
				}
				return nil
			}),
			s.sofia.entry("sofia-sip", "print", s.args()...),
		},
		remarks: []string{"sipgo and sofia-sip print values that they hold in parts; siplab holds a value as text"},
	}, nil
}
