package core

import "siplab/sim/sip"

// Respond starts the response to req, as RFC 3261 §8.2.6.2 has it: "The From
// field of the response MUST equal the From header field of the request.", and
// likewise Call-ID, CSeq, the Via fields in their order, and the To field,
// which gets tag where the request had none. reason "" is the standard phrase.
// Fields of its own the core adds afterwards.
func Respond(env *Env, req *sip.Message, status int, reason, tag string) *sip.Message {
	m := env.New()
	m.Response(status, reason)
	m.CopyFrom(req, sip.NameVia)
	m.CopyFrom(req, sip.NameFrom)
	to := req.To()
	if to.Tag() != "" || status == 100 || tag == "" {
		m.CopyFrom(req, sip.NameTo)
	} else {
		to.Params = to.Params.With("tag", tag)
		m.Add(sip.NameTo, to.String(), sip.Fresh("RFC 3261 §8.2.6.2"))
	}
	m.CopyFrom(req, sip.NameCallID)
	m.CopyFrom(req, sip.NameCSeq)
	return m
}

const hexDigits = "0123456789abcdef"

// Token makes a fresh word of 32 random bits, in hexadecimal: for tags
// (§19.3 asks for at least 32) and the like.
func (e *Env) Token() string {
	var room [8]byte
	return string(e.AppendToken(room[:0]))
}

// AppendToken appends what Token makes.
func (e *Env) AppendToken(b []byte) []byte {
	r := e.Chance.Uint32()
	for range 8 {
		b = append(b, hexDigits[r&15])
		r >>= 4
	}
	return b
}
