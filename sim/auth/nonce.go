package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"encoding/hex"
	"time"

	"siplab/netem"
)

// A nonce says when it was made and by whom: the time in nanoseconds, 64
// random bits, and the first 64 bits of a hash over both and the server's key,
// all in hexadecimal. RFC 7616 §3.3 proposes this form, so that a server need
// not remember what it gave out.
const (
	nonceBytes  = 24
	nonceDigits = 2 * nonceBytes
)

// nonceID tells one nonce of a server from another.
type nonceID struct {
	made   time.Duration
	random uint64
}

// key is what a server alone knows. It is drawn when the first nonce is made:
// a server that comes back without its state knows none of its old nonces.
type key struct {
	bytes [16]byte
	drawn bool
}

func (k *key) draw(chance *netem.Chance) {
	binary.BigEndian.PutUint64(k.bytes[:8], chance.Uint64())
	binary.BigEndian.PutUint64(k.bytes[8:], chance.Uint64())
	k.drawn = true
}

// nonce makes the nonce's text.
func (k *key) nonce(id nonceID) string {
	var raw [nonceBytes]byte
	k.fill(&raw, id)
	var text [nonceDigits]byte
	hex.Encode(text[:], raw[:])
	return string(text[:])
}

func (k *key) fill(raw *[nonceBytes]byte, id nonceID) {
	binary.BigEndian.PutUint64(raw[:8], uint64(id.made))
	binary.BigEndian.PutUint64(raw[8:16], id.random)
	var data [32]byte
	copy(data[:], k.bytes[:])
	copy(data[16:], raw[:16])
	sum := sha256.Sum256(data[:])
	copy(raw[16:], sum[:8])
}

// read takes a nonce apart. It is false for one that this key did not make.
func (k *key) read(text string) (id nonceID, ok bool) {
	if !k.drawn || len(text) != nonceDigits {
		return nonceID{}, false
	}
	var digits [nonceDigits]byte
	copy(digits[:], text)
	var raw, made [nonceBytes]byte
	if _, err := hex.Decode(raw[:], digits[:]); err != nil {
		return nonceID{}, false
	}
	id.made = time.Duration(binary.BigEndian.Uint64(raw[:8]))
	id.random = binary.BigEndian.Uint64(raw[8:16])
	k.fill(&made, id)
	return id, subtle.ConstantTimeCompare(raw[:], made[:]) == 1
}
