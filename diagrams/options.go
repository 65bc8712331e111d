package diagrams

import (
	"time"

	"siplab/sim/words"
)

// Options say what a ladder shows. The zero Options show the whole run.
type Options struct {
	Raw      bool            // every message's bytes stand under its arrow
	Width    int             // in cells; 0: 72 for text, as RFC text has, and room for every label in drawings
	Hosts    []string        // only these lifelines, in this order, and what passes between them; nil: all
	Tap      string          // only what is seen at this host: when packets leave it and arrive there, and its own states
	From, To time.Duration   // only what happened then; To 0: up to the end
	Messages []words.Packets // only messages that one of these chooses; nil: all
	Hide     Shown           // what is left out beside the messages
	Show     Shown           // what is shown that is left out where nobody asks for it
	Most     int             // where Width is 0: text that grows for many hosts ends here; 0: at no width
	Notes    bool            // with the remarks of the elements; Story has them too
	Remarks  []Remark        // texts beside arrows
	Colours  Colours         // what colours tell apart
	Even     bool            // drawings: rows of one height, time has no scale
	Theme    Theme           // of drawings
	Since    bool            // the times are those since the time before, as in +0.020 s
	Ahead    int             // so many events at the end are still to come: the columns have room for them, and nothing of them shows
}

// Remark is a text that stands beside the arrow of the message with that
// label.
type Remark struct{ Label, Text string }

// Shown is a set of what a ladder shows beside the messages.
type Shown uint8

// What may be hidden.
const (
	States   Shown = 1 << iota // of transactions and dialogs
	Timers                     // their bars, and what fires
	Acts                       // of humans
	Told                       // what users are told
	Media                      // where media may flow
	Waits                      // timers that only wait for the end of a machine, and these ends
	Segments                   // of TCP, below the messages
)

// ShownNames are the names of what may be hidden, in the order of the
// constants.
var ShownNames = []string{"states", "timers", "acts", "told", "media", "waits", "segments"}

// AskedNames are the names of what is left out where nobody asks for it: of
// more than four hosts, the states of proxies in text; of more than eight, what
// waits; TCP segments everywhere.
var AskedNames = []string{"states", "waits", SegmentsName}

// SegmentsName is what a choice of messages calls what is no message.
const SegmentsName = "segments"

// Colours says what the colours of arrows tell apart. What they say, a letter
// at the label says too.
type Colours uint8

// The colourings.
const (
	ByKind        Colours = iota // requests, answers that grant, others
	ByTransaction                // RFC 3261 §17.1.3: the branch and the method
	ByDialog                     // RFC 3261 §12: the Call-ID and both tags
)

// ColourNames are the names of the colourings, in the order of the constants.
var ColourNames = []string{"kind", "transaction", "dialog"}

func (o *Options) hides(what Shown) bool { return o.Hide&what != 0 }

// shows says whether somebody asked for what is else left out.
func (o *Options) shows(what Shown) bool { return o.Show&what != 0 && !o.hides(what) }

// Narrow says whether the ladder leaves out messages: then the story of the
// whole run says more than it does.
func (o *Options) Narrow() bool {
	return o.Hosts != nil || o.Tap != "" || o.From > 0 || o.To > 0 || o.Messages != nil
}
