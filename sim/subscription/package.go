package subscription

// Package is an event package (RFC 6665 §5): a kind of state that can be
// subscribed to.
type Package struct {
	Name, Type string // Type is the media type of its NOTIFY bodies
	Means      string
	Ref        string
}

// The packages that siplab knows by name.
const (
	Dialog   = "dialog"
	Messages = "message-summary"
	Presence = "presence"
	Refer    = "refer"
)

var packages = []Package{
	{Dialog, "application/dialog-info+xml", "the calls of a user", "RFC 4235 §3.5"},
	{Messages, "application/simple-message-summary", "the messages that wait in a mailbox", "RFC 3842 §3.5"},
	{Presence, "application/pidf+xml", "whether a user can be reached", "RFC 3856 §6.5"},
	{Refer, "message/sipfrag", "what became of a REFER", "RFC 3515 §2.4.5"},
}

// Packages are all of them, in order of their names.
func Packages() []Package { return packages }

// FindPackage is the package of a name, nil for one that is not known.
func FindPackage(name string) *Package {
	for i := range packages {
		if packages[i].Name == name {
			return &packages[i]
		}
	}
	return nil
}
