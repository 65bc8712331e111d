package ua

import (
	"strings"

	"siplab/sim/core"
)

// faults are the switches.
type faults struct {
	newCallID     bool
	echoChallenge bool
	neverStops    bool
	byeBeforeACK  bool
}

var bugs = core.Switches[faults]{
	{Bug: core.Bug{
		Name:  "new-call-id",
		Means: "each refresh has a Call-ID of its own, so that the registrar cannot tell which is the latest",
		Seen:  "RestComm/restcomm-android-sdk issue 335, cloudwebrtc/go-sip-ua issue 90",
		Ref:   "RFC 3261 §10.2.4",
	}, On: func(f *faults) { f.newCallID = true }},
	{Bug: core.Bug{
		Name:  "echo-challenge",
		Means: "the answer to a challenge goes out as WWW-Authenticate in place of Authorization",
		Seen:  "pages that teach SIP",
		Ref:   "RFC 3261 §22.2",
	}, On: func(f *faults) { f.echoChallenge = true }},
	{Bug: core.Bug{
		Name:  "never-stops",
		Means: "refused credentials are sent again and again, for as long as there is a challenge",
		Seen:  "RestComm/sipunit issue 18; baresip/re pull request 1143, where it ends after 16",
		Ref:   "RFC 3261 §22.1",
	}, On: func(f *faults) { f.neverStops = true }},
	{Bug: core.Bug{
		Name:  "bye-before-ack",
		Means: "a called phone that hangs up sends BYE though the ACK to its 2xx has not come",
		Seen:  "RFC 5407 §3.2.4, as drawn",
		Ref:   "RFC 3261 §15",
	}, On: func(f *faults) { f.byeBeforeACK = true }},
}

// Bugs lists the faults that a phone can be given.
func Bugs() []core.Bug { return bugs.Bugs() }

func bugNames() string {
	var names []string
	for _, b := range Bugs() {
		names = append(names, b.Name)
	}
	return strings.Join(names, ", ")
}
