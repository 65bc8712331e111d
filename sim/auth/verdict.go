package auth

// Judgement says what a server makes of a request's credentials.
type Judgement uint8

// What a server makes of credentials.
const (
	OK        Judgement = iota + 1
	None                // none for this server's realm: challenge
	Malformed           // improper: 400
	WrongURI            // of another resource than the request: 400
	Stale               // right, but for a nonce that is no longer good
	Replayed            // right, but heard before
	Wrong               // refused
	WrongUser           // refused: nobody of that name
)

var judgementWords = [...]string{
	OK: "accepted", None: "no credentials", Malformed: "malformed", WrongURI: "wrong URI",
	Stale: "stale", Replayed: "replayed", Wrong: "wrong", WrongUser: "wrong user",
}

func (j Judgement) String() string { return judgementWords[j] }

// Verdict is a judgement with its reason. Wrong and WrongUser differ in Why
// only, which is for the trace: what goes out is the same, so that nobody
// learns who exists.
type Verdict struct {
	Judgement
	Username string // of the credentials; "" where there are none
	Why      string // a sentence for the trace
	Ref      string // the section that it rests on
}

// Challenges says whether a challenge is owed.
func (v *Verdict) Challenges() bool {
	return v.Judgement != OK && v.Judgement != Malformed && v.Judgement != WrongURI
}

// Retry says whether the challenge says stale=true: the password was right.
func (v *Verdict) Retry() bool { return v.Judgement == Stale || v.Judgement == Replayed }
