package scenario

import (
	"fmt"
	"net/netip"
	"strings"

	"siplab/sim"
	"siplab/sim/resolve"
	"siplab/sim/words"
)

var recordStatements = []Statement{{
	Keyword: "record", Usage: "record NAME A|AAAA ADDRESS | SRV PRIORITY WEIGHT PORT TARGET | NAPTR ORDER PREFERENCE SERVICE REPLACEMENT",
	Means:   "What DNS says of a name (RFC 3263), as in a zone file. Of a name that has records these are all; other names lead to the hosts whose domains they are.",
	Example: "record _sip._udp.biloxi.example.com SRV 10 60 5060 ss2.biloxi.example.com", About: aboutRecords,
	read: readRecord, print: printRecords,
}}

var recordTypes = []string{"A", "AAAA", "SRV", "NAPTR"}

func readRecord(p *parser, l *words.Line) error {
	name, err := domainName(l, "the name that it is of, such as biloxi.example.com")
	if err != nil {
		return err
	}
	kind, err := l.Expect("type of record", recordTypes...)
	if err != nil {
		return err
	}
	switch kind.Text {
	case "SRV":
		err = readSRV(l, name, &p.s.Records)
	case "NAPTR":
		err = readNAPTR(l, name, &p.s.Records)
	default:
		err = readA(l, name, kind.Text == "AAAA", &p.s.Records)
	}
	return ended(l, err)
}

// domainName reads a name of DNS. The dot of the root may end it.
func domainName(l *words.Line, want string) (string, error) {
	w, err := l.Next(want)
	if err != nil {
		return "", err
	}
	for _, label := range strings.Split(strings.TrimSuffix(w.Text, "."), ".") {
		if label == "" || len(label) > 63 || strings.ContainsFunc(label, notOfName) {
			return "", w.Wrong("is no domain name", want)
		}
	}
	return w.Text, nil
}

func notOfName(r rune) bool {
	lower := r | 0x20
	return (lower < 'a' || lower > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
}

// readA reads an address; one with a port is what no DNS knows, for servers at
// other ports without an SRV record.
func readA(l *words.Line, name string, six bool, to *sim.Records) error {
	such := "an address, such as 192.0.2.4"
	if six {
		such = "an address, such as 2001:db8::4"
	}
	w, err := l.Next(such)
	if err != nil {
		return err
	}
	at, err := netip.ParseAddrPort(w.Text)
	if err != nil {
		addr, _ := netip.ParseAddr(w.Text)
		at = netip.AddrPortFrom(addr, 0)
	}
	if !at.IsValid() || at.Addr().Is6() != six || at.Addr().Zone() != "" {
		return w.Wrong("is no address of this type", such)
	}
	to.A = append(to.A[:len(to.A):len(to.A)], sim.A{Name: name, Addr: at})
	return nil
}

func readSRV(l *words.Line, name string, to *sim.Records) (err error) {
	r := sim.SRV{Name: name}
	for _, n := range []struct {
		field *uint16
		want  string
	}{
		{&r.Priority, "the priority, such as 10: a lower one goes first"},
		{&r.Weight, "the weight, such as 60: more is more likely among equals"},
		{&r.Port, "the port, such as 5060"},
	} {
		if *n.field, err = short(l, n.want); err != nil {
			return err
		}
	}
	r.Target, err = domainName(l, "the server's name, such as ss2.biloxi.example.com")
	to.SRV = append(to.SRV[:len(to.SRV):len(to.SRV)], r)
	return err
}

func readNAPTR(l *words.Line, name string, to *sim.Records) (err error) {
	r := sim.NAPTR{Name: name}
	if r.Order, err = short(l, "the order, such as 50: a lower one goes first"); err != nil {
		return err
	}
	if r.Preference, err = short(l, "the preference, such as 50: a lower one goes first"); err != nil {
		return err
	}
	const want = "the service: SIP+D2U, SIP+D2T or SIPS+D2T"
	w, err := l.Next(want)
	switch {
	case err != nil:
		return err
	case !strings.Contains(w.Text, "+"):
		return w.Wrong("is no service", want+"; a zone file's flags and regular expression are left out here")
	}
	r.Service = w.Text
	r.Replacement, err = domainName(l, "the name of its SRV records, such as _sip._udp.biloxi.example.com")
	to.NAPTR = append(to.NAPTR[:len(to.NAPTR):len(to.NAPTR)], r)
	return err
}

func short(l *words.Line, want string) (uint16, error) {
	n, err := natural(l, want, 16)
	return uint16(n), err
}

// printRecords are in the order of a look-up.
func printRecords(s *sim.Scenario) (out []printed) {
	add := func(format string, args ...any) { out = append(out, printed{text: fmt.Sprintf(format, args...)}) }
	for _, r := range s.Records.NAPTR {
		add("record %s NAPTR %s", r.Name, naptr(r.NAPTR))
	}
	for _, r := range s.Records.SRV {
		add("record %s SRV %d %d %d %s", r.Name, r.Priority, r.Weight, r.Port, r.Target)
	}
	for _, a := range s.Records.A {
		add("record %s %s", a.Name, address(a.Addr))
	}
	return out
}

func naptr(r resolve.NAPTR) string {
	return fmt.Sprintf("%d %d %s %s", r.Order, r.Preference, words.Print(r.Service), r.Replacement)
}

func address(at netip.AddrPort) string {
	kind, text := "A ", at.String()
	if at.Addr().Is6() {
		kind = "AAAA "
	}
	if at.Port() == 0 {
		text = at.Addr().String()
	}
	return kind + text
}
