package sip

import "strings"

// rule is the grammar of one header field and what a receiver makes of a flaw in it.
type rule struct {
	section string
	read    func(*reader)
	plain   func(*Message, string) bool // knows at a glance values that read finds nothing wrong with; nil: none
	needed  bool                        // a server needs it: it answers 400 to a flaw. Others "SHOULD be ignored" when malformed (§16.3 step 1, §8.2)
	many    bool                        // may stand in several rows: a list, or credentials (§7.3.1)
}

// rules has one row a header. A header without a row is free text.
var rules = [nameCount]rule{
	NameAccept:             {section: "RFC 3261 §20.1", read: optionalList((*reader).mediaRange), many: true},
	NameAcceptEncoding:     {section: "RFC 3261 §20.2", read: optionalList((*reader).tokenParams), many: true},
	NameAcceptLanguage:     {section: "RFC 3261 §20.3", read: optionalList((*reader).languageRange), many: true},
	NameAlertInfo:          {section: "RFC 3261 §20.4", read: listOf((*reader).absoluteURI), many: true},
	NameAllow:              {section: "RFC 3261 §20.5", read: optionalList((*reader).method), plain: plainTokens, many: true},
	NameAuthenticationInfo: {section: "RFC 3261 §20.6", read: (*reader).authenticationInfo},
	NameAuthorization:      {section: "RFC 3261 §20.7", read: (*reader).credentials, needed: true, many: true},
	NameCallID:             {section: "RFC 3261 §20.8", read: (*reader).callID, plain: plainCallID, needed: true},
	NameCallInfo:           {section: "RFC 3261 §20.9", read: listOf((*reader).absoluteURI), many: true},
	NameContact:            {section: "RFC 3261 §20.10", read: (*reader).contact, plain: plainContact, needed: true, many: true},
	NameContentDisposition: {section: "RFC 3261 §20.11", read: (*reader).tokenParams},
	NameContentEncoding:    {section: "RFC 3261 §20.12", read: listOf((*reader).option), many: true},
	NameContentLanguage:    {section: "RFC 3261 §20.13", read: listOf((*reader).languageTag), many: true},
	NameContentLength:      {section: "RFC 3261 §20.14", read: (*reader).contentLength, plain: plainLength, needed: true},
	NameContentType:        {section: "RFC 3261 §20.15", read: (*reader).mediaType, plain: plainMediaType, needed: true},
	NameCSeq:               {section: "RFC 3261 §20.16", read: (*reader).cseq, plain: plainCSeq, needed: true},
	NameDate:               {section: "RFC 3261 §20.17", read: (*reader).date},
	NameErrorInfo:          {section: "RFC 3261 §20.18", read: listOf((*reader).absoluteURI), many: true},
	NameExpires:            {section: "RFC 3261 §20.19", read: (*reader).seconds, plain: plainSeconds},
	NameFrom:               {section: "RFC 3261 §20.20", read: (*reader).fromTo, plain: plainFrom, needed: true},
	NameInReplyTo:          {section: "RFC 3261 §20.21", read: listOf((*reader).callID), many: true},
	NameMaxForwards:        {section: "RFC 3261 §20.22", read: (*reader).maxForwards, plain: plainHops, needed: true},
	NameMinExpires:         {section: "RFC 3261 §20.23", read: (*reader).seconds, plain: plainSeconds},
	NameMIMEVersion:        {section: "RFC 3261 §20.24", read: (*reader).mimeVersion},
	NameOrganization:       {section: "RFC 3261 §20.25", read: (*reader).free},
	NamePriority:           {section: "RFC 3261 §20.26", read: (*reader).option},
	NameProxyAuthenticate:  {section: "RFC 3261 §20.27", read: (*reader).challenge, many: true},
	NameProxyAuthorization: {section: "RFC 3261 §20.28", read: (*reader).credentials, needed: true, many: true},
	NameProxyRequire:       {section: "RFC 3261 §20.29", read: listOf((*reader).option), needed: true, many: true},
	NameRecordRoute:        {section: "RFC 3261 §20.30", read: routes, plain: plainRoutes, needed: true, many: true},
	NameReplyTo:            {section: "RFC 3261 §20.31", read: (*reader).fromTo},
	NameRequire:            {section: "RFC 3261 §20.32", read: listOf((*reader).option), plain: plainTokens, needed: true, many: true},
	NameRetryAfter:         {section: "RFC 3261 §20.33", read: (*reader).retryAfter},
	NameRoute:              {section: "RFC 3261 §20.34", read: routes, plain: plainRoutes, needed: true, many: true},
	NameServer:             {section: "RFC 3261 §20.35", read: (*reader).products},
	NameSubject:            {section: "RFC 3261 §20.36", read: (*reader).free},
	NameSupported:          {section: "RFC 3261 §20.37", read: optionalList((*reader).option), plain: plainTokens, many: true},
	NameTimestamp:          {section: "RFC 3261 §20.38", read: (*reader).timestamp},
	NameTo:                 {section: "RFC 3261 §20.39", read: (*reader).fromTo, plain: plainTo, needed: true},
	NameUnsupported:        {section: "RFC 3261 §20.40", read: listOf((*reader).option), many: true},
	NameUserAgent:          {section: "RFC 3261 §20.41", read: (*reader).products},
	NameVia:                {section: "RFC 3261 §20.42", read: (*reader).vias, plain: plainVia, needed: true, many: true},
	NameWarning:            {section: "RFC 3261 §20.43", read: listOf((*reader).warning), many: true},
	NameWWWAuthenticate:    {section: "RFC 3261 §20.44", read: (*reader).challenge, many: true},

	NameAllowEvents:       {section: "RFC 6665 §8.2.2", read: listOf((*reader).option), many: true},
	NameEvent:             {section: "RFC 6665 §8.2.1", read: (*reader).tokenParams, needed: true},
	NameHistoryInfo:       {section: "RFC 7044 §5", read: routes, many: true},
	NameDiversion:         {section: "RFC 5806", read: routes, many: true},
	NameJoin:              {section: "RFC 3911 §7.1", read: (*reader).dialog, needed: true},
	NameMaxBreadth:        {section: "RFC 5393 §5.3.1", read: (*reader).maxBreadth, needed: true},
	NameMinSE:             {section: "RFC 4028 §5", read: (*reader).secondsParams, needed: true},
	NamePath:              {section: "RFC 3327 §4", read: routes, plain: plainRoutes, needed: true, many: true},
	NameRAck:              {section: "RFC 3262 §7.2", read: (*reader).rack, needed: true},
	NameReferSub:          {section: "RFC 4488", read: (*reader).tokenParams},
	NameReferTo:           {section: "RFC 3515 §2.1", read: (*reader).fromTo, needed: true},
	NameReferredBy:        {section: "RFC 3892 §3", read: (*reader).fromTo},
	NameReplaces:          {section: "RFC 3891 §6.1", read: (*reader).dialog, needed: true},
	NameRSeq:              {section: "RFC 3262 §7.1", read: (*reader).rseq},
	NameSessionExpires:    {section: "RFC 4028 §4", read: (*reader).secondsParams, needed: true},
	NameSubscriptionState: {section: "RFC 6665 §8.2.3", read: (*reader).tokenParams, needed: true},
}

// freeText is the rule of the headers that have none.
var freeText = rule{section: "RFC 3261 §25.1", read: (*reader).free, many: true}

// ruleOf returns the row of a header; other headers are free text of any number of rows.
func ruleOf(n Name) *rule {
	if row := &rules[n]; row.read != nil {
		return row
	}
	return &freeText
}

func listOf(value func(*reader)) func(*reader) {
	return func(r *reader) { r.list(maxValues, value) }
}

// optionalList is a list that may be empty.
func optionalList(value func(*reader)) func(*reader) {
	return func(r *reader) {
		if r.sws(); !r.end() {
			r.list(maxValues, value)
		}
	}
}

func routes(r *reader) { r.list(r.limits.Routes, (*reader).route) }

func (r *reader) vias() { r.list(r.limits.Vias, (*reader).via) }

// free takes [TEXT-UTF8-TRIM].
func (r *reader) free() {
	r.text(r.i, r.s[r.i:])
	r.i = len(r.s)
}

func (r *reader) option() { r.token("a token", "letters, digits and the characters -.!%*_+`'~") }

func (r *reader) method() { r.token("a method", "a method such as INVITE") }

func (r *reader) tokenParams() {
	r.option()
	r.params(nil)
}

// languageTag takes 1*8ALPHA *( "-" 1*8ALPHA ).
func (r *reader) languageTag() {
	start := r.i
	tag := r.span(tokenChars)
	for part := range strings.SplitSeq(tag, "-") {
		if len(part) > 8 || !only(part, alphaChars) {
			r.i = start
			r.missing("a language", "a language tag such as en or en-gb")
			return
		}
	}
}

func (r *reader) languageRange() {
	if r.peek() == '*' {
		r.i++
	} else {
		r.languageTag()
	}
	r.params((*reader).quality)
}

// quality looks at the parameter q: ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] ).
func (r *reader) quality(p param) {
	if !p.is("q") {
		return
	}
	whole, fraction, _ := strings.Cut(p.value, ".")
	good := len(fraction) <= 3 && (whole == "0" && spanOf(fraction, digitChars) == len(fraction) || whole == "1" && strings.Trim(fraction, "0") == "")
	if !good {
		r.add(&flaw{at: p.valueAt, text: "this is no q value", want: "a number from 0 to 1 with at most three decimals", section: "RFC 3261 §25.1"})
	}
}

// mediaType takes m-type SLASH m-subtype *( SEMI m-parameter ).
func (r *reader) mediaType() {
	if r.token("a media type", "a type such as application/sdp") != "" {
		if !r.accept('/') {
			r.missing(`"/"`, "a type such as application/sdp")
			return
		}
		r.token("a media subtype", "a type such as application/sdp")
	}
	r.params(nil)
}

// mediaRange is a media type where "*" stands for all; "*" is a token character.
func (r *reader) mediaRange() {
	r.token("a media type", "a type such as application/sdp or */*")
	if r.accept('/') {
		r.token("a media subtype", "a type such as application/sdp or */*")
	} else {
		r.missing(`"/"`, "a type such as application/sdp or */*")
	}
	r.params((*reader).quality)
}

// mimeVersion takes 1*DIGIT "." 1*DIGIT.
func (r *reader) mimeVersion() {
	before, after, dot := strings.Cut(r.span(digitChars|dotChar), ".")
	if !dot || !only(before, digitChars) || !only(after, digitChars) {
		r.note(0, "this is no version", "a version such as 1.0")
	}
}

// products takes server-val *( LWS server-val ), each a product with a version or a comment.
func (r *reader) products() {
	for r.sws(); !r.end() && len(r.flaws) == 0; r.sws() {
		if r.peek() == '(' {
			r.comment()
			continue
		}
		r.token("a product", "a name such as softphone/1.0, or a (comment)")
		if len(r.flaws) == 0 && r.accept('/') {
			r.token("the version of a product", "a version such as 1.0")
		}
	}
}
