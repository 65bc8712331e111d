package auth

import (
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"

	"siplab/sim/sip"
)

// Algorithm is a digest algorithm of RFC 7616 §6.1.
type Algorithm uint8

// The algorithms, each with its session variant (RFC 7616 §3.3).
const (
	MD5 Algorithm = iota + 1
	MD5Sess
	SHA256
	SHA256Sess
	SHA512_256
	SHA512_256Sess
)

var algorithmNames = [...]string{
	MD5: "MD5", MD5Sess: "MD5-sess",
	SHA256: "SHA-256", SHA256Sess: "SHA-256-sess",
	SHA512_256: "SHA-512-256", SHA512_256Sess: "SHA-512-256-sess",
}

// ParseAlgorithm knows an algorithm by its name, in any case of letters. No
// name is MD5: "If this is not present, it is assumed to be "MD5"." (RFC 7616
// §3.3)
func ParseAlgorithm(name string) (a Algorithm, ok bool) {
	if name == "" {
		return MD5, true
	}
	for a := MD5; a <= SHA512_256Sess; a++ {
		if sip.EqualFold(algorithmNames[a], name) {
			return a, true
		}
	}
	return 0, false
}

// Algorithms lists the names of all that this package computes.
func Algorithms() []string { return algorithmNames[MD5:] }

func (a Algorithm) String() string { return algorithmNames[a] }

// Session says whether this is a -sess variant, whose A1 holds the nonces that
// began the session (RFC 7616 §3.4.2).
func (a Algorithm) Session() bool {
	return a == MD5Sess || a == SHA256Sess || a == SHA512_256Sess
}

// digits is the length of the digest in hexadecimal (RFC 8760 §2.2).
func (a Algorithm) digits() int {
	if a == MD5 || a == MD5Sess {
		return 2 * md5.Size
	}
	return 2 * sha256.Size
}

// appendHash appends H(data) in hexadecimal.
func (a Algorithm) appendHash(dst, data []byte) []byte {
	switch a {
	case MD5, MD5Sess:
		sum := md5.Sum(data)
		return hex.AppendEncode(dst, sum[:])
	case SHA256, SHA256Sess:
		sum := sha256.Sum256(data)
		return hex.AppendEncode(dst, sum[:])
	default:
		sum := sha512.Sum512_256(data)
		return hex.AppendEncode(dst, sum[:])
	}
}
