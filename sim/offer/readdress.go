package offer

import (
	"fmt"
	"net/netip"
	"strconv"

	"github.com/pion/sdp/v3"

	"siplab/sim/sip"
)

// Place is where one side takes a stream: an address or a name, and the first of
// its ports. A stream has two ports, for RTP and RTCP, and Count says how many
// streams stand in one m= line.
type Place struct {
	Host  string
	Port  int
	Count int
}

func (p Place) String() string { return p.Host + ":" + strconv.Itoa(p.Port) }

// Readdress changes where the session description of a message says that media
// is taken, in c=, m= and a=rtcp (RFC 3605): to gives the place that comes
// instead; where it has none, false, the description stays as it is. All else of
// it stays. to is not asked about a stream that is off (port 0), one on hold at
// 0.0.0.0, and multicast. A message without a session description stays as it
// is; one whose description cannot be read does too, with the error.
func Readdress(m *sip.Message, to func(Place) (netip.AddrPort, bool)) error {
	text, at, ok := find(m)
	if !ok {
		return nil
	}
	if err := bounds(text); err != nil {
		return err
	}
	var s sdp.SessionDescription
	if err := s.UnmarshalString(text); err != nil {
		return fmt.Errorf("the session description cannot be read: %s", brief(err.Error()))
	}
	session, changed := s.ConnectionInformation, false
	for _, stream := range s.MediaDescriptions {
		from, takes := takenAt(session, stream)
		if !takes {
			continue
		}
		there, ok := to(from)
		if !ok {
			return nil
		}
		readdress(&s, session, stream, there)
		changed = true
	}
	if !changed {
		return nil
	}
	b, err := s.Marshal()
	if err != nil {
		return fmt.Errorf("the session description cannot be written: %s", brief(err.Error()))
	}
	m.ReplaceBody(m.Body[:at] + string(b) + m.Body[at+len(text):])
	return nil
}

// takenAt is where a stream is taken; false where that is no place of one host.
// session is the c= line of the session.
func takenAt(session *sdp.ConnectionInformation, m *sdp.MediaDescription) (Place, bool) {
	c := m.ConnectionInformation
	if c == nil {
		c = session
	}
	port := m.MediaName.Port
	p := Place{Host: host(c), Port: port.Value, Count: 1}
	if port.Range != nil {
		p.Count = *port.Range
	}
	return p, p.Port > 0 && p.Count > 0 && p.Host != "" && !nowhere(p.Host)
}

// readdress changes one stream, and the c= line that it goes by. A stream that
// the session's does not fit any more gets one of its own.
func readdress(s *sdp.SessionDescription, session *sdp.ConnectionInformation, m *sdp.MediaDescription, there netip.AddrPort) {
	m.MediaName.Port.Value = int(there.Port())
	for i := range m.Attributes {
		if m.Attributes[i].Key == "rtcp" {
			m.Attributes[i].Value = strconv.Itoa(int(there.Port()) + 1)
		}
	}
	switch {
	case m.ConnectionInformation == nil && s.ConnectionInformation == session:
		s.ConnectionInformation = connection(there.Addr())
	case m.ConnectionInformation != nil || host(s.ConnectionInformation) != there.Addr().String():
		m.ConnectionInformation = connection(there.Addr())
	}
}

// nowhere says whether an address is that of no one host: a stream is on hold
// at 0.0.0.0 (RFC 3264 §8.4), and multicast reaches many.
func nowhere(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && (a.IsUnspecified() || a.IsMulticast())
}

func connection(a netip.Addr) *sdp.ConnectionInformation {
	kind := "IP4"
	if a.Is6() {
		kind = "IP6"
	}
	return &sdp.ConnectionInformation{NetworkType: "IN", AddressType: kind, Address: &sdp.Address{Address: a.String()}}
}
