package offer

import (
	"net/netip"
	"strconv"
)

// text is the session description as it is sent: s= and t= as RFC 3264 §5 has
// them, one c= line for all streams. The o= line is "identical to that in the
// previous SDP, except that the version in the origin field MUST increment by
// one" (§8), so that its address never moves.
func (d *Description) text(origin, at netip.Addr) string {
	var room [512]byte
	b := append(append(room[:0], "v=0\r\no="...), d.User...)
	b = strconv.AppendUint(append(b, ' '), d.ID, 10)
	b = strconv.AppendUint(append(b, ' '), d.Version, 10)
	b = appendAddr(append(b, ' '), origin)
	b = append(b, "\r\ns=-\r\nc="...)
	b = appendAddr(b, at)
	b = append(b, "\r\n"...)
	if d.times == "" {
		b = append(b, "t=0 0\r\n"...)
	}
	b = append(b, d.times...)
	for i := range d.Media {
		b = d.Media[i].appendTo(b)
	}
	return string(b)
}

// appendAddr appends nettype, addrtype and address (RFC 4566 §5.2).
func appendAddr(b []byte, a netip.Addr) []byte {
	if a.Is6() && !a.Is4In6() {
		return a.AppendTo(append(b, "IN IP6 "...))
	}
	return a.AppendTo(append(b, "IN IP4 "...))
}

// appendTo appends the m= line with its attributes. A stream that is not wanted
// has none.
func (m *Media) appendTo(b []byte) []byte {
	b = append(append(append(b, "m="...), m.Kind...), ' ')
	b = strconv.AppendInt(b, int64(m.Port), 10)
	b = append(append(b, ' '), m.Proto...)
	for i := range m.Formats {
		b = append(append(b, ' '), m.Formats[i].Payload...)
	}
	b = append(b, "\r\n"...)
	if !m.Live() {
		return b
	}
	for i := range m.Formats {
		if f := &m.Formats[i]; f.Name != "" {
			b = append(append(b, "a=rtpmap:"...), f.Payload...)
			b = append(append(append(b, ' '), f.Name...), "\r\n"...)
		}
	}
	if m.Direction != SendRecv {
		b = append(append(append(b, "a="...), m.Direction.String()...), "\r\n"...)
	}
	return b
}
