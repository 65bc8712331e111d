package ua

import "slices"

// crash says what is lost with the phone's state: its dialogs, and the media in
// them. Nobody tells the far end.
func (p *Phone) crash(t *turn) {
	for _, c := range slices.Clone(p.lines) {
		for _, l := range slices.Clone(c.legs) {
			l.mute(t)
			l.moved(t, l.d.End("its host has lost its state", ""))
		}
	}
}
