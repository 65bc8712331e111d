package explore

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"siplab/sim/law"
)

var breach = law.Breach{Law: "silence", Text: "it spoke"}

// BenchmarkThirtyMessages loses each of 32 messages: eight phones register.
func BenchmarkThirtyMessages(b *testing.B) {
	text := strings.Builder{}
	text.WriteString("net delay 20ms\nphones p 1..8 sip:p*@biloxi.example.com password zanzibar\nregistrar biloxi domain biloxi.example.com\n")
	for i := range 8 {
		fmt.Fprintf(&text, "at %ds p%d registers\n", i, i+1)
	}
	s := parse(b, text.String())
	b.ReportAllocs()
	for b.Loop() {
		if all, err := Each(context.Background(), s, Options{}); err != nil || len(all.Rows) != 32 {
			b.Fatal(err, len(all.Rows))
		}
	}
}

// BenchmarkPairsOfACall loses every pair of a call.
func BenchmarkPairsOfACall(b *testing.B) {
	s := read(b, "call")
	b.ReportAllocs()
	for b.Loop() {
		table(b, s, losePairs)
	}
}
