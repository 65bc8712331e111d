package law

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
)

// A user agent or a registrar that breaks a law, and the rule that it breaks.
func TestLawsOfUserAgents(t *testing.T) {
	for _, steps := range [][]step{challenged(), session(), changing(), reliably(), registering()} {
		require.Empty(t, broken(func(x *tape) { x.play(steps) }))
	}
	hold(t, []claim{
		{"credentials", "credentials that nobody asked for", `a REGISTER has credentials in Authorization for "biloxi", which did not ask`, without(challenged(), "401", "REGISTER")},
		{"credentials", "credentials for another realm than asked", `a REGISTER has credentials in Authorization for "chicago", which did not ask`, change(challenged(), "again", `"biloxi"`, `"chicago"`)},
		{"credentials", "a proxy's challenge that is answered as a server's", `a REGISTER has credentials in Authorization for "biloxi", which did not ask`, change(challenged(), "401", "WWW-", "Proxy-")},

		{"bounded", "eleven copies", "", copies(11)},
		{"bounded", "twelve copies", "transaction 1 repeats for the 11th time; it has sent 1 and got 0", copies(12)},

		{"trying", "an INVITE that gets no response", "the INVITE of transaction 1 has no response within 200 ms", late(201)},
		{"trying", "an INVITE that gets one in time", "", late(200)},

		{"mandatory", "a request without Max-Forwards", "a OPTIONS has no Max-Forwards", change(options("404"), "OPTIONS", "Max-Forwards: 70\r\n", "")},
		{"mandatory", "a request without a From tag", "a OPTIONS has no From tag", change(options("404"), "OPTIONS", ";tag=1", "")},
		{"mandatory", "a request with another method in CSeq", `a OPTIONS has the CSeq method "INFO"`, change(options("404"), "OPTIONS", "1 OPTIONS", "1 INFO")},

		{"contact", "an INVITE without Contact", "F1 has 0 Contacts", change(session(), "INVITE", "Contact: <sip:alice@192.0.2.1>\r\n", "")},
		{"contact", "a 200 with two", "F2 has 2 Contacts", change(session(), "200", "bob@192.0.2.2>", "bob@192.0.2.2>, <sip:bob@192.0.2.4>")},

		{"route", "a BYE that leaves out a hop", `a BYE has the Route ["sip:p2;lr"], and its dialog the route set ["sip:p2;lr" "sip:p1;lr"]`, change(session(), "BYE", "<sip:p2;lr>, <sip:p1;lr>", "<sip:p2;lr>")},
		{"route", "an ACK to the Contact, without the route", `a ACK has the Route [], and its dialog the route set ["sip:p2;lr" "sip:p1;lr"]`, change(session(), "ACK", "Route: <sip:p2;lr>, <sip:p1;lr>\r\n", "")},
		{"route", "a callee that turns the order", `a INFO has the Route ["sip:p2;lr" "sip:p1;lr"], and its dialog the route set ["sip:p1;lr" "sip:p2;lr"]`, change(session(), "INFO", "<sip:p1;lr>, <sip:p2;lr>", "<sip:p2;lr>, <sip:p1;lr>")},

		{"ack", "an ACK with a number of its own", "an ACK has the CSeq 2 ACK, and its INVITE 1", change(session(), "ACK", "1 ACK", "2 ACK")},
		{"ack", "an ACK without the credentials of its INVITE", `an ACK has the Authorization "", and its INVITE "Digest realm=\"biloxi\""`, change(session(), "INVITE", "Contact", "Authorization: Digest realm=\"biloxi\"\r\nContact")},

		{"goodbye", "an INFO after the BYE", "a INFO is sent in a dialog that a BYE has ended", append(session(), step{name: "after", from: alice, to: bob, sends: 4, has: 4, raw: text("INFO sip:bob@192.0.2.2", "a8", "1 2", "3 INFO", "Max-Forwards: 70", "Route: <sip:p2;lr>, <sip:p1;lr>")})},
		{"goodbye", "an ACK after the BYE", "", append(session(), step{name: "after", from: alice, to: bob, raw: text("ACK sip:bob@192.0.2.2", "a8", "1 2", "1 ACK", "Max-Forwards: 70", "Route: <sip:p2;lr>, <sip:p1;lr>")})},
		{"goodbye", "an INFO of who has answered the BYE", "a INFO is sent in a dialog that a BYE has ended", append(session(), step{name: "after", from: bob, to: alice, sends: 4, has: 4, raw: text("INFO sip:alice@192.0.2.1", "b8", "2 1", "3 INFO", "Max-Forwards: 70", "Route: <sip:p1;lr>, <sip:p2;lr>")})},

		{"offer", "an offer before the answer to the last", "a UPDATE makes an offer, and that of transaction 2 is open", without(changing(), "200 INVITE")},
		{"offer", "an offer before the far end's is answered", "a UPDATE makes an offer, and that of transaction 5 is open", before(changing(), "UPDATE", step{name: "theirs", from: bob, to: alice, sends: 5, has: 5, raw: text("UPDATE sip:alice@192.0.2.1", "b5", "2 1", "5 UPDATE", "Max-Forwards: 70") + sdp})},
		{"alone", "an INVITE while another runs", "an INVITE is sent, and that of transaction 2 has no final response", change(change(without(changing(), "200 INVITE"), "UPDATE", "UPDATE sip", "INVITE sip"), "UPDATE", "3 UPDATE", "3 INVITE")},

		{"reliable", "a number that is left out", "a 183 has the RSeq 9, and the one before it 7", change(reliably(), "183", "RSeq: 8", "RSeq: 9")},
		{"reliable", "a reliable response that does not say so", "a 180 has an RSeq and does not require 100rel", change(reliably(), "180", "Require: 100rel\r\n", "")},
		{"reliable", "a PRACK for another", `a PRACK has the RAck "8 1 INVITE", and answers "7 1 INVITE"`, change(reliably(), "PRACK", "RAck: 7", "RAck: 8")},

		{"bindings", "a binding that nobody asked for", "a binding to sip:mallory@192.0.2.9 is changed (add), and no REGISTER says so", rebound("add", "sip:mallory@192.0.2.9", 60)},
		{"bindings", "a 200 that leaves one out", "a 200 lists 0 bindings of 1", change(registering(), "200", "Contact: <sip:alice@192.0.2.1>;expires=60\r\n", "")},
		{"bindings", "a 200 that says more than there is", "a 200 lists sip:alice@192.0.2.4, which is not bound", change(registering(), "200", "alice@192.0.2.1", "alice@192.0.2.4")},
		{"bindings", "a 200 with another time", `a 200 says that sip:alice@192.0.2.1 holds for "90" s; it is 60`, change(registering(), "200", "=60", "=90")},
		{"bindings", "a refusal that binds all the same", "a 403 refuses a REGISTER that has changed bindings", change(registering(), "200", "SIP/2.0 200", "SIP/2.0 403")},
		{"bindings", "a binding that ends too early", "the binding to sip:alice@192.0.2.1 ends at 0s, and was to hold until 1m0s", append(registering(), step{name: "more", from: alice, to: bob, sends: 3, has: 3, raw: options("404")[0].raw, then: binds("expire", "sip:alice@192.0.2.1", 0)})},
		{"bindings", "a refresh of what was not there", "the binding to sip:alice@192.0.2.1: refresh, and it was there: false", rebound("refresh", "sip:alice@192.0.2.1", 60)},
	})
}

const sdp = "v=0\r\n"

// challenged is a REGISTER that is sent again with credentials.
func challenged() []step {
	return []step{
		{name: "REGISTER", from: alice, to: bob, sends: 1, has: 1, raw: text("REGISTER sip:biloxi.example.com", "a1", "1", "1 REGISTER", "Max-Forwards: 70")},
		{name: "401", from: bob, to: alice, sends: 1, has: 1, raw: text("401", "a1", "1 2", "1 REGISTER", `WWW-Authenticate: Digest realm="biloxi", nonce="n"`)},
		{name: "again", from: alice, to: bob, sends: 2, has: 2, raw: text("REGISTER sip:biloxi.example.com", "a2", "1", "2 REGISTER", "Max-Forwards: 70", `Authorization: Digest realm="biloxi", nonce="n"`)},
	}
}

// copies is a request that is sent so many times.
func copies(n int) []step {
	steps := options("404")[:1]
	for range n - 1 {
		again := steps[0]
		again.again, again.lost = "F1", true
		steps = append(steps, again)
	}
	return steps
}

// late is an INVITE and its 100 after so many milliseconds.
func late(after int) []step {
	steps := fork()[:2]
	steps[0].then = func(x *tape) { x.at(x.now + time.Duration(after)*time.Millisecond) }
	return steps
}

// session is a call by way of two proxies, which the tape leaves out, with an
// INFO of the callee and the BYE of the caller.
func session() []step {
	const there, back = "Route: <sip:p2;lr>, <sip:p1;lr>", "Route: <sip:p1;lr>, <sip:p2;lr>"
	const recorded = "Record-Route: <sip:p1;lr>, <sip:p2;lr>"
	return []step{
		{name: "INVITE", from: alice, to: bob, sends: 1, has: 1, raw: text(toBob, "a1", "1", "1 INVITE", "Max-Forwards: 70", "Contact: <sip:alice@192.0.2.1>", recorded)},
		{name: "200", from: bob, to: alice, sends: 1, has: 1, raw: text("200", "a1", "1 2", "1 INVITE", "Contact: <sip:bob@192.0.2.2>", recorded)},
		{name: "ACK", from: alice, to: bob, raw: text("ACK sip:bob@192.0.2.2", "a2", "1 2", "1 ACK", "Max-Forwards: 70", there)},
		{name: "INFO", from: bob, to: alice, sends: 2, has: 2, raw: text("INFO sip:alice@192.0.2.1", "b2", "2 1", "1 INFO", "Max-Forwards: 70", back)},
		{name: "BYE", from: alice, to: bob, sends: 3, has: 3, raw: text("BYE sip:bob@192.0.2.2", "a3", "1 2", "2 BYE", "Max-Forwards: 70", there)},
		{name: "200 BYE", from: bob, to: alice, sends: 3, has: 3, raw: text("200", "a3", "1 2", "2 BYE")},
	}
}

// changing is a call with a re-INVITE and an UPDATE, each with an offer.
func changing() []step {
	steps := []step{
		{name: "re-INVITE", from: alice, to: bob, sends: 2, has: 2, raw: text(toBob, "a4", "1 2", "2 INVITE", "Max-Forwards: 70", "Contact: <sip:alice@192.0.2.1>") + sdp},
		{name: "200 INVITE", from: bob, to: alice, sends: 2, has: 2, raw: text("200", "a4", "1 2", "2 INVITE", "Contact: <sip:bob@192.0.2.2>") + sdp},
		{name: "ACK INVITE", from: alice, to: bob, raw: text("ACK sip:bob@192.0.2.2", "a5", "1 2", "2 ACK", "Max-Forwards: 70")},
		{name: "UPDATE", from: alice, to: bob, sends: 4, has: 4, raw: text("UPDATE sip:bob@192.0.2.2", "a6", "1 2", "3 UPDATE", "Max-Forwards: 70") + sdp},
		{name: "BYE", from: alice, to: bob, sends: 3, has: 3, raw: text("BYE sip:bob@192.0.2.2", "a3", "1 2", "4 BYE", "Max-Forwards: 70")},
	}
	call := []step{
		{name: "INVITE", from: alice, to: bob, sends: 1, has: 1, raw: text(toBob, "a1", "1", "1 INVITE", "Max-Forwards: 70", "Contact: <sip:alice@192.0.2.1>")},
		{name: "200", from: bob, to: alice, sends: 1, has: 1, raw: text("200", "a1", "1 2", "1 INVITE", "Contact: <sip:bob@192.0.2.2>")},
		{name: "ACK", from: alice, to: bob, raw: text("ACK sip:bob@192.0.2.2", "a2", "1 2", "1 ACK", "Max-Forwards: 70")},
	}
	return append(call, steps...)
}

// reliably is a phone that rings with two reliable responses.
func reliably() []step {
	return []step{
		{name: "INVITE", from: alice, to: bob, sends: 1, has: 1, raw: text(toBob, "a1", "1", "1 INVITE", "Max-Forwards: 70", "Contact: <sip:alice@192.0.2.1>")},
		{name: "180", from: bob, to: alice, sends: 1, has: 1, raw: text("180", "a1", "1 2", "1 INVITE", "Require: 100rel", "RSeq: 7")},
		{name: "PRACK", from: alice, to: bob, sends: 2, has: 2, raw: text("PRACK sip:bob@192.0.2.2", "a2", "1 2", "2 PRACK", "Max-Forwards: 70", "RAck: 7 1 INVITE")},
		{name: "183", from: bob, to: alice, sends: 1, has: 1, raw: text("183", "a1", "1 2", "1 INVITE", "Require: 100rel", "RSeq: 8")},
	}
}

// binds is what a registrar, bob, does to a binding of the AOR of a tape.
func binds(op, contact string, seconds int32) func(x *tape) {
	return func(x *tape) {
		x.add(trace.Event{Kind: trace.Bind, Host: bob, Name: "sip:bob@biloxi.example.com", Op: op, To: contact, Code: seconds})
	}
}

// registering is a REGISTER that is accepted.
func registering() []step {
	const contact = "Contact: <sip:alice@192.0.2.1>"
	return []step{
		{name: "REGISTER", from: alice, to: bob, sends: 1, has: 1, raw: text("REGISTER sip:biloxi.example.com", "a1", "1", "1 REGISTER", "Max-Forwards: 70", contact), then: binds("add", "sip:alice@192.0.2.1", 60)},
		{name: "200", from: bob, to: alice, sends: 1, has: 1, raw: text("200", "a1", "1 2", "1 REGISTER", fmt.Sprint(contact, ";expires=", 60))},
	}
}

// rebound is a REGISTER of which a registrar makes something else.
func rebound(op, contact string, seconds int32) []step {
	steps := registering()[:1]
	steps[0].then = binds(op, contact, seconds)
	return steps
}

// answeredAgain is a REGISTER whose credentials are refused twice, and that is
// sent once more.
func answeredAgain() []step {
	const asks = `WWW-Authenticate: Digest realm="biloxi", nonce="n"`
	steps := challenged()
	for n := 2; n <= 4; n++ {
		id, branch, cseq := int32(n), fmt.Sprintf("a%d", n), fmt.Sprintf("%d REGISTER", n)
		if n > 2 {
			again := steps[2]
			again.sends, again.has = id, id
			again.raw = text("REGISTER sip:biloxi.example.com", branch, "1", cseq, "Max-Forwards: 70", `Authorization: Digest realm="biloxi", nonce="n"`)
			again.name = fmt.Sprint("again ", n)
			steps = append(steps, again)
		}
		steps = append(steps, step{name: fmt.Sprint("401 ", n), from: bob, to: alice, sends: id, has: id, raw: text("401", branch, "1 2", cseq, asks)})
	}
	return steps[:len(steps)-1]
}

// worn is a REGISTER whose credentials are accepted, and then refused.
func worn() []step {
	const by = `Authorization: Digest username="alice", realm="biloxi", nonce="n", nc=0000000`
	return []step{
		challenged()[0], challenged()[1],
		{name: "first", from: alice, to: bob, sends: 2, has: 2, raw: text("REGISTER sip:biloxi.example.com", "a2", "1", "2 REGISTER", "Max-Forwards: 70", by+"1")},
		{name: "200", from: bob, to: alice, sends: 2, has: 2, raw: text("200", "a2", "1 2", "2 REGISTER")},
		{name: "second", from: alice, to: bob, sends: 3, has: 3, raw: text("REGISTER sip:biloxi.example.com", "a3", "1", "3 REGISTER", "Max-Forwards: 70", by+"2")},
		{name: "401 again", from: bob, to: alice, sends: 3, has: 3, raw: text("401", "a3", "1 2", "3 REGISTER", `WWW-Authenticate: Digest realm="biloxi", nonce="m"`)},
	}
}

// collided is a call in which alice, who made it, is told 491 and tries again
// after so many milliseconds.
func collided(after int) []step {
	steps := changing()[:3]
	pause := func(x *tape) { x.at(x.now + ms(after)) }
	return append(steps,
		step{name: "re-INVITE", from: alice, to: bob, sends: 2, has: 2, raw: text(toBob, "a4", "1 2", "2 INVITE", "Max-Forwards: 70", "Contact: <sip:alice@192.0.2.1>") + sdp},
		step{name: "491", from: bob, to: alice, sends: 2, has: 2, raw: text("491", "a4", "1 2", "2 INVITE"), then: pause},
		step{name: "again", from: alice, to: bob, sends: 3, has: 3, raw: text(toBob, "a6", "1 2", "3 INVITE", "Max-Forwards: 70", "Contact: <sip:alice@192.0.2.1>") + sdp},
	)
}

// hungUp is a call whose callee ends it.
func hungUp() []step {
	return append(changing()[:3], step{name: "BYE", from: bob, to: alice, sends: 2, has: 2, raw: text("BYE sip:alice@192.0.2.1", "b2", "2 1", "1 BYE", "Max-Forwards: 70")})
}

// givenUp is a call that is cancelled while bob rings.
func givenUp() []step {
	return []step{
		changing()[0],
		{name: "180", from: bob, to: alice, sends: 1, has: 1, raw: text("180", "a1", "1 2", "1 INVITE")},
		{name: "CANCEL", from: alice, to: bob, sends: 2, has: 2, raw: text(strings.Replace(toBob, "INVITE", "CANCEL", 1), "a1", "1", "1 CANCEL", "Max-Forwards: 70")},
		{name: "200", from: bob, to: alice, sends: 2, has: 2, raw: text("200", "a1", "1 2", "1 CANCEL")},
		{name: "487", from: bob, to: alice, sends: 1, has: 1, raw: text("487", "a1", "1 2", "1 INVITE")},
	}
}

// copiedLate is a CANCEL that comes too late for the INVITE; a copy of that
// begins another at bob, and then the 200 to the CANCEL is repeated.
func copiedLate() []step {
	steps := change(givenUp(), "487", "487", "200")
	steps = []step{steps[0], steps[4], steps[2], steps[3]}
	again := steps[0]
	again.name, again.has = "copy", 3
	said := steps[3]
	said.name, said.again = "said again", "F4"
	return append(steps, again, said)
}

func TestLawsOfManners(t *testing.T) {
	hold(t, []claim{
		{"challenge", "a 401 without a question", "a 401 has no WWW-Authenticate", change(challenged(), "401", `WWW-Authenticate: Digest realm="biloxi", nonce="n"`, "Subject: why")},
		{"challenge", "the question in place of the answer", "a REGISTER has the WWW-Authenticate of a 401", change(challenged(), "again", "Authorization", "WWW-Authenticate")},
		{"rejected", "credentials that were refused twice", `a REGISTER has credentials for "biloxi", which has refused them twice`, answeredAgain()},
		{"rejected", "a user agent that gives up after two", "", without(answeredAgain(), "again 4")},
		{"rejected", "credentials that were stale", "", change(answeredAgain(), "401 2", `nonce="n"`, `nonce="n", stale=true`)},
		{"stale", "a nonce that wore out without a word", `a 401 refuses the nonce "n" of "alice", which it has accepted, and does not say stale`, worn()},
		{"stale", "one that is said to be stale", "", change(worn(), "401 again", `nonce="m"`, `nonce="m", stale=TRUE`)},
		{"stale", "a count that was used before", "", change(worn(), "second", "nc=00000002", "nc=00000001")},
		{"refresh", "a REGISTER with a Call-ID of its own", `a REGISTER for sip:bob@biloxi.example.com has the Call-ID "other", and the one before it "call"`, change(challenged(), "again", "Call-ID: call", "Call-ID: other")},
		{"glare", "the owner that tries again too early", "a INVITE is sent 2.099s after a 491, by the owner of the Call-ID", collided(2099)},
		{"glare", "the owner that waits", "", collided(2100)},
		{"hangup", "a BYE before the ACK", "a BYE is sent, and the ACK to the 2xx has not come", without(hungUp(), "ACK")},
		{"hangup", "a BYE after it", "", hungUp()},
		{"cancelled", "a 200 to the CANCEL and nothing to the INVITE", "the INVITE of transaction 1 is cancelled, and gets no final response", without(givenUp(), "487")},
		{"cancelled", "a 487", "", givenUp()},
		{"cancelled", "a 200 that is said again when a late copy of the INVITE has begun another", "", copiedLate()},
	})
}
