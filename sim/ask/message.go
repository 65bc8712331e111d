package ask

import (
	"strings"

	"siplab/sim/sip"
	"siplab/sim/trace"
)

// values are the values of a header field in the message of a packet; nil
// where there is no packet, or none that is a message.
func values(e *trace.Event, header arg) []Value {
	if e == nil {
		return nil
	}
	var m sip.Message
	if m.Parse(e.Packet.Raw) != nil {
		return nil
	}
	var out []Value
	for _, f := range m.Fields {
		switch {
		case f.Name != sip.NameOther && f.Name.String() == header.word.Text:
			for v := range m.Values(f.Name) {
				out = append(out, Value{Kind: Text, Text: v})
			}
			return out
		case f.Name == sip.NameOther && strings.EqualFold(f.Text, header.word.Text):
			out = append(out, Value{Kind: Text, Text: f.Value})
		}
	}
	return out
}

// parameter is a parameter of a header field's value, if it has it.
func parameter(v Value, header, name string) Value {
	if v.Kind != Text {
		return Value{}
	}
	s, ok := find(v.Text, header, name)
	if !ok {
		return Value{}
	}
	return Value{Kind: Text, Text: s}
}

// find looks where the grammar of the header field puts parameters.
func find(value, header, name string) (string, bool) {
	switch header {
	case "WWW-Authenticate", "Proxy-Authenticate", "Authorization", "Proxy-Authorization":
		return findAuth(value, name)
	case "Via":
		via, err := sip.ParseVia(value)
		if err != nil {
			return "", false
		}
		return via.Params.Get(name)
	}
	if addr, err := sip.ParseNameAddr(value); err == nil {
		return addr.Params.Get(name)
	}
	_, after, _ := strings.Cut(value, ";")
	return sip.Params(";" + after).Get(name)
}

func findAuth(value, name string) (string, bool) {
	auth, err := sip.ParseAuth(value)
	if err != nil {
		return "", false
	}
	for _, p := range auth.Params {
		if strings.EqualFold(p.Name, name) {
			return p.Value, true
		}
	}
	return "", false
}
