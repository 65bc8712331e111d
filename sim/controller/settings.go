package controller

import (
	"errors"
	"fmt"
	"strings"

	"siplab/sim/core"
	"siplab/sim/fsm"
	"siplab/sim/sip"
	"siplab/sim/words"
)

// Settings are what a controller is told before it starts.
type Settings struct {
	AOR string // who it says it is, a SIP URI
	// User and Password are its credentials. User "" is the user part of AOR.
	// Without a password the controller answers no challenge.
	User, Password string
	// Seen is shown the rows that its dialogs take; nil: nobody looks.
	Seen fsm.Probe
}

// String names the controller. The password is not in it.
func (s Settings) String() string { return "controller " + s.AOR }

// GoString leaves the password out too.
func (s Settings) GoString() string { return s.String() }

// user is the name that credentials carry.
func (s *Settings) user() string {
	if u, err := sip.ParseURI(s.AOR); s.User == "" && s.Password != "" && err == nil {
		return u.User
	}
	return s.User
}

// Check says what is wrong with the settings, nil for nothing.
func (s *Settings) Check() error {
	u, err := sip.ParseURI(s.AOR)
	switch {
	case err != nil:
		return fmt.Errorf("the address-of-record %s: %w", sip.Visible(s.AOR), err)
	case !u.IsSIP() || u.User == "":
		return fmt.Errorf("the address-of-record %s is no SIP URI with a user, such as sip:desk@biloxi.example.com", sip.Visible(s.AOR))
	}
	return nil
}

// Verbs are what can be done at a controller.
func Verbs() []core.Verb {
	return []core.Verb{
		{
			Name: "connects", Args: "WHOM to WHOM",
			Means: "calls two, and has them talk with each other (RFC 3725 §4.1)",
			Check: checkConnects,
		},
		{
			Name:  "disconnects",
			Means: "ends the calls that it has made (RFC 3725 §7)",
			Check: checkNothing,
		},
	}
}

func checkConnects(args []string) error {
	if len(args) != 3 || args[1] != "to" {
		return &words.Error{Text: "it is not said who, or to whom", Want: "connects alice to bob"}
	}
	return errors.Join(checkWhom(args[0]), checkWhom(args[2]))
}

// checkWhom takes the name of a phone, which has no colon, or a SIP URI.
func checkWhom(whom string) error {
	if !strings.Contains(whom, ":") {
		return nil
	}
	if u, err := sip.ParseURI(whom); err != nil || !u.IsSIP() {
		return &words.Error{Text: words.Show(whom) + " is no SIP URI", Want: "a phone, or a URI such as sip:bob@biloxi.example.com"}
	}
	return nil
}

func checkNothing(args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &words.Error{Text: words.Show(args[0]) + " is too much", Want: "nothing follows here"}
}
