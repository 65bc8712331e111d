package sip

// Name is a header field name that siplab knows. Its long and compact forms,
// in whatever case, are one Name (RFC 3261 §7.3.1, §7.3.3); NameOther is every
// name that has no constant here.
type Name uint8

// The names: first those of RFC 3261 §20, then those of its extensions.
const (
	NameOther Name = iota
	NameAccept
	NameAcceptEncoding
	NameAcceptLanguage
	NameAlertInfo
	NameAllow
	NameAuthenticationInfo
	NameAuthorization
	NameCallID
	NameCallInfo
	NameContact
	NameContentDisposition
	NameContentEncoding
	NameContentLanguage
	NameContentLength
	NameContentType
	NameCSeq
	NameDate
	NameErrorInfo
	NameExpires
	NameFrom
	NameInReplyTo
	NameMaxForwards
	NameMIMEVersion
	NameMinExpires
	NameOrganization
	NamePriority
	NameProxyAuthenticate
	NameProxyAuthorization
	NameProxyRequire
	NameRecordRoute
	NameReplyTo
	NameRequire
	NameRetryAfter
	NameRoute
	NameServer
	NameSubject
	NameSupported
	NameTimestamp
	NameTo
	NameUnsupported
	NameUserAgent
	NameVia
	NameWarning
	NameWWWAuthenticate

	NameAcceptContact
	NameAcceptResourcePriority
	NameAllowEvents
	NameAnswerMode
	NameDiversion
	NameEvent
	NameFeatureCaps
	NameFlowTimer
	NameGeolocation
	NameGeolocationError
	NameGeolocationRouting
	NameHistoryInfo
	NameIdentity
	NameIdentityInfo
	NameInfoPackage
	NameJoin
	NameMaxBreadth
	NameMinSE
	NamePAccessNetworkInfo
	NamePAssertedIdentity
	NamePAssociatedURI
	NamePCalledPartyID
	NamePChargingFunctionAddresses
	NamePChargingVector
	NamePPreferredIdentity
	NamePVisitedNetworkID
	NamePath
	NamePermissionMissing
	NamePrivAnswerMode
	NamePrivacy
	NameRAck
	NameRSeq
	NameReason
	NameRecvInfo
	NameReferSub
	NameReferTo
	NameReferredBy
	NameRejectContact
	NameReplaces
	NameRequestDisposition
	NameResourcePriority
	NameSecurityClient
	NameSecurityServer
	NameSecurityVerify
	NameServiceRoute
	NameSessionExpires
	NameSessionID
	NameSIPETag
	NameSIPIfMatch
	NameSubscriptionState
	NameSuppressIfMatch
	NameTargetDialog
	NameTriggerConsent
	NameUserToUser

	nameCount
)

// heading is what the parser must know of a name.
type heading struct {
	name    string
	compact byte // the compact form, 0 for none
	list    bool // the grammar is header-value *(COMMA header-value), §7.3
}

// headings says of each Name how it is written and whether commas separate its
// values. Authorization and its kin are no lists: the commas in them separate
// parameters, and two rows must not be joined into one (§7.3.1).
var headings = [nameCount]heading{
	NameAccept:             {"Accept", 0, true},
	NameAcceptEncoding:     {"Accept-Encoding", 0, true},
	NameAcceptLanguage:     {"Accept-Language", 0, true},
	NameAlertInfo:          {"Alert-Info", 0, true},
	NameAllow:              {"Allow", 0, true},
	NameAuthenticationInfo: {"Authentication-Info", 0, false},
	NameAuthorization:      {"Authorization", 0, false},
	NameCallID:             {"Call-ID", 'i', false},
	NameCallInfo:           {"Call-Info", 0, true},
	NameContact:            {"Contact", 'm', true},
	NameContentDisposition: {"Content-Disposition", 0, false},
	NameContentEncoding:    {"Content-Encoding", 'e', true},
	NameContentLanguage:    {"Content-Language", 0, true},
	NameContentLength:      {"Content-Length", 'l', false},
	NameContentType:        {"Content-Type", 'c', false},
	NameCSeq:               {"CSeq", 0, false},
	NameDate:               {"Date", 0, false},
	NameErrorInfo:          {"Error-Info", 0, true},
	NameExpires:            {"Expires", 0, false},
	NameFrom:               {"From", 'f', false},
	NameInReplyTo:          {"In-Reply-To", 0, true},
	NameMaxForwards:        {"Max-Forwards", 0, false},
	NameMIMEVersion:        {"MIME-Version", 0, false},
	NameMinExpires:         {"Min-Expires", 0, false},
	NameOrganization:       {"Organization", 0, false},
	NamePriority:           {"Priority", 0, false},
	NameProxyAuthenticate:  {"Proxy-Authenticate", 0, false},
	NameProxyAuthorization: {"Proxy-Authorization", 0, false},
	NameProxyRequire:       {"Proxy-Require", 0, true},
	NameRecordRoute:        {"Record-Route", 0, true},
	NameReplyTo:            {"Reply-To", 0, false},
	NameRequire:            {"Require", 0, true},
	NameRetryAfter:         {"Retry-After", 0, false},
	NameRoute:              {"Route", 0, true},
	NameServer:             {"Server", 0, false},
	NameSubject:            {"Subject", 's', false},
	NameSupported:          {"Supported", 'k', true},
	NameTimestamp:          {"Timestamp", 0, false},
	NameTo:                 {"To", 't', false},
	NameUnsupported:        {"Unsupported", 0, true},
	NameUserAgent:          {"User-Agent", 0, false},
	NameVia:                {"Via", 'v', true},
	NameWarning:            {"Warning", 0, true},
	NameWWWAuthenticate:    {"WWW-Authenticate", 0, false},

	NameAcceptContact:              {"Accept-Contact", 'a', true},
	NameAcceptResourcePriority:     {"Accept-Resource-Priority", 0, true},
	NameAllowEvents:                {"Allow-Events", 'u', true},
	NameAnswerMode:                 {"Answer-Mode", 0, false},
	NameDiversion:                  {"Diversion", 0, true},
	NameEvent:                      {"Event", 'o', false},
	NameFeatureCaps:                {"Feature-Caps", 0, true},
	NameFlowTimer:                  {"Flow-Timer", 0, false},
	NameGeolocation:                {"Geolocation", 0, true},
	NameGeolocationError:           {"Geolocation-Error", 0, false},
	NameGeolocationRouting:         {"Geolocation-Routing", 0, false},
	NameHistoryInfo:                {"History-Info", 0, true},
	NameIdentity:                   {"Identity", 'y', false},
	NameIdentityInfo:               {"Identity-Info", 'n', false},
	NameInfoPackage:                {"Info-Package", 0, false},
	NameJoin:                       {"Join", 0, false},
	NameMaxBreadth:                 {"Max-Breadth", 0, false},
	NameMinSE:                      {"Min-SE", 0, false},
	NamePAccessNetworkInfo:         {"P-Access-Network-Info", 0, true},
	NamePAssertedIdentity:          {"P-Asserted-Identity", 0, true},
	NamePAssociatedURI:             {"P-Associated-URI", 0, true},
	NamePCalledPartyID:             {"P-Called-Party-ID", 0, false},
	NamePChargingFunctionAddresses: {"P-Charging-Function-Addresses", 0, false},
	NamePChargingVector:            {"P-Charging-Vector", 0, false},
	NamePPreferredIdentity:         {"P-Preferred-Identity", 0, true},
	NamePVisitedNetworkID:          {"P-Visited-Network-ID", 0, true},
	NamePath:                       {"Path", 0, true},
	NamePermissionMissing:          {"Permission-Missing", 0, true},
	NamePrivAnswerMode:             {"Priv-Answer-Mode", 0, false},
	NamePrivacy:                    {"Privacy", 0, false},
	NameRAck:                       {"RAck", 0, false},
	NameRSeq:                       {"RSeq", 0, false},
	NameReason:                     {"Reason", 0, true},
	NameRecvInfo:                   {"Recv-Info", 0, true},
	NameReferSub:                   {"Refer-Sub", 0, false},
	NameReferTo:                    {"Refer-To", 'r', false},
	NameReferredBy:                 {"Referred-By", 'b', false},
	NameRejectContact:              {"Reject-Contact", 'j', true},
	NameReplaces:                   {"Replaces", 0, false},
	NameRequestDisposition:         {"Request-Disposition", 'd', true},
	NameResourcePriority:           {"Resource-Priority", 0, true},
	NameSecurityClient:             {"Security-Client", 0, true},
	NameSecurityServer:             {"Security-Server", 0, true},
	NameSecurityVerify:             {"Security-Verify", 0, true},
	NameServiceRoute:               {"Service-Route", 0, true},
	NameSessionExpires:             {"Session-Expires", 'x', false},
	NameSessionID:                  {"Session-ID", 0, false},
	NameSIPETag:                    {"SIP-ETag", 0, false},
	NameSIPIfMatch:                 {"SIP-If-Match", 0, false},
	NameSubscriptionState:          {"Subscription-State", 0, false},
	NameSuppressIfMatch:            {"Suppress-If-Match", 0, false},
	NameTargetDialog:               {"Target-Dialog", 0, false},
	NameTriggerConsent:             {"Trigger-Consent", 0, true},
	NameUserToUser:                 {"User-to-User", 0, true},
}

// String is the long form as the RFCs write it; "" for NameOther.
func (n Name) String() string {
	if n >= nameCount {
		return ""
	}
	return headings[n].name
}

// Compact is the compact form (§7.3.3), "" for a name that has none.
func (n Name) Compact() string {
	if n >= nameCount || headings[n].compact == 0 {
		return ""
	}
	return string(rune(headings[n].compact))
}

// IsList says whether commas separate several values of this header (§7.3).
func (n Name) IsList() bool { return n < nameCount && headings[n].list }

// ParseName finds the Name of a header field name, long or compact, in any
// case; NameOther when there is none.
func ParseName(s string) Name {
	if len(s) == 0 {
		return NameOther
	}
	if len(s) == 1 {
		return compactNames[s[0]]
	}
	for i := nameHash(s); nameTable[i] != NameOther; i = (i + 1) % nameSlots {
		if n := nameTable[i]; headings[n].name == s || EqualFold(headings[n].name, s) {
			return n
		}
	}
	return NameOther
}

const nameSlots = 512

// nameTable is an open hash table of the long forms; compactNames has the
// compact ones by their letter.
var nameTable, compactNames = buildNames()

func buildNames() (long [nameSlots]Name, compact [256]Name) {
	for n := Name(1); n < nameCount; n++ {
		h := headings[n]
		if h.compact != 0 {
			compact[h.compact] = n
			compact[h.compact-'a'+'A'] = n
		}
		i := nameHash(h.name)
		for long[i] != NameOther {
			i = (i + 1) % nameSlots
		}
		long[i] = n
	}
	return long, compact
}

// nameHash looks at four places of a name of two bytes or more. Setting bit
// 0x20 makes letters lower-case; what it does to others harms nothing, as the
// name found is compared in full.
func nameHash(s string) uint32 {
	l := len(s)
	h := uint32(l)*37 + uint32(s[0]|0x20)*29 + uint32(s[l/2]|0x20)*73 + uint32(s[l-1]|0x20)*11
	return h % nameSlots
}

// EqualFold compares as tokens are compared: without regard to the case of
// ASCII letters (§7.3.1). Unlike strings.EqualFold it folds nothing else.
func EqualFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if a[i] != b[i] && lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
