// Package trace is the record of a run: what happened, in order, each event
// with its cause. The World hands events to observers; a [Recorder] keeps
// them, a [Writer] prints them as JSON lines, and [Read] reads those back.
//
// The first line is the header (siplab_trace 1, title, seed, timers, hosts,
// links, net), then one object an event, then {"kind":"end",…}. Times are whole
// nanoseconds of virtual time, hosts go by name, and a field that is empty or
// zero is left out, but for the first five:
//
//	i at kind host cause                                    all events; host null: nobody's; cause -1: none
//	txn dialog ref                                          all that have one: at their host; the section that it rests on
//	packet copy_of label from to src dst transport          send, arrive
//	method status cseq call_id                              send, arrive
//	raw again timer origin                                  send
//	packet copy_of fate delay why                           verdict
//	packet copy_of why                                      lose, duplicate
//	packet copy_of raw                                      corrupt
//	packet copy_of from to src dst transport                segment
//	op conn seq ack len flags delay why                     segment
//	raw                                                     segment, where it is sent
//	machine id state_from state_to on                       state
//	timer op after id                                       timer
//	what code text                                          act, tell
//	aor contact expires op                                  bind
//	a b direction on                                        media
//	text                                                    note
//
// A text that is not valid UTF-8 stands in base64 under its name with 64
// added, as raw64; never under both. Control characters, those that change the
// direction of writing or show nothing, and < are written as \uXXXX, so that a
// line may go to a terminal or into a page of HTML as it is.
//
// Readers skip kinds and fields that they do not know: an addition leaves the
// version as it is, a change of meaning does not.
package trace
