package capture

import (
	"slices"
	"strings"
	"time"

	"github.com/gopacket/gopacket/layers"

	"siplab/sim/sip"
)

// incoming is one direction of a TCP connection as it is read.
type incoming struct {
	way   way
	first uint32 // the sequence number of its first byte
	want  uint32 // the next
	early []segment
	size  int // bytes in early

	probe  string // the begin of a line that may be a start line
	fresh  bool   // it is known from its SYN on, and nothing was left out
	synced bool   // the framer knows where a message begins
	framer sip.Framer
	given  int    // bytes that the framer was given
	times  []mark // of what it was given and is in no message yet
}

// segment came before what belongs before it.
type segment struct {
	seq  uint32
	data string
	at   time.Duration
}

// mark says when the bytes of a stream up to a place were on the wire.
type mark struct {
	end int
	at  time.Duration
}

// mostEarly bounds the segments that wait, as Limits.Held does their bytes.
const mostEarly = 256

// The words for what is left out of streams.
const (
	hole     = "holes in TCP streams"
	noSIP    = "TCP segments that are no SIP"
	unframed = "TCP streams whose messages cannot be told apart"
	forgot   = "TCP streams given up for newer ones"
	halfSIP  = "SIP messages that do not end"
)

// tcp follows connections.
type tcp struct {
	open   *recent[way, *incoming]
	limits *Limits
	out    *leftOut
	tell   func(text, transport string, w way, seen span)
}

func newTCP(limits *Limits, out *leftOut, tell func(string, string, way, span)) *tcp {
	t := &tcp{limits: limits, out: out, tell: tell}
	t.open = newRecent[way](limits.Streams, func(s *incoming) {
		out.count(forgot)
		t.finish(s)
	})
	return t
}

// follows says whether the sequence number a comes after b (RFC 9293 §3.4).
func follows(a, b uint32) bool { return int32(a-b) > 0 }

// segment takes in one segment.
func (t *tcp) segment(w way, head *layers.TCP, at time.Duration) {
	s, known := t.open.get(w)
	if known && (head.RST || head.SYN && s.first != head.Seq+1) {
		t.finish(s)
		t.open.drop(w)
		known = false
	}
	seq := head.Seq
	if head.SYN {
		seq++
	}
	if !known {
		if !head.SYN && len(head.Payload) == 0 {
			return
		}
		s = &incoming{way: w, first: seq, want: seq, fresh: head.SYN}
		t.open.put(w, s)
	}
	if len(head.Payload) > 0 {
		t.take(s, segment{seq, string(head.Payload), at})
	}
}

// take puts what has come in its place. What came twice counts as it came
// first.
func (t *tcp) take(s *incoming, g segment) {
	if follows(g.seq, s.want) {
		t.keep(s, g)
		return
	}
	t.join(s, g)
	for len(s.early) > 0 && !follows(s.early[0].seq, s.want) {
		t.join(s, s.shift())
	}
}

func (s *incoming) shift() segment {
	g := s.early[0]
	s.early = slices.Delete(s.early, 0, 1)
	s.size -= len(g.data)
	return g
}

// keep keeps an early segment. When too much waits for a hole, the hole is
// passed over: what a capture has missed does not come.
func (t *tcp) keep(s *incoming, g segment) {
	i, same := slices.BinarySearchFunc(s.early, g.seq, func(e segment, seq uint32) int { return int(int32(e.seq - seq)) })
	if same {
		return
	}
	s.early = slices.Insert(s.early, i, g)
	s.size += len(g.data)
	for s.size > t.limits.Held || len(s.early) > mostEarly {
		t.skip(s)
	}
}

// skip passes over a hole.
func (t *tcp) skip(s *incoming) {
	t.out.count(hole)
	s.unsync(t.out)
	s.want = s.early[0].seq
	for len(s.early) > 0 && !follows(s.early[0].seq, s.want) {
		t.join(s, s.shift())
	}
}

// join takes the new bytes of a segment.
func (t *tcp) join(s *incoming, g segment) {
	old := s.want - g.seq
	if int64(old) >= int64(len(g.data)) {
		return
	}
	s.want = g.seq + uint32(len(g.data))
	t.read(s, g.data[old:], g.at)
}

// unsync is for a stream in which the begin of the next message is not known.
func (s *incoming) unsync(out *leftOut) {
	if s.synced && s.framer.Held() > 0 {
		out.count(halfSIP)
	}
	s.fresh, s.synced, s.probe, s.times, s.given, s.framer = false, false, "", nil, 0, sip.Framer{}
}

// mostProbe is how long a line may be that could be a start line.
const mostProbe = 8 << 10

// read takes the next bytes of a stream. What does not begin like SIP is left
// out, segment by segment, until one does.
func (t *tcp) read(s *incoming, data string, at time.Duration) {
	s.given += len(data)
	s.times = append(s.times, mark{s.given, at})
	if !s.synced {
		s.probe += data
		line := strings.TrimLeft(s.probe, "\r\n")
		switch _, _, _, ok := sip.Peek(line); {
		case line == "": // line ends keep a connection alive (RFC 5626 §3.5.1)
			s.probe, s.given, s.times = "", 0, nil
			return
		case s.fresh && startsLine(line):
			return
		case !ok:
			t.out.count(noSIP)
			s.unsync(t.out)
			return
		}
		s.synced, data, s.probe = true, s.probe, ""
	}
	s.framer.Write([]byte(data))
	t.frame(s)
}

// startsLine says that a text may be the begin of a start line that goes on.
func startsLine(s string) bool {
	return len(s) < mostProbe && strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\r' }) < 0
}

// frame tells the messages that are whole.
func (t *tcp) frame(s *incoming) {
	for {
		text, ok, err := s.framer.Next()
		switch {
		case err != nil:
			t.out.count(unframed)
			if text != "" {
				t.tell(text, "tcp", s.way, s.seen(s.given-s.framer.Held(), s.given))
			}
			s.synced = false
			s.unsync(t.out)
			return
		case !ok:
			return
		}
		end := s.given - s.framer.Held()
		t.tell(text, "tcp", s.way, s.seen(end-len(text), end))
	}
}

// seen is when the bytes between two places were on the wire.
func (s *incoming) seen(from, to int) span {
	first := 0
	for first < len(s.times)-1 && s.times[first].end <= from {
		first++
	}
	s.times = s.times[first:]
	seen := span{s.times[0].at, s.times[0].at}
	for i := 1; i < len(s.times) && s.times[i-1].end < to; i++ {
		seen = seen.with(s.times[i].at)
	}
	return seen
}

// finish is for a stream of which no more comes: its holes are holes.
func (t *tcp) finish(s *incoming) {
	for len(s.early) > 0 {
		t.skip(s)
	}
	s.unsync(t.out)
}

// rest ends all streams.
func (t *tcp) rest() { t.open.each(t.finish) }
