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
	text.WriteString("net delay 20ms\nphones p 1..10 sip:p*@biloxi.example.com password zanzibar\n")
	text.WriteString("registrar biloxi domain biloxi.example.com\n")
	for i := range 10 {
		fmt.Fprintf(&text, "at %ds p%d registers for 2m\n", i, i+1)
	}
	s := parse(b, text.String()+"run for 10h\n")
	b.ReportAllocs()
	var sent sends
	for b.Loop() {
		w, err := sim.New(s, new(trace.Recorder), &sent)
		if err != nil {
			b.Fatal(err)
		}
		w.Run()
	}
	b.ReportMetric(float64(sent.messages)/b.Elapsed().Seconds(), "messages/s")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(sent.messages), "ns/message")
}

// sends is an Observer that counts messages.
type sends struct{ messages int }

func (*sends) Begin(*trace.Header) {}

func (s *sends) Event(e *trace.Event) {
	if e.Kind == trace.Send {
		s.messages++
	}
}

func (*sends) Finish(*trace.End) {}

// BenchmarkRegistration is a World of one registration with a loss, from its
// making to its trace.
func BenchmarkRegistration(b *testing.B) {
	s := parse(b, registration+"lose 1st REGISTER from bob\n")
	b.ReportAllocs()
	var kept trace.Recorder
	for b.Loop() {
		w, err := sim.New(s, &kept)
		if err != nil {
			b.Fatal(err)
		}
		w.Run()
	}
}

// BenchmarkCalls runs two hundred direct calls of six messages, one after the
// other, in one World.
func BenchmarkCalls(b *testing.B) {
	const calls = 200
	var text strings.Builder
	text.WriteString("net delay 20ms\nphone alice sip:alice@atlanta.example.com\nphone bob sip:bob@biloxi.example.com\n")
	for i := range calls {
		fmt.Fprintf(&text, "at %ds alice calls bob\nat %ds bob answers\nat %ds bob hangs up\n", 60*i, 60*i+1, 60*i+5)
	}
	s := parse(b, text.String())
	b.ReportAllocs()
	var kept trace.Recorder
	for b.Loop() {
		w, err := sim.New(s, &kept)
		if err != nil {
			b.Fatal(err)
		}
		w.Run()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*calls), "ns/call")
}
