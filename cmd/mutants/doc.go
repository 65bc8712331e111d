// Command mutants plants faults, one at a time, and says who noticed each: a
// law in a run, what users were told, or a test of the project. A fault that
// nobody notices is a hole in the tests, or listed with the reason why it is no
// fault.
//
//	go -C cmd/mutants run .           all of them
//	go -C cmd/mutants run . machines  those in the tables of the transactions
//	go -C cmd/mutants run . sources   those in the sources of the elements
//
// The faults in tables are data: each row left out, led elsewhere or robbed of
// what it does, each timer never started or of another length. They run in this
// process. The faults in sources are lines of planted.txt: a file, a text in it
// and what stands there instead; the tests of a package are run on them by way
// of go test -overlay, so that no file of the project is touched.
//
// Its test TestSometimes asks the opposite: what do all these runs, with those
// of the museum, of the services and of what is explored, ever come to? It
// fails where a row of a machine, the premise of a law, a kind of fault or a
// fate of a packet is never met and not listed with a reason, and where a reason
// has become untrue. With -v it says how often each law was put to the test.
package main
