// Package exam is the examination at the end of the course: five captures with
// faults that nobody names, made from a seed, and what there is to say about
// each.
//
// A [Paper] is a run of which the candidate sees what one tap captured; the
// second tap costs a point. It asks which packet is missing and where it was
// lost, or whether the tap only did not capture it; who made up for it; and what
// the users were told. One of the five papers has nothing missing. All answers,
// right and wrong, are computed from runs: the wrong ones are what is right in
// other runs of the same scenario.
//
// The same seed gives the same papers on every machine.
package exam
