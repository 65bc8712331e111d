package offer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func TestRFC3264_8_TheLinesOfASession(t *testing.T) {
	both := []Stream{stream("audio", 49170, SendRecv, pcmu), stream("video", 51372, SendRecv, h261)}
	alone := []Stream{stream("audio", 49920, SendRecv, pcmu)}
	t.Run("a stream that was refused keeps its line at port zero, and comes again in a full offer", func(t *testing.T) {
		w := newExample(t, both, alone)
		w.call()
		w.alice.Hold()
		w.example(w.alice, w.bob, fact("audio 49170 PCMU/8000 sendonly", "video 0"), fact("audio 49920 PCMU/8000 recvonly", "video 0"))
		w.alice.Resume()
		asked := w.request(sip.INVITE)
		w.carry(w.bob, w.alice, asked)
		ok := answer(asked, 200)
		w.carry(w.alice, w.bob, ok)
		d, err := Parse(ok.Body)
		require.NoError(t, err)
		require.Equal(t, fact("audio 49170 PCMU/8000 sendrecv", "video 51372 H261/90000 sendrecv"), facts(d))
		w.carry(w.bob, w.alice, ack(asked))
		w.states("Agreed, Agreed")
	})
	t.Run("a stream that moves to another line leaves its own", func(t *testing.T) {
		w := newExample(t, both, alone)
		w.call()
		re := w.withBody(sip.INVITE, lines("v=0", "o=alice 1 2 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0",
			"m=audio 0 RTP/AVP 0", "m=video 0 RTP/AVP 31", "m=audio 5000 RTP/AVP 0"))
		require.Zero(t, w.bob.Receive(re).Refuse)
		ok := answer(re, 200)
		w.bob.Send(ok)
		d, err := Parse(ok.Body)
		require.NoError(t, err)
		require.Equal(t, fact("audio 0", "video 0", "audio 49920 PCMU/8000 sendrecv"), facts(d))
		own := w.request(sip.INVITE)
		w.bob.Offer(own)
		d, err = Parse(own.Body)
		require.NoError(t, err)
		require.Equal(t, fact("audio 0", "video 0", "audio 49920 PCMU/8000 sendrecv"), facts(d))
		w.bob.Receive(answer(own, 491))
		back := w.withBody(sip.INVITE, lines("v=0", "o=alice 1 3 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0",
			"m=audio 5000 RTP/AVP 0", "m=video 0 RTP/AVP 31", "m=audio 0 RTP/AVP 0"))
		require.Zero(t, w.bob.Receive(back).Refuse)
		ok = answer(back, 200)
		w.bob.Send(ok)
		d, err = Parse(ok.Body)
		require.NoError(t, err)
		require.Equal(t, fact("audio 49920 PCMU/8000 sendrecv", "video 0", "audio 0"), facts(d))
	})
	t.Run("a full offer leaves a line that moved as it is", func(t *testing.T) {
		w := newExample(t, both, alone)
		w.call()
		re := w.withBody(sip.INVITE, lines("v=0", "o=alice 1 2 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0",
			"m=audio 0 RTP/AVP 0", "m=video 0 RTP/AVP 31", "m=audio 5000 RTP/AVP 0"))
		w.bob.Receive(re)
		w.bob.Send(answer(re, 200))
		asked := w.request(sip.INVITE)
		w.bob.Receive(asked)
		ok := answer(asked, 200)
		w.bob.Send(ok)
		d, err := Parse(ok.Body)
		require.NoError(t, err)
		require.Equal(t, fact("audio 0", "video 0", "audio 49920 PCMU/8000 sendrecv"), facts(d))
	})
	t.Run("a wish that comes while the phone rings is in the answer", func(t *testing.T) {
		w := newTwo(t)
		invite := w.request(sip.INVITE)
		w.alice.Offer(invite)
		w.carry(w.alice, w.bob, invite)
		w.bob.Hold()
		w.carry(w.bob, w.alice, answer(invite, 200))
		w.flows("recvonly sendonly")
	})
}
