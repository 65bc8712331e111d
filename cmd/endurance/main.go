// Command endurance runs one World for very many virtual hours, with
// registrations and calls at 5 % loss each way, under the eyes of all laws. It
// prints what the heap holds on the way, and fails where a law breaks, a
// transaction does not end, or the memory grows.
//
//	go -C cmd/endurance run . -hours 100000
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"siplab/sim"
	"siplab/sim/core"
	"siplab/sim/law"
	"siplab/sim/scenario"
	"siplab/sim/trace"
)

func main() {
	hours := flag.Int("hours", 1000, "virtual hours")
	flag.Parse()
	if err := run(os.Stdout, *hours); err != nil {
		fmt.Fprintln(os.Stderr, "endurance:", err)
		os.Exit(1)
	}
}

// phones call each other two and two, each pair once an hour.
const phones = 4

const text = `seed 8
net delay 40ms 15ms loss 5%
proxy edge domain biloxi.example.com
registrar home domain biloxi.example.com
phones p 1..4 sip:p*@biloxi.example.com password zanzibar answer-after 3s expires 1h
`

// endless is that for so many hours. What humans do is listed before the run
// begins, and is part of what the heap holds from its first hour on.
func endless(hours int) (*sim.Scenario, error) {
	s, err := scenario.Parse("endurance", text)
	if err != nil {
		return nil, err
	}
	s.For = time.Duration(hours) * time.Hour
	s.Bounds = sim.Bounds{Events: 1<<31 - 1, Time: s.For + time.Hour, Hosts: phones + 2}
	do := func(at time.Duration, host, verb string, args ...string) {
		s.Acts = append(s.Acts, sim.Act{At: at, Host: host, Act: core.Act{Verb: verb, Args: args}})
	}
	for i := 1; i <= phones; i++ {
		do(time.Duration(i)*time.Second, fmt.Sprintf("p%d", i), "registers")
	}
	for h := range hours {
		for i := 1; i < phones; i += 2 {
			at := time.Duration(h)*time.Hour + time.Duration(10+i)*time.Minute
			do(at, fmt.Sprintf("p%d", i), "calls", fmt.Sprintf("sip:p%d@biloxi.example.com", i+1))
			do(at+2*time.Minute, fmt.Sprintf("p%d", i+h%2), "hangs", "up")
		}
	}
	return s, nil
}

// tally counts what a run is about. It is a trace.Observer.
type tally struct {
	messages, lost int
	told           map[string]int
	open           map[[2]int32]bool // transactions that have not ended
}

// Begin implements trace.Observer.
func (c *tally) Begin(*trace.Header) {}

// Finish implements trace.Observer.
func (c *tally) Finish(*trace.End) {}

// Event implements trace.Observer.
func (c *tally) Event(e *trace.Event) {
	switch {
	case e.Kind == trace.Send:
		c.messages++
	case e.Kind == trace.Lose:
		c.lost++
	case e.Kind == trace.Tell:
		c.told[e.Name]++
	case e.Kind == trace.State && e.Txn != 0 && e.To == "Terminated":
		delete(c.open, [2]int32{int32(e.Host), e.Txn})
	case e.Kind == trace.State && e.Txn != 0:
		c.open[[2]int32{int32(e.Host), e.Txn}] = true
	}
}

func run(out io.Writer, hours int) error {
	s, err := endless(hours)
	if err != nil {
		return err
	}
	count, watch := &tally{told: map[string]int{}, open: map[[2]int32]bool{}}, law.New()
	w, err := sim.New(s, count, watch)
	if err != nil {
		return err
	}
	began := time.Now()
	const parts = 10
	var heaps [parts + 1]uint64
	for part := 1; part <= parts; part++ {
		until := s.For / parts * time.Duration(part)
		for w.Now() < until && w.Step() {
		}
		heaps[part] = heap()
		fmt.Fprintf(out, "%8.0f h  %9d messages, %8d lost  heap %6.1f MiB  %d transactions open  %s\n",
			w.Now().Hours(), count.messages, count.lost, float64(heaps[part])/(1<<20), len(count.open), time.Since(began).Round(time.Second))
	}
	end := w.Run()
	fmt.Fprintln(out, "told:", count.told)
	switch broken := watch.Broken(); {
	case len(broken) > 0:
		return fmt.Errorf("%d breaches, the first: %s: %s", len(broken), broken[0].Law, broken[0].Text)
	case end.Why == trace.Failed || end.Text != "":
		return fmt.Errorf("the run ends by %s: %s", end.Why, end.Text)
	case len(count.open) > 8:
		return fmt.Errorf("%d transactions have not ended", len(count.open))
	case heaps[parts] > heaps[1]+heaps[1]/20+1<<20:
		return fmt.Errorf("the heap has grown from %d to %d bytes", heaps[1], heaps[parts])
	}
	return nil
}

// heap is what is reachable after a collection, in bytes.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
