package sip

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// parsed reads a message whose lines are written with \n and end in CRLF.
func parsed(t testing.TB, lines string) *Message {
	t.Helper()
	var m Message
	require.NoError(t, m.Parse(crlf(lines)))
	return &m
}

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

const start = "OPTIONS sip:bob@biloxi.com SIP/2.0\r\n"

func TestStartLine(t *testing.T) {
	t.Run("§7.1 a request line is method, Request-URI and version", func(t *testing.T) {
		m := parsed(t, "INVITE sip:bob@biloxi.com SIP/2.0\n\n")
		require.True(t, m.IsRequest())
		require.Equal(t, []string{"INVITE", "sip:bob@biloxi.com", "SIP/2.0"}, []string{m.Method, m.URI, m.Version})
	})
	t.Run("§7.2 a status line is version, code and reason phrase", func(t *testing.T) {
		m := parsed(t, "SIP/2.0 486 Busy Here\n\n")
		require.False(t, m.IsRequest())
		require.Equal(t, 486, m.Status)
		require.Equal(t, "Busy Here", m.Reason)
	})
	t.Run("§7.1 the version is kept as written, whatever it is", func(t *testing.T) {
		require.Equal(t, "sip/7.0", parsed(t, "OPTIONS sip:a@b sip/7.0\n\n").Version)
	})
	t.Run("§7.5 line ends before the start line are skipped and print back", func(t *testing.T) {
		m := parsed(t, "\n\nOPTIONS sip:a@b SIP/2.0\n\n")
		require.Equal(t, "OPTIONS", m.Method)
		require.Equal(t, "\r\n\r\nOPTIONS sip:a@b SIP/2.0\r\n\r\n", m.String())
	})
	for _, line := range []string{
		"INVITE  sip:lwsstart@example.com  SIP/2.0", "OPTIONS sip:a@b SIP/2.0  ", "OPTIONS\tsip:a@b SIP/2.0",
		"INVITE sip:a@b; lr SIP/2.0", "INVITE <sip:a@b> SIP/2.0", "SIP/2.0 200", "SIP/2.0 200 ", "SIP/2.0\t200\tOK", "SIP/2.0  200 OK",
	} {
		t.Run("§25.1 odd but readable, prints back: "+Visible(line), func(t *testing.T) {
			for _, end := range []string{"\r\n\r\n", "\r\n", "", "\n\n", "\n"} {
				var m Message
				require.NoError(t, m.Parse(line+end))
				require.Equal(t, line+end, m.String())
			}
		})
	}
	t.Run("an odd start line is written plainly once a part of it changes", func(t *testing.T) {
		m := parsed(t, "INVITE   sip:a@b  SIP/2.0\n\n")
		m.URI = "sip:c@d"
		require.Equal(t, "INVITE sip:c@d SIP/2.0\r\n\r\n", m.String())
	})
	for _, text := range []string{"", "\r\n\r\n", "hello", "GET / HTTP/1.1\r\n\r\n", "INVITE sip:a@b\r\n\r\n", "INVITE SIP/2.0\r\n\r\n", "Via: x\r\n\r\n", " SIP/2.0 200 OK\r\n\r\n", "\x00\x00\x00\x00"} {
		t.Run("§7 no start line, refused: "+Visible(text), func(t *testing.T) {
			var m Message
			require.ErrorContains(t, m.Parse(text), "no start line")
			require.Empty(t, m.Method)
		})
	}
}

func TestFields(t *testing.T) {
	t.Run("§7.3.1 white space around the colon means nothing", func(t *testing.T) {
		for _, row := range []string{"Subject:            lunch", "Subject      :      lunch", "Subject            :lunch", "Subject: lunch", "SUBJECT\t:\tlunch\t "} {
			m := parsed(t, start+row+"\n\n")
			require.Equal(t, "lunch", m.Get(NameSubject), row)
		}
	})
	t.Run("§7.3.1 a fold is one space", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\nSubject: I know you're there,\n         pick up the phone  \n\tand talk to me!\nTo:\n <sip:a@b>\nFrom: \n\n")
		require.Equal(t, "I know you're there, pick up the phone and talk to me!", m.Get(NameSubject))
		require.Equal(t, "<sip:a@b>", m.Get(NameTo))
		require.Equal(t, "", m.Get(NameFrom))
	})
	t.Run("§7.3.1 rows and comma lists are one list, in order", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\nRoute: <sip:alice@atlanta.com>, <sip:bob@biloxi.com>\nSubject: Lunch\nRoute: <sip:carol@chicago.com>\n\n")
		require.Equal(t, []string{"<sip:alice@atlanta.com>", "<sip:bob@biloxi.com>", "<sip:carol@chicago.com>"}, slices.Collect(m.Values(NameRoute)))
		require.Equal(t, 3, m.Count(NameRoute))
		require.Equal(t, "<sip:alice@atlanta.com>", m.Get(NameRoute))
	})
	t.Run("§7.3 a comma inside quotes or angle brackets separates nothing", func(t *testing.T) {
		m := parsed(t, `OPTIONS sip:a@b SIP/2.0`+"\n"+`Contact: "Bell, \", A." <sip:a@b>;q=0.5, <sip:x,y@b?Subject=a,b>,,"<," <sip:c@d>`+"\n\n")
		require.Equal(t, []string{`"Bell, \", A." <sip:a@b>;q=0.5`, `<sip:x,y@b?Subject=a,b>`, `"<," <sip:c@d>`}, slices.Collect(m.Values(NameContact)))
	})
	t.Run("§7.3.1 commas in WWW-Authenticate, Authorization and Date separate no values", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\nAuthorization: Digest a=b, c=d\nDate: Sat, 13 Nov 2010 23:29:00 GMT\nWWW-Authenticate: Digest realm=\"a\"\nWWW-Authenticate: Digest realm=\"b\", nonce=\"c\"\n\n")
		require.Equal(t, []string{"Digest a=b, c=d"}, slices.Collect(m.Values(NameAuthorization)))
		require.Equal(t, "Sat, 13 Nov 2010 23:29:00 GMT", m.Get(NameDate))
		require.Equal(t, 2, m.Count(NameWWWAuthenticate))
	})
	t.Run("§7.3.3 compact and long forms are one name", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\nv: SIP/2.0/UDP a\nVIA: SIP/2.0/UDP b\nl: 0\n\n")
		require.Equal(t, 2, m.Count(NameVia))
		require.Equal(t, "0", m.Lookup("content-length"))
		require.Equal(t, "SIP/2.0/UDP a", m.Lookup("V"))
	})
	t.Run("§7.3.1 a line that is no header field never becomes a part of another row", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\n Subject: folded onto nothing\nTo: <sip:a@b>\n\n")
		m.Prepend(NameVia, "SIP/2.0/UDP a", Origin{})
		require.Equal(t, crlf("OPTIONS sip:a@b SIP/2.0\nVia: SIP/2.0/UDP a\nTo: <sip:a@b>\n\n"), m.String())
	})
	t.Run("§20 an unknown header is kept, and found by its name", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\nNewFangledHeader:   newfangled value\n\n")
		require.Equal(t, "newfangled value", m.Lookup("newfangledheader"))
	})
	t.Run("§7.3.1 a line that is no header field is kept as a field without a name", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\n Subject: folded onto nothing\nno colon here\n: no name\n\n")
		require.Len(t, m.Fields, 3)
		for _, f := range m.Fields {
			require.Equal(t, NameOther, f.Name)
			require.Empty(t, f.Text)
		}
	})
}

func TestLineEnds(t *testing.T) {
	t.Run("SEC-14 a bare CR or LF stays inside the value, for every reader of it", func(t *testing.T) {
		for _, bare := range []string{"\n", "\r", "\n\n", "\r\r", "\n\r"} {
			text := start + "Subject: a" + bare + "Via: evil\r\nTo: <sip:a@b>\r\n\r\n"
			var m Message
			require.NoError(t, m.Parse(text))
			require.False(t, m.Has(NameVia))
			require.Equal(t, "a"+bare+"Via: evil", m.Get(NameSubject))
			require.Equal(t, text, m.String())
			require.NotContains(t, Visible(m.Get(NameSubject)), bare)
		}
	})
	t.Run("SEC-14 a copied value with a bare CR or LF cannot begin a row elsewhere", func(t *testing.T) {
		var m, out Message
		require.NoError(t, m.Parse(start+"Subject: a\nVia: evil\r\n\r\n"))
		out.Response(200, "")
		out.CopyFrom(&m, NameSubject)
		require.Contains(t, out.String(), "Subject: a Via: evil\r\n")
	})
	t.Run("a message whose start line ends in LF has LF line ends, and prints back", func(t *testing.T) {
		text := "OPTIONS sip:a@b SIP/2.0\nTo: <sip:a@b>\n ;x\nVia: SIP/2.0/UDP c\r\n\nbody\n"
		var m Message
		require.NoError(t, m.Parse(text))
		require.Equal(t, "<sip:a@b> ;x", m.Get(NameTo))
		require.Equal(t, "SIP/2.0/UDP c", m.Get(NameVia))
		require.Equal(t, "body\n", m.Body)
		require.Equal(t, text, m.String())
	})
	t.Run("§7 a row copied from an LF message gets CRLF", func(t *testing.T) {
		var m, out Message
		require.NoError(t, m.Parse("OPTIONS sip:a@b SIP/2.0\nTo: <sip:a@b>\nVia: x\n\n"))
		out.Response(200, "")
		out.CopyFrom(&m, NameTo)
		out.CopyFrom(&m, NameVia)
		require.Equal(t, "SIP/2.0 200 OK\r\nTo: <sip:a@b>\r\nVia: x\r\nContent-Length: 0\r\n\r\n", out.String())
	})
	t.Run("a row that the text left open is closed before another follows", func(t *testing.T) {
		for _, text := range []string{start + "Subject: a", start + "Subject: a\n", start + "Subject: a\r"} {
			var m Message
			require.NoError(t, m.Parse(text))
			require.Equal(t, text, m.String())
			m.Add(NameTo, "<sip:a@b>", Origin{})
			var again Message
			require.NoError(t, again.Parse(m.String()))
			require.Equal(t, "<sip:a@b>", again.Get(NameTo))
			require.Equal(t, m.Get(NameSubject), again.Get(NameSubject))
		}
	})
}

func TestBody(t *testing.T) {
	body := func(t *testing.T, rows string) *Message {
		t.Helper()
		var m Message
		text := start + rows + "\r\n0123456789"
		require.NoError(t, m.Parse(text))
		require.Equal(t, text, m.String())
		return &m
	}
	t.Run("§18.3 without Content-Length the body ends with the packet", func(t *testing.T) {
		require.Equal(t, "0123456789", body(t, "").Body)
	})
	t.Run("§18.3 bytes beyond the body are no part of it", func(t *testing.T) {
		m := body(t, "Content-Length: 4\r\n")
		require.Equal(t, "0123", m.Body)
		require.Equal(t, "456789", m.Trailing)
	})
	t.Run("SEC-10 a Content-Length larger than the packet reads no further than it", func(t *testing.T) {
		require.Equal(t, "0123456789", body(t, "Content-Length: 11\r\n").Body)
	})
	t.Run("SEC-07, SEC-08 a Content-Length that is no size is none", func(t *testing.T) {
		for _, v := range []string{"4294967328", "18446744073709551616", "-1", "+5", "0x10", "5 5", "5,5", "1e3", "", "00000000005"} {
			m := body(t, "Content-Length: "+v+"\r\n")
			_, state := m.ContentLength()
			require.Equal(t, LengthBad, state, v)
			require.Empty(t, m.Body, v)
		}
	})
	t.Run("SEC-09 equal rows of Content-Length count once, others are a conflict", func(t *testing.T) {
		require.Equal(t, "0123", body(t, "Content-Length: 4\r\nl: 4\r\n").Body)
		m := body(t, "Content-Length: 4\r\nl: 5\r\n")
		_, state := m.ContentLength()
		require.Equal(t, LengthConflict, state)
		require.Empty(t, m.Body)
	})
}

func TestHostileNames(t *testing.T) {
	for _, name := range []string{"To\x00", "To\x0b", "To\xa0", "\x00To", "To\r", "To\x7f", "T o"} {
		t.Run("SEC-13 not taken as To: "+Visible(name), func(t *testing.T) {
			var m Message
			require.NoError(t, m.Parse(start+name+": <sip:evil@b>\r\nTo : <sip:good@b>\r\n\r\n"))
			require.Equal(t, 1, m.Count(NameTo))
			require.Equal(t, "sip:good@b", m.To().URI)
			require.Equal(t, name, m.Fields[0].Text)
		})
	}
}

func TestStatusCodes(t *testing.T) {
	for _, code := range []string{"4294967301", "099", "1000", "2 0", "20", "-20", "+20", "", "2OO"} {
		t.Run("SEC-21 not a response: "+code, func(t *testing.T) {
			var m Message
			err := m.Parse("SIP/2.0 " + code + " OK\r\n\r\n")
			require.ErrorContains(t, err, "status code")
			require.Zero(t, err.(*Problem).Status, "a response is dropped, not answered")
			require.Zero(t, m.Status)
		})
	}
}

func TestLimits(t *testing.T) {
	t.Run("SEC-01 too many rows are refused", func(t *testing.T) {
		var m Message
		m.Limits = &Limits{Message: 1 << 20, Fields: 256}
		err := m.Parse(start + strings.Repeat("X: 1\r\n", 100_000))
		require.ErrorContains(t, err, "more header fields")
		require.Equal(t, 258, err.(*Problem).Line)
		require.NoError(t, m.Parse(start+strings.Repeat("X: 1\r\n", 256)+"\r\n"))
	})
	t.Run("§21.5.7 a message over the limit is refused with 513", func(t *testing.T) {
		var m Message
		err := m.Parse(start + strings.Repeat("x", 64<<10))
		require.Equal(t, 513, err.(*Problem).Status)
		require.NoError(t, m.ParseFrame(start+strings.Repeat("x", 64<<10)))
	})
}

func TestUsedAgain(t *testing.T) {
	texts := []string{sample(t, "invite1.sip"), sample(t, "invite3.sip"), "SIP/2.0 180 Ringing\r\n\r\n", "\r\nOPTIONS  sip:a@b SIP/2.0\n\n"}
	t.Run("a message used again forgets what it held", func(t *testing.T) {
		var used Message
		for _, text := range append(texts, texts...) {
			var fresh Message
			require.NoError(t, fresh.Parse(text))
			require.NoError(t, used.Parse(text))
			require.Equal(t, text, used.String())
			require.Equal(t, fresh.Method, used.Method)
			require.Equal(t, fresh.Status, used.Status)
			require.Equal(t, slices.Collect(slices.Values(fresh.Fields)), slices.Collect(slices.Values(used.Fields)))
		}
	})
	t.Run("parsing, reading and printing with memory used before allocate nothing", func(t *testing.T) {
		var m Message
		buf := make([]byte, 0, 4096)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			for _, text := range texts {
				_ = m.Parse(text)
				v, _ := m.Via()
				_, _ = v.RPort()
				_, _, _ = v.Branch(), v.Received(), v.SentBy()
				_, _, _, _ = m.From().Tag(), m.To().Tag(), m.CSeq(), m.CallID()
				_, _ = m.MaxForwards()
				_, _ = m.Expires()
				_ = m.Count(NameVia)
				for value := range m.Values(NameContact) {
					_, _ = ParseNameAddr(value)
				}
				_, _, _, _ = Peek(text)
				buf = m.AppendTo(buf[:0])
			}
		}))
	})
}

func TestPeek(t *testing.T) {
	t.Run("a look tells the method or the status, and the method of the CSeq", func(t *testing.T) {
		method, status, cseq, ok := Peek(sample(t, "invite3.sip"))
		require.Equal(t, []any{"INVITE", 0, "INVITE", true}, []any{method, status, cseq, ok})
		method, status, cseq, ok = Peek("SIP/2.0 200 OK\r\nl: 0\r\ncSEQ \t:\r\n 7\r\n BYE\r\n\r\nCSeq: 1 NO")
		require.Equal(t, []any{"", 200, "BYE", true}, []any{method, status, cseq, ok})
		_, _, cseq, ok = Peek(start + "\r\nCSeq: 1 NO\r\n")
		require.Equal(t, []any{"", true}, []any{cseq, ok})
		_, _, _, ok = Peek("\x00\x00")
		require.False(t, ok)
	})
}
