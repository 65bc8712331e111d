package trace

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"time"
	"unicode/utf8"
)

// object is one JSON object, its values not yet read.
type object map[string]json.RawMessage

func readFields[T any](r *reader, fields []field[T], o object, to *T) error {
	for i := range fields {
		if err := o.read(r, fields[i].name, fields[i].at(to)); err != nil {
			return err
		}
	}
	return nil
}

// read puts the field of that name where to points. A field that is not there,
// and null, leave what stands there.
func (o object) read(r *reader, name string, to any) error {
	value, name, coded, err := o.find(name, to)
	if value == nil || err != nil {
		return err
	}
	switch to := to.(type) {
	case *Kind: // read before all others, since it says which fields there are
	case *string:
		err = readText(value, coded, to)
	case *[]string:
		err = readTexts(value, coded, to)
	case *HostID:
		err = readHost(r, value, coded, to)
	case *netip.AddrPort:
		err = readAddr(value, to)
	case *[]netip.AddrPort:
		err = readAddrs(value, to)
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
func (o object) find(name string, to any) (value json.RawMessage, as string, coded bool, err error) {
	value = o[name]
	switch to.(type) {
	case *string, *[]string, *HostID:
	default:
		return value, name, false, nil
	}
	other := o[name+"64"]
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

func readText(value json.RawMessage, coded bool, to *string) error {
	if last := len(value) - 1; last > 0 && value[0] == '"' && utf8.Valid(value) && bytes.IndexByte(value, '\\') < 0 {
		*to = string(value[1:last]) // the usual short one
	} else if err := decode(value, to, "a string"); err != nil {
		return err
	}
	if !coded {
		return nil
	}
	return unbase64(to)
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
	var name string
	if err := readText(value, coded, &name); err != nil {
		return err
	}
	id, known := r.hosts[name]
	if !known {
		return fmt.Errorf("%.80q is no host of the header", name)
	}
	*to = id
	return nil
}

func readAddr(value json.RawMessage, to *netip.AddrPort) error {
	var text string
	if err := decode(value, &text, "a string"); err != nil || text == "" {
		return err
	}
	addr, err := netip.ParseAddrPort(text)
	if err != nil {
		return fmt.Errorf("%.80q is not an address and port, such as 192.0.2.1:5060 or [2001:db8::1]:5060", text)
	}
	*to = addr
	return nil
}

func readAddrs(value json.RawMessage, to *[]netip.AddrPort) error {
	var list []json.RawMessage
	if err := decode(value, &list, "a list of addresses"); err != nil {
		return err
	}
	for _, item := range list {
		var addr netip.AddrPort
		if err := readAddr(item, &addr); err != nil {
			return err
		}
		*to = append(*to, addr)
	}
	return nil
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

func readObject[T any](r *reader, fields []field[T], value json.RawMessage, to *T) error {
	var o object
	if err := decode(value, &o, "an object"); err != nil {
		return err
	}
	return readFields(r, fields, o, to)
}

func readList[T any](r *reader, fields []field[T], value json.RawMessage, to *[]T) error {
	var list []json.RawMessage
	if err := decode(value, &list, "a list of objects"); err != nil {
		return err
	}
	for _, item := range list {
		var t T
		if err := readObject(r, fields, item, &t); err != nil {
			return err
		}
		*to = append(*to, t)
	}
	return nil
}
