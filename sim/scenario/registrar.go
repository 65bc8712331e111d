package scenario

import (
	"time"

	"siplab/sim"
	"siplab/sim/auth"
	"siplab/sim/registrar"
	"siplab/sim/words"
)

var registrarKind = kind{
	keyword: "registrar", fixed: " domain DOMAIN",
	means:   "A registrar of a domain; the phones of the domain that have a password are its users.",
	example: "registrar biloxi domain biloxi.example.com",
	element: func() sim.Element { return &sim.Registrar{} },
	readFixed: func(l *words.Line, h *sim.Host) error {
		if _, err := l.Expect("word here", "domain"); err != nil {
			return err
		}
		w, err := l.Next("its domain, such as biloxi.example.com")
		server(h).Domain = w.Text
		return err
	},
	printFixed: func(h *sim.Host) string { return " domain " + words.Print(server(h).Domain) },
	options: []option{
		textOption("realm", "TEXT", "of its challenges; else the domain", func(h *sim.Host) *string { return &server(h).Realm }),
		algorithmsOption(func(h *sim.Host) *[]auth.Algorithm { return &server(h).Algorithms }),
		choiceOption("qop", "the quality of protection that it offers; else auth", []string{"auth", "auth-int", auth.NoQOP}, func(h *sim.Host) *string { return &server(h).QOP }),
		flagOption("open", "asks nobody for a password", func(h *sim.Host) *bool { return &server(h).Open }),
		userOption,
		timeOption("min-expires", "the shortest registration that it grants; else 1m", func(h *sim.Host) *time.Duration { return &server(h).MinExpires }),
		timeOption("max-expires", "the longest; else 2h", func(h *sim.Host) *time.Duration { return &server(h).MaxExpires }),
		timeOption("default-expires", "what it grants to who asks for none; else 1h", func(h *sim.Host) *time.Duration { return &server(h).DefaultExpires }),
		timeOption("nonce-lifetime", "how long a nonce is good; else 5m", func(h *sim.Host) *time.Duration { return &server(h).NonceLifetime }),
		numberOption("max-bindings", "how many contacts one address-of-record may have; else 10", 10, func(h *sim.Host) *int { return &server(h).MaxBindings }),
		labelOption,
		addressOption,
		noTCPOption,
		bugOption(func(h *sim.Host) *[]string { return &server(h).Settings.Bugs }),
	},
}

func server(h *sim.Host) *sim.Registrar { return h.Element.(*sim.Registrar) }

var userOption = option{
	word: "user", value: "AOR [name NAME] [password SECRET]", means: "a user besides the phones of the domain, or a password that differs from the phone's; may be said more than once", many: true,
	read: func(l *words.Line, h *sim.Host) error {
		w, err := l.Next("an address-of-record, such as sip:carol@biloxi.example.com")
		if err != nil {
			return err
		}
		u := registrar.User{AOR: w.Text}
		for _, part := range []struct {
			word string
			set  func(string)
		}{
			{"name", func(s string) { u.Name = s }},
			{"password", func(s string) { u.Password = auth.Secret(s) }},
		} {
			if !l.Accept(part.word) {
				continue
			}
			v, err := l.Next("the " + part.word + " itself")
			if err != nil {
				return err
			}
			part.set(v.Text)
		}
		server(h).Users = append(server(h).Users, u)
		return nil
	},
	print: func(h *sim.Host) (out []string) {
		for _, u := range server(h).Users {
			text := words.Print(u.AOR)
			if u.Name != "" {
				text += " name " + words.Print(u.Name)
			}
			if u.Password != "" {
				text += " password " + words.Print(string(u.Password))
			}
			out = append(out, text)
		}
		return out
	},
}
