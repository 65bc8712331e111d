package offer

import "net/netip"

// Description is what offer and answer need of a session description.
type Description struct {
	User    string
	ID      uint64
	Version uint64
	Media   []Media // one for each m= line, in order

	times string // the t= and r= lines of an offer, for its answer; "": t=0 0
}

// Media is one m= line with its attributes.
type Media struct {
	Kind      string // audio, video, …
	Port      int    // 0: rejected, or taken out
	Proto     string // RTP/AVP
	Host      string // of the c= line that holds for it: an address or a name
	Formats   []Format
	Direction Direction
}

// Format is one format of an m= line.
type Format struct {
	Payload string // as the m= line has it
	Name    string // as a=rtpmap or the profile has it; "" where neither does
}

// Live says whether the stream is wanted: its port is not zero.
func (m *Media) Live() bool { return m.Port != 0 }

// deaf says that nothing may be sent to the stream: "An agent MUST be capable
// of receiving SDP with a connection address of 0.0.0.0, in which case it
// means that neither RTP nor RTCP should be sent to the peer." (RFC 3264 §8.4)
func (m *Media) deaf() bool { return m.Host == "0.0.0.0" }

// marked is the direction with the address of old holds counted in.
func (m *Media) marked() Direction {
	if m.deaf() {
		return m.Direction.And(SendOnly)
	}
	return m.Direction
}

func (m *Media) multicast() bool {
	a, err := netip.ParseAddr(m.Host)
	return err == nil && a.IsMulticast()
}
