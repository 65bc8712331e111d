package ua

// What a user is told about calls.
const (
	TellCalling   = "calling"           // the invitation is out
	TellRinging   = "ringing"           // it rings at the far end
	TellProgress  = "progress"          // another provisional response: Code says which
	TellIncoming  = "incoming call"     // it rings here
	TellAnswered  = "answered"          // people can talk
	TellEnded     = "ended"             // a call that was answered is over: who ended it and why
	TellRefused   = "call failed"       // a call came to nothing: Code says why
	TellCancelled = "cancelled"         // a call was given up before anybody answered
	TellMissed    = "missed call"       // the same at the phone that rang
	TellTurned    = "turned away"       // this phone turned a call away: Code says how
	TellHeld      = "held"              // the far end is on hold
	TellResumed   = "resumed"           // it is off hold
	TellMixed     = "conference"        // the far end is in the conference of this phone
	TellChanged   = "session changed"   // this side changed the session
	TellRefreshed = "session refreshed" // nothing was to change
	TellReplaced  = "replaced"          // another call has taken the place of this one
	TellKept      = "session kept"      // a change was refused: the session goes on as it was
	TellGlare     = "glare"             // both sides wanted a change at once: this one waits
	TellFar       = "far end changed"   // the far end changed the session
	TellInfo      = "info"              // what became of an INFO, or one has come
	TellMessage   = "message"           // an instant message has come
	TellSent      = "message sent"      // one of this side is delivered, or on its way
	TellUnsent    = "message failed"    // it is not: Code says why
	TellOptions   = "options"           // what a phone can do
)
