package scenario

import (
	"net/netip"
	"strings"
	"time"

	"siplab/sim"
	"siplab/sim/auth"
	"siplab/sim/transport"
	"siplab/sim/ua"
	"siplab/sim/words"
)

var phoneKind = kind{
	keyword: "phone", fixed: " AOR",
	means:   "A phone with its address-of-record.",
	example: "phone bob sip:bob@biloxi.example.com password zanzibar",
	element: func() sim.Element { return &sim.Phone{} },
	readFixed: func(l *words.Line, h *sim.Host) error {
		w, err := l.Next("its address-of-record, such as sip:" + h.Name + "@biloxi.example.com")
		phone(h).AOR = w.Text
		return err
	},
	printFixed: func(h *sim.Host) string { return " " + words.Print(phone(h).AOR) },
	options: []option{
		textOption("password", "SECRET", "its password; without one it answers no challenge", func(h *sim.Host) *string { return &phone(h).Password }),
		textOption("user", "NAME", "the user of its credentials; else that of its address-of-record", func(h *sim.Host) *string { return &phone(h).User }),
		credentialsOption,
		textOption("display", "TEXT", "the name that others see", func(h *sim.Host) *string { return &phone(h).Display }),
		labelOption,
		addressOption,
		transportOption,
		noTCPOption,
		textOption("contact", "URI", "what it registers; else its own address", func(h *sim.Host) *string { return &phone(h).Contact }),
		textOption("registrar", "URI", "where it registers; else the domain of its address-of-record", func(h *sim.Host) *string { return &phone(h).Registrar }),
		textOption("outbound", "URI", "its outbound proxy: each request outside of a dialog goes there first, as in sip:ss1.atlanta.example.com;lr", func(h *sim.Host) *string { return &phone(h).Outbound }),
		textOption("outbound-realm", "TEXT", "the realm of its outbound proxy: what it once answered to that goes with each later request (RFC 3261 §22.3)", func(h *sim.Host) *string { return &phone(h).OutboundRealm }),
		timeOption("expires", "how long a registration it asks for; else 1h", func(h *sim.Host) *time.Duration { return &phone(h).Expires }),
		timeOption("refresh-before", "how long before the end it registers again; else 64*T1", func(h *sim.Host) *time.Duration { return &phone(h).RefreshBefore }),
		flagOption("path", "knows the extension of RFC 3327", func(h *sim.Host) *bool { return &phone(h).Path }),
		timeOption("answer-after", "answers a call by itself, that long after it began to ring", func(h *sim.Host) *time.Duration { return &phone(h).AnswerAfter }),
		timeOption("ring-for", "how long it lets the far end ring before it gives up; else as long as it takes", func(h *sim.Host) *time.Duration { return &phone(h).RingFor }),
		choiceOption("progress", "what it says while it rings; else 180", ua.Progresses, func(h *sim.Host) *string { return &phone(h).Progress }),
		choiceOption("100rel", "knows RFC 3262 and uses it where it can; required: insists on it", ua.Reliability, func(h *sim.Host) *string { return &phone(h).Reliable }),
		flagOption("offer-late", "leaves the first offer to the far end", func(h *sim.Host) *bool { return &phone(h).OfferLate }),
		choiceOption("media", "what it is good for, as a server of music that sends only; else sendrecv", ua.Medias, func(h *sim.Host) *string { return &phone(h).Media }),
		flagOption("session-timer", "knows RFC 4028, and asks for nothing", func(h *sim.Host) *bool { return &phone(h).SessionTimer.Known }),
		timeOption("session-expires", "asks for a session timer of this length (RFC 4028): a call that is not refreshed in it ends", func(h *sim.Host) *time.Duration { return &phone(h).SessionTimer.Expires }),
		timeOption("min-se", "the shortest session timer that it agrees to; else 1m30s", func(h *sim.Host) *time.Duration { return &phone(h).SessionTimer.Min }),
		choiceOption("refresher", "who it wants to refresh the session, by the role in the request; else either", ua.Refreshers, func(h *sim.Host) *string { return &phone(h).SessionTimer.Refresher }),
		choiceOption("refresh-by", "what it refreshes the session by; else UPDATE where the far end allows that", ua.RefreshMethods, func(h *sim.Host) *string { return &phone(h).SessionTimer.By }),
		flagOption("busy", "turns every call away", func(h *sim.Host) *bool { return &phone(h).Busy }),
		choiceOption("policy", "what it does about a SUBSCRIBE or a REFER; else it grants it", ua.Policies, func(h *sim.Host) *string { return &phone(h).Policy }),
		timeOption("watch-min", "the shortest subscription that it grants", func(h *sim.Host) *time.Duration { return &phone(h).WatchMin }),
		timeOption("watch-max", "the longest subscription that it grants", func(h *sim.Host) *time.Duration { return &phone(h).WatchMax }),
		bugOption(func(h *sim.Host) *[]string { return &phone(h).Settings.Bugs }),
	},
}

var credentialsOption = option{
	word: "credentials", value: "REALM user NAME password SECRET", means: "another user and password for one realm; may be said more than once", many: true,
	read: func(l *words.Line, h *sim.Host) error {
		realm, err := l.Next("a realm, such as biloxi.example.com")
		if err != nil {
			return err
		}
		user, err := after(l, "user", "the user of the credentials, such as alice")
		if err != nil {
			return err
		}
		secret, err := after(l, "password", "the password itself")
		phone(h).Credentials = append(phone(h).Credentials, auth.Account{Realm: realm.Text, Username: user.Text, Password: auth.Secret(secret.Text)})
		return err
	},
	print: func(h *sim.Host) (out []string) {
		for _, a := range phone(h).Credentials {
			out = append(out, words.Print(a.Realm)+" user "+words.Print(a.Username)+" password "+words.Print(string(a.Password)))
		}
		return out
	},
}

func phone(h *sim.Host) *sim.Phone { return h.Element.(*sim.Phone) }

// labelOption is for every kind of host.
var labelOption = textOption("label", "TEXT", "what pictures call it; else its name", func(h *sim.Host) *string { return &h.Label })

// noTCPOption is for every kind of host.
var noTCPOption = flagOption("no-tcp", "refuses connections, as an element of RFC 2543 may", func(h *sim.Host) *bool { return &h.NoTCP })

// transportOption is for who sends requests.
var transportOption = option{
	word: "transport", value: "udp|tcp|tls", means: "what its requests go over where their URI leaves it open; else udp. TLS is named, not encrypted",
	read: func(l *words.Line, h *sim.Host) error {
		w, err := l.Expect("transport", "udp", "tcp", "tls")
		h.Transport, _ = transport.ParseProtocol(w.Text)
		return err
	},
	print: func(h *sim.Host) []string {
		if h.Transport == transport.UDP {
			return nil
		}
		return []string{strings.ToLower(h.Transport.String())}
	},
}

const sipPort = 5060

// addressOption is for every kind of host.
var addressOption = option{
	word: "address", value: "ADDRESS", means: "its IP address, with or without a port; else the next free one, port 5060",
	read: func(l *words.Line, h *sim.Host) error {
		w, err := l.Next("an IP address, such as 192.0.2.7 or 192.0.2.7:5080")
		if err != nil {
			return err
		}
		at, err := netip.ParseAddrPort(w.Text)
		if err != nil {
			addr, _ := netip.ParseAddr(w.Text)
			at = netip.AddrPortFrom(addr, sipPort)
		}
		if a := at.Addr(); !a.IsValid() || a.IsUnspecified() || a.IsMulticast() || a.Zone() != "" || at.Port() == 0 {
			return w.Wrong("is no address of a host", "an IP address, such as 192.0.2.7, 192.0.2.7:5080 or [2001:db8::7]:5080")
		}
		h.Addr = at
		return nil
	},
	print: func(h *sim.Host) []string {
		switch {
		case !h.Addr.IsValid():
			return nil
		case h.Addr.Port() == sipPort:
			return []string{h.Addr.Addr().String()}
		}
		return []string{h.Addr.String()}
	},
}
