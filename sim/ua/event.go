package ua

import (
	"strconv"
	"strings"

	"siplab/sim/subscription"
)

// versionMark stands in a body where the number of its NOTIFY goes: a document
// counts its versions in each subscription (RFC 4235 §4.1), and two that differ in
// nothing else are the same state.
const versionMark = "{version}"

func versioned(body string, n int) string {
	return strings.Replace(body, versionMark, strconv.Itoa(n), 1)
}

// state is the body that a watcher is sent: what its package says of the phone.
func (p *Phone) state(r *watcher) string {
	switch r.sub.Event.Package {
	case subscription.Refer:
		return r.refer.sipfrag()
	case subscription.Dialog:
		return p.dialogInfo()
	case subscription.Presence:
		return presence(p.settings.AOR, p.events[subscription.Presence])
	}
	return summary(p.events[r.sub.Event.Package])
}

const xml = `<?xml version="1.0" encoding="UTF-8"?>` + "\r\n"

// presence is a document of RFC 3863 §4.1: whether the phone's user can be
// reached. said is what the human made known, "" for open.
func presence(aor, said string) string {
	if said == "" {
		said = "open"
	}
	return xml + `<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="pres:` + xmlText(withoutScheme(aor)) + `">` +
		`<tuple id="phone"><status><basic>` + xmlText(said) + `</basic></status></tuple></presence>` + "\r\n"
}

func withoutScheme(uri string) string {
	_, rest, _ := strings.Cut(uri, ":")
	return rest
}

// summary is a body of RFC 3842 §5.2: whether messages wait.
func summary(said string) string {
	if said == "" {
		said = "no"
	}
	return "Messages-Waiting: " + said + "\r\n"
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func xmlText(s string) string { return xmlEscapes.Replace(s) }

// gistOf is what a user is shown of the body of a NOTIFY, "" for nothing. Bodies
// are opaque to all but the user's eyes.
func gistOf(pkg, body string) string {
	switch pkg {
	case subscription.Presence:
		return strings.Join(elements(body, "basic"), ", ")
	case subscription.Dialog:
		if states := elements(body, "state"); len(states) > 0 {
			return strings.Join(states, ", ")
		}
		if body != "" {
			return "no dialog"
		}
		return ""
	}
	line, _, _ := strings.Cut(body, "\r\n")
	return line
}

// elements are the texts of all elements of a name.
func elements(body, name string) []string {
	var found []string
	for {
		_, rest, ok := strings.Cut(body, "<"+name+">")
		text, after, closed := strings.Cut(rest, "</"+name+">")
		if !ok || !closed {
			return found
		}
		found, body = append(found, strings.TrimSpace(text)), after
	}
}
