package diagrams

import "slices"

// area4 is a rectangle.
type area4 struct{ x0, y0, x1, y1 int }

func (a *area4) meets(b *area4) bool {
	return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

func (a *area4) grown(by int) area4 { return area4{a.x0 - by, a.y0 - by, a.x1 + by, a.y1 + by} }

// crowd is what stands in a picture, by row, so that a label finds its
// neighbours among thousands.
type crowd struct {
	y      []int   // of the rows
	heads  []int32 // by row: index+1 of its first thing
	things []thing
}

// thing is a text, or the line of a flight.
type thing struct {
	flight int32 // -1: a text
	next   int32
	text   area4
	a, b   point
}

func (c *crowd) row(y int) int {
	i, found := slices.BinarySearch(c.y, y)
	if !found && i > 0 {
		i--
	}
	return min(i, len(c.heads)-1)
}

func (c *crowd) put(row int, t thing) {
	t.next = c.heads[row]
	c.things = append(c.things, t)
	c.heads[row] = int32(len(c.things))
}

// putText keeps the place of a text, with what parts it from its neighbours.
func (c *crowd) putText(box area4) {
	box.x0, box.x1 = box.x0-cellWide/2, box.x1+cellWide/2
	c.put(c.row((box.y0+box.y1)/2), thing{flight: -1, text: box})
}

// noFlight is the flight of a text that belongs to none.
const noFlight = -2

// inTheWay weighs what is in the box of a flight's label: a text is worse than
// an arrow.
func (c *crowd) inTheWay(flight int, box *area4) int {
	bad := 0
	for r := max(0, c.row(box.y0)-1); r <= c.row(box.y1)+1 && r < len(c.heads); r++ {
		for i := c.heads[r]; i != 0; i = c.things[i-1].next {
			switch t := &c.things[i-1]; {
			case t.flight < 0:
				if box.meets(&t.text) {
					bad += 10
				}
			case t.flight != int32(flight) && lineMeets(t.a, t.b, box):
				bad++
			}
		}
	}
	return bad
}

// heightAt is the height of the straight line from a to b at x.
func heightAt(a, b point, x int) int {
	if b.x == a.x {
		return a.y
	}
	return a.y + (b.y-a.y)*(x-a.x)/(b.x-a.x)
}

// lineMeets says whether the line from a to b passes through the box.
func lineMeets(a, b point, box *area4) bool {
	if a.x > b.x {
		a, b = b, a
	}
	x0, x1 := max(a.x, box.x0), min(b.x, box.x1)
	if x0 > x1 {
		return false
	}
	y0, y1 := heightAt(a, b, x0), heightAt(a, b, x1)
	if a.x == b.x {
		y0, y1 = a.y, b.y
	}
	return min(y0, y1) < box.y1 && max(y0, y1) > box.y0
}
