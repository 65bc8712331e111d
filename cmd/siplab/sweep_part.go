package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"

	"siplab/sim/explore"
)

// A sweep as JSON lines: a head, then one line a point. All numbers are whole,
// so that the lines of the parts of a sweep add up to those of the whole.

const sweepVersion = 1

// sweepHead says which sweep it is, and which part of it.
type sweepHead struct {
	Version  int        `json:"siplab_sweep"`
	Title    string     `json:"title"`
	Vary     []string   `json:"vary"`
	Runs     int        `json:"runs"` // a point, in all parts together
	Shard    int        `json:"shard"`
	Shards   int        `json:"shards"`
	Scenario string     `json:"scenario"`
	Points   [][]string `json:"-"`
}

type sweepPoint struct {
	Point int      `json:"point"`
	At    []string `json:"at"`
	explore.Totals
}

// sweepPart is a part of a sweep, or the whole.
type sweepPart struct {
	name   string // of its file
	head   sweepHead
	points []sweepPoint
	whole  int64 // how many bytes of the file are whole lines
}

// same says whether two parts are of one sweep.
func (h sweepHead) same(g sweepHead) bool {
	h.Shard, g.Shard, h.Points, g.Points = 0, 0, nil, nil
	return reflect.DeepEqual(h, g)
}

// readPart reads a part. A last line that is not whole is left out: it is what
// was being written when the sweep was killed.
func readPart(name string, r io.Reader) (*sweepPart, error) {
	p := &sweepPart{name: name}
	in := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, missing(name, err)
		}
		if n == 1 {
			err = json.Unmarshal(line, &p.head)
			if err == nil && p.head.Version != sweepVersion {
				err = errors.New("its first line is not that of a sweep")
			}
			if err == nil {
				err = p.head.points()
			}
		} else {
			err = p.point(line)
		}
		if err != nil {
			return nil, &badInput{what: fmt.Sprintf("%s:%d: %v", name, n, err), hint: "a part is what siplab sweep -o FILE.jsonl writes"}
		}
		p.whole += int64(len(line))
	}
	return p, nil
}

// points finds out which points the sweep has.
func (h *sweepHead) points() error {
	var vary []explore.Vary
	for _, text := range h.Vary {
		v, err := explore.ParseVary(text)
		if err != nil {
			return err
		}
		vary = append(vary, v)
	}
	if h.Shard < 1 || h.Shard > h.Shards || h.Runs < 1 {
		return fmt.Errorf("there is no part %d of %d", h.Shard, h.Shards)
	}
	h.Points = explore.Points(vary)
	return nil
}

func (p *sweepPart) point(line []byte) error {
	x := sweepPoint{Point: -1}
	if err := json.Unmarshal(line, &x); err != nil {
		return err
	}
	n := len(p.points)
	if x.Point != n || n >= len(p.head.Points) || !reflect.DeepEqual(x.At, p.head.Points[n]) {
		return fmt.Errorf("point %d is expected here", n)
	}
	p.points = append(p.points, x)
	return nil
}

func (p *sweepPart) jsonLines(w io.Writer) error {
	enc := json.NewEncoder(w)
	if err := enc.Encode(p.head); err != nil {
		return err
	}
	for i := range p.points {
		if err := enc.Encode(&p.points[i]); err != nil {
			return err
		}
	}
	return nil
}

// keeping writes each point to a file as it is done; nil keeps nothing.
type keeping struct{ file *os.File }

// goOn opens the file of a sweep whose points are kept, and takes over what is
// in it already.
func (w *sweeping) goOn(p *sweepPart) (*keeping, error) {
	if w.out.file == "" || w.out.format != "json" || w.take != nil {
		return nil, nil
	}
	name := w.path(w.out.file)
	old, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		old = nil
	case err != nil:
		return nil, missing(w.out.file, err)
	}
	var done *sweepPart
	if old != nil {
		done, err = readPart(w.out.file, old)
		old.Close()
		if err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, missing(w.out.file, err)
	}
	k := &keeping{f}
	if done == nil || done.whole == 0 {
		return k, k.begin(p)
	}
	if !done.head.same(p.head) || done.head.Shard != p.head.Shard {
		f.Close()
		return nil, &badInput{what: w.out.file + " holds another sweep, or another part", hint: "take another name, or remove the file"}
	}
	p.points = done.points
	if err := f.Truncate(done.whole); err != nil {
		return nil, missing(w.out.file, err)
	}
	_, err = f.Seek(done.whole, io.SeekStart)
	return k, err
}

func (k *keeping) begin(p *sweepPart) error {
	if err := k.file.Truncate(0); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(p.head); err != nil {
		return err
	}
	_, err := k.file.Write(b.Bytes())
	return err
}

func (k *keeping) line(x *sweepPoint) error {
	if k == nil {
		return nil
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(x); err != nil {
		return err
	}
	_, err := k.file.Write(b.Bytes())
	return err
}

func (k *keeping) close() {
	if k != nil {
		k.file.Close()
	}
}
