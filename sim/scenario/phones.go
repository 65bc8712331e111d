package scenario

import (
	"fmt"
	"strconv"
	"strings"

	"siplab/sim"
	"siplab/sim/words"
)

// phonesStatement makes many phones that differ by a number.
var phonesStatement = Statement{
	Keyword: "phones", Usage: "phones NAME FIRST..LAST AOR [OPTION]...",
	Means:   "Many phones at once: NAME with each number after it; a * in the rest of the line stands for the number.",
	Example: "phones p 1..10 sip:p*@biloxi.example.com password secret*", About: aboutHosts,
	read:  readPhones,
	print: func(*sim.Scenario) []printed { return nil }, // phone prints them
}

func readPhones(p *parser, l *words.Line) error {
	name, err := l.Next("the name that comes before each number")
	if err != nil {
		return err
	}
	w, err := l.Next("the numbers, such as 1..10")
	if err != nil {
		return err
	}
	first, last, err := readRange(w)
	if err != nil {
		return err
	}
	if bytes := (last - first + 1) * len(p.raw); bytes > maxPhones {
		return w.Wrong(fmt.Sprintf("phones like this are %d bytes", bytes), fmt.Sprintf("at most %d", maxPhones))
	}
	for n := first; n <= last && err == nil; n++ {
		err = readNumbered(p, l, name, n)
	}
	return err
}

// readNumbered makes one of the phones.
func readNumbered(p *parser, l *words.Line, name words.Word, n int) error {
	name.Text += strconv.Itoa(n)
	h, err := phoneKind.readSettings(numbered(l, n), name)
	if err != nil {
		return err
	}
	return p.addHost(name, h)
}

// mostNumber keeps a number far from what a name can hold.
const mostNumber = 1_000_000

func readRange(w words.Word) (first, last int, err error) {
	wrong := w.Wrong("is no range of numbers", "the first and the last, such as 1..10")
	a, b, ok := strings.Cut(w.Text, "..")
	first, errA := strconv.Atoi(a)
	last, errB := strconv.Atoi(b)
	if !ok || errA != nil || errB != nil || w.Text != fmt.Sprintf("%d..%d", first, last) {
		return 0, 0, wrong
	}
	switch {
	case first < 0 || last < first || last > mostNumber:
		wrong.Want = fmt.Sprintf("from low to high, at most %d", mostNumber)
		return 0, 0, wrong
	case last-first >= MaxHosts:
		return 0, 0, w.Wrong("is more hosts than there may be", fmt.Sprintf("at most %d", MaxHosts))
	}
	return first, last, nil
}

// numbered is the rest of a line with the number in place of each *.
func numbered(l *words.Line, n int) *words.Line {
	out := &words.Line{Words: append([]words.Word(nil), l.Rest()...)}
	for i := range out.Words {
		out.Words[i].Text = strings.ReplaceAll(out.Words[i].Text, "*", strconv.Itoa(n))
	}
	return out
}

// fewPhones are printed one by one.
const fewPhones = 9

// printPhones prints the phones at the start of hosts that one line can make,
// and how many they are; 1 where each needs its own.
func printPhones(hosts []sim.Host) (string, int) {
	prefix, first, ok := cutNumber(hosts[0].Name)
	if !ok {
		return "", 1
	}
	settings := phoneKind.settings(&hosts[0])
	if strings.Contains(settings, "*") {
		return "", 1
	}
	best, most := "", fewPhones
	for _, pattern := range []string{strings.ReplaceAll(settings, hosts[0].Name, prefix+"*"), starred(settings, first)} {
		n := 1
		for n < len(hosts) && continues(&hosts[n], prefix, first+n, pattern) {
			n++
		}
		if n > most {
			best, most = fmt.Sprintf("phones %s %d..%d%s", prefix, first, first+n-1, pattern), n
		}
	}
	if best == "" {
		return "", 1
	}
	return best, most
}

// starred puts a * for the number wherever it stands by itself.
func starred(s string, number int) string {
	var b strings.Builder
	text := strconv.Itoa(number)
	for s != "" {
		at := strings.IndexAny(s, "0123456789")
		if at < 0 {
			break
		}
		rest := strings.TrimLeft(s[at:], "0123456789")
		digits := s[at : len(s)-len(rest)]
		if digits == text {
			digits = "*"
		}
		b.WriteString(s[:at] + digits)
		s = rest
	}
	return b.String() + s
}

// continues reports whether a host is the phone that the pattern makes for a
// number.
func continues(h *sim.Host, prefix string, number int, pattern string) bool {
	text := strconv.Itoa(number)
	return h.Element.Kind() == phoneKind.keyword && h.Name == prefix+text &&
		phoneKind.settings(h) == strings.ReplaceAll(pattern, "*", text)
}

// cutNumber takes a name apart into what comes before its number and the
// number.
func cutNumber(name string) (string, int, bool) {
	prefix := strings.TrimRight(name, "0123456789")
	n, err := strconv.Atoi(name[len(prefix):])
	return prefix, n, err == nil && n <= mostNumber && strconv.Itoa(n) == name[len(prefix):]
}
