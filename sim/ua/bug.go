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
	ackToContact  bool
	once2xx       bool
	onceACK       bool
	glareAlike    bool
	cancelsEarly  bool
	firstOnly     bool
	no487         bool
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
	{Bug: core.Bug{
		Name:  "ack-to-contact",
		Means: "sends the ACK to a 2xx straight to the Contact and not by the route, past the proxies that asked to stay on the path",
		Seen:  "kirm/sip.js issue 25, meetecho/janus-gateway issue 1389",
		Ref:   "RFC 3261 §12.2.1.1, §13.2.2.4",
	}, On: func(f *faults) { f.ackToContact = true }},
	{Bug: core.Bug{
		Name:  "no-2xx-retransmission",
		Means: "sends its 2xx once, and does not repeat it until the ACK comes",
		Seen:  "emiago/sipgo issue 227",
		Ref:   "RFC 3261 §13.3.1.4",
	}, On: func(f *faults) { f.once2xx = true }},
	{Bug: core.Bug{
		Name:  "no-ack-retransmission",
		Means: "acknowledges a 2xx once, and is silent to its repeats",
		Seen:  "pjsip/pjproject issue 1725, livekit/sip pull request 851",
		Ref:   "RFC 3261 §13.2.2.4",
	}, On: func(f *faults) { f.onceACK = true }},
	{Bug: core.Bug{
		Name:  "same-glare-wait",
		Means: "waits 250 ms after a 491 whichever end it is, so that two such ends collide again and again",
		Seen:  "thevoiceguy/siphon-ai issue 454",
		Ref:   "RFC 3261 §14.1",
	}, On: func(f *faults) { f.glareAlike = true }},
	{Bug: core.Bug{
		Name:  "cancel-before-1xx",
		Means: "sends the CANCEL at once, though no provisional response has come",
		Seen:  "aoki-taquan/sabiden issue 97",
		Ref:   "RFC 3261 §9.1",
	}, On: func(f *faults) { f.cancelsEarly = true }},
	{Bug: core.Bug{
		Name:  "ignores-second-2xx",
		Means: "ignores the 2xx of another fork: no ACK, and no BYE",
		Seen:  "pjsip/pjproject issue 635, versatica/JsSIP issue 114",
		Ref:   "RFC 3261 §13.2.2.4",
	}, On: func(f *faults) { f.firstOnly = true }},
	{Bug: core.Bug{
		Name:  "no-487",
		Means: "answers a CANCEL with 200 and leaves the INVITE without an answer",
		Seen:  "livekit/sip issue 371",
		Ref:   "RFC 3261 §9.2",
	}, On: func(f *faults) { f.no487 = true }},
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
