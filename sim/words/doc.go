// Package words has what the small languages of siplab share: scenarios,
// network conditions, named faults and questions are all lines of words.
//
// [Split] cuts a line into words and remembers where each stood. [Line] walks
// over them. [Error] says where a line is wrong, what would be right and which
// valid word is nearest; [Errors] is all of them at once. [Duration] and
// [Ordinal] read the two sorts of number that people write with letters, and
// each has a printer that is its inverse. [Packets] is a choice of packets:
// "1st INVITE from alice", "200 for BYE to bob".
//
// Whatever reads here takes any bytes: it ends in time linear in the line, and
// what it refuses it refuses with a column.
package words
