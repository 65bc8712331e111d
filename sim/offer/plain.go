package offer

import (
	"strconv"
	"strings"
)

// plain knows at a glance the session descriptions that phones write most: lines
// v, o, s, c and t as [Description.text] has them, and media of RTP/AVP with no
// attributes but a=rtpmap and one direction. It is nil where it does not know the
// text, and where it does it finds what pion/sdp finds, without the thirty
// allocations that this takes: a tenth of the time of a call. Each body of a run
// is another one, so that none is worth keeping.
func plain(text string) *Description {
	p := plainText(text)
	d := &Description{Media: make([]Media, 0, strings.Count(text, "\nm="))}
	if !p.is("v=0") || !p.origin(d) || !p.is("s=-") {
		return nil
	}
	c, ok := p.after("c=")
	host, isAddr := plainAddress(c)
	if !ok || !isAddr || !p.is("t=0 0") {
		return nil
	}
	for p != "" {
		m := Media{Host: host}
		if !p.media(&m) || !p.attributes(&m) || len(d.Media) == maxMedia {
			return nil
		}
		d.Media = append(d.Media, m)
	}
	if len(d.Media) == 0 {
		return nil
	}
	return d
}

// plainText is what is left of a text.
type plainText string

// after takes the next line, if it begins so: the rest of it.
func (p *plainText) after(begins string) (string, bool) {
	line, rest, ended := strings.Cut(string(*p), "\r\n")
	value, ok := strings.CutPrefix(line, begins)
	if ok = ok && ended; ok {
		*p = plainText(rest)
	}
	return value, ok
}

// is takes the next line, if it is this one.
func (p *plainText) is(line string) bool {
	rest, ok := p.after(line)
	return ok && rest == ""
}

// origin takes o=alice 2890844526 2890844527 IN IP4 192.0.2.1.
func (p *plainText) origin(d *Description) bool {
	o, ok := p.after("o=")
	user, o, _ := strings.Cut(o, " ")
	id, o, _ := strings.Cut(o, " ")
	version, o, _ := strings.Cut(o, " ")
	_, isAddr := plainAddress(o)
	var bad, badToo error
	d.User = user
	d.ID, bad = strconv.ParseUint(id, 10, 63)
	d.Version, badToo = strconv.ParseUint(version, 10, 63)
	return ok && isAddr && isWord(user) && bad == nil && badToo == nil
}

// media takes m=audio 49170 RTP/AVP 0 8.
func (p *plainText) media(m *Media) bool {
	line, ok := p.after("m=")
	kind, line, _ := strings.Cut(line, " ")
	port, line, _ := strings.Cut(line, " ")
	proto, formats, _ := strings.Cut(line, " ")
	n, err := strconv.ParseUint(port, 10, 16)
	most := strings.Count(formats, " ") + 1
	if !ok || kind != "audio" && kind != "video" || err != nil || proto != profile || most > maxFormats {
		return false
	}
	m.Kind, m.Port, m.Proto, m.Formats = kind, int(n), proto, make([]Format, 0, most)
	for f := range strings.SplitSeq(formats, " ") {
		if !isWord(f) {
			return false
		}
		m.Formats = append(m.Formats, Format{Payload: f, Name: static[f]})
	}
	return true
}

// attributes takes a=rtpmap:0 PCMU/8000 and a=sendonly.
func (p *plainText) attributes(m *Media) bool {
	directed := false
	for strings.HasPrefix(string(*p), "a=") {
		a, ok := p.after("a=")
		if codec, is := strings.CutPrefix(a, "rtpmap:"); is {
			payload, name, _ := strings.Cut(codec, " ")
			ok = ok && isWord(payload) && isWord(name)
			m.name(payload, name)
		} else {
			var is bool
			m.Direction, is = parseDirection(a)
			ok = ok && is && !directed
			directed = true
		}
		if !ok {
			return false
		}
	}
	return true
}

// plainAddress knows IN IP4 192.0.2.1.
func plainAddress(s string) (string, bool) {
	a, ok := strings.CutPrefix(s, "IN IP4 ")
	if !ok {
		a, ok = strings.CutPrefix(s, "IN IP6 ")
	}
	return a, ok && isWord(a) && strings.IndexByte(a, '/') < 0
}

// isWord says whether s is visible ASCII throughout.
func isWord(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != ""
}
