package explore

import (
	"strconv"
	"time"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// Packet is one packet that an element sent.
type Packet struct {
	N       int32         `json:"packet"`  // number
	Label   string        `json:"label"`   // in the ladder: F1
	Message string        `json:"message"` // REGISTER, 200 OK, 200 OK for BYE
	From    string        `json:"from"`    // hosts
	To      string        `json:"to"`      // "" where nobody has the address
	Sent    time.Duration `json:"sent"`
	Copy    int           `json:"copy"` // 1: the message was sent for the first time; 2: the second
	Of      string        `json:"of"`   // label of the first sending, where Copy is more than 1

	event  int32 // that sent it
	stream bool  // it goes in segments, which are what the network loses
}

// String names the packet in a few words.
func (p *Packet) String() string {
	s := p.Label + " " + p.Message
	if p.Copy > 1 {
		s += " (copy " + strconv.Itoa(p.Copy) + " of " + p.Of + ")"
	}
	return s
}

// original is the label of the message, whichever copy of it p is.
func original(p *trace.Packet) string {
	if p.Again != "" {
		return p.Again
	}
	return p.Label
}

// message is what a packet says, in two or three words. Where responses to
// more than one method are about, each names its own.
func message(p *trace.Packet, mixed bool) string {
	switch {
	case p.Status == 0 && p.Method == "":
		return strconv.Itoa(len(p.Raw)) + " bytes"
	case p.Status == 0:
		return p.Method
	}
	s := statusWords(p.Status)
	if mixed {
		s += " for " + p.Method
	}
	return s
}

func statusWords(status int) string {
	s := strconv.Itoa(status)
	if reason := sip.Reason(status); reason != "" {
		s += " " + reason
	}
	return s
}

// mixed says whether the run has responses to more than one method.
func mixed(tr *trace.Trace) bool {
	method := ""
	for i := range tr.Events {
		e := &tr.Events[i]
		if e.Kind != trace.Send || e.Packet.Status == 0 || e.Packet.Method == method {
			continue
		}
		if method != "" {
			return true
		}
		method = e.Packet.Method
	}
	return false
}
