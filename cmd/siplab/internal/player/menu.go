package player

import tea "charm.land/bubbletea/v2"

// menu is things to choose from.
type menu struct {
	title string
	items []item
	pick  int
}

type item struct {
	says string
	do   func(Player) Player
}

// menuKey is a key for the menu.
func (p Player) menuKey(k tea.KeyPressMsg) Player {
	m := *p.menu
	switch name := k.String(); name {
	case "up", "k":
		m.pick--
	case "down", "j":
		m.pick++
	case "pgup":
		m.pick -= p.coverHeight()
	case "pgdown", "space":
		m.pick += p.coverHeight()
	case "home", "g":
		m.pick = 0
	case "end", "G":
		m.pick = len(m.items) - 1
	case "enter":
		p.menu = nil
		return m.items[m.pick].do(p)
	case "esc", "q":
		p.menu = nil
		return p
	}
	return p.menuMoved(m.pick - p.menu.pick)
}

// menuMoved moves the cursor by so many items.
func (p Player) menuMoved(by int) Player {
	m := *p.menu
	m.pick = max(0, min(m.pick+by, len(m.items)-1))
	p.menu = &m
	return p
}

// offered shows a menu.
func (p Player) offered(m *menu) Player {
	p.menu, p.scroll = m, 0
	return p
}

// menuRows are the items; the one under the cursor is in view.
func (p Player) menuRows(height int) []string {
	m := p.menu
	var lines []line
	for i, it := range m.items {
		if i == m.pick {
			lines = append(lines, line{{"▸ ", strong}, {it.says, strong}})
		} else {
			lines = append(lines, text("  "+it.says))
		}
	}
	p.scroll = max(0, m.pick-p.coverHeight()/2)
	return p.framed(m.title, lines, p.width, height)
}
