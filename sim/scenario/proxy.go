package scenario

import (
	"time"

	"siplab/sim"
	"siplab/sim/auth"
	"siplab/sim/proxy"
	"siplab/sim/words"
)

var proxyKind = kind{
	keyword: "proxy",
	means:   "A proxy. Where a registrar of the scenario has a domain of the proxy too, the proxy forwards to what is registered there; route says other targets and ways.",
	example: "proxy ss1 domain atlanta.example.com name ss1.atlanta.example.com",
	element: func() sim.Element { return &sim.Proxy{} },
	options: []option{
		domainsOption("a domain that it is responsible for", func(h *sim.Host) *[]string { return &proxyOf(h).Settings.Domains }),
		textOption("name", "NAME", "its own domain name, as Record-Route shows it; else its address", func(h *sim.Host) *string { return &proxyOf(h).Name }),
		textOption("realm", "TEXT", "asks for a password, with this realm; the phones of its domains that have one are its users", func(h *sim.Host) *string { return &proxyOf(h).Realm }),
		algorithmsOption(func(h *sim.Host) *[]auth.Algorithm { return &proxyOf(h).Algorithms }),
		proxyUserOption,
		flagOption("own-only", "asks those only who say that they are of its domains", func(h *sim.Host) *bool { return &proxyOf(h).OwnOnly }),
		choiceOption("record-route", "double: one value for each of its sides; off: does not stay on the path; else one value", []string{proxy.RecordRouteDouble, proxy.RecordRouteOff}, func(h *sim.Host) *string { return &proxyOf(h).RecordRoute }),
		flagOption("path", "stays on the path to the phones that register through it (RFC 3327)", func(h *sim.Host) *bool { return &proxyOf(h).Path }),
		flagOption("gateway", "an application level gateway: session descriptions name it, so that media goes by it (RFC 3665 §3.5)", func(h *sim.Host) *bool { return &proxyOf(h).Gateway }),
		choiceOption("fork", "whether it tries targets of equal preference at once or one after the other; else parallel", []string{proxy.ForkParallel, proxy.ForkSequential}, func(h *sim.Host) *string { return &proxyOf(h).Fork }),
		timeOption("try-for", "how long targets may ring before those of lower preference are tried; else as long as they like", func(h *sim.Host) *time.Duration { return &proxyOf(h).TryFor }),
		flagOption("recurse", "tries the contacts of a 3xx itself", func(h *sim.Host) *bool { return &proxyOf(h).Recurse }),
		timeOption("timer-c", "how long a branch may go without an answer; else 3m1s", func(h *sim.Host) *time.Duration { return &proxyOf(h).TimerC }),
		numberOption("max-breadth", "the most that it takes for Max-Breadth (RFC 5393); else 60", 60, func(h *sim.Host) *int { return &proxyOf(h).MaxBreadth }),
		flagOption("refuse-breadth", "answers 440 where Max-Breadth is too small for its fork; else it forks as far as it may", func(h *sim.Host) *bool { return &proxyOf(h).RefuseBreadth }),
		timeOption("session-expires", "asks for session timers of this length, and shortens longer ones (RFC 4028)", func(h *sim.Host) *time.Duration { return &proxyOf(h).SessionExpires }),
		timeOption("min-se", "the shortest session timer that it agrees to", func(h *sim.Host) *time.Duration { return &proxyOf(h).MinSE }),
		flagOption("stateless", "has no transactions: it passes on and forgets", func(h *sim.Host) *bool { return &proxyOf(h).Stateless }),
		labelOption,
		addressOption,
		transportOption,
		noTCPOption,
		bugOption(func(h *sim.Host) *[]string { return &proxyOf(h).Settings.Bugs }),
	},
}

func proxyOf(h *sim.Host) *sim.Proxy { return h.Element.(*sim.Proxy) }

var proxyUserOption = option{
	word: "user", value: "NAME password SECRET", means: "a user besides the phones of its domains; may be said more than once", many: true,
	read: func(l *words.Line, h *sim.Host) error {
		name, err := l.Next("the user of the credentials, such as alice")
		if err != nil {
			return err
		}
		secret, err := after(l, "password", "the password itself")
		proxyOf(h).Users = append(proxyOf(h).Users, proxy.User{Name: name.Text, Password: auth.Secret(secret.Text)})
		return err
	},
	print: func(h *sim.Host) (out []string) {
		for _, u := range proxyOf(h).Users {
			out = append(out, words.Print(u.Name)+" password "+words.Print(string(u.Password)))
		}
		return out
	},
}

var redirectKind = kind{
	keyword: "redirect",
	means:   "A redirect server: it answers with where the callee is, by its routes or by what is registered at the registrar of its domain.",
	example: "redirect away domain biloxi.example.com",
	element: func() sim.Element { return &sim.Redirect{} },
	options: []option{
		domainsOption("a domain whose requests come to it", func(h *sim.Host) *[]string { return &redirectOf(h).RedirectSettings.Domains }),
		flagOption("permanent", "answers 301 in place of 302", func(h *sim.Host) *bool { return &redirectOf(h).Permanent }),
		labelOption,
		addressOption,
		noTCPOption,
	},
}

func redirectOf(h *sim.Host) *sim.Redirect { return h.Element.(*sim.Redirect) }
