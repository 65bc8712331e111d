// Package opinions holds siplab against other people's programs: its digest
// against github.com/icholy/digest, its parser against github.com/emiago/sipgo.
// It is a module of its own, so that nobody's build of siplab pays for them. Run
// it with go -C cmd/opinions test ./...
package opinions
