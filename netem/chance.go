package netem

import (
	"math/bits"
	"math/rand/v2"
)

// Chance is a source of random numbers with a name. Two sources of one seed
// and different names have nothing to do with each other, so that what is
// drawn from one shifts nothing in another. Equal seed and name give equal
// numbers on every machine.
type Chance struct {
	pcg rand.PCG
}

// NewChance makes a PCG seeded by FNV-1a of the seed and the name.
func NewChance(seed uint64, name string) *Chance {
	c := new(Chance)
	c.seed(seed, name)
	return c
}

func (c *Chance) seed(seed uint64, name string) {
	h := uint64(fnvBasis)
	for i := range 8 {
		h = fnv1a(h, byte(seed>>(8*i)))
	}
	for i := range len(name) {
		h = fnv1a(h, name[i])
	}
	c.pcg.Seed(h, fnv1a(h, 0))
}

const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
)

func fnv1a(h uint64, b byte) uint64 { return (h ^ uint64(b)) * fnvPrime }

// Uint64 draws 64 bits.
func (c *Chance) Uint64() uint64 { return c.pcg.Uint64() }

// Uint32 draws 32 bits.
func (c *Chance) Uint32() uint32 { return uint32(c.pcg.Uint64() >> 32) }

// N draws a number below n, each as likely as the next; 0 if n is 0.
func (c *Chance) N(n uint64) uint64 {
	if n == 0 {
		return 0
	}
	hi, lo := bits.Mul64(c.Uint64(), n)
	if lo < n {
		// Lemire, "Fast Random Integer Generation in an Interval", 2019.
		for least := -n % n; lo < least; {
			hi, lo = bits.Mul64(c.Uint64(), n)
		}
	}
	return hi
}

// Percent draws whether something happens whose probability is p of 2³²-1:
// 0 is never and 2³²-1 is always. Never draws nothing.
func (c *Chance) Percent(p uint32) bool {
	return p != 0 && p >= c.Uint32()
}

// near draws 32 bits that hang on those before: rho of the number is the last
// one, the rest is new. This is how tc netem correlates, and has its price:
// numbers that are means of others crowd in the middle, so that `loss 10% 50%`
// loses far fewer than one in ten. A last of 0 is none yet.
func (c *Chance) near(last *uint32, rho Percent) uint32 {
	if rho == 0 {
		return c.Uint32()
	}
	if *last == 0 {
		*last = c.Uint32()
	}
	r := uint64(rho) + 1
	*last = uint32((uint64(c.Uint32())*(1<<32-r) + uint64(*last)*r) >> 32)
	return *last
}
