package offer

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/pion/sdp/v3"

	"siplab/sim/sip"
)

// The bounds of a session description: past one of them it is refused, never
// cut.
const (
	maxBytes   = 64 << 10
	maxLines   = 1000
	maxMedia   = 64
	maxFormats = 100 // of one m= line
)

// Parse reads a session description. The syntax is that of RFC 4566, as
// pion/sdp reads it; it knows the media and transports that are registered.
func Parse(text string) (*Description, error) {
	if err := bounds(text); err != nil {
		return nil, err
	}
	if d := plain(text); d != nil {
		return d, nil
	}
	return parse(text)
}

// parse reads what is not plain.
func parse(text string) (*Description, error) {
	var s sdp.SessionDescription
	if err := s.UnmarshalString(text); err != nil {
		return nil, errors.New("the session description cannot be read: " + brief(err.Error()))
	}
	if err := checkOrigin(text); err != nil {
		return nil, err
	}
	if len(s.MediaDescriptions) > maxMedia {
		return nil, fmt.Errorf("the session description has %d media streams, and %d is the most", len(s.MediaDescriptions), maxMedia)
	}
	d := &Description{User: s.Origin.Username, ID: s.Origin.SessionID, Version: s.Origin.SessionVersion, times: timesOf(s.TimeDescriptions)}
	d.Media = make([]Media, 0, len(s.MediaDescriptions))
	for _, m := range s.MediaDescriptions {
		media, err := readMedia(&s, m)
		if err != nil {
			return nil, err
		}
		d.Media = append(d.Media, media)
	}
	return d, nil
}

// timesOf are the t= and r= lines, which the answer repeats: "The "t=" line in
// the answer MUST equal that of the offer." (RFC 3264 §6) It is "" for t=0 0.
func timesOf(all []sdp.TimeDescription) string {
	if len(all) == 1 && all[0].Timing == (sdp.Timing{}) && len(all[0].RepeatTimes) == 0 {
		return ""
	}
	var b strings.Builder
	for i := range all {
		b.WriteString("t=" + all[i].Timing.String() + "\r\n")
		for _, r := range all[i].RepeatTimes {
			b.WriteString("r=" + r.String() + "\r\n")
		}
	}
	return b.String()
}

func bounds(text string) error {
	switch lines := strings.Count(text, "\n"); {
	case len(text) > maxBytes:
		return fmt.Errorf("the session description has %d bytes, and %d is the most", len(text), maxBytes)
	case lines > maxLines:
		return fmt.Errorf("the session description has %d lines, and %d is the most", lines, maxLines)
	case text == "":
		return errors.New("the session description is empty")
	}
	return nil
}

// checkOrigin reads the numbers of the o= line, which follows v=: "The numeric
// value of the session id and version in the o line MUST be representable with
// a 64 bit signed integer." (RFC 3264 §5) pion/sdp lets greater ones wrap.
func checkOrigin(text string) error {
	_, o, _ := strings.Cut(text, "o=")
	o, _, _ = strings.Cut(o, "\n")
	var fields [3]string // user, session id, version
	n := 0
	for field := range strings.FieldsSeq(o) {
		if n < len(fields) {
			fields[n] = field
		}
		n++
	}
	if n < len(fields) {
		return errors.New("the o= line is short: it has a user, a session id and a version")
	}
	for _, n := range fields[1:] {
		if _, err := strconv.ParseInt(n, 10, 64); err != nil {
			return fmt.Errorf("the o= line has %s, which is no number below 2**63", brief(n))
		}
	}
	return nil
}

// brief is text that a peer may have a part in, safe to show and to send.
func brief(text string) string {
	const most = 80
	if len(text) > most {
		text = text[:most] + "..."
	}
	return sip.Visible(text)
}

func readMedia(s *sdp.SessionDescription, m *sdp.MediaDescription) (Media, error) {
	name := &m.MediaName
	media := Media{Kind: name.Media, Port: name.Port.Value, Proto: strings.Join(name.Protos, "/")}
	switch {
	case len(name.Formats) == 0:
		return media, fmt.Errorf("the m= line of a %s stream has no format", name.Media)
	case len(name.Formats) > maxFormats:
		return media, fmt.Errorf("the m= line of a %s stream has %d formats, and %d is the most", name.Media, len(name.Formats), maxFormats)
	}
	media.Host = host(m.ConnectionInformation)
	if media.Host == "" {
		media.Host = host(s.ConnectionInformation)
	}
	if media.Host == "" && media.Live() {
		return media, fmt.Errorf("no c= line says where the %s stream is received", name.Media)
	}
	for _, f := range name.Formats {
		media.Formats = append(media.Formats, Format{Payload: f, Name: static[f]})
	}
	media.Direction = direction(s.Attributes, SendRecv)
	media.Direction = direction(m.Attributes, media.Direction)
	readMaps(&media, m.Attributes)
	return media, nil
}

// host is the address of a c= line, without the scope of a multicast one.
func host(c *sdp.ConnectionInformation) string {
	if c == nil || c.Address == nil {
		return ""
	}
	h, _, _ := strings.Cut(c.Address.Address, "/")
	return h
}

// direction is the first direction among the attributes, or otherwise.
func direction(all []sdp.Attribute, otherwise Direction) Direction {
	for i := range all {
		if d, ok := parseDirection(all[i].Key); ok {
			return d
		}
	}
	return otherwise
}

// readMaps reads a=rtpmap:<payload> <name>.
func readMaps(m *Media, all []sdp.Attribute) {
	for i := range all {
		if all[i].Key != "rtpmap" {
			continue
		}
		payload, name, _ := strings.Cut(all[i].Value, " ")
		m.name(payload, strings.TrimSpace(name))
	}
}

// name gives a format its name.
func (m *Media) name(payload, name string) {
	for i := range m.Formats {
		if m.Formats[i].Payload == payload {
			m.Formats[i].Name = name
		}
	}
}
