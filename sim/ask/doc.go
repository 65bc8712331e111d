// Package ask puts questions to a trace, in the words of the scenario
// language: "count REGISTER from bob", "gap between 1st INVITE and 2nd
// INVITE", "state of non-invite-client at bob".
//
// One list of forms, [Forms], is all there is: the usage of a form is read by
// the parser, printed by String and shown by [Help]. An [Expectation] is a
// question with the answer that it should have: "count REGISTER from bob is
// 3".
//
// [Ends] compares what the ends of a run believe: a phone and its registrar of a
// registration, both ends of a call of its dialogs and of its media. Whoever asks
// whether they agree asks here.
//
// A question looks at nothing but the events of the trace, so it may be put to
// a run, to a trace read back, and to one that a capture gave.
package ask
