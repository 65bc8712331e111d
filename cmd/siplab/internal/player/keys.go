package player

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"siplab/sim/fault"
)

// binding is what a key does. The names of the keys are those of sngrep and
// Wireshark where they have one.
type binding struct {
	keys  []string // as bubbletea writes them
	shown string   // in the help; "" where the line of another key speaks for it
	does  string
	press func(Player) Player
}

// group is a section of the help.
type group struct {
	title    string
	bindings []binding
}

// groups are all keys, in the order of the help.
func groups() []group {
	return []group{
		{"Through the run", []binding{
			{[]string{"right", "space"}, "→ ←", "the next event, and back; Space and Backspace do the same", func(p Player) Player { return p.goTo(p.at + 1) }},
			{[]string{"left", "backspace"}, "", "", func(p Player) Player { return p.goTo(p.at - 1) }},
			{[]string{"down"}, "↓ ↑", "to where the next message leaves or arrives, and back", func(p Player) Player { return p.goTo(p.run.nextMessage(p.at)) }},
			{[]string{"up"}, "", "", func(p Player) Player { return p.goTo(p.run.lastMessage(p.at)) }},
			{[]string{"home", "g"}, "Home End", "to the start, to the end; g and G do the same", func(p Player) Player { return p.goTo(0) }},
			{[]string{"end", "G"}, "", "", func(p Player) Player { return p.goTo(len(p.run.Events)) }},
		}},
		{"Another way: the packet under the cursor, in flight or past", []binding{
			{[]string{"l"}, "l", "lose it; once more: do not", func(p Player) Player { return p.fault(fault.Lose) }},
			{[]string{"d"}, "d", "delay it; you say by how much", func(p Player) Player { return p.fault(fault.Delay) }},
			{[]string{"D"}, "D", "duplicate it; once more: do not", func(p Player) Player { return p.fault(fault.Duplicate) }},
			{[]string{"h"}, "h", "hold it; you say until when", func(p Player) Player { return p.fault(fault.Hold) }},
			{[]string{":"}, ":", "type any statement of the scenario language", func(p Player) Player { return p.ask("") }},
			{[]string{"u"}, "u", "take the last change back", Player.takeBack},
		}},
		{"What is shown", []binding{
			{[]string{"tab"}, "Tab", "the next pane; Shift+Tab: the one before", func(p Player) Player { return p.turn(1) }},
			{[]string{"shift+tab"}, "", "", func(p Player) Player { return p.turn(-1) }},
			{[]string{"pgdown", "ctrl+f"}, "PgDn PgUp", "further down in the pane, and up", func(p Player) Player { return p.scrolled(1) }},
			{[]string{"pgup", "ctrl+b"}, "", "", func(p Player) Player { return p.scrolled(-1) }},
			{[]string{"enter"}, "Enter", "the pane over the whole screen, with more words; and back", func(p Player) Player { return p.zoomed() }},
			{[]string{"r", "f6"}, "r", "the raw bytes of the message", func(p Player) Player { return p.show(rawPane) }},
			{[]string{"s"}, "s", "states, timers and packets in flight", func(p Player) Player { return p.show(statesPane) }},
			{[]string{"w"}, "w", "why: the chain of causes of what just happened", func(p Player) Player { return p.show(whyPane) }},
			{[]string{"t"}, "t", "times since the start, or since the time before", func(p Player) Player { p.relative = !p.relative; return p }},
			{[]string{"?", "f1"}, "? F1", "this help, and back", Player.helped},
			{[]string{"esc"}, "Esc q", "back from what covers the screen; q leaves the player", Player.uncovered},
		}},
	}
}

// pressed are the bindings by key.
var pressed = func() map[string]func(Player) Player {
	of := map[string]func(Player) Player{}
	for _, g := range groups() {
		for _, b := range g.bindings {
			for _, k := range b.keys {
				of[k] = b.press
			}
		}
	}
	return of
}()

// helpKeys work in the help. Any other leaves it, and does what it means.
var helpKeys = []string{"?", "f1", "esc", "pgdown", "ctrl+f", "pgup", "ctrl+b"}

// key does what a key means.
func (p Player) key(k tea.KeyPressMsg) (Player, tea.Cmd) {
	name := k.String()
	switch {
	case name == "ctrl+c":
		return p, tea.Quit
	case name == "ctrl+z":
		return p, tea.Suspend
	case p.asking:
		return p.typed(k), nil
	case name == "q" || name == "Q":
		if p.help || p.zoom {
			return p.uncovered(), nil
		}
		return p, tea.Quit
	}
	press, ok := pressed[name]
	if !ok {
		return p, nil
	}
	p.notice = ""
	if p.help && !slices.Contains(helpKeys, name) {
		p = p.helped()
	}
	return press(p), nil
}

// typed is a key for the prompt.
func (p Player) typed(k tea.KeyPressMsg) Player {
	switch k.String() {
	case "enter":
		return p.submit()
	case "esc":
		p.asking = false
	case "backspace":
		if len(p.prompt.text) == 0 {
			p.asking = false
		}
	}
	p.prompt, p.wrong = p.prompt.key(k), ""
	return p
}
