package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"siplab/sim"
	"siplab/sim/trace"
)

// BenchmarkMessages runs ten phones that keep their registrations fresh for
// ten hours: bytes printed and parsed at every hop, the trace kept.
func BenchmarkMessages(b *testing.B) {
	text := strings.Builder{}
	text.WriteString("net delay 20ms\nphones p 1..10 sip:p@biloxi.example.com password zanzibar\n")
	text.WriteString("registrar biloxi domain biloxi.example.com\n")
	for i := range 10 {
		fmt.Fprintf(&text, "at %ds p%d registers for 2m\n", i, i+1)
	}
	s := parse(b, text.String()+"run for 10h\n")
	b.ReportAllocs()
	messages := 0
	for b.Loop() {
		var kept trace.Recorder
		w, err := sim.New(s, &kept)
		if err != nil {
			b.Fatal(err)
		}
		w.Run()
		messages += count(kept.Trace(), trace.Send)
	}
	b.ReportMetric(float64(messages)/b.Elapsed().Seconds(), "messages/s")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(messages), "ns/message")
}

// BenchmarkRegistration is one registration with a loss, from the scenario's
// text to its trace.
func BenchmarkRegistration(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		run(b, parse(b, registration+"lose 1st REGISTER from bob\n"))
	}
}
