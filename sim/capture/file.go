package capture

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gopacket/gopacket/layers"
)

// record is one packet of a file, valid until the next is read.
type record struct {
	link  layers.LinkType
	at    time.Duration // since 1970
	timed bool          // at is there
	flaw  string        // what is wrong with its time
	data  []byte
	short bool // the capture has not all of the packet
}

// source is a file of one format. next is io.EOF after the last record.
type source interface {
	next(*record) error
}

// file reads the bytes of a capture and counts them.
type file struct {
	in     *bufio.Reader
	order  binary.ByteOrder
	limits *Limits
	at     int64 // bytes read
	begin  int64 // where the record that is read begins
	packet int   // its number
	buf    []byte
	ours   bool // Write wrote it: its times are those of the run
}

// Is says whether a file that begins so is a capture, or compressed, which
// captures often are.
func Is(start []byte) bool {
	if len(start) >= 2 && start[0] == 0x1f && start[1] == 0x8b {
		return true
	}
	return len(start) >= 4 && (byteOrder(start) != nil || related(start) || binary.BigEndian.Uint32(start) == sectionBlock)
}

// open finds the format by the first bytes.
func open(r io.Reader, limits *Limits) (*file, source, error) {
	f := &file{in: bufio.NewReader(r), limits: limits}
	if start, _ := f.in.Peek(2); len(start) == 2 && start[0] == 0x1f && start[1] == 0x8b {
		z, err := gzip.NewReader(f.in)
		if err != nil {
			return nil, nil, f.errorf("begins like gzip and is none: %v", err)
		}
		f.in = bufio.NewReader(z)
	}
	start, err := f.in.Peek(4)
	if err != nil {
		return nil, nil, f.broken(err)
	}
	switch {
	case binary.BigEndian.Uint32(start) == sectionBlock:
		return f, &pcapng{file: f}, nil
	case byteOrder(start) != nil:
		p, err := openPcap(f)
		return f, p, err
	case related(start):
		return nil, nil, f.errorf("is of a format like pcap that is not read; editcap -F pcapng makes a pcapng of it")
	}
	return nil, nil, f.errorf("is no capture: it begins with neither the number of a pcap nor that of a pcapng file")
}

// begins notes where a record begins.
func (f *file) begins() { f.begin = f.at }

func (f *file) errorf(format string, args ...any) error {
	return &Error{Packet: f.packet, Offset: f.begin, Text: fmt.Sprintf(format, args...)}
}

// broken is for what could not be read.
func (f *file) broken(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return f.errorf("the capture stops in the middle of it")
	}
	return f.errorf("%v", err)
}

// ended says whether the file ends here, as it may between two records.
func (f *file) ended() bool {
	_, err := f.in.Peek(1)
	return err == io.EOF
}

// read reads n bytes into the buffer that the next read uses again. The caller
// has held n to a limit.
func (f *file) read(n int) ([]byte, error) {
	if f.at+int64(n) > f.limits.File {
		return nil, f.errorf("the capture is longer than %d bytes", f.limits.File)
	}
	if cap(f.buf) < n {
		f.buf = make([]byte, n)
	}
	got, err := io.ReadFull(f.in, f.buf[:n])
	f.at += int64(got)
	if err != nil {
		return nil, f.broken(err)
	}
	return f.buf[:n], nil
}

// skip passes over n bytes without keeping them.
func (f *file) skip(n int64) error {
	if f.at+n > f.limits.File {
		return f.errorf("the capture is longer than %d bytes", f.limits.File)
	}
	got, err := io.CopyN(io.Discard, f.in, n)
	f.at += got
	if err != nil {
		return f.broken(err)
	}
	return nil
}

// counts takes in the number of one more packet.
func (f *file) counts() error {
	f.packet++
	if f.packet > f.limits.Packets {
		return f.errorf("the capture has more than %d packets", f.limits.Packets)
	}
	return nil
}

// bounded holds the length of a packet to the limit, and to its length on the
// wire.
func (f *file) bounded(captured, wire uint32) error {
	switch {
	case int64(captured) > int64(f.limits.Packet):
		return f.errorf("says that %d bytes of it were captured; at most %d are read", captured, f.limits.Packet)
	case captured > wire:
		return f.errorf("says that %d bytes of %d were captured", captured, wire)
	}
	return nil
}

// Years 1901 to 2106: what 32 bits of seconds can mean.
const (
	firstSecond = -1 << 31
	lastSecond  = 1<<32 - 1
)

// setTime gives a record its time; what no clock can have said is a flaw.
func (r *record) setTime(seconds int64, nanoseconds uint64) {
	if nanoseconds >= uint64(time.Second) {
		r.flaw = "the part of the second is a second or more"
		seconds, nanoseconds = seconds+int64(nanoseconds/uint64(time.Second)), nanoseconds%uint64(time.Second)
	}
	if seconds < firstSecond || seconds > lastSecond {
		r.flaw = "the time is outside the years 1901 to 2106"
		seconds, nanoseconds = min(max(seconds, firstSecond), lastSecond), 0
	}
	r.at, r.timed = time.Duration(seconds)*time.Second+time.Duration(nanoseconds), true
}
