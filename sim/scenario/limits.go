package scenario

import "siplab/sim"

// What a text may hold. Past one of these it is refused with the line that is
// too much; the numbers are far above any scenario that somebody writes by
// hand and far below what would fill a machine.
const (
	MaxBytes      = 1 << 20 // of a text
	MaxLineBytes  = 64 << 10
	MaxStatements = 20_000
	maxErrors     = 100 // are listed; nobody reads more
	maxText       = 1000
	maxPhones     = 8 << 20  // bytes of the lines that a phones statement stands for
	maxFile       = 64 << 10 // bytes of a file that is sent
)

// MaxHosts is how many hosts a text may make, unless it bounds them itself.
var MaxHosts = sim.DefaultBounds.Hosts
