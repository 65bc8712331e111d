package netem

// LossModel is which model says what is lost.
type LossModel uint8

// The three models of tc netem.
const (
	LossRandom  LossModel = iota // each packet on its own, or correlated
	LossGEModel                  // Gilbert and Elliott: a good and a bad state
	LossState                    // four states: bursts of loss and lone losses
)

// Loss is a model with its probabilities. P holds, in the order in which they
// are written:
//
//	LossRandom   PERCENT CORRELATION
//	LossGEModel  P R 1-H 1-K
//	LossState    P13 P31 P32 P23 P14
type Loss struct {
	Model LossModel
	P     [5]Percent
}

// String is the part of the conditions that says loss; "" if there is none.
func (l Loss) String() string {
	if l == (Loss{}) {
		return ""
	}
	m := &lossModels[l.Model]
	n, given := m.most, m.defaults(l.P[0])
	for n > 1 && l.P[n-1] == given[n-1] {
		n--
	}
	if l.Model == LossRandom {
		return "loss " + percents(l.P[:n]...)
	}
	return "loss " + m.name + " " + percents(l.P[:n]...)
}

// lossModel is how a model is written: its name, how many values it takes at
// most, and all values where only the first is given.
type lossModel struct {
	name     string
	most     int
	defaults func(first Percent) [5]Percent
}

var lossModels = [...]lossModel{
	LossRandom:  {"random", 2, func(p Percent) [5]Percent { return [5]Percent{p} }},
	LossGEModel: {"gemodel", 4, func(p Percent) [5]Percent { return [5]Percent{p, Always - p, Always, 0} }},
	LossState:   {"state", 5, func(p Percent) [5]Percent { return [5]Percent{p, Always - p, 0, Always, 0} }},
}

// The states of the two chains. Gilbert and Elliott's model uses the first
// two.
const (
	good      = iota // received in a gap between bursts: state 1
	burst            // lost in a burst: state 3
	burstGood        // received within a burst: state 2
	lone             // lost in a gap: state 4
)

// lose draws whether the next packet is lost.
func (l *link) lose(m *Loss) bool {
	switch m.Model {
	case LossGEModel:
		return l.loseGE(m.P[0], m.P[1], m.P[2], m.P[3])
	case LossState:
		return l.loseState(m.P[0], m.P[1], m.P[2], m.P[3], m.P[4])
	}
	return l.hit(Odds{m.P[0], m.P[1]}, &l.last.loss)
}

// loseGE is the model of Gilbert and Elliott: p leads from good to bad and r
// back; a packet is lost with probability badLoss (1-h) in the state that it
// finds bad, and goodLoss (1-k) in the good one.
func (l *link) loseGE(p, r, badLoss, goodLoss Percent) bool {
	move, lost := p, goodLoss
	if l.state != good {
		move, lost = r, badLoss
	}
	if l.chance.Percent(uint32(move)) {
		l.state ^= good ^ burst // to the other of the two
	}
	return l.chance.Percent(uint32(lost))
}

// loseState is the chain of four states: the packet is lost if the state that
// it leads to is one of loss. States are numbered as in tc-netem(8): 1 good, 2
// good within a burst, 3 lost in a burst, 4 a lone loss.
func (l *link) loseState(p13, p31, p32, p23, p14 Percent) bool {
	n := uint64(l.chance.Uint32())
	switch l.state {
	case good:
		l.state = pick(n, p14, lone, p13, burst, good)
	case burst:
		l.state = pick(n, p32, burstGood, p31, good, burst)
	case burstGood:
		l.state = pick(n, p23, burst, 0, burst, burstGood)
	case lone:
		l.state = good
	}
	return l.state == burst || l.state == lone
}

// pick is the state that n falls to: a with probability p, b with q, else c.
func pick(n uint64, p Percent, a uint8, q Percent, b, c uint8) uint8 {
	switch {
	case p != 0 && n <= uint64(p):
		return a
	case q != 0 && n <= uint64(p)+uint64(q):
		return b
	}
	return c
}
