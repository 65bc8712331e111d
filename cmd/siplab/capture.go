package main

import (
	"bufio"
	"io"
	"os"

	"siplab/sim/capture"
	"siplab/sim/trace"
)

// openCapture opens a file, or standard input, that begins like a capture; nil
// for one that does not, and for what is no plain file.
func openCapture(s *streams, name string) (io.ReadCloser, error) {
	if name == "-" {
		in := bufio.NewReader(s.in)
		s.in = in // what was peeked at is read again
		return ifCapture(in, io.NopCloser(in)), nil
	}
	if info, err := os.Stat(s.path(name)); isLesson(name) || err != nil || !info.Mode().IsRegular() {
		return nil, nil // what is wrong with it is said where it is read
	}
	f, err := os.Open(s.path(name))
	if err != nil {
		return nil, missing(name, err)
	}
	in := bufio.NewReader(f)
	if c := ifCapture(in, f); c != nil {
		return c, nil
	}
	return nil, f.Close()
}

func ifCapture(in *bufio.Reader, closer io.Closer) io.ReadCloser {
	if start, _ := in.Peek(4); !capture.Is(start) {
		return nil
	}
	return struct {
		io.Reader
		io.Closer
	}{in, closer}
}

// capture reads a capture that was opened.
func (r *running) capture(name string, in io.ReadCloser) (*trace.Trace, error) {
	defer in.Close()
	if err := r.past(name, "a capture"); err != nil {
		return nil, err
	}
	tr, err := capture.Read(in, capture.DefaultLimits)
	if err != nil {
		err = &badInput{what: name + ": " + err.Error()}
	}
	return tr, err
}
