package ua

import (
	"strconv"
	"strings"

	"siplab/sim/dialog"
	"siplab/sim/sip"
)

// dialogInfo is what a document of RFC 4235 says of one dialog.
type dialogInfo struct {
	callID, local, remote string // the tags, as the phone sees them that says so
	recipient             bool   // that phone was called
	state                 string // early, confirmed, …
	own, target           string // the Contact URIs: of that phone, and of its peer
}

func (x *dialogInfo) early() bool { return x.state == "early" }

// asSeenHere names the dialog to the phone that told of it.
func (x *dialogInfo) asSeenHere() dialog.Match {
	return dialog.Match{CallID: x.callID, ToTag: x.local, FromTag: x.remote}
}

// asSeenByPeer names it to the peer.
func (x *dialogInfo) asSeenByPeer() dialog.Match {
	return dialog.Match{CallID: x.callID, ToTag: x.remote, FromTag: x.local}
}

// dialogInfo is a document of RFC 4235 §4.1: the dialogs of the phone's calls,
// each with its state and with what names it. What has ended is left out, as a
// full document may.
func (p *Phone) dialogInfo() string {
	var b strings.Builder
	b.WriteString(xml + `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="` + versionMark +
		`" state="full" entity="` + xmlText(p.settings.AOR) + `">`)
	for _, c := range p.lines {
		for _, l := range c.legs {
			if word := dialogWord(l); word != "" {
				writeDialog(&b, l, word)
			}
		}
	}
	b.WriteString("</dialog-info>\r\n")
	return b.String()
}

func writeDialog(b *strings.Builder, l *leg, word string) {
	b.WriteString(`<dialog id="` + strconv.Itoa(int(l.d.Number)) + `" call-id="` + xmlText(l.d.CallID) +
		`" local-tag="` + xmlText(l.d.LocalTag) + `"`)
	if l.d.RemoteTag != "" {
		b.WriteString(` remote-tag="` + xmlText(l.d.RemoteTag) + `"`)
	}
	contact, _ := sip.ParseNameAddr(l.d.Contact)
	b.WriteString(` direction="` + direction(l) + `"><state>` + word + `</state>` +
		`<local><target uri="` + xmlText(contact.URI) + `"/></local>` +
		`<remote><identity>` + xmlText(farEnd(l.d)) + `</identity><target uri="` + xmlText(l.d.Target) + `"/></remote></dialog>`)
}

// dialogWord is the state of a dialog as RFC 4235 §3.7.1 counts; "" for one that
// has ended.
func dialogWord(l *leg) string {
	switch l.d.State() {
	case dialog.Preparative:
		return "trying"
	case dialog.Early:
		return "early"
	case dialog.Moratorium, dialog.Established:
		return "confirmed"
	}
	return ""
}

func direction(l *leg) string {
	if l.d.UAC {
		return "initiator"
	}
	return "recipient"
}

// parseDialogInfo reads such a document, as far as a phone has use for it: what
// is no dialog in it is left out.
func parseDialogInfo(body string) (all []dialogInfo) {
	for range maxDialogs {
		_, rest, ok := strings.Cut(body, "<dialog ")
		text, after, closed := strings.Cut(rest, "</dialog>")
		if !ok || !closed {
			return all
		}
		body = after
		head, inner, _ := strings.Cut(text, ">")
		local, far, _ := strings.Cut(inner, "<remote>")
		x := dialogInfo{
			callID: attribute(head, "call-id"), local: attribute(head, "local-tag"), remote: attribute(head, "remote-tag"),
			recipient: attribute(head, "direction") == "recipient",
			own:       attribute(local, "uri"), target: attribute(far, "uri"),
		}
		if states := elements(inner, "state"); len(states) == 1 {
			x.state = states[0]
		}
		if x.state != "terminated" {
			all = append(all, x)
		}
	}
	return all
}

// maxDialogs bounds what a document can make a phone do.
const maxDialogs = 64

// attribute is the value of the first attribute of a name, "" for none.
func attribute(text, name string) string {
	_, rest, ok := strings.Cut(" "+text, " "+name+`="`)
	value, _, closed := strings.Cut(rest, `"`)
	if !ok || !closed {
		return ""
	}
	return xmlPlain.Replace(value)
}

var xmlPlain = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&")
