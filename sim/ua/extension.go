package ua

import (
	"slices"
	"strings"

	"siplab/sim/sip"
)

// The option-tags of extensions that the phone has something to do for.
const (
	rel      = "100rel"   // RFC 3262
	replaces = "replaces" // RFC 3891
	join     = "join"     // RFC 3911
)

// extensions are the option-tags that a phone supports (§20.37).
func (s *Settings) extensions() []string {
	var tags []string
	if s.rel() {
		tags = append(tags, rel)
	}
	if s.Path {
		tags = append(tags, "path")
	}
	if s.SessionTimer.known() {
		tags = append(tags, timerTag)
	}
	return append(tags, replaces, join)
}

func (p *Phone) supports(tag string) bool {
	return slices.ContainsFunc(p.self.extensions, func(own string) bool { return sip.EqualFold(own, tag) })
}

// missing lists the option-tags of Require that the phone does not support.
func (p *Phone) missing(m *sip.Message) string {
	var tags []string
	for tag := range m.Values(sip.NameRequire) {
		if !p.supports(tag) {
			tags = append(tags, tag)
		}
	}
	return strings.Join(tags, ", ")
}

// knows says whether the far end supports or requires an extension.
func knows(m *sip.Message, tag string) bool {
	for _, n := range []sip.Name{sip.NameSupported, sip.NameRequire} {
		for v := range m.Values(n) {
			if sip.EqualFold(v, tag) {
				return true
			}
		}
	}
	return false
}
