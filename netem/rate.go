package netem

import (
	"strconv"
	"strings"
	"time"
)

// Rate is how fast a link takes packets, one after the other. A packet's
// length is its payload with the headers of UDP and IP, and Overhead; where
// Cell is not 0 it is sent in whole cells, each with CellOverhead.
type Rate struct {
	Bits         uint64 // a second; 0: no rate
	Overhead     int32  // bytes a packet, may be negative
	Cell         uint32 // bytes
	CellOverhead int32  // bytes a cell, may be negative
}

// rateUnits are the suffixes of tc(8): bits a second, and (bps) bytes.
var rateUnits = []struct {
	name string
	bits uint64
}{
	{"tbit", 1e12}, {"gbit", 1e9}, {"mbit", 1e6}, {"kbit", 1e3}, {"bit", 1},
	{"tibit", 1 << 40}, {"gibit", 1 << 30}, {"mibit", 1 << 20}, {"kibit", 1 << 10},
	{"tbps", 8e12}, {"gbps", 8e9}, {"mbps", 8e6}, {"kbps", 8e3}, {"bps", 8},
	{"tibps", 8 << 40}, {"gibps", 8 << 30}, {"mibps", 8 << 20}, {"kibps", 8 << 10},
}

// mostBits is the fastest rate: 1000 Tbit/s.
const mostBits = 1e15

// words writes the rate with the largest unit of which it is a whole number.
func (r Rate) words() string {
	if r.Bits == 0 {
		return ""
	}
	var s string
	for _, u := range rateUnits[:5] {
		if r.Bits%u.bits == 0 {
			s = "rate " + strconv.FormatUint(r.Bits/u.bits, 10) + u.name
			break
		}
	}
	more := []int64{int64(r.Overhead), int64(r.Cell), int64(r.CellOverhead)}
	for len(more) > 0 && more[len(more)-1] == 0 {
		more = more[:len(more)-1]
	}
	for _, n := range more {
		s += " " + strconv.FormatInt(n, 10)
	}
	return s
}

// parseBits reads 64kbit, 1.5Mbit, 10gbps; a bare number is bits a second.
func parseBits(s string) (uint64, bool) {
	number, frac, unit := decimal(s)
	if unit == "" {
		unit = "bit"
	}
	for _, u := range rateUnits {
		if strings.EqualFold(u.name, unit) {
			n, ok := scaleDecimal(number, frac, u.bits, mostBits)
			return n, ok && n > 0
		}
	}
	return 0, false
}

// time is how long a packet of so many bytes takes to be sent.
func (r *Rate) time(bytes int) time.Duration {
	length := max(0, int64(bytes)+int64(r.Overhead))
	if r.Cell != 0 {
		cells := (length + int64(r.Cell) - 1) / int64(r.Cell)
		length = max(0, cells*(int64(r.Cell)+int64(r.CellOverhead)))
	}
	return time.Duration(min(scale(uint64(length)*8, uint64(time.Second), r.Bits), uint64(LongestTime)))
}
