package offer

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"siplab/sim/sip"
)

var all = []Direction{SendRecv, SendOnly, RecvOnly, Inactive}

func TestRFC3264_6_1_DirectionsAreSymmetric(t *testing.T) {
	for _, offered := range all {
		require.Equal(t, offered, offered.Reverse().Reverse())
		require.Equal(t, offered.Sends(), offered.Reverse().Receives())
		d, ok := parseDirection(offered.String())
		require.True(t, ok)
		require.Equal(t, offered, d)
		for _, wish := range all {
			answer := offered.Answer(wish)
			require.False(t, answer.Sends() && !offered.Receives(), "%s answered %s", offered, answer)
			require.False(t, answer.Receives() && !offered.Sends(), "%s answered %s", offered, answer)
			require.Equal(t, answer.Sends(), wish.Sends() && offered.Receives())
			require.Equal(t, answer.Receives(), wish.Receives() && offered.Sends())
		}
	}
	require.Equal(t, Inactive, Inactive.Answer(SendRecv), "\"If an offered media stream is listed as inactive, it MUST be marked as inactive in the answer.\"")
}

// Whatever both sides do, one after the other: once nothing waits, each sees
// of the other what the other sees of itself, and media leaves one side where
// the other takes it.
func TestAnAgreedSessionIsSeenAlikeFromBothEnds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newTwo(rt)
		w.alice.Use([]Stream{stream("audio", 49172, SendRecv, pcmu, g723), stream("video", 51372, SendRecv, h261)})
		w.bob.Use([]Stream{stream("audio", 3456, SendRecv, g729, pcmu), stream("video", 51374, RecvOnly, h261, mpv)})
		for range rapid.IntRange(1, 20).Draw(rt, "steps") {
			from, to := w.alice, w.bob
			if rapid.Bool().Draw(rt, "bob") {
				from, to = to, from
			}
			switch rapid.IntRange(0, 2).Draw(rt, "wish") {
			case 0:
				from.Hold()
			case 1:
				from.Resume()
			}
			w.some(rt, from, to)
			w.alike(rt)
		}
		// Once both have offered what they want, audio flows to whoever does
		// not hold.
		w.exchange(w.alice, w.bob, sip.INVITE)
		w.exchange(w.bob, w.alice, sip.INVITE)
		w.alike(rt)
		require.Equal(rt, Flow{Send: !w.bob.Held(), Receive: !w.alice.Held()}, w.alice.Stream(0))
	})
}

// some is one exchange, of one of the five ways, or one that is refused.
func (w *two) some(rt *rapid.T, from, to *Session) {
	switch rapid.IntRange(0, 3).Draw(rt, "way") {
	case 0:
		w.exchange(from, to, sip.UPDATE)
	case 1:
		req := w.request(sip.INVITE)
		from.Offer(req)
		w.carry(from, to, req)
		w.carry(to, from, answer(req, 491))
	case 2:
		req := w.request(sip.INVITE)
		w.carry(from, to, req)
		w.carry(to, from, answer(req, 200))
		w.carry(from, to, ack(req))
	case 3:
		req := w.request(sip.INVITE)
		from.Offer(req)
		w.carry(from, to, req)
		w.carry(to, from, reliably(answer(req, 183), 1))
		w.exchange(from, to, sip.PRACK)
		w.carry(to, from, answer(req, 200))
	}
}

func (w *two) alike(t require.TestingT) {
	require.Equal(t, w.alice.State(), w.bob.State())
	if w.alice.State() != Agreed {
		return
	}
	require.Equal(t, facts(w.alice.Local()), facts(w.bob.Remote()))
	require.Equal(t, facts(w.bob.Local()), facts(w.alice.Remote()))
	for i := range w.alice.Streams() {
		a, b := w.alice.Stream(i), w.bob.Stream(i)
		require.Equal(t, a, Flow{Send: b.Receive, Receive: b.Send})
	}
}

func TestSEC_23_HostileDescriptionsAreBounded(t *testing.T) {
	head := lines("v=0", "o=- 1 1 IN IP4 192.0.2.9", "s=-", "c=IN IP4 192.0.2.9", "t=0 0")
	audio := "m=audio 5000 RTP/AVP 0\r\n"
	for name, text := range map[string]string{
		"60 KB of a= lines":       head + audio + strings.Repeat("a=x\r\n", 12000),
		"one a= line of 60 KB":    head + audio + "a=" + strings.Repeat("x", 60<<10) + "\r\n",
		"5,000 m= lines":          head + strings.Repeat(audio, 5000),
		"900 m= lines":            head + strings.Repeat(audio, 900),
		"10,000 formats":          head + "m=audio 5000 RTP/AVP" + strings.Repeat(" 0", 10000) + "\r\n",
		"100 KB":                  head + strings.Repeat("x", 100<<10),
		"nothing":                 "",
		"a NUL":                   "v=0\x00\r\n",
		"no c= line":              lines("v=0", "o=- 1 1 IN IP4 192.0.2.9", "s=-", "t=0 0") + audio,
		"an m= line with no name": head + "m=\r\n",
		"a port of 20 digits":     head + "m=audio 99999999999999999999 RTP/AVP 0\r\n",
		"a port below zero":       head + "m=audio -1 RTP/AVP 0\r\n",
		"a version of 20 digits":  lines("v=0", "o=- 1 99999999999999999999 IN IP4 192.0.2.9", "s=-", "t=0 0"),
		"no format":               head + "m=audio 5000 RTP/AVP\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwo(t)
			step := w.bob.Receive(w.withBody(sip.INVITE, text))
			if name != "one a= line of 60 KB" && text != "" {
				require.Equal(t, 488, step.Refuse.Status)
				require.NotEmpty(t, step.Refuse.Text)
			}
		})
	}
}

func FuzzReceive(f *testing.F) {
	f.Add(lines("v=0", "o=alice 2890844526 2890844526 IN IP4 host.anywhere.com", "s= ", "c=IN IP4 host.anywhere.com", "t=0 0", "m=audio 49170/2 RTP/AVP 0 97", "a=rtpmap:97 x/8000", "a=sendonly"))
	f.Add(lines("v=0", "o=- 1 1 IN IP6 ::1", "s=-", "t=0 0", "a=inactive", "m=video 0 RTP/AVP 31", "m=audio 1 RTP/AVP 0", "c=IN IP4 0.0.0.0"))
	f.Fuzz(func(t *testing.T, text string) {
		w := newTwo(t)
		w.call()
		re := w.withBody(sip.INVITE, text)
		step := w.bob.Receive(re)
		if step.To == RemoteOffer {
			ok := answer(re, 200)
			w.bob.Send(ok)
			mine, err := Parse(ok.Body)
			require.NoError(t, err, "the own answer reads")
			require.Len(t, mine.Media, len(w.bob.Remote().Media))
		}
		own := w.request(sip.INVITE)
		if _, may := w.alice.Offer(own); may {
			resp := answer(own, 200)
			resp.SetBody(contentType, text)
			w.alice.Receive(resp)
			w.alice.Flows()
		}
	})
}

func BenchmarkCall(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		w := newTwo(b)
		w.call()
	}
}
