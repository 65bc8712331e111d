// Package explore runs one scenario many times and says what differs.
//
// [Each] is the enumerator. It takes the packets of the undisturbed run one by
// one, gives each a fault that meets it and no other (lose 2nd REGISTER from
// bob), runs the scenario with that fault, and reads off the two traces: what
// each user was told and how much later, who made up for the packet and by
// which timer or rule, what each end believes when all is over, and which laws
// were broken. With [Options].Packets 2 each such run is taken as undisturbed
// in its turn, so that every pattern of two comes once: a packet and then one
// that is sent after it, be it the one that would have made up for the first.
//
// [Search] tries every set of faults within bounds and groups the runs by their
// outcomes. It walks a tree: after the faults of a run it asks which packets that
// run sends, and lets the next fault meet one that is sent later. So each set is
// run once, and no fault waits for a packet that never comes. [Seeds] takes runs
// that chance made, and shrinks each outcome to named faults.
//
// A run is a re-run: no World is copied. Runs know nothing of each other, so a
// pool of workers does them side by side and puts the results in order of
// index; the same scenario gives the same table with one worker or many. There
// is no clock here, and who waits can end the waiting with a context.
//
// Who made up for a packet is read off the causes of the events, from the
// packet that brought the message after all back to the timer that set it off.
// The message's name says nothing: a REGISTER, an ACK and a packet of noise go
// the same way. What the ends believe, and whether they agree, says package ask.
//
// The package returns data, with sentences for it; it draws nothing.
package explore
