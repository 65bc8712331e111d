// Package player is the terminal program of `siplab learn`: the pages of a
// lesson, and beside them a run that can be stepped forward and back, event by
// event, and made to go another way.
//
// A [Player] is a value. What it shows is a function of the lesson and what was
// done in it, of the scenario with its changes, of how many events have been
// shown, and of the terminal's size; Update and View touch nothing else, and
// what is to be kept or saved is handed out as a command. There is no way to
// undo an event: a run is kept whole and a prefix of it is shown, and every
// change of the scenario runs it again from the start, which takes less time
// than a key.
//
//	course, page, prose   lessons cut into pages, and drawn from Markdown
//	reading               the keys of a page
//	task, answer, aim     questions, plays and goals, and what came of them
//	run                   one run, kept whole; where a step ends
//	scene                 what stands at a moment: machines, timers, packets in flight
//	change                faults named after a packet, statements of the prompt, undo
//	each, losses          each packet lost, one by one: of any run, of a lesson's table
//	twin, pair            two runs, two messages side by side
//	filter                what of a run the ladder shows
//	ladder, message, states, why, help    what the panes show
//	menu, prompt, save    things to choose from, lines to type, files to write
//	keys, mouse           what is pressed
//	view                  where the panes stand
package player
