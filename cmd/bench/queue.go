package main

import (
	"container/heap"
	"fmt"
	"strconv"
	"time"

	"siplab/netem"
)

// holds is how often a round takes the earliest entry out of a queue and puts a
// later one in.
const holds = 300_000

const ns3Packages = "apt-get install g++ pkg-config libns3-dev libgsl-dev"

// ns3Schedulers are those of ns-3 that grow well. Its list does not.
var ns3Schedulers = []string{"Heap", "Map", "PriorityQueue", "Calendar"}

func queues(dir string) (list []contest, err error) {
	ns3, err := build(dir, "scheduler.cc", "g++", "ns3-core", ns3Packages)
	if err != nil {
		return nil, err
	}
	for _, waiting := range []int{100, 10_000, 100_000} {
		c := contest{
			title: fmt.Sprintf("Take an event and schedule another, %d waiting", waiting),
			entries: []entry{
				{name: "siplab", measure: func() (figure, error) { return holdOurs(waiting) }},
				{name: "container/heap with closures", measure: func() (figure, error) { return holdClosures(waiting) }},
			},
		}
		for _, name := range ns3Schedulers {
			c.entries = append(c.entries, ns3.entry("ns-3, "+name+"Scheduler", name, strconv.Itoa(waiting), strconv.Itoa(holds)))
		}
		list = append(list, c)
	}
	list[len(list)-1].remarks = []string{
		"ns-3's schedulers bare: without the event object that its Simulator allocates for each call",
		"Debian builds ns-3 with logging and assertions: a release build is faster",
	}
	return list, nil
}

// payload has the size of what a netem.Network keeps in its queue.
type payload struct {
	parcel *int
	token  uint64
}

// next are delays in nanoseconds up to a second, the same for all contenders:
// the generator that peers/scheduler.cc has too.
type next uint64

func (n *next) delay() time.Duration {
	*n = *n*6364136223846793005 + 1442695040888963407
	return time.Duration(*n >> 34)
}

func holdOurs(waiting int) (figure, error) {
	var q netem.Queue[payload]
	var chance next
	for range waiting {
		q.Push(chance.delay(), payload{})
	}
	return here(holds, func() error {
		for range holds {
			at, e, ok := q.Pop()
			if !ok {
				return fmt.Errorf("the queue is empty")
			}
			q.Push(at+chance.delay(), e)
		}
		return nil
	})
}

// closures is what a simulator in Go has that thinks no further: a heap of
// closures in the order of their time.
type closures []closure

type closure struct {
	at time.Duration
	do func()
}

func (c closures) Len() int           { return len(c) }
func (c closures) Less(i, j int) bool { return c[i].at < c[j].at }
func (c closures) Swap(i, j int)      { c[i], c[j] = c[j], c[i] }
func (c *closures) Push(x any)        { *c = append(*c, x.(closure)) }
func (c *closures) Pop() any {
	old := *c
	last := old[len(old)-1]
	*c = old[:len(old)-1]
	return last
}

func holdClosures(waiting int) (figure, error) {
	var q closures
	var chance next
	done := 0
	schedule := func(at time.Duration) { heap.Push(&q, closure{at, func() { done++ }}) }
	for range waiting {
		schedule(chance.delay())
	}
	return here(holds, func() error {
		for range holds {
			c := heap.Pop(&q).(closure)
			c.do()
			schedule(c.at + chance.delay())
		}
		if done != holds {
			return fmt.Errorf("%d events happened, not %d", done, holds)
		}
		return nil
	})
}
