package proxy

import (
	"strconv"
	"strings"

	"siplab/sim/sip"
)

// A branch has two parts (RFC 5393 §4.2.1). The first is the transaction's own;
// the second, behind a dot, is a hash of what routes the request, so that the
// request is known again when it comes back.
const cookie = "z9hG4bK"

func branchOf(own string, loop uint32) string { return cookie + own + "." + hex(loop) }

// loopIn reads the second part of a branch that this proxy made.
func loopIn(branch string) (uint32, bool) {
	dot := strings.LastIndexByte(branch, '.')
	if dot < 0 {
		return 0, false
	}
	n, err := strconv.ParseUint(branch[dot+1:], 16, 32)
	return uint32(n), err == nil && len(branch)-dot-1 == 8
}

// loopOf is the second part for a request as it came: "the second part MUST
// depend at least on the received Request-URI and any Route header field values
// used when processing the received request." It "MUST NOT vary with the request
// method". Call-ID, From tag and CSeq number are in it so that two requests that
// collide do so once.
func loopOf(m *sip.Message) uint32 {
	h := hashOf(m.URI)
	for route := range m.Values(sip.NameRoute) {
		h = h.with(route)
	}
	from := m.From()
	h = h.with(m.CallID()).with(from.Tag())
	return uint32(h.with(strconv.FormatUint(uint64(m.CSeq().Seq), 10)))
}

// statelessBranch is for what is forwarded without a transaction: "the branch
// parameter MUST be computed as a combinatoric function of message parameters
// which are invariant on retransmission." (§16.11) It is a hash of the branch
// and the sent-by that came; where that branch says nothing, of what tells one
// transaction from another.
func statelessBranch(m *sip.Message, loop uint32) string {
	via, _ := m.Via()
	h := wide(via.SentBy(), via.Branch())
	if !hasCookie(via.Branch()) {
		from, to := m.From(), m.To()
		h = wide(via.String(), to.Tag(), from.Tag(), m.CallID(), strconv.FormatUint(uint64(m.CSeq().Seq), 10), m.URI)
	}
	return branchOf(hex(uint32(h>>32))+hex(uint32(h)), loop)
}

// hasCookie tells a branch of RFC 3261 from one of RFC 2543 (§8.1.1.7).
func hasCookie(branch string) bool {
	return len(branch) >= len(cookie) && strings.EqualFold(branch[:len(cookie)], cookie)
}

// hash is FNV-1a. It guards against chance, not against malice: whoever can
// forge a Via can do without (RFC 5393 §4.2.4).
type hash uint32

// hashOf hashes texts one after the other.
func hashOf(texts ...string) hash {
	h := hash(2166136261)
	for _, text := range texts {
		h = h.with(text)
	}
	return h
}

func (h hash) with(text string) hash {
	for i := range len(text) {
		h = (h ^ hash(text[i])) * 16777619
	}
	return (h ^ 0xff) * 16777619 // a byte that ends the text
}

// wide is the same in 64 bits, for what has to be unique.
func wide(texts ...string) uint64 {
	h := uint64(14695981039346656037)
	for _, text := range texts {
		for i := range len(text) {
			h = (h ^ uint64(text[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	return h
}

// hex is n in eight digits.
func hex[N ~uint32](n N) string {
	const digits = "0123456789abcdef"
	var b [8]byte
	for i := range b {
		b[i] = digits[n>>(28-4*i)&15]
	}
	return string(b[:])
}

// requestKey is what a CANCEL is matched to its request by, as §9.2 has it done
// by §17.2.3: branch and sent-by of the topmost Via; what an element of RFC 2543
// sends, by more.
type requestKey struct {
	branch, sentBy  string
	callID, fromTag string
	seq             uint32
}

func keyOf(m *sip.Message) requestKey {
	via, _ := m.Via()
	k := requestKey{branch: via.Branch(), sentBy: strings.ToLower(via.SentBy())}
	if !hasCookie(k.branch) {
		from := m.From()
		k.callID, k.fromTag, k.seq = m.CallID(), from.Tag(), m.CSeq().Seq
	}
	return k
}
