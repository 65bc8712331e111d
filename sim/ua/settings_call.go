package ua

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"siplab/sim/offer"
	"siplab/sim/sip"
)

// Calling are a phone's settings for calls.
type Calling struct {
	// RingFor is how long a caller lets the far end ring before it gives up; 0
	// for as long as the far end likes.
	RingFor time.Duration
	// AnswerAfter is when a called phone answers by itself; 0: it rings until
	// its human does.
	AnswerAfter time.Duration
	// Progress is what a called phone says while it rings: one of Progresses,
	// "" for "180".
	Progress string
	// Reliable is "yes" for a phone that knows 100rel (RFC 3262) and sends its
	// provisional responses reliably to who knows it too, "required" for one
	// that insists; "" for a phone that does not know it.
	Reliable string
	// OfferLate has a caller leave the first offer to the far end (RFC 3261
	// §13.2.1): the INVITE has no SDP, the ACK carries the answer.
	OfferLate bool
	// Media is what the phone is good for: one of Medias, "" for both ways. A
	// server of music sends only.
	Media string
	// Busy turns every call away (§13.3.1.3).
	Busy bool
}

// What Progress, Reliable and Media may be.
var (
	Progresses  = []string{"180", "183", "nothing"}
	Reliability = []string{"yes", "required"}
	Medias      = []string{offer.SendOnly.String(), offer.RecvOnly.String(), offer.Inactive.String()}
)

func (c *Calling) check() []error {
	return []error{
		checkPositive("ringing", c.RingFor), checkPositive("answering", c.AnswerAfter),
		checkOneOf("what a phone says while it rings", c.Progress, Progresses),
		checkOneOf("media", c.Media, Medias),
		checkOneOf("100rel", c.Reliable, Reliability),
	}
}

func checkPositive(what string, d time.Duration) error {
	if d < 0 {
		return fmt.Errorf("%s after less than no time", what)
	}
	return nil
}

func checkOneOf(what, value string, of []string) error {
	if value == "" || slices.Contains(of, value) {
		return nil
	}
	return fmt.Errorf("%s is %s, not %s", what, strings.Join(of, " or "), sip.Visible(value))
}

// streams are the phone's media streams; nil for those of package offer.
func (c *Calling) streams() []offer.Stream {
	if c.Media == "" {
		return nil
	}
	streams := slices.Clone(offer.DefaultStreams)
	for i := range streams {
		streams[i].Direction = offer.Direction(slices.Index(Medias, c.Media) + 1)
	}
	return streams
}

// rel says whether the phone knows 100rel.
func (c *Calling) rel() bool { return c.Reliable != "" }

// insists says whether it does not go without.
func (c *Calling) insists() bool { return c.Reliable == "required" }
