package sip

// Entry is what the dictionary says of one header field, in plain words.
type Entry struct {
	Name    string `json:"name"`
	Compact string `json:"compact,omitempty"` // its one-letter name, where it has one
	Writes  string `json:"writes"`            // who writes it, and when
	Reads   string `json:"reads"`             // who reads it, and what for
	Without string `json:"without"`           // what breaks, or what is assumed, when it is missing
	Section string `json:"section"`           // where it is defined
}

// Dictionary returns the header fields of RFC 3261 §20, in the RFC's order, then those of the other documents that siplab
// knows. The slice is shared: do not change it.
func Dictionary() []Entry { return dictionary }

// Explain finds a header field by its long or compact name; case does not matter (RFC 3261 §7.3.1, §7.3.3).
func Explain(name string) (Entry, bool) {
	for i := range dictionary {
		e := &dictionary[i]
		if EqualFold(e.Name, name) || e.Compact != "" && EqualFold(e.Compact, name) {
			return *e, true
		}
	}
	return Entry{}, false
}

var dictionary = []Entry{
	{"Accept", "", "the UAC in a request, for bodies it can take back; the UAS in a 415 or in the answer to OPTIONS",
		"the other UA, before it chooses the type of a body", "application/sdp is assumed", "RFC 3261 §20.1"},
	{"Accept-Encoding", "", "the UAC in a request; the UAS in a 415 or in the answer to OPTIONS",
		"the other UA, before it compresses a body", "no encoding is assumed: bodies are sent plain", "RFC 3261 §20.2"},
	{"Accept-Language", "", "the UAC in a request", "the UAS, to pick the language of reason phrases and of what a user reads",
		"any language is taken to be fine", "RFC 3261 §20.3"},
	{"Alert-Info", "", "a proxy or the UAC in INVITE, the UAS in 180", "the phone that rings, or that plays ringback, to choose another tone",
		"the phone uses its own tone", "RFC 3261 §20.4"},
	{"Allow", "", "either UA; the UAS must in a 405", "the other UA, to learn which methods it may send",
		"nothing is known of the methods; none is ruled out", "RFC 3261 §20.5"},
	{"Authentication-Info", "", "the server in the 2xx to a request with good digest credentials",
		"the UAC, to take the next nonce and to prove that the server knows the password too",
		"the UAC keeps its nonce until it is refused as stale", "RFC 3261 §20.6"},
	{"Authorization", "", "the UAC, in answer to a 401", "the UAS or registrar that challenged, to check who is asking",
		"the request is challenged again with 401", "RFC 3261 §20.7"},
	{"Call-ID", "i", "the UAC, new for each call, one for all its registrations; all else copy it",
		"every element, as one part of the dialog's name; a registrar, to order REGISTERs", "400: the message belongs to no call", "RFC 3261 §20.8"},
	{"Call-Info", "", "either UA or a proxy", "the other UA, to show a picture, a card or a web page", "nothing is shown", "RFC 3261 §20.9"},
	{"Contact", "m", "the UA, with the address at which it can be reached directly; a registrar or redirect server in its answer",
		"the other UA, as the target of later requests in the dialog; a registrar, as the binding to store",
		"an INVITE or its 2xx without it leaves no address for the ACK and the BYE; a REGISTER without it only asks", "RFC 3261 §20.10"},
	{"Content-Disposition", "", "the UA that sends a body", "the other UA, to know what to do with the body and whether it may ignore it",
		"SDP is taken as the session, other types are shown", "RFC 3261 §20.11"},
	{"Content-Encoding", "e", "the UA that encoded the body", "the other UA, to decode it before use", "the body is taken as plain", "RFC 3261 §20.12"},
	{"Content-Language", "", "the UA that sends a body", "the other UA, to pick what its user can read", "the language is not known", "RFC 3261 §20.13"},
	{"Content-Length", "l", "whoever sends the message", "the transport, to find where the body ends",
		"over UDP the body goes to the end of the packet; over TCP the message has no end that can be found", "RFC 3261 §20.14"},
	{"Content-Type", "c", "the UA that sends a body", "the other UA, to know how to read the body; 415 if it cannot",
		"a body cannot be understood", "RFC 3261 §20.15"},
	{"CSeq", "", "the UAC: a number and the method; the response copies both",
		"every element, to tell requests of one dialog apart and in order, and a response's method", "400: a response cannot be matched to its request", "RFC 3261 §20.16"},
	{"Date", "", "the UAC, the UAS or a proxy, when it first sends the message", "a UA without a clock of its own", "nothing", "RFC 3261 §20.17"},
	{"Error-Info", "", "the UAS or a proxy in a 3xx to 6xx response", "the UAC, to show or play more about the error", "only status and reason are shown", "RFC 3261 §20.18"},
	{"Expires", "", "the UAC in REGISTER, INVITE or SUBSCRIBE; the server in its answer",
		"a registrar, for bindings without a time of their own; the UAS, for how long an invitation holds",
		"the server chooses", "RFC 3261 §20.19"},
	{"From", "f", "the UAC: who is asking, with a tag of its own; the response copies it",
		"the other UA, to show the caller; every UA, for its tag as part of the dialog's name", "400", "RFC 3261 §20.20"},
	{"In-Reply-To", "", "the UAC that returns a call, with the Call-IDs of the calls it answers", "the UAS, to let returned calls through", "the call looks like any other", "RFC 3261 §20.21"},
	{"Max-Forwards", "", "the UAC, usually 70; each proxy counts it down by one", "each proxy: at 0 it answers 483 instead of sending on",
		"a loop has no end but that of loop detection; the first proxy adds it", "RFC 3261 §20.22"},
	{"Min-Expires", "", "the registrar or the notifier in a 423", "the UAC, to ask again for at least this many seconds", "the UAC has to guess", "RFC 3261 §20.23"},
	{"MIME-Version", "", "the UA that sends a body in MIME form", "the other UA", "1.0 is assumed", "RFC 3261 §20.24"},
	{"Organization", "", "the UA or a proxy of that organization", "the other UA, to show or filter calls", "nothing", "RFC 3261 §20.25"},
	{"Priority", "", "the UAC, as its user asks", "the UAS or a proxy, to decide whether to disturb; never the network", "normal is assumed", "RFC 3261 §20.26"},
	{"Proxy-Authenticate", "", "a proxy in a 407", "the UAC, to compute credentials for the realm it names", "the UAC cannot answer the 407", "RFC 3261 §20.27"},
	{"Proxy-Authorization", "", "the UAC, in answer to a 407", "the proxy of that realm, which may then take it out", "the proxy answers 407", "RFC 3261 §20.28"},
	{"Proxy-Require", "", "the UAC, for what each proxy on the way must know", "each proxy: 420 if one option is unknown to it", "nothing is demanded", "RFC 3261 §20.29"},
	{"Record-Route", "", "a proxy that wants to stay on the path; the UAS copies it into its response",
		"both UAs, when they make the dialog's route set", "later requests go straight to the Contact, past the proxy", "RFC 3261 §20.30"},
	{"Reply-To", "", "the UAC, when calls back should go elsewhere than to From", "the UAS's user, to call back", "From is used", "RFC 3261 §20.31"},
	{"Require", "", "the UAC, for what the UAS must know; the UAS, for what its response uses", "the other UA: 420 if one option is unknown to it",
		"nothing is demanded", "RFC 3261 §20.32"},
	{"Retry-After", "", "the UAS or a proxy in a 404, 413, 480, 486, 500, 503, 600 or 603", "the UAC, to wait before it tries again",
		"the UAC does not know how long", "RFC 3261 §20.33"},
	{"Route", "", "the UAC, from the dialog's route set or its settings; each proxy takes its own entry out", "each element, to find the next hop",
		"the request goes to its Request-URI", "RFC 3261 §20.34"},
	{"Server", "", "the UAS", "people who look for faults", "nothing", "RFC 3261 §20.35"},
	{"Subject", "s", "the UAC, as its user types it", "the UAS's user", "nothing", "RFC 3261 §20.36"},
	{"Supported", "k", "either UA: the extensions that it knows", "the other UA, before it uses or demands one", "no extension may be used in the answer", "RFC 3261 §20.37"},
	{"Timestamp", "", "the UAC: when it sent the request; the UAS copies it into 100 and may add its own delay", "the UAC, to measure the round trip", "nothing", "RFC 3261 §20.38"},
	{"To", "t", "the UAC: who is meant; the UAS adds its tag in every response but 100",
		"every UA, for its tag as part of the dialog's name; a registrar, for the address-of-record to change", "400", "RFC 3261 §20.39"},
	{"Unsupported", "", "the UAS or proxy in a 420: the options that it does not know", "the UAC, to try again without them", "the UAC cannot tell which option was refused", "RFC 3261 §20.40"},
	{"User-Agent", "", "the UAC", "people who look for faults", "nothing", "RFC 3261 §20.41"},
	{"Via", "v", "each element that sends a request on adds its own on top, with a fresh branch; the receiver adds received and rport",
		"each element on the way back: the top one is its own, the next says where the response goes; the branch names the transaction",
		"400: no response can find its way", "RFC 3261 §20.42"},
	{"Warning", "", "the UAS or a proxy in a response, mostly about the session description", "the UAC, to tell its user why", "only status and reason are shown", "RFC 3261 §20.43"},
	{"WWW-Authenticate", "", "the UAS or registrar in a 401", "the UAC, to compute credentials for the realm it names", "the UAC cannot answer the 401", "RFC 3261 §20.44"},

	{"RSeq", "", "the UAS in a provisional response that it sends reliably", "the UAC, to confirm it with PRACK and to see a gap or a copy",
		"the provisional response is not reliable: if it is lost, nobody knows", "RFC 3262 §7.1"},
	{"RAck", "", "the UAC in PRACK: the RSeq and the CSeq that it confirms", "the UAS, to stop repeating that response", "the PRACK confirms nothing", "RFC 3262 §7.2"},
	{"Path", "", "a proxy between phone and registrar, in REGISTER", "the registrar stores it; requests to the phone then go through it",
		"a phone behind such a proxy cannot be reached", "RFC 3327 §4"},
	{"Refer-To", "r", "the UAC in REFER", "the UA that is referred: whom to call", "400: REFER has no target", "RFC 3515 §2.1"},
	{"Referred-By", "b", "the UA that refers; the referred UA copies it into the request that it makes", "the target, to learn who sent the caller", "the target cannot tell; it may answer 429", "RFC 3892 §3"},
	{"Replaces", "", "the UAC in an INVITE that takes the place of a call", "the UAS: which of its dialogs to end", "the INVITE is one more call", "RFC 3891 §6.1"},
	{"Join", "", "the UAC in an INVITE that wants into a call", "the UAS: which of its dialogs to join", "the INVITE is one more call", "RFC 3911 §7.1"},
	{"Refer-Sub", "", "the UAC in REFER, with false, when it wants no subscription; the server confirms it", "the UA that is referred", "a REFER makes a subscription", "RFC 4488"},
	{"Session-Expires", "x", "the UAC or a proxy in INVITE or UPDATE; the UAS in its 2xx, with who refreshes", "both UAs and the proxies: when a call without refresh is dead",
		"a call whose end nobody heard of lasts for ever", "RFC 4028 §4"},
	{"Min-SE", "", "the UAC or a proxy in INVITE or UPDATE; the server in a 422", "whoever sets Session-Expires: not below this", "90 seconds is assumed", "RFC 4028 §5"},
	{"Max-Breadth", "", "the UAC or the first proxy; a proxy that forks shares it out among its branches", "each proxy: 440 when there are more branches than are left",
		"a fork to oneself can flood the network", "RFC 5393 §5.3.1"},
	{"Event", "o", "the subscriber in SUBSCRIBE, the notifier in NOTIFY", "both, to tell the package and the subscription", "489 or 400: no subscription can be found", "RFC 6665 §8.2.1"},
	{"Allow-Events", "u", "either UA; the notifier must in a 489", "the other UA, to learn which packages it may subscribe to", "nothing is known of the packages", "RFC 6665 §8.2.2"},
	{"Subscription-State", "", "the notifier in NOTIFY: active, pending or terminated", "the subscriber, to know whether the subscription lives and for how long", "400: the subscriber cannot tell", "RFC 6665 §8.2.3"},
	{"History-Info", "", "a proxy or UA that sends a request elsewhere than it was sent", "the UAS, to see where the call has been", "only the last target is known", "RFC 7044 §5"},
	{"Diversion", "", "a proxy or UA that diverts a call", "the UAS, such as a voice mail, to see whom the caller wanted", "the voice mail cannot tell whose it is", "RFC 5806"},
}
