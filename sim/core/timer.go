package core

import "time"

// Timer is one sort of wait of a core: what the trace calls it, and what lists
// of timers say of it.
type Timer struct {
	Name    string // one letter where the standard gives it one
	Value   string // how long it runs, in words
	Section string // that asks for the wait; "" where a setting alone does
	Meaning string
	Upkeep  bool // alone it keeps no run going
}

// Wait is the effect that starts the timer, to go off in a while.
func (t *Timer) Wait(key int32, after time.Duration) Effect {
	return Effect{Kind: Wait, Timer: t.Name, Key: key, After: after, Idle: t.Upkeep, Ref: t.Section}
}
