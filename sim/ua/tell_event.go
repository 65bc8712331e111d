package ua

// What a user is told about subscriptions and references.
const (
	TellNotified      = "notified"           // a subscription has news
	TellPending       = "subscription waits" // it is not granted yet
	TellUnsubscribed  = "subscription over"  // it has ended, or never began
	TellWatcher       = "watcher"            // somebody wants to be told, and the human is to say whether
	TellIncomingRefer = "referred"           // somebody sends this phone to another
	TellReferred      = "reference taken"    // whom this phone refers has taken the REFER
	TellTransferred   = "transferred"        // the call that it was referred to has come about
	TellReferFailed   = "reference failed"   // it has not: Code says why
)
