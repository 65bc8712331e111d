package auth

// Meaning is what a 401 or 407 says. It cannot be read off the response alone,
// which has a challenge in every case: it hangs on the request that is
// answered.
type Meaning uint8

// What a 401 or 407 can mean.
const (
	// Asked: the request had no credentials for the realm. Answer.
	Asked Meaning = iota + 1
	// Outdated: the password was right and the nonce old. Answer the new
	// nonce; the user is not asked.
	Outdated
	// Refused: the credentials, for a nonce just given, were not accepted.
	// Stop and ask the user.
	Refused
	// RefusedLater: a nonce that worked before is refused, without stale=true.
	// By the letter the credentials are refused. In the field it is often an
	// old nonce at a server that leaves stale out: answer the new nonce, once.
	// The next refusal is one of a first use.
	RefusedLater
	// NoChallenge: the response has no challenge at all. The server is
	// broken; report it.
	NoChallenge
	// Unanswerable: each challenge has a scheme, an algorithm or a qop that is
	// not known. Stop.
	Unanswerable
	// NoPassword: there is nothing to answer with. Ask the user.
	NoPassword
	// Endless: the server has asked MaxAnswers times in a row. Stop.
	Endless
)

// MaxAnswers is how many challenges in a row are answered for one request. No
// RFC gives the number. Two proxies and a UAS that ask one after the other
// make three, and leave two for nonces that grew old on the way.
const MaxAnswers = 5

// Row is one meaning in words, for tables and messages.
type Row struct {
	Meaning Meaning
	Request string // what the refused request had
	Says    string // what the response says
	Means   string
	Answer  bool // whether the request is sent again with new credentials
	Does    string
	Ref     string
}

var rows = [...]Row{
	{Asked, "no credentials for the realm", "a challenge", "who are you?",
		true, "answers it", "RFC 3261 §22.2"},
	{Outdated, "credentials", "stale=true", "the password was right, the nonce is old",
		true, "answers the new nonce and does not ask the user", "RFC 7616 §3.3"},
	{Refused, "credentials, the nonce's first use", "no stale", "the credentials are refused",
		false, "stops and asks the user", "RFC 3261 §22.1"},
	{RefusedLater, "credentials, a nonce that worked before", "no stale",
		"refused by the letter; often an old nonce at a server that leaves stale out",
		true, "answers the new nonce once", "RFC 3261 §22.1"},
	{NoChallenge, "or without credentials", "no challenge", "the server is broken",
		false, "reports it and stops", "RFC 3261 §22.2"},
	{Unanswerable, "or without credentials", "only challenges of an unknown scheme, algorithm or qop",
		"there is no answer", false, "stops", "RFC 8760 §2.4"},
	{NoPassword, "no credentials for the realm", "a challenge", "who are you?",
		false, "asks the user for a password", "RFC 3261 §22.1"},
	{Endless, "credentials", "a challenge, again and again", "the server will not be satisfied",
		false, "stops", "RFC 3261 §22.1"},
}

// Row is the meaning in words.
func (m Meaning) Row() *Row { return &rows[m-1] }

func (m Meaning) String() string { return rows[m-1].Means }
