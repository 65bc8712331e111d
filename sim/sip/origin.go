package sip

import "strconv"

// OriginKind says what sort of reason a header field is there for.
type OriginKind uint8

// The kinds of origin.
const (
	OriginNone    OriginKind = iota // read from a packet, or nobody said
	OriginRule                      // a rule of an RFC asks for it
	OriginCopied                    // copied from another message
	OriginSetting                   // a setting of the element
	OriginFresh                     // made new: a tag, a branch, a Call-ID
)

// String is the kind in one word.
func (k OriginKind) String() string {
	return [...]string{"none", "rule", "copied", "setting", "fresh"}[min(k, OriginFresh)]
}

// Origin says where a header field of a built message came from.
type Origin struct {
	Ref    string // "RFC 3261 §8.1.1.7", or the words of the setting
	Packet int32  // OriginCopied: the number of the packet it was copied from
	Kind   OriginKind
}

// Rule is the origin of a field that a section asks for.
func Rule(ref string) Origin { return Origin{Kind: OriginRule, Ref: ref} }

// Copied is the origin of a field copied from the message of a packet.
func Copied(packet int32) Origin { return Origin{Kind: OriginCopied, Packet: packet} }

// Setting is the origin of a field that the element's own settings decide.
func Setting(words string) Origin { return Origin{Kind: OriginSetting, Ref: words} }

// Fresh is the origin of a value made new by the rule at ref.
func Fresh(ref string) Origin { return Origin{Kind: OriginFresh, Ref: ref} }

// String is the origin in a few words: "rule RFC 3261 §8.1.1.6".
func (o Origin) String() string {
	switch {
	case o.Kind == OriginCopied:
		return "copied from packet " + strconv.Itoa(int(o.Packet))
	case o.Ref == "":
		return o.Kind.String()
	}
	return o.Kind.String() + " " + o.Ref
}
