package offer

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

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

// Readdress has the session description of a message say that media is taken at
// addr, in c=, m= and a=rtcp (RFC 3605): port is the one that comes instead of a
// place; where there is none, false, the description stays as it is. All else of
// it stays, byte for byte. port is not asked about a stream that is off (port 0),
// one on hold at 0.0.0.0, and multicast. A message without a session description
// stays as it is; one whose description cannot be read does too, with the error.
func Readdress(m *sip.Message, addr netip.Addr, port func(Place) (int, bool)) error {
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
	r := readdressing{host: addr.String(), kind: "IP4", ports: make([]int, len(s.MediaDescriptions))}
	if addr.Is6() {
		r.kind = "IP6"
	}
	changed := false
	for i, stream := range s.MediaDescriptions {
		place, takes := takenAt(s.ConnectionInformation, stream)
		if !takes {
			continue
		}
		if r.ports[i], ok = port(place); !ok {
			return nil
		}
		changed = true
		r.session = r.session || stream.ConnectionInformation == nil
	}
	if !changed {
		return nil
	}
	after := r.rewrite(text)
	if !r.stands(after) {
		return errors.New("the session description is not one field a line: its addresses cannot be changed")
	}
	m.ReplaceBody(m.Body[:at] + after + m.Body[at+len(text):])
	return nil
}

// stands says whether the new places are read where they were written: pion/sdp
// takes more for a description than lines.
func (r *readdressing) stands(text string) bool {
	var s sdp.SessionDescription
	if s.UnmarshalString(text) != nil || len(s.MediaDescriptions) != len(r.ports) {
		return false
	}
	for i, stream := range s.MediaDescriptions {
		place, _ := takenAt(s.ConnectionInformation, stream)
		if r.ports[i] > 0 && (place.Host != r.host || place.Port != r.ports[i]) {
			return false
		}
	}
	return true
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

// readdressing are the new places of a session description.
type readdressing struct {
	host, kind string
	ports      []int // of each stream; 0: it stays
	session    bool  // the session's c= line changes
}

// rewrite is the text with the lines changed that say where media is taken.
func (r *readdressing) rewrite(text string) string {
	var b strings.Builder
	stream := -1
	for line := range strings.Lines(text) {
		body := strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(body, "m=") {
			stream++
		}
		b.WriteString(r.line(body, stream))
		b.WriteString(line[len(body):])
	}
	return b.String()
}

// line is one line of a stream, -1 for the session.
func (r *readdressing) line(line string, stream int) string {
	port := 0
	if stream >= 0 && stream < len(r.ports) {
		port = r.ports[stream]
	}
	switch {
	case strings.HasPrefix(line, "c=") && (port > 0 || stream < 0 && r.session):
		return "c=IN " + r.kind + " " + r.host
	case port == 0:
	case strings.HasPrefix(line, "m="):
		medium, rest, _ := strings.Cut(line, " ")
		return medium + " " + strconv.Itoa(port) + strings.TrimLeft(strings.TrimLeft(rest, " "), "0123456789")
	case strings.HasPrefix(line, "a=rtcp:"):
		return "a=rtcp:" + strconv.Itoa(port+1)
	}
	return line
}

// nowhere says whether an address is that of no one host: a stream is on hold
// at 0.0.0.0 (RFC 3264 §8.4), and multicast reaches many.
func nowhere(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && (a.IsUnspecified() || a.IsMulticast())
}
