package sip

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRFC5626Section441PingsAreCountedHoweverTheyAreCut(t *testing.T) {
	const text = "OPTIONS sip:b@example.com SIP/2.0\r\nContent-Length: 0\r\n\r\n"
	stream := "\r\n\r\n" + text + "\r\n" + text + "\r\n\r\n\r\n\r\n" + text + "\r\n\r\n"
	for size := 1; size < 10; size++ {
		var f Framer
		messages := 0
		for at := 0; at < len(stream); at += size {
			f.Write([]byte(stream[at:min(at+size, len(stream))]))
			for {
				_, ok, err := f.Next()
				require.NoError(t, err)
				if !ok {
					break
				}
				messages++
			}
		}
		require.Equal(t, 3, messages, "cut every %d bytes", size)
		require.Equal(t, 4, f.Pings, "cut every %d bytes", size)
		require.Zero(t, f.Held())
	}
}

func TestFramer(t *testing.T) {
	t.Run("TRN-05 messages of a stream are framed by Content-Length, cut anywhere", func(t *testing.T) {
		one, two := sample(t, "invite3-folded.sip"), "SIP/2.0 200 OK\nl: 3\n\nabc"
		stream := "\r\n" + one + "\r\n\r\n\r\n\r\n" + two + two
		for step := 1; step < 80; step++ {
			var f Framer
			var got []string
			for at := 0; at < len(stream); at += step {
				f.Write([]byte(stream[at:min(at+step, len(stream))]))
				for {
					text, ok, err := f.Next()
					require.NoError(t, err)
					if !ok {
						break
					}
					got = append(got, text)
				}
			}
			require.Equal(t, []string{one, two, two}, got, step)
		}
	})
	t.Run("TRN-07 pairs of CRLF between messages are counted", func(t *testing.T) {
		var f Framer
		f.Write([]byte("\r\n\r\n\r\n\r\n"))
		_, ok, err := f.Next()
		require.False(t, ok)
		require.NoError(t, err)
		require.Equal(t, 2, f.Pings)
	})
	broken := func(t *testing.T, stream string) *Problem {
		t.Helper()
		var f Framer
		f.Write([]byte(stream))
		text, ok, err := f.Next()
		require.False(t, ok)
		require.Error(t, err)
		require.True(t, strings.HasPrefix(stream, text))
		f.Write([]byte(start + "Content-Length: 0\r\n\r\n"))
		_, _, again := f.Next()
		require.Equal(t, err, again, "nothing after it is a message")
		return err.(*Problem)
	}
	t.Run("TRN-06 a message without Content-Length ends the stream", func(t *testing.T) {
		require.Equal(t, 400, broken(t, start+"To: x\r\n\r\n").Status)
	})
	t.Run("SEC-07 a length beyond 32 bits ends the stream, what follows is no message", func(t *testing.T) {
		broken(t, start+"Content-Length: 4294967328\r\n\r\n"+strings.Repeat("x", 32)+start+"Content-Length: 0\r\n\r\n")
	})
	t.Run("SEC-08, SEC-09 a length that is no number, or two that differ, end the stream", func(t *testing.T) {
		broken(t, start+"Content-Length: -1\r\n\r\n")
		broken(t, start+"Content-Length: 10\r\nl: 20\r\n\r\n")
	})
	t.Run("SEC-11 a length over the limit is refused at once", func(t *testing.T) {
		require.Equal(t, 513, broken(t, start+"Content-Length: 200000000\r\n\r\n").Status)
	})
	t.Run("SEC-12 a head that never ends is refused at the limit, and each byte is looked at once", func(t *testing.T) {
		var f Framer
		f.Write([]byte(start))
		for range 256 << 10 {
			f.Write([]byte("x"))
			if _, _, err := f.Next(); err != nil {
				require.Less(t, cap(f.buf), 1<<20)
				return
			}
		}
		t.Fatal("the head was never refused")
	})
	t.Run("what is no message ends the stream", func(t *testing.T) {
		broken(t, "GET / HTTP/1.1\r\n\r\n")
	})
}
