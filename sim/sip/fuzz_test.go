package sip

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzParse proves that nothing panics, that a text which was accepted prints
// back byte for byte, and that a message written anew from its parts reads as
// the same parts.
func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"testdata/*.sip", "testdata/torture/*"} {
		files, err := filepath.Glob(pattern)
		require.NoError(f, err)
		for _, name := range files {
			b, err := os.ReadFile(name)
			require.NoError(f, err)
			f.Add(string(b))
		}
	}
	f.Add("SIP/2.0 200 OK\nTo: a\n b\r\n\nx")
	f.Fuzz(func(t *testing.T, text string) {
		var m Message
		_, _, _, ok := Peek(text)
		if err := m.Parse(text); err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		require.True(t, ok)
		require.Equal(t, text, m.String())
		readEverything(&m)
		m.Check(nil)
		requireRebuilt(t, &m)
		requireFramed(t, &m)
		requireAmended(t, &m)
	})
}

func readEverything(m *Message) {
	for n := NameOther; n < nameCount; n++ {
		for v := range m.Values(n) {
			a, _ := ParseNameAddr(v)
			via, _ := ParseVia(v)
			c, _ := ParseCSeq(v)
			auth, _ := ParseAuth(v)
			_, _ = ParseURI(a.URI)
			_, _, _, _ = a.String(), via.String(), c.String(), auth.String()
			_ = a.Params.With("x", "y").Without("x").Len()
			_ = Visible(v) + Quote(v) + Unquote(v)
		}
	}
	_, _ = m.Via()
	_, _ = m.MaxForwards()
	_, _ = m.Expires()
	_, _, _, _, _ = m.From(), m.To(), m.CSeq(), m.Branch(), m.CallID()
}

// requireRebuilt copies each field into a fresh message and demands that it
// reads there as it was read here, a bare CR or LF apart.
func requireRebuilt(t *testing.T, m *Message) {
	t.Helper()
	var out, again Message
	out.Response(200, "")
	for i := range m.Fields {
		out.copyField(m, &m.Fields[i])
	}
	out.Finish()
	again.Limits = &Limits{Message: 1 << 30, Fields: 1 << 20}
	require.NoError(t, again.Parse(out.String()))
	require.Len(t, again.Fields, len(out.Fields))
	for i := range out.Fields {
		want := &out.Fields[i]
		require.Equal(t, want.Name, again.Fields[i].Name)
		require.Equal(t, trim(want.Value), again.Fields[i].Value)
	}
}

// requireFramed demands that a stream is cut where the datagram's message ends.
func requireFramed(t *testing.T, m *Message) {
	t.Helper()
	n, state := m.ContentLength()
	if state != LengthGood || n != len(m.Body) || m.form.open {
		return
	}
	text := m.String()
	text = text[len(m.form.leading) : len(text)-len(m.Trailing)]
	var f Framer
	for i := 0; i < len(text); i += 7 {
		f.Write([]byte(text[i:min(i+7, len(text))]))
	}
	got, ok, err := f.Next()
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, text, got)
}

// requireAmended adds rows at both ends and demands that no row between them
// reads otherwise for it.
func requireAmended(t *testing.T, m *Message) {
	t.Helper()
	var again Message
	again.Limits = &Limits{Message: 1 << 30, Fields: 1 << 20}
	m.Prepend(NameVia, "SIP/2.0/UDP first", Origin{})
	m.Add(NameSubject, "last", Origin{})
	require.NoError(t, again.Parse(m.String()))
	require.Equal(t, headers(m), headers(&again))
}

// headers are the rows that are header fields, name and value.
func headers(m *Message) (rows []string) {
	for _, f := range m.Fields {
		if f.Text != "" {
			rows = append(rows, f.Text+": "+f.Value)
		}
	}
	return rows
}

// FuzzFramer proves that where a stream is cut changes nothing: the same
// messages come out, and the same end.
func FuzzFramer(f *testing.F) {
	f.Add("\r\nSIP/2.0 200 OK\r\nl: 1\r\n\r\nx\r\n\r\nSIP/2.0 200 OK\nl: 0\n\nSIP/2.0 200 OK\r\n\r\n", 3)
	f.Fuzz(func(t *testing.T, stream string, step int) {
		step = max(1, step%17)
		require.Equal(t, frames(stream, len(stream)+1), frames(stream, step))
	})
}

// frames feeds a stream in pieces and lists the messages and the error.
func frames(stream string, step int) (texts []string) {
	var f Framer
	for at := 0; at < len(stream); at += step {
		f.Write([]byte(stream[at:min(at+step, len(stream))]))
		for {
			text, ok, err := f.Next()
			if err != nil {
				return append(texts, err.Error())
			}
			if !ok {
				break
			}
			texts = append(texts, text)
		}
	}
	return texts
}
