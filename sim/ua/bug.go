package ua

import (
	"slices"
	"strings"

	"siplab/sim/core"
)

// bug is a fault that a phone can be given, with the switch that it throws.
type bug struct {
	core.Bug
	on func(*faults)
}

// faults are the switches.
type faults struct {
	newCallID     bool
	echoChallenge bool
	neverStops    bool
	byeBeforeACK  bool
}

var bugs = [...]bug{
	{core.Bug{
		Name:  "new-call-id",
		Means: "each refresh has a Call-ID of its own, so that the registrar cannot tell which is the latest",
		Seen:  "RestComm/restcomm-android-sdk issue 335, cloudwebrtc/go-sip-ua issue 90",
		Ref:   "RFC 3261 §10.2.4",
	}, func(f *faults) { f.newCallID = true }},
	{core.Bug{
		Name:  "echo-challenge",
		Means: "the answer to a challenge goes out as WWW-Authenticate in place of Authorization",
		Seen:  "pages that teach SIP",
		Ref:   "RFC 3261 §22.2",
	}, func(f *faults) { f.echoChallenge = true }},
	{core.Bug{
		Name:  "never-stops",
		Means: "refused credentials are sent again and again, for as long as there is a challenge",
		Seen:  "RestComm/sipunit issue 18; baresip/re pull request 1143, where it ends after 16",
		Ref:   "RFC 3261 §22.1",
	}, func(f *faults) { f.neverStops = true }},
	{core.Bug{
		Name:  "bye-before-ack",
		Means: "a called phone that hangs up sends BYE though the ACK to its 2xx has not come",
		Seen:  "RFC 5407 §3.2.4, as drawn",
		Ref:   "RFC 3261 §15",
	}, func(f *faults) { f.byeBeforeACK = true }},
}

// Bugs lists the faults that a phone can be given.
func Bugs() []core.Bug {
	list := make([]core.Bug, len(bugs))
	for i := range bugs {
		list[i] = bugs[i].Bug
	}
	return list
}

func bugNames() string {
	var names []string
	for _, b := range Bugs() {
		names = append(names, b.Name)
	}
	return strings.Join(names, ", ")
}

// faultsOf throws the switches of the bugs named.
func faultsOf(names []string) faults {
	var f faults
	for i := range bugs {
		if slices.Contains(names, bugs[i].Name) {
			bugs[i].on(&f)
		}
	}
	return f
}
