package scenario

import (
	"siplab/sim"
	"siplab/sim/words"
)

var controllerKind = kind{
	keyword: "controller", fixed: " AOR",
	means:   "A controller of third-party call control (RFC 3725): it calls two phones and has them talk with each other.",
	example: "controller desk sip:desk@biloxi.example.com",
	element: func() sim.Element { return &sim.Controller{} },
	readFixed: func(l *words.Line, h *sim.Host) error {
		w, err := l.Next("its address-of-record, such as sip:" + h.Name + "@biloxi.example.com")
		controllerOf(h).AOR = w.Text
		return err
	},
	printFixed: func(h *sim.Host) string { return " " + words.Print(controllerOf(h).AOR) },
	options: []option{
		textOption("password", "SECRET", "its password; without one it answers no challenge", func(h *sim.Host) *string { return &controllerOf(h).Password }),
		textOption("user", "NAME", "the user of its credentials; else that of its address-of-record", func(h *sim.Host) *string { return &controllerOf(h).User }),
		labelOption,
		addressOption,
		transportOption,
	},
}

func controllerOf(h *sim.Host) *sim.Controller { return h.Element.(*sim.Controller) }
