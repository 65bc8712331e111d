package registrar

import (
	"slices"

	"siplab/sim/auth"
	"siplab/sim/sip"
)

// authenticate is step 3. A registrar that is open skips it.
func (q *request) authenticate() bool {
	if q.settings.Open {
		return true
	}
	v := q.auth.Verify(q.ev.Now, q.m, q.password)
	switch {
	case v.Judgement == auth.OK:
		q.user = v.Username
		return true
	case !v.Challenges():
		return q.bad(v.Ref, v.Why)
	}
	m := q.refuse(q.auth.Status(), "", v.Ref, v.Why)
	if !q.bugs.noChallenge {
		q.auth.Challenge(m, q.ev.Now, v.Retry() && !q.bugs.neverStale, q.env.Chance)
	}
	return false
}

// forgetNonces makes the registrar one that has challenged nobody yet.
func (r *Registrar) forgetNonces() {
	r.auth = auth.Server{
		Realm: r.settings.Realm, Algorithms: r.settings.Algorithms, QOP: r.settings.QOP, Lifetime: r.settings.NonceLifetime,
	}
}

// readTo takes the AOR from To. "The URI MUST then be converted to a canonical
// form." (step 5)
func (q *request) readTo() bool {
	to, err := sip.ParseURI(q.m.To().URI)
	switch {
	case err != nil:
		return q.bad("RFC 3261 §10.2", "To has no readable URI")
	case !to.IsSIP(): // "This address-of-record MUST be a SIP URI or SIPS URI."
		return q.bad("RFC 3261 §10.2", "To has no SIP or SIPS URI")
	}
	q.to = to
	q.text = to.AppendAOR(q.text[:0])
	if q.aor, q.known = q.aors[string(q.text)]; !q.known {
		q.aor = string(q.text)
	}
	return true
}

// authorize is step 4: "If the authenticated user is not authorized to modify
// bindings, the registrar MUST return a 403 (Forbidden) and skip the remaining
// steps."
func (q *request) authorize() bool {
	if q.settings.Open || slices.Contains(q.accounts[q.user].aors, q.aor) {
		return true
	}
	q.refuse(403, "", "RFC 3261 §10.3 step 4", sip.Visible(q.user)+" may not change the bindings of "+sip.Visible(q.aor))
	return false
}

// isKnown is step 5: "If the address-of-record is not valid for the domain in
// the Request-URI, the registrar MUST send a 404 (Not Found) response and skip
// the remaining steps."
func (q *request) isKnown() bool {
	anybody := q.settings.Open && len(q.aors) == 0 && q.to.User != ""
	if q.settings.serves(&q.to) && (anybody || q.known) {
		return true
	}
	q.refuse(404, "", "RFC 3261 §10.3 step 5", sip.Visible(q.aor)+" is no address-of-record of this registrar")
	return false
}

// Knows says whether an address-of-record is one of this registrar's, bound or
// not: a proxy of the domain asks, to tell 404 from 480 (§16.5).
func (r *Registrar) Knows(aor *sip.URI) bool {
	if !r.settings.serves(aor) || aor.User == "" {
		return false
	}
	_, known := r.aors[aor.AOR()]
	return known || r.settings.Open && len(r.aors) == 0
}
