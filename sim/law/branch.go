package law

import (
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// branch is §17.2.3's rule of matching, and §8.1.1.7's that makes it safe: "The
// branch parameter value MUST be unique across space and time for all requests
// sent by the UA."
var branch = Law{
	ID:      "branch",
	Text:    "one branch, sent-by and method is one transaction, and one transaction has one of each; the ACK to a 2xx has a branch of its own",
	Section: "RFC 3261 §8.1.1.7, §17.1.3, §17.2.3",
	watch: func() any {
		return &branchWatch{txns: map[branchKey]int32{}, keys: map[txn]branchKey{}}
	},
}

// branchKey names a transaction of one host by what its request carries.
type branchKey struct {
	host                   trace.HostID
	server                 bool
	branch, sentBy, method string
}

// branchWatch keeps the transactions that run.
type branchWatch struct {
	txns map[branchKey]int32
	keys map[txn]branchKey
}

func (b *branchWatch) event(e *trace.Event, _ *tally) {
	if e.Kind == trace.State && e.Txn != 0 && e.To == "Terminated" {
		delete(b.txns, b.keys[txnOf(e)])
		delete(b.keys, txnOf(e))
	}
}

func (b *branchWatch) read(e *trace.Event, l *letter, law *tally) {
	key, ok := l.key, l.keyed
	if !ok {
		return
	}
	law.met()
	running, known := b.txns[key]
	if e.Txn == 0 { // the ACK to a 2xx is the only request without a transaction
		if known && l.Method == sip.ACK && e.Kind == trace.Send {
			law.broken(e.I, "an ACK that is no transaction's has the branch %s of transaction %d", key.branch, running)
		}
		return
	}
	own, has := b.keys[txnOf(e)]
	switch {
	case known && running != e.Txn:
		law.broken(e.I, "transactions %d and %d have both the branch %s of %s and the method %s", running, e.Txn, key.branch, key.sentBy, key.method)
	case has && own != key:
		law.broken(e.I, "transaction %d has the branch %s of %s and the method %s, and takes a %s with branch %s of %s", e.Txn, own.branch, own.sentBy, own.method, l.Method, key.branch, key.sentBy)
	default:
		b.txns[key], b.keys[txnOf(e)] = e.Txn, key
	}
}

// matchKey is what a request is matched by. False: it is no request, or of an
// element of RFC 2543, whose branch says nothing.
func matchKey(e *trace.Event, l *letter) (branchKey, bool) {
	via, ok := l.Via()
	if !ok || !l.IsRequest() || !strings.HasPrefix(via.Branch(), "z9hG4bK") {
		return branchKey{}, false
	}
	method := l.Method
	if method == sip.ACK {
		method = sip.INVITE
	}
	return branchKey{e.Host, e.Kind == trace.Arrive, via.Branch(), strings.ToLower(via.SentBy()), method}, true
}
