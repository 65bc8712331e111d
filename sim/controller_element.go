package sim

import (
	"siplab/sim/controller"
	"siplab/sim/core"
)

// Controller is an Element: third-party call control (RFC 3725).
type Controller struct{ controller.Settings }

// Kind implements Element.
func (*Controller) Kind() string { return "controller" }

// Verbs implements Element.
func (*Controller) Verbs() []core.Verb { return append(controller.Verbs(), powerVerbs...) }

// Bugs implements Element.
func (*Controller) Bugs() []core.Bug { return nil }

// Timers implements Element.
func (*Controller) Timers() []core.Timer { return nil }

// Domains implements Element: a controller is known by its address alone.
func (*Controller) Domains() []string { return nil }

func (c *Controller) core(w *World) core.Core {
	with := c.Settings
	with.Seen = w.scenario.Seen
	return controller.New(with)
}
