package sip

// This file reads challenges and credentials (§25.1, RFC 7616 §3).

// credentials takes ("Digest" LWS digest-response) / other-response.
func (r *reader) credentials() {
	if r.schemeParams((*reader).credentialParam) {
		r.need("username", "realm", "nonce", "uri", "response")
	}
}

// challenge takes ("Digest" LWS digest-cln *( COMMA digest-cln )) / other-challenge.
func (r *reader) challenge() {
	if r.schemeParams((*reader).challengeParam) {
		r.need("realm", "nonce")
	}
}

// authenticationInfo takes ainfo *( COMMA ainfo ).
func (r *reader) authenticationInfo() { r.authParams((*reader).credentialParam) }

// schemeParams takes auth-scheme LWS auth-param *( COMMA auth-param ) and reports whether the scheme is Digest and all of
// it could be read.
func (r *reader) schemeParams(see func(*reader, param)) bool {
	const example = `a value such as Digest realm="atlanta.com", nonce="84a4cc6f"`
	scheme := r.token("the authentication scheme", example)
	if scheme == "" {
		return false
	}
	if !r.sws() {
		r.missing("a space and the parameters of "+scheme, example)
		return false
	}
	if !EqualFold(scheme, "Digest") {
		see = nil
	}
	r.authParams(see)
	return see != nil && len(r.flaws) == 0
}

func (r *reader) authParams(see func(*reader, param)) {
	r.names = r.names[:0]
	r.list(r.limits.Params, func(r *reader) {
		before := len(r.flaws)
		p := r.param()
		switch {
		case len(r.flaws) > before:
			return
		case !p.equal:
			r.note(p.at, "the parameter "+p.name+" has no value", "a value after =")
		case twice(r.names, p.name):
			r.note(p.at, "the parameter "+p.name+" stands here a second time", "each parameter once")
		case see != nil:
			see(r, p)
		}
		r.names = append(r.names, p.name)
	})
}

// need notes the parameters that a Digest value cannot be without (RFC 7616 §3.3, §3.4).
func (r *reader) need(names ...string) {
	for _, name := range names {
		if name == "username" && twice(r.names, "username*") {
			continue // RFC 7616 §3.4: one of the two
		}
		if !twice(r.names, name) {
			r.note(0, "Digest without "+name, "the parameter "+name)
		}
	}
}

// credentialParam looks at what a client computed. The length of response depends on the algorithm (RFC 7616 §3.4.1):
// 32 digits of MD5, 64 of SHA-256.
func (r *reader) credentialParam(p param) {
	switch {
	case p.is("nc"):
		if len(p.value) != 8 || !only(p.value, hexChars) {
			r.note(p.valueAt, "nc is no count", "eight hexadecimal digits such as 00000001")
		}
	case p.is("response"), p.is("rspauth"):
		text := r.inner(p)
		if len(text) != 32 && len(text) != 64 || !only(text, hexChars) {
			r.note(p.valueAt, p.name+" is no digest", "32 hexadecimal digits, or 64 for SHA-256, in quotation marks")
		}
	case p.is("username"), p.is("realm"), p.is("nonce"), p.is("uri"), p.is("cnonce"), p.is("opaque"):
		r.inner(p)
	}
}

func (r *reader) challengeParam(p param) {
	switch {
	case p.is("realm"), p.is("nonce"), p.is("opaque"), p.is("domain"), p.is("qop"):
		r.inner(p)
	case p.is("stale"):
		if !EqualFold(p.value, "true") && !EqualFold(p.value, "false") {
			r.remark(p.valueAt, "RFC 7616 §3.3", "stale is neither true nor false", "true or false; it counts as false")
		}
	}
}

// inner returns the text of a value that must stand in quotation marks.
func (r *reader) inner(p param) string {
	if n := len(p.value); n >= 2 && p.value[0] == '"' && p.value[n-1] == '"' {
		return p.value[1 : n-1]
	}
	if len(r.flaws) == 0 {
		r.note(p.valueAt, p.name+" without quotation marks", p.name+`="..."`)
	}
	return ""
}
