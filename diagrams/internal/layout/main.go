// Command layout asks Graphviz where the states of the machines should stand,
// and the hosts of the course's networks, and writes the answers for package
// diagrams to embed. It alone links Graphviz: a program that does pays for it
// at every start.
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
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-graphviz"

	"siplab/diagrams"
	"siplab/lessons"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: layout MACHINES NETWORKS")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "layout:", err)
		os.Exit(1)
	}
}

func write(machinesFile, networksFile string) error {
	ctx := context.Background()
	gv, err := graphviz.New(ctx)
	if err != nil {
		return err
	}
	defer gv.Close()
	machines, err := layMachines(ctx, gv)
	if err != nil {
		return err
	}
	networks, err := layNetworks(ctx, gv)
	if err != nil {
		return err
	}
	if err := os.WriteFile(machinesFile, print(machines), 0o644); err != nil {
		return err
	}
	return os.WriteFile(networksFile, print(networks), 0o644)
}

// layMachines lays all machines out, one after the other and with a context
// that is never cancelled: go-graphviz is not safe for goroutines, and a
// cancelled context spoils it for good.
func layMachines(ctx context.Context, gv *graphviz.Graphviz) ([]*diagrams.Layout, error) {
	var all []*diagrams.Layout
	for _, m := range diagrams.Machines() {
		diagram := diagrams.Machine(diagrams.MachineOf(m), diagrams.Options{})
		l, err := lay(ctx, gv, m.Name, diagram.DOT())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		diagram.Settle(l)
		all = append(all, l)
	}
	return all, nil
}

// layNetworks lays the networks of all lessons out, each once.
func layNetworks(ctx context.Context, gv *graphviz.Graphviz) ([]*diagrams.Layout, error) {
	course, err := lessons.All()
	if err != nil {
		return nil, err
	}
	var all []*diagrams.Layout
	for _, l := range course {
		for _, run := range l.Runs {
			tr, err := run.Trace()
			if err != nil {
				return nil, fmt.Errorf("%s: %w", l.ID, err)
			}
			n := diagrams.NewNetwork(tr, diagrams.Options{})
			key := n.Key()
			if slices.ContainsFunc(all, func(l *diagrams.Layout) bool { return l.Machine == key }) {
				continue
			}
			laid, err := lay(ctx, gv, key, n.DOT())
			if err != nil {
				return nil, fmt.Errorf("%s: %w", l.ID, err)
			}
			all = append(all, laid)
		}
	}
	slices.SortFunc(all, func(a, b *diagrams.Layout) int { return strings.Compare(a.Machine, b.Machine) })
	return all, nil
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

func lay(ctx context.Context, gv *graphviz.Graphviz, name, dot string) (*diagrams.Layout, error) {
	g, err := graphviz.ParseBytes([]byte(dot))
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
	return d.layout(name)
}

func (d *drawing) layout(name string) (*diagrams.Layout, error) {
	box, err := numbers(d.BB)
	if err != nil || len(box) != 4 {
		return nil, fmt.Errorf("bounding box %q: %v", d.BB, err)
	}
	l := &diagrams.Layout{Machine: name, Width: box[2], Height: box[3]}
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
