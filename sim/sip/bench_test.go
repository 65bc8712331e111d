package sip

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// sample reads a message of testdata: the first INVITE of RFC 3665 §3.1 (one
// Via, 563 bytes), and one of the shape that reaches the last hop of §3.2
// (three Vias, 815 bytes), also with folded rows.
func sample(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(b)
}

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"invite1.sip", "invite3.sip", "invite3-folded.sip"} {
		text := sample(b, name)
		b.Run(name, func(b *testing.B) {
			var m Message
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if m.Parse(text) != nil {
					b.Fatal("refused")
				}
			}
		})
	}
}

// BenchmarkParseAndCheck is what a receiver spends on a message whose every
// value is held to the grammar.
func BenchmarkParseAndCheck(b *testing.B) {
	for _, name := range []string{"invite1.sip", "invite3.sip"} {
		text := sample(b, name)
		b.Run(name, func(b *testing.B) {
			var m Message
			var problems []Problem
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if m.Parse(text) != nil {
					b.Fatal("refused")
				}
				problems = m.Check(problems[:0])
			}
			require.Empty(b, problems)
		})
	}
}

func BenchmarkPrintParsed(b *testing.B) { benchmarkPrint(b, false) }

// BenchmarkPrintBuilt prints fields that have no bytes of their own.
func BenchmarkPrintBuilt(b *testing.B) { benchmarkPrint(b, true) }

func benchmarkPrint(b *testing.B, built bool) {
	var m Message
	require.NoError(b, m.Parse(sample(b, "invite3.sip")))
	if built {
		for i := range m.Fields {
			m.Fields[i].raw = ""
		}
	}
	buf := make([]byte, 0, 2048)
	b.ReportAllocs()
	for b.Loop() {
		buf = m.AppendTo(buf[:0])
	}
}

func BenchmarkAccessors(b *testing.B) {
	var m Message
	require.NoError(b, m.Parse(sample(b, "invite3.sip")))
	b.ReportAllocs()
	for b.Loop() {
		v, _ := m.Via()
		if v.Branch() == "" || m.From().Tag() == "" || m.CSeq().Seq == 0 || m.CallID() == "" || m.To().URI == "" {
			b.Fatal("missing")
		}
	}
}

func BenchmarkParseVia(b *testing.B) {
	for b.Loop() {
		if _, err := ParseVia("SIP/2.0/UDP client.atlanta.example.com:5060;branch=z9hG4bK74bf9;rport"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseNameAddr(b *testing.B) {
	for b.Loop() {
		if _, err := ParseNameAddr("Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPeek(b *testing.B) {
	text := sample(b, "invite3.sip")
	b.ReportAllocs()
	for b.Loop() {
		if _, _, _, ok := Peek(text); !ok {
			b.Fatal("refused")
		}
	}
}

func BenchmarkParseName(b *testing.B) {
	for b.Loop() {
		if ParseName("Record-Route") != NameRecordRoute {
			b.Fatal("wrong")
		}
	}
}
