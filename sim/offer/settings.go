package offer

import (
	"net/netip"
	"strings"

	"siplab/sim/fsm"
)

// Codec is a media format (RFC 3264 §5.1): its name and clock rate as in
// a=rtpmap, and the RTP payload type that this side gives it.
type Codec struct {
	Name    string // PCMU/8000
	Payload uint8
}

// Stream is one media stream that this side can have.
type Stream struct {
	Kind      string // audio, video, …
	Port      uint16 // where it receives; not 0
	Codecs    []Codec
	Direction Direction // what it is good for; zero: both ways
}

// Settings are what one side brings to a session.
type Settings struct {
	User    string // of the o= line; "" is "-"
	ID      uint64 // session id and first version; below 2**62
	Addr    netip.Addr
	Streams []Stream  // nil: DefaultStreams
	Seen    fsm.Probe // of the rows that the session takes; nil: nobody looks
}

// DefaultStreams is one audio stream of PCMU.
var DefaultStreams = []Stream{{Kind: "audio", Port: 49170, Codecs: []Codec{{"PCMU/8000", 0}}}}

// static are the payload types that need no a=rtpmap: those of the profile
// RTP/AVP that RFC 3264 uses in its examples, and their nearest kin.
var static = map[string]string{
	"0": "PCMU/8000", "3": "GSM/8000", "4": "G723/8000", "8": "PCMA/8000", "9": "G722/8000", "18": "G729/8000",
	"31": "H261/90000", "32": "MPV/90000", "34": "H263/90000",
}

// sameCodec compares two names: without case, and one channel is the default.
func sameCodec(a, b string) bool {
	return strings.EqualFold(strings.TrimSuffix(a, "/1"), strings.TrimSuffix(b, "/1"))
}
