package trace

import (
	"encoding/base64"
	"io"
	"net/netip"
	"strconv"
	"time"
	"unicode/utf8"
)

// Writer is an Observer that prints the run as JSON lines while it happens.
// By hand, since encoding/json is slower than the World.
type Writer struct {
	to    io.Writer
	err   error
	buf   []byte
	hosts []string
}

// flushAt is how much a Writer gathers before it writes.
const flushAt = 32 << 10

// NewWriter writes to w. What it gathers reaches w with Finish at the latest.
func NewWriter(w io.Writer) *Writer { return &Writer{to: w, buf: make([]byte, 0, 2*flushAt)} }

// Err is the first error of the io.Writer; nothing is written after it.
func (w *Writer) Err() error { return w.err }

// Begin implements Observer.
func (w *Writer) Begin(h *Header) {
	w.hosts = w.hosts[:0]
	for i := range h.Hosts {
		w.hosts = append(w.hosts, h.Hosts[i].Name)
	}
	w.buf = append(w.buf, `{"siplab_trace":1`...)
	writeFields(w, headerFields, h)
	w.endLine()
}

// Event implements Observer.
func (w *Writer) Event(e *Event) {
	if w.err != nil || e.Kind == 0 || int(e.Kind) >= len(rows) {
		return
	}
	row := &rows[e.Kind]
	w.buf = append(w.buf, '{')
	writeFields(w, firstFields, e)
	if e.Packet != nil {
		writeFields(w, row.packet, e.Packet)
	}
	writeFields(w, row.event, e)
	writeFields(w, lastFields, e)
	w.endLine()
}

// Finish implements Observer.
func (w *Writer) Finish(e *End) {
	w.buf = append(w.buf, `{"kind":"end"`...)
	writeFields(w, endFields, e)
	w.endLine()
	w.flush()
}

// Replay tells o the whole run again.
func (t *Trace) Replay(o Observer) {
	o.Begin(&t.Header)
	for i := range t.Events {
		o.Event(&t.Events[i])
	}
	o.Finish(&t.End)
}

func (w *Writer) endLine() {
	w.buf = append(w.buf, '}', '\n')
	if len(w.buf) >= flushAt {
		w.flush()
	}
}

func (w *Writer) flush() {
	if w.err == nil {
		_, w.err = w.to.Write(w.buf)
	}
	w.buf = w.buf[:0]
}

func writeFields[T any](w *Writer, fields []field[T], of *T) {
	for i := range fields {
		f := &fields[i]
		w.value(f.name, f.always, f.at(of))
	}
}

// value writes the field name with the value that v points to, or nothing
// where that is empty and need not be there.
func (w *Writer) value(name string, always bool, v any) {
	switch v := v.(type) {
	case *string:
		w.text(name, always, *v)
	case *int32:
		w.number(name, always, int64(*v))
	case *uint32:
		w.number(name, always, int64(*v))
	case *int:
		w.number(name, always, int64(*v))
	case *time.Duration:
		w.number(name, always, int64(*v))
	case *uint64:
		w.key(name)
		w.buf = strconv.AppendUint(w.buf, *v, 10)
	case *Kind:
		w.text(name, always, v.String())
	case *HostID:
		w.host(name, always, *v)
	case *netip.AddrPort:
		w.addr(name, *v)
	case *onOff:
		w.key(name)
		w.buf = strconv.AppendBool(w.buf, *v == "on")
	case *[]string:
		w.texts(name, *v)
	case *[]netip.AddrPort:
		w.addrs(name, *v)
	case *Timers:
		w.key(name)
		w.buf = append(w.buf, '{')
		writeFields(w, timerFields, v)
		w.buf = append(w.buf, '}')
	case *[]Host:
		writeList(w, name, always, hostFields, *v)
	case *[]Link:
		writeList(w, name, always, linkFields, *v)
	case *[]Origin:
		writeList(w, name, always, originFields, *v)
	}
}

func writeList[T any](w *Writer, name string, always bool, fields []field[T], list []T) {
	if len(list) == 0 && !always {
		return
	}
	w.key(name)
	w.buf = append(w.buf, '[')
	for i := range list {
		w.comma()
		w.buf = append(w.buf, '{')
		writeFields(w, fields, &list[i])
		w.buf = append(w.buf, '}')
	}
	w.buf = append(w.buf, ']')
}

// comma separates what follows from what stands before it in the same object
// or list.
func (w *Writer) comma() {
	if last := w.buf[len(w.buf)-1]; last != '{' && last != '[' {
		w.buf = append(w.buf, ',')
	}
}

func (w *Writer) key(name string) {
	w.comma()
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, name...)
	w.buf = append(w.buf, '"', ':')
}

func (w *Writer) number(name string, always bool, n int64) {
	if n != 0 || always {
		w.key(name)
		w.buf = strconv.AppendInt(w.buf, n, 10)
	}
}

func (w *Writer) text(name string, always bool, s string) {
	switch {
	case s == "" && !always:
	case utf8.ValidString(s):
		w.key(name)
		w.buf = appendQuoted(w.buf, s)
	default:
		w.key(name + "64")
		w.buf = appendBase64(w.buf, s)
	}
}

func (w *Writer) texts(name string, list []string) {
	put := appendQuoted
	for _, s := range list {
		if !utf8.ValidString(s) {
			name, put = name+"64", appendBase64
			break
		}
	}
	w.key(name)
	w.buf = append(w.buf, '[')
	for _, s := range list {
		w.comma()
		w.buf = put(w.buf, s)
	}
	w.buf = append(w.buf, ']')
}

func (w *Writer) host(name string, always bool, id HostID) {
	switch {
	case id >= 0 && int(id) < len(w.hosts):
		w.text(name, true, w.hosts[id])
	case always:
		w.key(name)
		w.buf = append(w.buf, "null"...)
	}
}

func (w *Writer) addr(name string, a netip.AddrPort) {
	if a.IsValid() {
		w.key(name)
		w.quoteAddr(a)
	}
}

func (w *Writer) addrs(name string, list []netip.AddrPort) {
	w.key(name)
	w.buf = append(w.buf, '[')
	for _, a := range list {
		w.comma()
		w.quoteAddr(a)
	}
	w.buf = append(w.buf, ']')
}

func (w *Writer) quoteAddr(a netip.AddrPort) {
	if a.Addr().Zone() != "" { // the zone of an address may hold any bytes
		w.buf = appendQuoted(w.buf, a.String())
		return
	}
	w.buf = append(w.buf, '"')
	w.buf = a.AppendTo(w.buf)
	w.buf = append(w.buf, '"')
}

func appendBase64(b []byte, s string) []byte {
	b = append(b, '"')
	b = base64.StdEncoding.AppendEncode(b, []byte(s))
	return append(b, '"')
}
