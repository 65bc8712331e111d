package player

import (
	"errors"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

// ErrNoTerminal says that there is no terminal to play in.
var ErrNoTerminal = errors.New("standard input and output are no terminal")

// Terminal is an error unless both are a terminal that can be drawn on.
func Terminal(in io.Reader, out io.Writer) error {
	i, ok := in.(*os.File)
	if !ok || !term.IsTerminal(i.Fd()) {
		return ErrNoTerminal
	}
	o, ok := out.(*os.File)
	if !ok || !term.IsTerminal(o.Fd()) {
		return ErrNoTerminal
	}
	return nil
}

// Play shows the player in a terminal until the user leaves it, and returns it as
// it was left.
func Play(p Player, in io.Reader, out io.Writer) (Player, error) {
	last, err := tea.NewProgram(p, tea.WithInput(in), tea.WithOutput(out)).Run()
	if errors.Is(err, tea.ErrInterrupted) {
		err = nil
	}
	if left, ok := last.(Player); ok {
		p = left
	}
	return p, err
}
