package trace

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// What Read takes: enough for every run within the World's own bounds.
const (
	maxLine   = 16 << 20 // bytes
	maxEvents = 10_000_000
	maxHosts  = math.MaxInt16
)

// Error is a fault in the text of a trace.
type Error struct {
	Line int // from 1
	Text string
}

func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Text) }

// Read reads the JSON lines of a trace. Kinds and fields that it does not know
// it leaves out. With an error comes what was read before it; the error is an
// *Error, or that of r.
func Read(r io.Reader) (*Trace, error) {
	in := reader{packets: map[int32]*Packet{}, hosts: map[string]HostID{}, words: map[string]string{}}
	err := in.readAll(r)
	return in.kept.Trace(), err
}

func (r *reader) readAll(from io.Reader) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		r.line++
		if len(skipSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := r.read(lines.Bytes()); err != nil {
			return &Error{r.line, err.Error()}
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return &Error{r.line + 1, fmt.Sprintf("is longer than %d bytes", maxLine)}
	} else if err != nil {
		return err
	}
	if r.part != ended {
		return &Error{r.line + 1, `the trace stops here; its last line has to be {"kind":"end",…}`}
	}
	return nil
}

type part uint8

const (
	nothing part = iota // the header has to come
	running
	ended
)

type reader struct {
	kept    Recorder
	part    part
	line    int
	events  int // so far
	before  Event
	now     Event // of the line
	packets map[int32]*Packet
	hosts   map[string]HostID
	object  object            // of the line
	inner   object            // of a field of the line
	list    []json.RawMessage // of a field of the line
	words   map[string]string // that came before
	text    []byte            // the last that had backslashes
	name    string            // of a host, or its address
}

func (r *reader) read(line []byte) error {
	o := &r.object
	if !json.Valid(line) {
		var none any
		return fmt.Errorf("is no JSON object: %w", json.Unmarshal(line, &none))
	}
	if err := r.split(line, o); err != nil {
		return fmt.Errorf("is no JSON object: %w", err)
	}
	switch r.part {
	case nothing:
		return r.header(o)
	case running:
		return r.event(o)
	default:
		return errors.New("comes after the end of the trace")
	}
}

func (r *reader) header(o *object) error {
	var version int32
	if o.value("siplab_trace") == nil {
		return errors.New(`the first line of a trace has to be its header, {"siplab_trace":1,…}`)
	}
	if err := o.read(r, "siplab_trace", &version); err != nil {
		return err
	}
	if version != 1 {
		return fmt.Errorf("siplab_trace is %d; version 1 is known", version)
	}
	var h Header
	err := readFields(r, headerFields, o, &h)
	r.kept.Begin(&h)
	if err != nil {
		return err
	}
	hosts := h.Hosts
	if len(hosts) > maxHosts {
		return fmt.Errorf("has %d hosts; at most %d are known", len(hosts), maxHosts)
	}
	for i := len(hosts) - 1; i >= 0; i-- { // of two hosts with one name the first is meant
		r.hosts[hosts[i].Name] = HostID(i)
	}
	r.part = running
	return nil
}

func (r *reader) event(o *object) error {
	var kind string
	if err := o.read(r, "kind", &kind); err != nil {
		return err
	}
	if kind == "end" {
		r.part = ended
		var end End
		err := readFields(r, endFields, o, &end)
		r.kept.Finish(&end)
		return err
	}
	e := &r.now
	*e = Event{Kind: kindOf(kind), Host: NoHost, Cause: -1}
	if e.Kind == 0 {
		return nil
	}
	row := &rows[e.Kind]
	if err := readFields(r, firstFields, o, e); err != nil {
		return err
	}
	if err := r.order(e); err != nil {
		return err
	}
	if row.packet != nil {
		if err := r.packet(o, e); err != nil {
			return err
		}
	}
	if err := readFields(r, row.event, o, e); err != nil {
		return err
	}
	if err := readFields(r, lastFields, o, e); err != nil {
		return err
	}
	r.kept.Event(e)
	r.events, r.before = r.events+1, *e
	return nil
}

// order holds an event against those before it, so that no chain of causes
// goes in circles and no time runs backwards.
func (r *reader) order(e *Event) error {
	before, first := &r.before, r.events == 0
	switch {
	case e.I < 0 || !first && e.I <= before.I:
		return fmt.Errorf("i is %d; it has to be greater than that of the event before", e.I)
	case e.Cause < -1 || e.Cause >= e.I:
		return fmt.Errorf("cause is %d; it has to be an event before %d, or -1", e.Cause, e.I)
	case e.At < 0 || !first && e.At < before.At:
		return fmt.Errorf("at is %d; it has to be no earlier than the event before", int64(e.At))
	case r.events == maxEvents:
		return fmt.Errorf("is event %d; at most %d are read", maxEvents+1, maxEvents)
	}
	return nil
}

// packet finds the packet that e is about. Its send says all about it; where
// there is none, as of a copy, the first event about a packet says what is
// known, beside what the copy has from its original.
func (r *reader) packet(o *object, e *Event) error {
	var n, original int32
	if err := o.read(r, "packet", &n); err != nil {
		return err
	}
	if n < 1 {
		return errors.New("has no packet; packets are counted from 1")
	}
	if err := o.read(r, "copy_of", &original); err != nil {
		return err
	}
	if known := r.packets[n]; known != nil && e.Kind != Send {
		e.Packet = known
		return nil
	}
	e.Packet = &Packet{From: NoHost, To: NoHost}
	if of := r.packets[original]; of != nil {
		e.Packet = of.Copy(n)
	}
	r.packets[n] = e.Packet
	return readFields(r, rows[e.Kind].packet, o, e.Packet)
}
