package diagrams

import (
	"encoding/csv"
	"io"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"siplab/sim/trace"
)

// CSV writes the messages that the ladder shows as a table: a head, then one
// row a packet in the order of sending, copies of the network among them. Times
// are whole nanoseconds of virtual time. tr is the trace that the ladder was
// made of.
func (l *Ladder) CSV(w io.Writer, tr *trace.Trace) error {
	out := csv.NewWriter(w)
	out.Write(strings.Fields("label copy_of sent_ns ended_ns fate why from to src dst transport first_line cseq call_id again timer"))
	ended, labels := l.ends(), labelsSent(tr)
	for i := range l.flights {
		record := l.flights[i].record(tr, labels, ended[i])
		for k := range record {
			record[k] = HarmlessCell(record[k])
		}
		out.Write(record) // an error comes back from Flush
	}
	out.Flush()
	return out.Error()
}

// ends is when each flight ended, by its index.
func (l *Ladder) ends() []time.Duration {
	ended := make([]time.Duration, len(l.flights))
	for i := range l.items {
		if it := &l.items[i]; it.kind == arrives || it.kind == dies {
			ended[it.flight] = it.at
		}
	}
	return ended
}

// labelsSent are the labels of the messages, by packet number.
func labelsSent(tr *trace.Trace) map[int32]string {
	labels := make(map[int32]string)
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Send && e.Packet != nil {
			labels[e.Packet.N] = e.Packet.Label
		}
	}
	return labels
}

// firstInList is the first line as it came: a cell has its own way to be
// harmless.
func (f *flight) firstInList() string {
	if f.segment != nil {
		return f.labels[0]
	}
	return rawFirstLine(f.packet.Raw)
}

func (f *flight) record(tr *trace.Trace, labels map[int32]string, ended time.Duration) []string {
	p, end := f.packet, ""
	if f.fate != flying {
		end = strconv.FormatInt(int64(ended), 10)
	}
	return []string{
		p.Label, labels[p.CopyOf], strconv.FormatInt(int64(f.left), 10), end, [...]string{"", "arrived", "lost"}[f.fate], f.why,
		tr.HostName(p.From), tr.HostName(p.To), place(p.Src), place(p.Dst), p.Transport,
		f.firstInList(), strconv.FormatUint(uint64(p.CSeq), 10) + " " + p.Method, p.CallID, p.Again, p.Timer,
	}
}

// place is an address; "" where it is not known.
func place(a netip.AddrPort) string {
	if !a.IsValid() {
		return ""
	}
	return a.String()
}

// HarmlessCell is a text for a cell of a table that a spreadsheet may open: on
// one line, visible, and with an apostrophe before what begins like a formula.
func HarmlessCell(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = visible(lines[i])
	}
	s = strings.Join(lines, "; ")
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		s = "'" + s
	}
	return s
}
