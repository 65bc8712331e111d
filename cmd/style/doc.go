// Package style holds the house rules of siplab as tests: which package may
// import which, what the simulation may not touch (clocks, goroutines, floats,
// the order of maps), how long a file and a function may be, that the laws look
// at each World of a test, and that each section cited exists.
//
//	go -C cmd/style test ./...
package style
