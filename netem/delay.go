package netem

import (
	"math/bits"
	"time"
)

//go:generate go run ./internal/tables -o tables.go

// tableScale is the value in the tables that stands for one jitter.
const tableScale = 8192

// spread turns a random number into how far a delay lies from the mean. The
// greater the number the longer the delay, so that correlated numbers give
// correlated delays. (The kernel takes the number modulo the width, which
// scatters neighbours.)
func (c *Conditions) spread(n uint32) time.Duration {
	if c.Distribution == Uniform {
		hi, lo := bits.Mul64(uint64(n), uint64(2*c.Jitter))
		return time.Duration(hi<<32|lo>>32) - c.Jitter
	}
	table := tables[c.Distribution-Normal]
	x := int64(c.Jitter) * int64(table[uint64(n)*uint64(len(table))>>32])
	if x < 0 {
		return time.Duration((x - tableScale/2) / tableScale)
	}
	return time.Duration((x + tableScale/2) / tableScale)
}
