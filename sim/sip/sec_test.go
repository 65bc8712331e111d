package sip

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// hostile runs a text through every reader of the package: parser, typed access, checks, explanation, printer.
func hostile(t testing.TB, text string) (verdict string, problems []Problem) {
	verdict, problems = judge(text)
	require.LessOrEqual(t, len(problems), maxProblems)
	for _, p := range problems {
		require.NotEmpty(t, p.Text)
		require.True(t, 0 <= p.Offset && p.Offset <= len(text), "offset %d of %d: %s", p.Offset, len(text), p.Text)
	}
	var m Message
	if m.Parse(text) == nil {
		readEverything(&m)
		if text != m.String() { // require.Equal would make a diff of 60 KB
			t.Fatalf("%q prints as %q", text, m.String())
		}
	}
	require.Len(t, ExplainMessage(text).Problems, len(problems))
	return verdict, problems
}

// with puts rows into a sound INVITE, in the place of those of the same names.
func with(rows string) string {
	lines := strings.SplitAfter(sound, "\r\n")
	for row := range strings.SplitSeq(rows, "\r\n") {
		name, _, _ := strings.Cut(row, ":")
		for i, line := range lines {
			if strings.HasPrefix(line, name+":") {
				lines[i] = ""
			}
		}
	}
	lines[len(lines)-2] = rows + "\r\n" + lines[len(lines)-2]
	return strings.Join(lines, "")
}

// requireBounded demands that a value of 60 KB is refused with no more problems and no more allocations than one of 5 KB,
// a few apart: what grows with the input is the one walk along it.
func requireBounded(t *testing.T, text func(n int) string) {
	t.Helper()
	cost := func(s string) (problems int, allocations float64) {
		_, ps := hostile(t, s)
		var m Message
		_ = m.Parse(s)
		return len(ps), testing.AllocsPerRun(3, func() { _ = m.Parse(s); m.Check(nil) })
	}
	smallProblems, small := cost(text(5_000))
	bigProblems, big := cost(text(60_000))
	require.LessOrEqual(t, bigProblems, max(smallProblems, maxFlaws)+1)
	require.LessOrEqual(t, big, small+32)
}

func TestSecurityLimits(t *testing.T) {
	refused := func(id, text, status string) {
		t.Run(id, func(t *testing.T) {
			verdict, problems := hostile(t, text)
			require.Equal(t, status, verdict, "%v", problems)
		})
	}
	t.Run("SEC-01 100,000 header lines are refused at the limit", func(t *testing.T) {
		text := strings.Replace(sound, "\r\n\r\n", "\r\n"+strings.Repeat("X: 1\r\n", 100_000)+"\r\n", 1)
		verdict, _ := hostile(t, text)
		require.Equal(t, "513", verdict)
		verdict, _ = hostile(t, text[:60_000])
		require.Equal(t, "513", verdict, "also when the datagram is no longer than the limit")
		var m Message
		_ = m.Parse(text[:60_000])
		require.LessOrEqual(t, testing.AllocsPerRun(3, func() { _ = m.Parse(text[:60_000]) }), 4.0, "no copy of the input")
	})
	t.Run("SEC-02 one header of 60,000 bytes is accepted", func(t *testing.T) {
		requireBounded(t, func(n int) string { return with("Subject: " + strings.Repeat("a b", n/3)) })
		verdict, _ := hostile(t, with("Subject: "+strings.Repeat("a", 60_000)))
		require.Equal(t, "none", verdict)
	})
	for _, name := range []string{"Contact", "Via", "Route"} {
		t.Run("SEC-03 30,000 commas in "+name, func(t *testing.T) {
			requireBounded(t, func(n int) string { return with(name + ": " + strings.Repeat(",", n/2)) })
			requireBounded(t, func(n int) string { return with(name + ": " + strings.Repeat("<sip:a@b>,", n/10)) })
		})
	}
	t.Run("SEC-04 30,000 parameters in one Via", func(t *testing.T) {
		requireBounded(t, func(n int) string { return with("Via: SIP/2.0/UDP a.b" + strings.Repeat(";a=b", n/4)) })
	})
	for _, c := range []string{`"`, `\`, `\"`, `"\`} {
		t.Run("SEC-05 From of 60,000 times "+c, func(t *testing.T) {
			requireBounded(t, func(n int) string { return with("From: " + strings.Repeat(c, n/len(c)) + " <sip:a@b.c>;tag=1") })
			verdict, _ := hostile(t, with("From: "+strings.Repeat(c, 30_001)+" <sip:a@b.c>;tag=1"))
			require.Equal(t, "400", verdict)
		})
	}
	t.Run("SEC-06 20,000 nested brackets", func(t *testing.T) {
		requireBounded(t, func(n int) string { return with("From: " + strings.Repeat("<", n)) })
		requireBounded(t, func(n int) string { return with("User-Agent: " + strings.Repeat("(", n)) })
		verdict, _ := hostile(t, with("From: "+strings.Repeat("<", 20_000)))
		require.Equal(t, "400", verdict)
	})
	refused("SEC-07 Content-Length of 2**32+32", with("Content-Length: 4294967328")+strings.Repeat("x", 32)+sound, "400")
	for _, length := range []string{"18446744073709551616", "-1", "+5", "0x10", " 5 5", "5,5", "1e3", ""} {
		refused("SEC-08 Content-Length: "+length, with("Content-Length: "+length), "400")
	}
	refused("SEC-09 two Content-Length that differ", with("Content-Type: a/b\r\nContent-Length: 10\r\nl: 20")+strings.Repeat("x", 20), "400")
	refused("SEC-09 two Content-Length that agree", with("Content-Length: 10\r\nl: 10\r\nContent-Type: a/b")+strings.Repeat("x", 10), "none")
	refused("SEC-10 Content-Length larger than the datagram", with("Content-Length: 99"), "400")
	for _, name := range []string{"To\x00", "To\x0b", "To\xa0"} {
		t.Run("SEC-13 "+Visible(name)+" is not To", func(t *testing.T) {
			text := with("Subject: x\r\n" + name + ": <sip:evil@b.c>")
			verdict, _ := hostile(t, text)
			require.Equal(t, "400", verdict)
			var m Message
			require.NoError(t, m.Parse(text))
			require.Equal(t, "sip:bob@biloxi.com", m.To().URI)
		})
	}
	refused("SEC-14 a bare LF inside a value", with("Subject: a\nVia: evil"), "400")
	refused("SEC-14 a bare CR inside a value", with("Subject: a\rVia: evil"), "400")
	t.Run("SEC-14 a bare LF makes no second header for checks or display", func(t *testing.T) {
		e := ExplainMessage(with("Subject: a\nVia: evil"))
		require.Len(t, e.Headers, 9)
		require.Equal(t, "a\nVia: evil", e.Headers[8].Value)
	})
	t.Run("SEC-15 a value with CRLF is checked as it would be printed: on one line", func(t *testing.T) {
		var m Message
		require.NoError(t, m.Parse(sound))
		m.Add(NameSubject, "a\r\nVia: evil", Origin{})
		require.Empty(t, m.Check(nil))
		require.Equal(t, 1, strings.Count(m.String(), "\r\nVia"))
	})
	for _, name := range []string{"\x00", "\x7f", "\xff\xfe", "\xc0\xaf", "\u202e", "\u2028"} {
		t.Run("SEC-16 a display name with "+Visible(name), func(t *testing.T) {
			_, problems := hostile(t, with(`From: "a`+name+`b" <sip:a@b.c>;tag=1`))
			for _, p := range problems {
				require.NotContains(t, p.Error(), name)
			}
		})
	}
	for _, seq := range []string{"4294967296", "2147483648", "99999999999999999999"} {
		refused("SEC-17 CSeq: "+seq, with("CSeq: "+seq+" INVITE"), "400")
	}
	for _, hops := range []string{"4294967295", "-1", "256", "abc"} {
		refused("SEC-18 Max-Forwards: "+hops, with("Max-Forwards: "+hops), "400")
	}
	for _, seconds := range []string{"4294967296", "18446744073709551616"} {
		refused("SEC-19 Expires: "+seconds+" is a remark", with("Expires: "+seconds), "none")
	}
	for _, host := range []string{"a.b:0", "a.b:65536", "a.b:99999", "[::1", "[::1]:]", "[fe80::1%eth0]", "[]"} {
		refused("SEC-20 Via of "+host, with("Via: SIP/2.0/UDP "+host+";branch=z9hG4bKx"), "400")
	}
	for _, status := range []string{"4294967301", "099", "1000", "2 0"} {
		refused("SEC-21 status "+status, strings.Replace(soundResponse, " 200 ", " "+status+" ", 1), "drop")
	}
	t.Run("SEC-24 Authorization that bends the readers", func(t *testing.T) {
		requireBounded(t, func(n int) string { return with("Authorization: Digest " + strings.Repeat(`a="b",`, n/6)) })
		for _, value := range []string{`Digest realm="a`, `Digest nc=zzzz`, `Digest response="abc"`, `Digest`, `Digest ,`, `Digest =`, "\x00"} {
			verdict, _ := hostile(t, with("Authorization: "+value))
			require.Equal(t, "400", verdict, value)
		}
	})
}

func TestSecurityStreams(t *testing.T) {
	head := strings.Replace(sound, "Content-Length: 0", "Content-Length: 200000000", 1)
	t.Run("SEC-11 a body of 200 MB is refused before a byte of it is there", func(t *testing.T) {
		var f Framer
		f.Write([]byte(head))
		_, ok, err := f.Next()
		require.False(t, ok)
		require.Equal(t, 513, err.(*Problem).Status)
	})
	t.Run("SEC-12 a byte at a time, memory is no more than the message", func(t *testing.T) {
		var f Framer
		for i := range len(sound) - 1 {
			f.Write([]byte{sound[i]})
			_, ok, err := f.Next()
			require.False(t, ok)
			require.NoError(t, err)
		}
		require.LessOrEqual(t, cap(f.buf), 2*len(sound))
	})
}

func TestSecurityBodies(t *testing.T) {
	body := func(contentType, body string) string {
		return with(fmt.Sprintf("Content-Type: %s\r\nContent-Length: %d", contentType, len(body))) + body
	}
	for name, text := range map[string]string{
		"10,000 parts":            body("multipart/mixed;boundary=b", strings.Repeat("--b\r\n\r\n\r\n", 6_000)+"--b--"),
		"nested 1,000 deep":       body("multipart/mixed;boundary=b0", nested(1000)),
		"a boundary of 50 KB":     body("multipart/mixed;boundary="+strings.Repeat("b", 50_000), "--b"),
		"a boundary never closed": body("multipart/mixed;boundary=b", "--b\r\n\r\n"+strings.Repeat("x", 50_000)),
	} {
		t.Run("SEC-22 "+name, func(t *testing.T) {
			verdict, problems := hostile(t, text)
			require.NotEqual(t, "none", verdict)
			require.Len(t, problems, 1)
		})
	}
	t.Run("SEC-22 parts at the bound are read", func(t *testing.T) {
		_, err := Multipart("multipart/mixed;boundary=b", strings.Repeat("--b\r\n\r\n\r\n", MaxParts)+"--b--")
		require.NoError(t, err)
		_, err = Multipart("multipart/mixed;boundary=b0", nested(MaxPartDepth))
		require.NoError(t, err)
		_, err = Multipart("multipart/mixed;boundary=b0", nested(MaxPartDepth+1))
		require.ErrorContains(t, err, "too deep")
	})
	for name, text := range map[string]string{
		"60 KB of a= lines": body("application/sdp", "v=0\r\n"+strings.Repeat("a=x\r\n", 12_000)),
		"5,000 m= lines":    body("application/sdp", "v=0\r\n"+strings.Repeat("m=audio 1 RTP/AVP 0\n", 2_900)),
	} {
		t.Run("SEC-23 "+name, func(t *testing.T) {
			verdict, problems := hostile(t, text)
			require.Equal(t, "413", verdict)
			require.Len(t, problems, 1)
		})
	}
}

// nested is a multipart body of so many levels.
func nested(levels int) string {
	var open, shut strings.Builder
	for i := range levels {
		fmt.Fprintf(&open, "--b%d\r\nContent-Type: ", i)
		if i+1 < levels {
			fmt.Fprintf(&open, "multipart/mixed;boundary=b%d\r\n\r\n", i+1)
		}
	}
	open.WriteString("text/plain\r\n\r\nx\r\n")
	for i := levels - 1; i >= 0; i-- {
		fmt.Fprintf(&shut, "--b%d--\r\n", i)
	}
	return open.String() + shut.String()
}

// The elements and the anomalies of SEC-25: each anomaly in the place of each element, and repeated.
func TestSEC25_HostileElements(t *testing.T) {
	anomalies := []string{"", " ", "\t", "\r\n ", "\x00", "\xff", "%", "%s%n", "%00", "%zz", ";", ";;", ",", ":", "@", "=", "/", "\\", "<", ">", "<>", "(", ")", "[", "]", "[::]", `"`, `""`, `"\`,
		"0", "-1", "4294967296", "99999999999999999999999", "1.2.3.4.5", "999.999.999.999", "a..b", "sip:", "sip:@", "sip::@:", "SIP/2.0", "SIP/2.0/UDP", "*", "\u202e", "\r", "\n"}
	for _, a := range anomalies[1:12] {
		anomalies = append(anomalies, strings.Repeat(a, 5000))
	}
	elements := []string{"INVITE sip", "sip:bob@biloxi.com", "SIP/2.0\r\nVia", "SIP/2.0/UDP", "pc33.atlanta.com", "branch=z9hG4bKnashds8", "z9hG4bKnashds8", "Bob", "<sip:bob@biloxi.com>", "tag=1928301774",
		"a84b4c76e66710", "314159", "314159 INVITE", "70", "<sip:alice@pc33.atlanta.com>", "Content-Length", "Content-Length: 0", ": ", "\r\n\r\n"}
	for _, element := range elements {
		require.Contains(t, sound, element)
		for _, anomaly := range anomalies {
			hostile(t, strings.Replace(sound, element, anomaly, 1))
			hostile(t, strings.ReplaceAll(sound, element, anomaly))
			hostile(t, strings.Replace(sound, element, element+anomaly, 1))
		}
	}
}

func TestSEC26_Mutations(t *testing.T) {
	files, err := filepath.Glob("testdata/torture/*.dat")
	require.NoError(t, err)
	texts := []string{sound, soundResponse}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	chance := rand.New(rand.NewPCG(26, 1))
	for range 4_000 {
		text := texts[chance.IntN(len(texts))]
		for range 1 + chance.IntN(4) {
			text = mutate(chance, text, texts[chance.IntN(len(texts))])
		}
		hostile(t, text)
	}
}

// mutate flips a bit, drops or repeats a stretch, or splices another text in.
func mutate(chance *rand.Rand, text, other string) string {
	if text == "" {
		return other
	}
	at, b := chance.IntN(len(text)), []byte(text)
	to := min(len(text), at+1+chance.IntN(40))
	switch chance.IntN(4) {
	case 0:
		b[at] ^= 1 << chance.IntN(8)
		return string(b)
	case 1:
		return text[:at] + text[to:]
	case 2:
		return text[:at] + strings.Repeat(text[at:to], 1+chance.IntN(20)) + text[at:]
	}
	return text[:at] + other[chance.IntN(len(other)):]
}
