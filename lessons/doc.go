// Package lessons is the course, and the proof that each lesson is true.
//
// A lesson is a file of Markdown that any forge renders, L01-register.md: its
// id and its slug are in the name, its title is the first heading. What a
// program reads of it stands in fenced blocks, each with its kind as the first
// word after the fence:
//
//	lesson           part TEXT, short course, next L05
//	scenario         a scenario; the blocks after it speak of its run
//	ladder [OPTION]  the picture of the run
//	states [HOST]    the moves of the state machines
//	message F3       the bytes of one message
//	lose-each        the run with each packet lost in turn, as a table
//	expect           expectations of the run; breaks LAW
//	flow             which drawing of an RFC the run is
//	question         a question to the learner
//	goal             something to reach by faults of one's own
//	play             a place where the learner acts for an element
//
// A fence of any other kind is text. [Read] reads a file and finds everything
// in it that is no lesson; [Lesson.Prove] runs it and finds everything in it
// that is not true: a picture that the run does not give, an expectation that
// does not hold, a fault that changes nothing, a right answer that is wrong, a
// misconception that nothing refutes, a goal that is reached by doing nothing,
// a wrong choice of which comes what comes of the right one, a law that is broken, a number in the
// prose that is none of the run's, a section cited without its RFC.
// [Lesson.Update] draws the pictures anew.
//
// The flows of an RFC are lessons too, in a folder of its own: rfc5407-3.1.2.md
// is one drawing of it, and a test holds the run against what is drawn.
//
// [All], [Names] and [Find] give the course, which is embedded here; nothing of
// it is read before it is asked for.
package lessons
