package ua

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/words"
)

// set does a set line of a transcript. The word full has each field printed
// with its origin.
func set(t testing.TB, to *Settings, full *bool, name, value string) {
	switch name {
	case "full":
		*full = true
	case "aor":
		to.AOR = value
	case "display":
		to.Display = value
	case "user":
		to.User = value
	case "password":
		to.Password = value
	case "contact":
		to.Contact = value
	case "registrar":
		to.Registrar = value
	case "outbound":
		to.Outbound = value
	case "expires":
		to.Expires = duration(t, value)
	case "refresh-before":
		to.RefreshBefore = duration(t, value)
	case "path":
		to.Path = true
	case "bug":
		to.Bugs = append(to.Bugs, value)
	case "session-timer", "session-expires", "min-se", "refresher", "refresh-by":
		setTimer(t, &to.SessionTimer, name, value)
	case "policy", "watch-min", "watch-max":
		setWatching(t, &to.Watching, name, value)
	default:
		setCalling(t, &to.Calling, name, value)
	}
}

func setTimer(t testing.TB, to *SessionTimer, name, value string) {
	switch name {
	case "session-timer":
		to.Known = true
	case "session-expires":
		to.Expires = duration(t, value)
	case "min-se":
		to.Min = duration(t, value)
	case "refresher":
		to.Refresher = value
	case "refresh-by":
		to.By = value
	}
}

func setCalling(t testing.TB, to *Calling, name, value string) {
	switch name {
	case "rings-for":
		to.RingFor = duration(t, value)
	case "answers-after":
		to.AnswerAfter = duration(t, value)
	case "progress":
		to.Progress = value
	case "100rel":
		to.Reliable = value
	case "offer-late":
		to.OfferLate = true
	case "busy":
		to.Busy = true
	default:
		require.Fail(t, "no such setting: "+name)
	}
}

func setWatching(t testing.TB, to *Watching, name, value string) {
	switch name {
	case "policy":
		to.Policy = value
	case "watch-min":
		to.WatchMin = duration(t, value)
	case "watch-max":
		to.WatchMax = duration(t, value)
	}
}

func duration(t testing.TB, text string) time.Duration {
	d, err := words.Duration(text)
	require.NoError(t, err)
	return d
}
