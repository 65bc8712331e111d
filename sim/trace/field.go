package trace

// A field is one field of the JSON lines. at points to its place in a T: the
// Writer prints what is there and Read puts there what it finds, so that both
// follow the same rows. The pointer's type says how the value is written.
type field[T any] struct {
	name   string
	always bool // written even where it is empty or zero
	at     func(*T) any
}

// onOff is a text of two values that JSON has as true and false.
type onOff string

var headerFields = []field[Header]{
	{"title", true, func(h *Header) any { return &h.Title }},
	{"seed", true, func(h *Header) any { return &h.Seed }},
	{"timers", true, func(h *Header) any { return &h.Timers }},
	{"hosts", true, func(h *Header) any { return &h.Hosts }},
	{"links", true, func(h *Header) any { return &h.Links }},
	{"net", false, func(h *Header) any { return &h.Net }},
}

var timerFields = []field[Timers]{
	{"T1", true, func(t *Timers) any { return &t.T1 }},
	{"T2", true, func(t *Timers) any { return &t.T2 }},
	{"T4", true, func(t *Timers) any { return &t.T4 }},
}

var hostFields = []field[Host]{
	{"name", true, func(h *Host) any { return &h.Name }},
	{"kind", true, func(h *Host) any { return &h.Kind }},
	{"label", true, func(h *Host) any { return &h.Label }},
	{"addrs", true, func(h *Host) any { return &h.Addrs }},
}

var linkFields = []field[Link]{
	{"a", true, func(l *Link) any { return &l.A }},
	{"b", true, func(l *Link) any { return &l.B }},
	{"conditions", true, func(l *Link) any { return &l.Conditions }},
}

var originFields = []field[Origin]{
	{"field", true, func(o *Origin) any { return &o.Field }},
	{"kind", true, func(o *Origin) any { return &o.Kind }},
	{"ref", false, func(o *Origin) any { return &o.Ref }},
	{"packet", false, func(o *Origin) any { return &o.Packet }},
}

var endFields = []field[End]{
	{"at", true, func(e *End) any { return &e.At }},
	{"why", true, func(e *End) any { return &e.Why }},
	{"text", false, func(e *End) any { return &e.Text }},
	{"held", true, func(e *End) any { return &e.Held }},
}

// Fields of all events, before and after those of their kind.
var (
	firstFields = []field[Event]{
		{"i", true, func(e *Event) any { return &e.I }},
		{"at", true, func(e *Event) any { return &e.At }},
		{"kind", true, func(e *Event) any { return &e.Kind }},
		{"host", true, func(e *Event) any { return &e.Host }},
		{"cause", true, func(e *Event) any { return &e.Cause }},
	}
	lastFields = []field[Event]{
		{"txn", false, func(e *Event) any { return &e.Txn }},
		{"dialog", false, func(e *Event) any { return &e.Dialog }},
		{"ref", false, func(e *Event) any { return &e.Ref }},
	}
)

// The fields of a packet that its send, its arrival and the rest show.
var (
	copyFields = []field[Packet]{
		{"packet", false, func(p *Packet) any { return &p.N }},
		{"copy_of", false, func(p *Packet) any { return &p.CopyOf }},
	}
	segmentFields = append(copyFields[:2:2], []field[Packet]{
		{"from", false, func(p *Packet) any { return &p.From }},
		{"to", false, func(p *Packet) any { return &p.To }},
		{"src", false, func(p *Packet) any { return &p.Src }},
		{"dst", false, func(p *Packet) any { return &p.Dst }},
		{"transport", false, func(p *Packet) any { return &p.Transport }},
	}...)
	arriveFields = append(copyFields[:2:2], []field[Packet]{
		{"label", false, func(p *Packet) any { return &p.Label }},
		{"from", false, func(p *Packet) any { return &p.From }},
		{"to", false, func(p *Packet) any { return &p.To }},
		{"src", false, func(p *Packet) any { return &p.Src }},
		{"dst", false, func(p *Packet) any { return &p.Dst }},
		{"transport", false, func(p *Packet) any { return &p.Transport }},
		{"method", false, func(p *Packet) any { return &p.Method }},
		{"status", false, func(p *Packet) any { return &p.Status }},
		{"cseq", false, func(p *Packet) any { return &p.CSeq }},
		{"call_id", false, func(p *Packet) any { return &p.CallID }},
	}...)
	sendFields = append(arriveFields[:len(arriveFields):len(arriveFields)], []field[Packet]{
		{"again", false, func(p *Packet) any { return &p.Again }},
		{"timer", false, func(p *Packet) any { return &p.Timer }},
		{"raw", false, func(p *Packet) any { return &p.Raw }},
	}...)
)

// A row says how the events of one kind are written: the fields of their
// packet, if they have one, and the fields of their own.
type row struct {
	name   string
	packet []field[Packet]
	event  []field[Event]
}

var rows = [...]row{
	Send:      {"send", sendFields, []field[Event]{{"origin", false, func(e *Event) any { return &e.Origins }}}},
	Arrive:    {"arrive", arriveFields, nil},
	Verdict:   {"verdict", copyFields, []field[Event]{nameAs("fate"), {"delay", false, after}, textAs("why")}},
	Lose:      {"lose", copyFields, []field[Event]{textAs("why")}},
	Duplicate: {"duplicate", copyFields, []field[Event]{textAs("why")}},
	Corrupt:   {"corrupt", copyFields, []field[Event]{textAs("raw")}},
	Segment: {"segment", segmentFields, []field[Event]{
		{"op", false, op},
		{"conn", false, id},
		{"seq", false, func(e *Event) any { return &e.Seq }},
		{"ack", false, func(e *Event) any { return &e.Ack }},
		{"len", false, code},
		nameAs("flags"),
		{"delay", false, after},
		textAs("why"),
		{"raw", false, carried},
	}},
	State: {"state", nil, []field[Event]{
		nameAs("machine"),
		{"id", false, id},
		{"state_from", false, from},
		{"state_to", false, to},
		{"on", false, on},
	}},
	Timer: {"timer", nil, []field[Event]{nameAs("timer"), {"op", false, op}, {"after", false, after}, {"id", false, id}}},
	Act:   {"act", nil, []field[Event]{nameAs("what"), {"code", false, code}, textAs("text")}},
	Tell:  {"tell", nil, []field[Event]{nameAs("what"), {"code", false, code}, textAs("text")}},
	Bind:  {"bind", nil, []field[Event]{nameAs("aor"), {"contact", false, to}, {"expires", false, code}, {"op", false, op}}},
	Media: {"media", nil, []field[Event]{
		{"a", false, from},
		{"b", false, to},
		{"direction", false, on},
		{"on", true, func(e *Event) any { return (*onOff)(&e.Op) }},
	}},
	Note: {"note", nil, []field[Event]{textAs("text")}},
}

func nameAs(name string) field[Event] {
	return field[Event]{name, false, func(e *Event) any { return &e.Name }}
}

func textAs(name string) field[Event] {
	return field[Event]{name, false, func(e *Event) any { return &e.Text }}
}

// carried are the bytes of a segment. Its events share them: the first of them,
// where it is sent, shows them.
func carried(e *Event) any {
	if e.Packet != nil && (e.Op == "send" || e.Op == "repeat") {
		return &e.Packet.Raw
	}
	return new(string)
}

func after(e *Event) any { return &e.After }
func code(e *Event) any  { return &e.Code }
func id(e *Event) any    { return &e.ID }
func from(e *Event) any  { return &e.From }
func to(e *Event) any    { return &e.To }
func on(e *Event) any    { return &e.On }
func op(e *Event) any    { return &e.Op }

// String is the word of the JSON lines; "" for a kind that there is not.
func (k Kind) String() string {
	if int(k) >= len(rows) {
		return ""
	}
	return rows[k].name
}

// kindOf is the kind of that name, 0 where it is not known.
func kindOf(name string) Kind {
	for k := range rows {
		if rows[k].name == name && name != "" {
			return Kind(k)
		}
	}
	return 0
}
