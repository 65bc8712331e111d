package words

import (
	"strconv"
	"strings"
)

// Packets is a choice of packets in words:
//
//	[NTH|every|last] MESSAGE [for METHOD] [from HOST] [to HOST]
//
// MESSAGE is a method, a status (401), a class (4xx), request, response or
// packet. A method that the IANA does not list is written in quotes.
type Packets struct {
	Nth      int    // from 1; 0: every one; -1: the last
	Message  string // as written
	For      string // the method whose responses are meant; "" for any
	From, To string // hosts; "" for any
}

// Methods are the methods in IANA's list, which may be written without quotes.
var Methods = []string{"ACK", "BYE", "CANCEL", "INFO", "INVITE", "MESSAGE", "NOTIFY", "OPTIONS", "PRACK", "PUBLISH", "REFER", "REGISTER", "SUBSCRIBE", "UPDATE"}

const (
	messageWant = "a method (INVITE), a status (200, 4xx), request, response or packet"
	packetsWant = "which packets: " + messageWant
	last        = -1
)

// ParsePackets reads a choice of packets from the start of ws and gives back
// the words after it.
func ParsePackets(ws []Word) (Packets, []Word, error) {
	l := Line{Words: ws}
	var p Packets
	p.Nth = nth(&l)
	w, err := l.Next(packetsWant)
	if err != nil {
		return p, nil, err
	}
	if !isMessage(w) {
		return p, l.Rest(), noMessage(w)
	}
	p.Message = w.Text
	err = p.narrow(&l)
	return p, l.Rest(), err
}

func nth(l *Line) int {
	if l.Accept("every") {
		return 0
	}
	if l.Accept("last") {
		return last
	}
	if n, ok := Ordinal(l.Peek().Text); ok && !l.Peek().Quoted {
		l.At++
		return n
	}
	return 0
}

// more are the keywords that could still follow.
func (p *Packets) more() []string {
	var out []string
	if p.For == "" && takesFor(p.Message) {
		out = append(out, "for")
	}
	if p.From == "" {
		out = append(out, "from")
	}
	if p.To == "" {
		out = append(out, "to")
	}
	return out
}

// narrow reads for, from and to, in any order, each once.
func (p *Packets) narrow(l *Line) error {
	for l.More() {
		w := l.Peek()
		into, want := p.part(w)
		if into == nil {
			return nil
		}
		if *into != "" {
			return w.Wrong("stands here twice", "say it once")
		}
		l.At++
		v, err := l.Next(want)
		if err == nil {
			err = p.checkPart(w, v, want)
		}
		if err != nil {
			return err
		}
		*into = v.Text
	}
	return nil
}

// part is what a keyword fills, and what comes after it.
func (p *Packets) part(w Word) (into *string, want string) {
	switch {
	case w.Is("for"):
		return &p.For, "a method, such as INVITE"
	case w.Is("from"):
		return &p.From, "the host that sent it"
	case w.Is("to"):
		return &p.To, "the host that it goes to"
	}
	return nil, ""
}

func (p *Packets) checkPart(w, v Word, want string) error {
	switch {
	case w.Text == "for":
		return p.forMethod(w, v)
	case v.Text == "":
		return &Error{Col: v.Col, Text: "an empty name", Want: want}
	}
	return nil
}

func (p *Packets) forMethod(w, v Word) error {
	if !isMethod(v) {
		return noMethod(v)
	}
	if takesFor(p.Message) {
		return nil
	}
	return &Error{Col: w.Col, Text: p.Message + " is a request, and only responses are for a method", Want: "leave out for, or name a status"}
}

// takesFor reports whether a sort of message is a response, or may be one.
func takesFor(message string) bool {
	return isResponse(message) || message == "response" || message == "packet"
}

// String is the inverse of ParsePackets.
func (p Packets) String() string {
	var b strings.Builder
	switch {
	case p.Nth == last:
		b.WriteString("last ")
	case p.Nth > 0:
		b.WriteString(FormatOrdinal(p.Nth) + " ")
	}
	b.WriteString(printMessage(p.Message))
	if p.For != "" {
		b.WriteString(" for " + printMethod(p.For))
	}
	if p.From != "" {
		b.WriteString(" from " + Print(p.From))
	}
	if p.To != "" {
		b.WriteString(" to " + Print(p.To))
	}
	return b.String()
}

// Facts are what a choice of packets looks at.
type Facts struct {
	Method     string // of a request; "" for a response
	Status     int    // of a response; 0 for a request
	CSeqMethod string
	From, To   string // names of hosts
}

// Match reports whether a packet is of the chosen sort. Which of them it is,
// Nth, is for the caller to count.
func (p Packets) Match(f Facts) bool {
	return p.matchMessage(f) &&
		(p.For == "" || p.For == f.CSeqMethod) &&
		(p.From == "" || p.From == f.From) &&
		(p.To == "" || p.To == f.To)
}

func (p Packets) matchMessage(f Facts) bool {
	switch p.Message {
	case "packet":
		return true
	case "request":
		return f.Method != ""
	case "response":
		return f.Status != 0
	}
	if !isResponse(p.Message) {
		return f.Method == p.Message
	}
	if p.Message[1] == 'x' {
		return f.Status/100 == int(p.Message[0]-'0')
	}
	return f.Status == int(p.Message[0]-'0')*100+int(p.Message[1]-'0')*10+int(p.Message[2]-'0')
}

// Meant are those that a choice means of all that it matches, which are met in
// this order.
func Meant[T any](p Packets, met []T) []T {
	switch {
	case p.Nth == 0:
		return met
	case p.Nth < 0:
		return met[max(0, len(met)-1):]
	case p.Nth > len(met):
		return nil
	}
	return met[p.Nth-1 : p.Nth]
}

// isMessage reports whether w names a sort of message.
func isMessage(w Word) bool {
	if !w.Quoted {
		switch w.Text {
		case "request", "response", "packet":
			return true
		}
		if isResponse(w.Text) {
			return true
		}
	}
	return isMethod(w)
}

// isResponse reports whether s is a status from 100 to 699 or a class.
func isResponse(s string) bool {
	if len(s) != 3 || s[0] < '1' || s[0] > '6' {
		return false
	}
	return s[1:] == "xx" || isDigit(s[1]) && isDigit(s[2])
}

func isMethod(w Word) bool {
	if w.Quoted {
		return isToken(w.Text) && !isResponse(w.Text) && w.Text != "request" && w.Text != "response" && w.Text != "packet"
	}
	for _, m := range Methods {
		if m == w.Text {
			return true
		}
	}
	return false
}

// isToken reports whether s is a token of RFC 3261 §25.1.
func isToken(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		if !isDigit(s[i]) && (c < 'a' || c > 'z') && strings.IndexByte("-.!%*_+`'~", s[i]) < 0 {
			return false
		}
	}
	return s != ""
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func printMessage(m string) string {
	if isMessage(Word{Text: m}) {
		return m
	}
	return Quote(m)
}

func printMethod(m string) string {
	if isMethod(Word{Text: m}) {
		return m
	}
	return Quote(m)
}

func noMessage(w Word) *Error {
	near := nearOrdinal(w.Text)
	if near == "" {
		near = Nearest(w.Text, append([]string{"request", "response", "packet", "every", "last"}, Methods...))
	}
	e := w.Wrong("is no sort of packet", "expected "+messageWant)
	e.Near = near
	if n, err := strconv.Atoi(w.Text); err == nil {
		e.Text, e.Near = w.Text+" is no status", ""
		e.Want = "a status is a number from 100 to 699"
		if n > 0 && n < 100 {
			e.Want, e.Near = "an ordinal says which, and then what", FormatOrdinal(n)
		}
	}
	return e
}

func noMethod(w Word) *Error {
	e := w.Wrong("is no method", "one such as INVITE, in capitals; one of your own in quotes")
	e.Near = Nearest(w.Text, Methods)
	return e
}
