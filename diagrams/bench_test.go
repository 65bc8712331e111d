package diagrams

import (
	"testing"
	"time"

	"siplab/sim/trace"
)

// thirty is a ladder of thirty arrows: registrations in a row, one packet in
// ten lost.
func thirty() *trace.Trace { return many(30) }

func many(arrows int) *trace.Trace {
	r := newRun("Many", "bob phone", "biloxi registrar")
	at := time.Duration(0)
	for n := 0; r.labels < arrows; n++ {
		if n%5 == 4 {
			p := r.send(at, "bob", "biloxi", register)
			r.lose(at, p, "loss 10%")
			at += 500 * ms
			p = r.again(at, p, "E")
			r.finishTransaction(at, p, int32(2*n-1), int32(2*n), "401 Unauthorized")
		} else {
			r.transaction(at, int32(n), register, "200 OK", credential)
		}
		at += 40 * ms
	}
	return r.tr
}

func BenchmarkThirtyArrowsAsText(b *testing.B) {
	tr := thirty()
	b.ReportAllocs()
	for b.Loop() {
		NewLadder(tr, Options{}).Text()
	}
}

func BenchmarkThirtyArrowsAsSVG(b *testing.B) {
	tr := thirty()
	b.ReportAllocs()
	for b.Loop() {
		NewLadder(tr, Options{}).SVG()
	}
}

func BenchmarkTenThousandArrowsAsSVG(b *testing.B) {
	tr := many(10_000)
	b.ReportAllocs()
	for b.Loop() {
		NewLadder(tr, Options{}).SVG()
	}
}

func BenchmarkTenThousandArrowsAsText(b *testing.B) {
	tr := many(10_000)
	b.ReportAllocs()
	for b.Loop() {
		NewLadder(tr, Options{}).Text()
	}
}

func BenchmarkStory(b *testing.B) {
	tr := thirty()
	for b.Loop() {
		Story(tr)
	}
}
func BenchmarkThirtyArrowsAsMermaid(b *testing.B) {
	l := NewLadder(thirty(), Options{})
	b.ReportAllocs()
	for b.Loop() {
		l.Mermaid()
	}
}

func BenchmarkThirtyArrowsAsDOT(b *testing.B) {
	l := NewLadder(thirty(), Options{})
	b.ReportAllocs()
	for b.Loop() {
		l.DOT()
	}
}
