package offer

import "slices"

// profile is the transport of every own stream.
const profile = "RTP/AVP"

// proposal is a session description of this side, and what it does to the
// slots once it is agreed.
type proposal struct {
	local *Description
	slots []slot
	text  string
}

// propose makes an offer. A full one is made "as if the UAS were making a
// brand new call" (RFC 3261 §14.2): streams that were refused come again, and
// those that the session never had.
func (s *Session) propose(full bool) proposal {
	p := proposal{local: s.blank(), slots: slices.Clone(s.slots)}
	for i := range p.slots {
		sl := &p.slots[i]
		if full && sl.stream >= 0 {
			sl.live = true
		}
		if sl.live {
			p.local.Media = append(p.local.Media, s.offering(i, sl.stream))
		} else {
			p.local.Media = append(p.local.Media, s.local.Media[i].off())
		}
	}
	for j := range s.settings.Streams {
		if (full || s.more || s.local == nil) && slotOf(p.slots, j) < 0 {
			p.local.Media = append(p.local.Media, s.offering(len(p.slots), j))
			p.slots = append(p.slots, slot{j, true})
		}
	}
	s.print(&p)
	return p
}

// slotOf is the m= line in which an own stream is, -1 for none.
func slotOf(slots []slot, stream int) int {
	return slices.IndexFunc(slots, func(s slot) bool { return s.stream == stream })
}

// offering is the own stream as it is offered in line i.
func (s *Session) offering(i, stream int) Media {
	own := &s.settings.Streams[stream]
	m := s.own(own)
	for _, c := range own.Codecs {
		m.Formats = append(m.Formats, Format{Payload: payload(c.Payload), Name: c.Name})
	}
	m.Direction = own.Direction
	if s.held {
		m.Direction = s.standing(i, own.Direction).And(SendOnly)
	}
	return m
}

// standing is how line i is marked now. "If the stream to be placed on hold
// was previously a sendrecv media stream, it is placed on hold by marking it
// as sendonly. If the stream to be placed on hold was previously a recvonly
// media stream, it is placed on hold by marking it inactive." (RFC 3264 §8.4)
func (s *Session) standing(i int, otherwise Direction) Direction {
	if s.local == nil || i >= len(s.local.Media) || !s.local.Media[i].Live() {
		return otherwise
	}
	return s.local.Media[i].Direction
}

// reply makes the answer to an offer: "For each "m=" line in the offer, there
// MUST be a corresponding "m=" line in the answer." (RFC 3264 §6) taken counts
// the streams that it accepts.
func (s *Session) reply(o *Description) (p proposal, taken int) {
	p.local = s.blank()
	p.local.times = o.times
	p.slots = make([]slot, len(o.Media))
	for i := range p.slots {
		p.slots[i] = slot{stream: -1}
		if i < len(s.slots) {
			p.slots[i] = s.slots[i]
		}
		p.slots[i].live = p.slots[i].live && o.Media[i].Live()
	}
	for i := range o.Media {
		m := s.accept(&o.Media[i], p.slots, i)
		if m.Live() {
			taken++
		}
		p.local.Media = append(p.local.Media, m)
	}
	s.print(&p)
	return p, taken
}

// accept answers one m= line: with the own stream that is in it, or with one
// that is free, or by port zero.
func (s *Session) accept(o *Media, slots []slot, i int) Media {
	j, formats := s.pick(o, slots, i)
	if j < 0 {
		slots[i].live = false
		return o.off()
	}
	if was := slotOf(slots, j); was >= 0 {
		slots[was].stream = -1
	}
	slots[i] = slot{j, true}
	own := &s.settings.Streams[j]
	m := s.own(own)
	m.Formats = formats
	m.Direction = o.marked().Answer(s.wish(own))
	return m
}

// pick is the own stream for an m= line, and the formats that both sides have;
// -1 for none. The stream that is in the line already comes first.
func (s *Session) pick(o *Media, slots []slot, i int) (int, []Format) {
	if !o.Live() || o.Proto != profile || o.multicast() {
		return -1, nil
	}
	if j := slots[i].stream; j >= 0 {
		if f := s.fits(o, j); f != nil {
			return j, f
		}
	}
	for j := range s.settings.Streams {
		if at := slotOf(slots, j); at >= 0 && slots[at].live {
			continue
		}
		if f := s.fits(o, j); f != nil {
			return j, f
		}
	}
	return -1, nil
}

// fits are the formats by which an own stream can answer an m= line.
func (s *Session) fits(o *Media, stream int) []Format {
	own := &s.settings.Streams[stream]
	if own.Kind != o.Kind {
		return nil
	}
	return common(o.Formats, own.Codecs)
}

func (s *Session) wish(own *Stream) Direction {
	if s.held {
		return own.Direction.And(SendOnly)
	}
	return own.Direction
}

// common are the offered formats that this side has, in the offer's order and
// with its payload types.
func common(offered []Format, own []Codec) []Format {
	var both []Format
	for _, f := range offered {
		if slices.ContainsFunc(own, func(c Codec) bool { return sameCodec(c.Name, f.Name) }) {
			both = append(both, f)
		}
	}
	return both
}

// off is the line of a stream that is not wanted: "To reject an offered
// stream, the port number in the corresponding stream in the answer MUST be
// set to zero. Any media formats listed are ignored. At least one MUST be
// present" (RFC 3264 §6).
func (m *Media) off() Media {
	return Media{Kind: m.Kind, Proto: m.Proto, Host: m.Host, Formats: m.Formats[:1]}
}

func (s *Session) own(own *Stream) Media {
	return Media{Kind: own.Kind, Port: int(own.Port), Proto: profile, Host: s.settings.Addr.String()}
}

func (s *Session) blank() *Description {
	return &Description{User: s.settings.User, ID: s.settings.ID, Version: s.version}
}

// print writes the description. "If the version in the origin line does not
// increment, the SDP MUST be identical to the SDP with that version number."
// (RFC 3264 §8)
func (s *Session) print(p *proposal) {
	p.text = p.local.text(s.origin, s.settings.Addr)
	if s.last != "" && p.text != s.last {
		p.local.Version++
		p.text = p.local.text(s.origin, s.settings.Addr)
	}
}

// sent notes the description that goes out.
func (s *Session) sent(p *proposal) { s.version, s.last = p.local.Version, p.text }
