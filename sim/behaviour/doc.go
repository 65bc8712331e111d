// Package behaviour is the ledger of what siplab accounts for: behaviours of the
// standards, each with its section and level, and with a mark. The mark names
// the test files that hold the behaviour, or says why none does.
//
// The ledger is one text, ledger.txt, so that a program has it with it. The
// tests of this package hold the marks against the tests of the whole project:
// a file that is named must have the behaviour's id in a test's name, a
// transcript's title or another text of a test, and what is left out must be
// named by none.
//
//	go test ./sim/behaviour -update
//
// writes into the ledger what the tests hold by now.
package behaviour
