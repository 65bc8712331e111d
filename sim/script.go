package sim

import (
	"fmt"
	"slices"
	"strings"

	"siplab/sim/core"
	"siplab/sim/fault"
	"siplab/sim/sip"
	"siplab/sim/words"
)

// Script is an Element that sends the scenario's messages when it is told to,
// and reacts to nothing: it has no transactions and no dialogs. It is for what
// no correct element does, and for what no element here does yet.
type Script struct {
	// Serves are the domains whose requests come to it.
	Serves []string
}

// Message is what script hosts can send.
type Message struct {
	Name string
	// Lines of the message; they may have references, see Template. An empty
	// one ends the header fields; without one they end with the last line.
	Lines []string
	// File are the bytes of the file of that name, to be sent as they are; ""
	// for a message that Lines say.
	File string
}

// Kind implements Element.
func (*Script) Kind() string { return "script" }

// Verbs implements Element.
func (*Script) Verbs() []core.Verb { return append([]core.Verb{sendsVerb}, powerVerbs...) }

// Bugs implements Element: what is wrong is in the messages.
func (*Script) Bugs() []core.Bug { return nil }

// Timers implements Element.
func (*Script) Timers() []core.Timer { return nil }

// Domains implements Element.
func (s *Script) Domains() []string { return s.Serves }

func (s *Script) core(*World) core.Core { return new(script) }

var sendsVerb = core.Verb{
	Name: "sends", Args: "MESSAGE to HOST",
	Means: "sends a message of the scenario, or the bytes of a file beside it, to a host",
	Check: func(args []string) error {
		if len(args) == 3 && args[1] == "to" {
			return nil
		}
		return &words.Error{Text: "it is not said what is sent and to whom", Want: "sends ringing to alice"}
	},
}

// script is what a script host remembers.
type script struct {
	heard []heard // in order of arrival
}

// heard is a packet that has arrived.
type heard struct {
	facts words.Facts
	raw   string
}

// Handle implements core.Core: nothing comes of anything.
func (*script) Handle(_ *core.Event, _ *core.Env, out []core.Effect) []core.Effect { return out }

// hears keeps a packet for those who refer to it.
func (s *script) hears(raw, from string) {
	s.heard = append(s.heard, heard{fault.Facts(raw, from, ""), raw})
}

// find is the packet that a choice means: of several the first.
func (s *script) find(p words.Packets) (string, bool) {
	var met []string
	for i := range s.heard {
		if p.Match(s.heard[i].facts) {
			met = append(met, s.heard[i].raw)
		}
	}
	if met = words.Meant(p, met); len(met) == 0 {
		return "", false
	}
	return met[0], true
}

// overhear takes a message at a script host. False: the host is none.
func (w *World) overhear(h *host, f *flight, in *inbound) bool {
	s, ok := h.core.(*script)
	if !ok {
		return false
	}
	s.hears(in.raw, w.hosts[f.packet.From].name)
	w.arrived(h, f, nil)
	return true
}

// sends does what a script host is told to send; false: the host is none.
func (w *World) sends(h *host, a core.Act, cause int32) bool {
	s, ok := h.core.(*script)
	if !ok || a.Verb != sendsVerb.Name {
		return false
	}
	text, err := w.messages[a.Args[0]].Fill(s.find)
	switch {
	case err != nil:
		w.note(h.id, cause, "", "not sent: "+err.Error())
	case len(text) > w.bounds.Message:
		w.note(h.id, cause, "RFC 3261 §18.4", fmt.Sprintf("not sent: %d bytes are over the bound of %d", len(text), w.bounds.Message))
	default:
		l := letterOfText(text)
		l.way = way{to: w.byName[a.Args[2]].addr, by: h.by}
		w.send(h, nil, &l, cause)
	}
	return true
}

// letterOfText is for bytes that need not be a message.
func letterOfText(text string) letter {
	var m sip.Message
	if m.Parse(text) == nil {
		return letterAs(&m, text, way{})
	}
	method, status, _, _ := sip.Peek(text)
	return letter{raw: text, method: method, status: status}
}

// addMessages reads the messages of the scenario, and wants those that acts
// name to be there.
func (w *World) addMessages() error {
	w.messages = make(map[string]Template, len(w.scenario.Messages))
	for _, m := range w.scenario.Messages {
		t, err := m.Template()
		if err != nil {
			return fmt.Errorf("message %s: %w", m.Name, err)
		}
		w.messages[m.Name] = t
	}
	for _, a := range w.scenario.Acts {
		if err := w.checkSends(a); err != nil {
			return fmt.Errorf("at %s: %w", a.At, err)
		}
	}
	return nil
}

// checkSends wants an act of a script host to be one that it can do.
func (w *World) checkSends(a Act) error {
	if _, ok := w.byName[a.Host].core.(*script); !ok || a.Verb != sendsVerb.Name {
		return nil
	}
	if err := sendsVerb.Check(a.Args); err != nil {
		return err
	}
	switch _, known := w.messages[a.Args[0]]; {
	case !known:
		return fmt.Errorf("there is no message %s", a.Args[0])
	case w.byName[a.Args[2]] == nil:
		return fmt.Errorf("no host is called %s", a.Args[2])
	}
	return nil
}

// Template is the text of the message.
func (m *Message) Template() (Template, error) {
	if m.File != "" {
		return Template{{literal: m.File}}, nil
	}
	const eol = "\r\n" // RFC 3261 §7
	text := strings.Join(m.Lines, eol) + eol
	if !slices.Contains(m.Lines, "") {
		text += eol
	}
	return ParseTemplate(text)
}
