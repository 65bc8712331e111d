package trace

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// object is one JSON object, its values not yet read.
type object struct {
	members []member
	coded   bool // a name ends in 64: some text may stand in base64
}

// member is a name of an object, and what stands behind it.
type member struct {
	name  string
	value json.RawMessage
}

// split takes apart an object of a line that is valid. Its values are parts of
// the line, and its members those of the object before, used again.
func (r *reader) split(value json.RawMessage, o *object) error {
	o.members, o.coded = o.members[:0], false
	value = skipSpace(value)
	if value[0] != '{' {
		var none map[string]json.RawMessage // null is one without members
		return decode(value, &none, "an object")
	}
	for rest := skipSpace(value[1:]); rest[0] != '}'; rest = skipComma(rest) {
		name, after := cut(rest)
		var m member
		m.value, rest = cut(skipSpace(skipSpace(after)[1:])) // behind the colon
		o.members = append(o.members, m)
		last := &o.members[len(o.members)-1].name
		if err := r.readText(name, false, last); err != nil {
			return err
		}
		o.coded = o.coded || strings.HasSuffix(*last, "64")
	}
	return nil
}

// splitList takes a list of a line that is valid apart.
func (r *reader) splitList(value json.RawMessage) ([]json.RawMessage, error) {
	if value[0] != '[' {
		var none []json.RawMessage
		return nil, decode(value, &none, "a list")
	}
	list := r.list[:0]
	for rest := skipSpace(value[1:]); rest[0] != ']'; rest = skipComma(rest) {
		var item json.RawMessage
		item, rest = cut(rest)
		list = append(list, item)
	}
	r.list = list
	return list, nil
}

// cut is the value with which b begins, and what follows it.
func cut(b []byte) (value, rest []byte) {
	n := valueEnd(b)
	return b[:n:n], b[n:]
}

func skipComma(b []byte) []byte {
	if b = skipSpace(b); b[0] == ',' {
		return skipSpace(b[1:])
	}
	return b
}

func skipSpace(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' || b[0] == '\r' || b[0] == '\n') {
		b = b[1:]
	}
	return b
}

// valueEnd is where the JSON value ends with which b begins; b is valid.
func valueEnd(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			for i++; b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
			if depth < 0 {
				return i
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return i
			}
		}
	}
	return len(b)
}

// value is what stands behind a name, of two the last; nil where it is not.
func (o *object) value(name string) json.RawMessage {
	for i := len(o.members) - 1; i >= 0; i-- {
		if o.members[i].name == name {
			return o.members[i].value
		}
	}
	return nil
}

func readFields[T any](r *reader, fields []field[T], o *object, to *T) error {
	for i := range fields {
		if err := o.read(r, fields[i].name, fields[i].at(to)); err != nil {
			return err
		}
	}
	return nil
}

// read puts the field of that name where to points. A field that is not there,
// and null, leave what stands there.
func (o *object) read(r *reader, name string, to any) error {
	value, name, coded, err := o.find(name, to)
	if value == nil || err != nil {
		return err
	}
	switch to := to.(type) {
	case *Kind: // read before all others, since it says which fields there are
	case *string:
		err = r.readText(value, coded, to)
	case *[]string:
		err = readTexts(value, coded, to)
	case *HostID:
		err = readHost(r, value, coded, to)
	case *netip.AddrPort:
		err = readAddr(r, value, to)
	case *[]netip.AddrPort:
		err = readAddrs(r, value, to)
	case *onOff:
		err = readOnOff(value, to)
	case *Timers:
		err = readObject(r, timerFields, value, to)
	case *[]Host:
		err = readList(r, hostFields, value, to)
	case *[]Link:
		err = readList(r, linkFields, value, to)
	case *[]Origin:
		err = readList(r, originFields, value, to)
	default:
		err = readNumber(value, to)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// find is the value of a field and the name under which it stands: a text may
// stand in base64 under its name with 64 added, but not under both.
func (o *object) find(name string, to any) (value json.RawMessage, as string, coded bool, err error) {
	value = o.value(name)
	if !o.coded {
		return value, name, false, nil
	}
	switch to.(type) {
	case *string, *[]string, *HostID:
	default:
		return value, name, false, nil
	}
	other := o.value(name + "64")
	switch {
	case other == nil:
		return value, name, false, nil
	case value != nil:
		return nil, name, false, fmt.Errorf("has both %s and %s64; one of them is enough", name, name)
	}
	return other, name + "64", true, nil
}

// decode is json.Unmarshal with an error in the words of the trace.
func decode(value json.RawMessage, to any, want string) error {
	if err := json.Unmarshal(value, to); err != nil {
		return fmt.Errorf("%.40s is not %s", value, want)
	}
	return nil
}

// readNumber takes the usual short way round for what is a plain number.
func readNumber(value json.RawMessage, to any) error {
	n, err := strconv.ParseInt(string(value), 10, 64)
	if err == nil {
		switch to := to.(type) {
		case *time.Duration:
			*to = time.Duration(n)
			return nil
		case *int32:
			if *to = int32(n); int64(*to) == n {
				return nil
			}
		}
	}
	return decode(value, to, "a whole number")
}

func readTexts(value json.RawMessage, coded bool, to *[]string) error {
	var list []string
	if err := decode(value, &list, "a list of strings"); err != nil {
		return err
	}
	for i := range list {
		if coded {
			if err := unbase64(&list[i]); err != nil {
				return err
			}
		}
	}
	if len(list) > 0 {
		*to = list
	}
	return nil
}

func unbase64(s *string) error {
	decoded, err := base64.StdEncoding.DecodeString(*s)
	if err != nil {
		return errors.New("is not base64")
	}
	*s = string(decoded)
	return nil
}

func readHost(r *reader, value json.RawMessage, coded bool, to *HostID) error {
	if string(value) == "null" {
		return nil
	}
	if err := r.readText(value, coded, &r.name); err != nil {
		return err
	}
	id, known := r.hosts[r.name]
	if !known {
		return fmt.Errorf("%.80q is no host of the header", r.name)
	}
	*to = id
	return nil
}

func readAddr(r *reader, value json.RawMessage, to *netip.AddrPort) error {
	r.name = ""
	if err := r.readText(value, false, &r.name); err != nil || r.name == "" {
		return err
	}
	addr, err := netip.ParseAddrPort(r.name)
	if err != nil {
		return fmt.Errorf("%.80q is not an address and port, such as 192.0.2.1:5060 or [2001:db8::1]:5060", r.name)
	}
	*to = addr
	return nil
}

func readAddrs(r *reader, value json.RawMessage, to *[]netip.AddrPort) error {
	list, err := r.splitList(value)
	for _, item := range list {
		var addr netip.AddrPort
		if err := readAddr(r, item, &addr); err != nil {
			return err
		}
		*to = append(*to, addr)
	}
	return err
}

func readOnOff(value json.RawMessage, to *onOff) error {
	var on bool
	if err := decode(value, &on, "true or false"); err != nil {
		return err
	}
	*to = "off"
	if on {
		*to = "on"
	}
	return nil
}

// readObject reads what stands in a field of the line, as an object of its own.
func readObject[T any](r *reader, fields []field[T], value json.RawMessage, to *T) error {
	inner := &r.inner
	if err := r.split(value, inner); err != nil {
		return err
	}
	return readFields(r, fields, inner, to)
}

func readList[T any](r *reader, fields []field[T], value json.RawMessage, to *[]T) error {
	list, err := r.splitList(value)
	if err != nil || len(list) == 0 {
		return err
	}
	all := make([]T, len(list))
	r.list = nil // an item of the list may hold one
	for i := range all {
		if err := readObject(r, fields, list[i], &all[i]); err != nil {
			return err
		}
	}
	r.list, *to = list, all
	return nil
}
