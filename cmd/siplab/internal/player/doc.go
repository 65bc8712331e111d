// Package player is the terminal program of `siplab learn`: a run that can be
// stepped forward and back, event by event, and made to go another way.
//
// A [Player] is a value. What it shows is a function of the scenario with its
// changes, of how many events have been shown, and of the terminal's size;
// Update and View touch nothing else. There is no way to undo an event: a run
// is kept whole and a prefix of it is shown, and every change of the scenario
// runs it again from the start, which takes less time than a key.
//
//	run       one run, kept whole; where a step ends
//	scene     what stands at a moment: machines, timers, packets in flight
//	change    faults named after a packet, statements of the prompt, undo
//	ladder, message, states, why, help    what the panes show
//	view      where the panes stand
//
// Not here yet: the course (a lesson's text, questions and goals), two futures
// side by side, and filters.
package player
