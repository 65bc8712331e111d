package player

import "flag"

// Each go test draws the same cases; -rapid.seed and -rapid.checks look for
// others.
func init() { _ = flag.Set("rapid.seed", "1") }
