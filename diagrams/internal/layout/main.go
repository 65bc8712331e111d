// Command layout asks Graphviz where the states of the machines
// should stand, and writes the answer for package diagrams to embed. It alone
// links Graphviz: a program that does pays for it at every start.
//
//	go generate ./diagrams
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/goccy/go-graphviz"

	"siplab/diagrams"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: layout FILE")
		os.Exit(2)
	}
	text, err := layouts()
	if err == nil {
		err = os.WriteFile(os.Args[1], text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "layout:", err)
		os.Exit(1)
	}
}

// layouts is the JSON of the layouts of all machines. The machines are laid out
// one after the other with a context that is never cancelled: go-graphviz is
// not safe for goroutines, and a cancelled context spoils it for good.
func layouts() ([]byte, error) {
	ctx := context.Background()
	gv, err := graphviz.New(ctx)
	if err != nil {
		return nil, err
	}
	defer gv.Close()
	var all []*diagrams.Layout
	for _, m := range diagrams.Machines() {
		l, err := lay(ctx, gv, diagrams.MachineOf(m))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		all = append(all, l)
	}
	return print(all), nil
}

// print writes one state or arrow a line, so that a change reads well.
func print(all []*diagrams.Layout) []byte {
	var b bytes.Buffer
	list := func(name string, n int, each func(i int) any) {
		fmt.Fprintf(&b, " %q:[\n", name)
		for i := range n {
			line, _ := json.Marshal(each(i)) // plain numbers and names: it cannot fail
			b.WriteString("  " + string(line))
			if i < n-1 {
				b.WriteByte(',')
			}
			b.WriteByte('\n')
		}
		b.WriteString(" ]")
	}
	b.WriteString("[\n")
	for i, l := range all {
		fmt.Fprintf(&b, "{%q:%q, %q:%d, %q:%d,\n", "machine", l.Machine, "width", l.Width, "height", l.Height)
		list("states", len(l.States), func(i int) any { return l.States[i] })
		b.WriteString(",\n")
		list("edges", len(l.Edges), func(i int) any { return l.Edges[i] })
		b.WriteString("}")
		if i < len(all)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("]\n")
	return b.Bytes()
}

// drawing is what Graphviz says in its JSON format.
type drawing struct {
	BB      string `json:"bb"`
	Objects []struct {
		ID   int    `json:"_gvid"`
		Name string `json:"name"`
		Pos  string `json:"pos"`
	} `json:"objects"`
	Edges []struct {
		Tail  int    `json:"tail"`
		Head  int    `json:"head"`
		Pos   string `json:"pos"`
		Label string `json:"lp"`
	} `json:"edges"`
}

func lay(ctx context.Context, gv *graphviz.Graphviz, m diagrams.MachineData) (*diagrams.Layout, error) {
	diagram := diagrams.Machine(m, diagrams.Options{})
	g, err := graphviz.ParseBytes([]byte(diagram.DOT()))
	if err != nil {
		return nil, err
	}
	defer g.Close()
	var out bytes.Buffer
	if err := gv.Render(ctx, g, graphviz.Format("json"), &out); err != nil {
		return nil, err
	}
	var d drawing
	if err := json.Unmarshal(out.Bytes(), &d); err != nil {
		return nil, err
	}
	l, err := d.layout(m)
	if err == nil {
		diagram.Settle(l)
	}
	return l, err
}

func (d *drawing) layout(m diagrams.MachineData) (*diagrams.Layout, error) {
	box, err := numbers(d.BB)
	if err != nil || len(box) != 4 {
		return nil, fmt.Errorf("bounding box %q: %v", d.BB, err)
	}
	l := &diagrams.Layout{Machine: m.Name, Width: box[2], Height: box[3]}
	names := make(map[int]string)
	for _, o := range d.Objects {
		at, err := d.point(o.Pos, l.Height)
		if err != nil {
			return nil, fmt.Errorf("state %s: %w", o.Name, err)
		}
		names[o.ID] = o.Name
		l.States = append(l.States, diagrams.Placed{Name: o.Name, X: at[0], Y: at[1]})
	}
	for _, e := range d.Edges {
		c := diagrams.Curve{From: names[e.Tail], To: names[e.Head]}
		if c.Label, err = d.point(e.Label, l.Height); err != nil {
			return nil, fmt.Errorf("label of %s to %s: %w", c.From, c.To, err)
		}
		for part := range strings.FieldsSeq(e.Pos) {
			tip, isTip := strings.CutPrefix(part, "e,")
			at, err := d.point(tip, l.Height)
			if err != nil {
				return nil, fmt.Errorf("arrow from %s to %s: %w", c.From, c.To, err)
			}
			if isTip {
				c.Tip = at
			} else {
				c.Points = append(c.Points, at)
			}
		}
		l.Edges = append(l.Edges, c)
	}
	return l, nil
}

// point reads x,y of Graphviz, whose y grows upwards.
func (d *drawing) point(s string, height int) ([2]int, error) {
	n, err := numbers(s)
	if err != nil || len(n) != 2 {
		return [2]int{}, fmt.Errorf("%q is no point: %v", s, err)
	}
	return [2]int{n[0], height - n[1]}, nil
}

// numbers reads numbers with commas between them, in tenths.
func numbers(s string) ([]int, error) {
	var all []int
	for part := range strings.SplitSeq(s, ",") {
		f, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return nil, err
		}
		all = append(all, int(math.Round(f*10)))
	}
	return all, nil
}
