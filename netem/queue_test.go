package netem

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestQueue holds the queue against a sorted list.
func TestQueue(t *testing.T) {
	type item struct {
		at     time.Duration
		number int
		handle Handle
	}
	rapid.Check(t, func(t *rapid.T) {
		var q Queue[int]
		var list []item // by time, then by number
		var gone []Handle
		number := 0
		t.Repeat(map[string]func(*rapid.T){
			"push": func(t *rapid.T) {
				number++
				at := time.Duration(rapid.IntRange(-10, 20).Draw(t, "at"))
				i, _ := slices.BinarySearchFunc(list, at+1, func(x item, at time.Duration) int { return int(x.at - at) })
				list = slices.Insert(list, i, item{at, number, q.Push(at, number)})
			},
			"pop": func(t *rapid.T) {
				at, got, ok := q.Pop()
				require.Equal(t, len(list) > 0, ok)
				if ok {
					require.Equal(t, list[0].at, at)
					require.Equal(t, list[0].number, got)
					gone = append(gone, list[0].handle)
					list = list[1:]
				}
			},
			"stop": func(t *rapid.T) {
				if len(list) == 0 {
					return
				}
				i := rapid.IntRange(0, len(list)-1).Draw(t, "which")
				require.True(t, q.Stop(list[i].handle))
				gone = append(gone, list[i].handle)
				list = slices.Delete(list, i, i+1)
			},
			"": func(t *rapid.T) {
				require.Equal(t, len(list), q.Len())
				for _, h := range gone {
					require.False(t, q.Stop(h), "a handle of what is gone stops nothing")
				}
				at, ok := q.Peek()
				require.Equal(t, len(list) > 0, ok)
				if ok {
					require.Equal(t, list[0].at, at)
				}
			},
		})
	})
}

func TestQueueHandle(t *testing.T) {
	t.Run("the zero handle stops nothing", func(t *testing.T) {
		var q Queue[int]
		require.False(t, q.Stop(Handle{}))
		q.Push(1, 1)
		require.False(t, q.Stop(Handle{}))
	})
	t.Run("a handle does not stop what took the place of its entry", func(t *testing.T) {
		var q Queue[int]
		h := q.Push(1, 1)
		q.Pop()
		q.Push(1, 2)
		require.False(t, q.Stop(h))
		require.Equal(t, 1, q.Len())
	})
}

func TestQueueAllocates(t *testing.T) {
	t.Run("nothing once it has its size", func(t *testing.T) {
		var q Queue[*int]
		chance := NewChance(1, "queue")
		for range 10_000 {
			q.Push(time.Duration(chance.N(1000)), nil)
		}
		require.Zero(t, testing.AllocsPerRun(10_000, func() {
			at, e, _ := q.Pop()
			q.Stop(q.Push(at, e))
			q.Push(at+time.Duration(chance.N(1000)), e)
		}))
	})
	t.Run("little for timers that are started and stopped for ever", func(t *testing.T) {
		var q Queue[int]
		q.Push(0, 0)
		for range 1_000_000 {
			q.Stop(q.Push(time.Hour, 1))
		}
		require.Less(t, cap(q.heap), 1000)
		require.Less(t, cap(q.slab), 1000)
		require.Equal(t, 1, q.Len())
	})
}

func TestQueueOfMany(t *testing.T) {
	var q Queue[uint64]
	chance := NewChance(1, "queue")
	var kept []time.Duration
	for i := range 20_000 {
		at := time.Duration(chance.N(1e6))
		h := q.Push(at, uint64(at))
		if i%3 != 0 {
			q.Stop(h) // two of three, so that the dead are buried on the way
			continue
		}
		kept = append(kept, at)
	}
	slices.Sort(kept)
	for _, want := range kept {
		at, e, ok := q.Pop()
		require.True(t, ok)
		require.Equal(t, want, at)
		require.Equal(t, uint64(want), e)
	}
	_, _, ok := q.Pop()
	require.False(t, ok)
}

// A handle from before a Reset names nothing after it, though its slot is taken
// again.
func TestResetEndsAllHandles(t *testing.T) {
	var q Queue[int]
	old := q.Push(1, 1)
	q.Stop(q.Push(2, 2))
	q.Reset()
	require.Zero(t, q.Len())
	now := q.Push(3, 3)
	require.False(t, q.Stop(old))
	_, entry, ok := q.Pop()
	require.True(t, ok)
	require.Equal(t, 3, entry)
	require.False(t, q.Stop(now))
}
