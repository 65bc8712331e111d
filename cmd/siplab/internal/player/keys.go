package player

import (
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
			{[]string{"right"}, "→ ←", "the next event, and back", func(p Player) Player { return p.goTo(p.at + 1) }},
			{[]string{"left"}, "", "", func(p Player) Player { return p.goTo(p.at - 1) }},
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
			{[]string{":"}, ":", "type any statement of the scenario language", func(p Player) Player { return p.ask(aStatement, "") }},
			{[]string{"u"}, "u", "take the last change back", Player.takeBack},
			{[]string{"b"}, "b", "both futures: before and after the last change, side by side", Player.bothFutures},
			{[]string{"e"}, "e", "lose each packet, one by one; a row opens its run beside this one", Player.eachLost},
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
			{[]string{"space"}, "Space", "choose the message; at another, compare the two", Player.chosen},
			{[]string{"f"}, "f", "filter the ladder by host or transaction", Player.filters},
			{[]string{"v"}, "v", "view from one host: what a tap there sees", Player.views},
			{[]string{"S"}, "S", "save the run as a picture, page, trace or capture", Player.saves},
			{[]string{"L"}, "L", "all lessons of the course", Player.listed},
			{[]string{"t"}, "t", "times since the start, or since the time before", func(p Player) Player { p.relative = !p.relative; return p }},
			{[]string{"?", "f1"}, "? F1", "this help, and back", Player.helped},
			{[]string{"esc"}, "Esc q", "back from what covers the screen, to the lesson; q leaves", Player.uncovered},
		}},
	}
}

// pressed are the bindings of the run by key, and pageKeys those of a lesson's
// page.
var pressed, pageKeys map[string]func(Player) Player

// init fills them, since what they do looks through them.
func init() { pressed, pageKeys = byKey(groups()), byKey(readingGroups()) }

func byKey(groups []group) map[string]func(Player) Player {
	of := map[string]func(Player) Player{}
	for _, g := range groups {
		for _, b := range g.bindings {
			for i, k := range b.keys {
				if of[k] = b.press; b.press == nil {
					of[k] = func(p Player) Player { return p.answer(i) }
				}
			}
		}
	}
	return of
}

// through are the keys that move what covers the screen, or leave it.
var through = map[string]func(Player) Player{
	"pgdown": func(p Player) Player { return p.scrolled(1) },
	"ctrl+f": func(p Player) Player { return p.scrolled(1) },
	"pgup":   func(p Player) Player { return p.scrolled(-1) },
	"ctrl+b": func(p Player) Player { return p.scrolled(-1) },
	"esc":    Player.uncovered,
}

// throughPair are those of two runs or messages side by side.
var throughPair = map[string]func(Player) Player{
	"down":  func(p Player) Player { p.scroll = min(p.scroll+1, p.mostScroll()); return p },
	"up":    func(p Player) Player { p.scroll = max(p.scroll-1, 0); return p },
	"enter": Player.uncovered,
}

// key does what a key means.
func (p Player) key(k tea.KeyPressMsg) (Player, tea.Cmd) {
	name := k.String()
	switch {
	case name == "ctrl+c":
		return p, tea.Quit
	case name == "ctrl+z":
		return p, tea.Suspend
	case p.asking != nothing:
		return p.typed(k), nil
	case p.menu != nil:
		p.notice = ""
		return p.menuKey(k), nil
	case name == "q" || name == "Q":
		if p.covered() {
			return p.uncovered(), nil
		}
		return p, tea.Quit
	}
	return p.meant(name), nil
}

// meant does what a key means where the player is. A key that does not move what
// covers the screen leaves it, and does what it means.
func (p Player) meant(name string) Player {
	p.notice = ""
	if p.help || p.comparing() {
		if press, ok := through[name]; ok {
			return press(p)
		}
		if press, ok := throughPair[name]; ok && p.comparing() {
			return press(p)
		}
	}
	of := pressed
	if p.reading {
		of = pageKeys
	}
	press, ok := of[name]
	switch {
	case !ok:
		return p
	case p.comparing(), p.help && name != "?" && name != "f1":
		p = p.uncovered()
	}
	return press(p)
}

// comparing says whether two runs or messages are side by side.
func (p Player) comparing() bool { return p.twin != nil || p.pair != nil }

// typed is a key for the prompt.
func (p Player) typed(k tea.KeyPressMsg) Player {
	switch k.String() {
	case "enter":
		return p.submit()
	case "esc":
		p.asking = nothing
	case "backspace":
		if len(p.prompt.text) == 0 {
			p.asking = nothing
		}
	}
	p.prompt, p.wrong = p.prompt.key(k), ""
	return p
}
