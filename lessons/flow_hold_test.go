package lessons_test

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/diagrams"
	"siplab/lessons"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// TestEachFlowIsALesson: there is a lesson for each flow, and a flow for each
// lesson that says it is one.
func TestEachFlowIsALesson(t *testing.T) {
	known := map[string]bool{}
	for _, f := range flows(t) {
		known[f.id] = true
		_, err := lessons.Find(f.id)
		require.NoError(t, err, f.id)
	}
	all, err := lessons.All()
	require.NoError(t, err)
	for _, l := range all {
		require.Equal(t, strings.HasPrefix(l.ID, "rfc"), l.Flow != nil, l.ID)
		require.True(t, l.Flow == nil || known[l.ID], l.ID)
	}
}

// TestFlows holds each run against what is drawn.
func TestFlows(t *testing.T) {
	each(t, func(t *testing.T, f flow, l *lessons.Lesson, tr *trace.Trace) {
		require.NoError(t, f.held(tr, l.Flow))
		for _, h := range tr.Hosts {
			require.Equal(t, strings.ToUpper(h.Name[:1]), h.Label[:1], "%s is drawn with a label", h.Name)
		}
	})
}

// each calls do with each flow and its lesson.
func each(t *testing.T, do func(*testing.T, flow, *lessons.Lesson, *trace.Trace)) {
	for _, f := range flows(t) {
		l, err := lessons.Find(f.id)
		t.Run(f.id, func(t *testing.T) {
			require.NoError(t, err)
			require.NotNil(t, l.Flow)
			tr, err := l.Flow.Run.Trace()
			require.NoError(t, err)
			do(t, f, l, tr)
		})
	}
}

// before says whether some host does one thing before another.
func (f *flow) before(one, other step) bool {
	for _, steps := range f.order {
		if at := slices.Index(steps, one); at >= 0 && at < slices.Index(steps, other) {
			return true
		}
	}
	return false
}

func (f *flow) clone() flow {
	g := *f
	g.messages, g.states, g.media = slices.Clone(f.messages), slices.Clone(f.states), slices.Clone(f.media)
	g.order = map[string][]step{}
	for host, steps := range f.order {
		g.order[host] = slices.Clone(steps)
	}
	return g
}

// drop takes a message out of the drawing.
func (f *flow) drop(n string) {
	f.messages = slices.DeleteFunc(f.messages, func(m flowMessage) bool { return m.n == n })
	for host, steps := range f.order {
		f.order[host] = slices.DeleteFunc(steps, func(s step) bool { return s.n == n })
	}
}

// replace puts a message in the place of another. One that is lost is not
// received.
func (f *flow) replace(m flowMessage) {
	for i := range f.messages {
		if f.messages[i].n == m.n {
			m.fields = f.messages[i].fields
			f.messages[i] = m
		}
	}
	if m.lost {
		f.order[m.to] = slices.DeleteFunc(f.order[m.to], func(s step) bool { return s == step{"recv", m.n} })
	}
}

// differs makes the flow what the lesson says that siplab does in its place.
func (f *flow) differs(d lessons.Difference) error {
	for _, n := range d.Messages {
		if err := f.differ(n, d.Instead); err != nil {
			return err
		}
	}
	return nil
}

func (f *flow) differ(n, instead string) error {
	words := strings.Fields(instead)
	m := f.message(n)
	switch last := len(words) - 2; {
	case last > 2 && words[last] == "after":
		return f.insert(append([]string{n}, words[:last]...), words[last+1])
	case m == nil:
		return fmt.Errorf("no %s is drawn", n)
	case instead == "none":
		f.drop(n)
		return nil
	case len(words) == 4 && words[0] == "before" && words[2] == "at":
		return f.move(words[3], n, words[1])
	case len(words) > 3 && words[1] == "to":
		m, err := parseMessage(append([]string{n}, words...))
		f.replace(m)
		return err
	case m.fields != nil && len(words) > 1 && known(words[0]):
		m.fields = m.fields.with(words[0], strings.Join(words[1:], " "))
		return nil
	}
	return fmt.Errorf("what is %q?", instead)
}

// insert puts a message that is not drawn behind one that is, at both ends.
func (f *flow) insert(words []string, after string) error {
	m, err := parseMessage(words)
	if err != nil || f.message(m.n) != nil || f.message(after) == nil {
		return errors.Join(err, fmt.Errorf("%s cannot be put after %s", m.n, after))
	}
	f.messages = append(f.messages, m)
	for host, does := range map[string]string{m.from: "send", m.to: "recv"} {
		i := slices.IndexFunc(f.order[host], func(s step) bool { return s.n == after })
		f.order[host] = slices.Insert(f.order[host], i+1, step{does, m.n})
	}
	return nil
}

// move puts what a host does with message n before what it does with another.
func (f *flow) move(host, n, before string) error {
	steps := f.order[host]
	at := slices.IndexFunc(steps, func(s step) bool { return s.n == n })
	to := slices.IndexFunc(steps, func(s step) bool { return s.n == before })
	if at < 0 || to < 0 || at < to {
		return fmt.Errorf("%s is not drawn after %s at %s", n, before, host)
	}
	moved := steps[at]
	f.order[host] = slices.Insert(slices.Delete(steps, at, at+1), to, moved)
	return nil
}

// held says how a run is not the flow, nil where it is.
func (f *flow) held(tr *trace.Trace, by *lessons.Flow) error {
	g := f.clone()
	for _, d := range by.Differences {
		if err := g.differs(d); err != nil {
			return err
		}
	}
	var names []string
	for _, h := range tr.Hosts {
		names = append(names, h.Name)
	}
	if !slices.Equal(names, g.hosts) {
		return fmt.Errorf("drawn are %v, the run has %v", g.hosts, names)
	}
	var first error
	for _, variant := range g.variants() {
		err := (&holding{flow: variant, tr: tr, by: by, packets: map[string]*sent{}}).run()
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// variants are the drawing with what is optional and without it.
func (f *flow) variants() []flow {
	all := []flow{f.clone()}
	for _, m := range f.messages {
		if m.optional {
			for _, g := range slices.Clone(all) {
				h := g.clone()
				h.drop(m.n)
				all = append(all, h)
			}
		}
	}
	return all
}

// sent is a message of the run with what became of it.
type sent struct {
	send, arrive, lose *trace.Event
}

// what is the message as the drawing names it.
func (s *sent) what() string {
	p := s.send.Packet
	if p.Status == 0 {
		return p.Method
	}
	return strconv.Itoa(p.Status) + " for " + p.Method
}

// holding is a run that is held against a flow.
type holding struct {
	flow
	tr      *trace.Trace
	by      *lessons.Flow
	packets map[string]*sent // by the number in the drawing
}

// done is one end of a message in the run.
type done struct {
	does string
	what *sent
}

func (h *holding) run() error {
	steps := h.steps()
	for _, host := range h.hosts {
		if err := h.lifeline(host, steps[host]); err != nil {
			return err
		}
	}
	for i := range h.messages {
		m := &h.messages[i]
		if h.packets[m.n] == nil {
			return fmt.Errorf("%s is on no lifeline", m.n)
		}
		for _, check := range []func(*flowMessage, *sent) error{h.fate, h.repeated, h.crossed, h.answered, h.tagged} {
			if err := check(m, h.packets[m.n]); err != nil {
				return fmt.Errorf("%s, which is %s %s: %w", m.n, h.packets[m.n].send.Packet.Label, h.packets[m.n].what(), err)
			}
		}
	}
	return cmp.Or(h.dialogs(), h.headers(), h.medias())
}

// steps are what each host sent and received of what the drawing has.
func (h *holding) steps() map[string][]done {
	messages, steps := map[int32]*sent{}, map[string][]done{}
	for i := range h.tr.Events {
		e := &h.tr.Events[i]
		host := h.tr.HostName(e.Host)
		switch {
		case e.Packet == nil || e.Packet.CopyOf != 0:
		case e.Kind == trace.Send && h.by.Holds(e.At):
			s := &sent{send: e}
			messages[e.Packet.N] = s
			steps[host] = append(steps[host], done{"send", s})
		case messages[e.Packet.N] == nil: // sent before the drawing begins
		case e.Kind == trace.Arrive:
			messages[e.Packet.N].arrive = e
			steps[host] = append(steps[host], done{"recv", messages[e.Packet.N]})
		case e.Kind == trace.Lose:
			messages[e.Packet.N].lose = e
		}
	}
	return steps
}

// lifeline holds what a host did against what is drawn, step by step.
func (h *holding) lifeline(host string, did []done) error {
	drawn := slices.Clone(h.order[host])
	for i := range max(len(drawn), len(did)) {
		if i < len(did) {
			h.settle(drawn, i, did[i])
		}
		switch {
		case i >= len(did):
			return fmt.Errorf("%s: %v is drawn, and the run has no more", host, drawn[i])
		case i >= len(drawn):
			return fmt.Errorf("%s: no more is drawn, and the run has %s %s %s", host, did[i].does, did[i].what.send.Packet.Label, did[i].what.what())
		}
		m := h.message(drawn[i].n)
		s := did[i].what
		p := s.send.Packet
		if !h.isDrawn(drawn[i], did[i]) {
			return fmt.Errorf("%s: %v is drawn, the run has %s %s %s", host, drawn[i], did[i].does, p.Label, s.what())
		}
		if known := h.packets[m.n]; known != nil && known != s {
			return fmt.Errorf("%s: %v is drawn, the run has another %s, %s", host, drawn[i], m.what, p.Label)
		}
		h.packets[m.n] = s
	}
	return nil
}

// isDrawn says whether one end of a message in the run is that of the drawing.
func (h *holding) isDrawn(s step, d done) bool {
	m, p := h.message(s.n), d.what.send.Packet
	return m != nil && d.does == s.does && d.what.what() == m.what && h.tr.HostName(p.From) == m.from && h.tr.HostName(p.To) == m.to
}

// settle draws step i as the run has it, where the standard leaves open which
// of it and the next goes first.
func (h *holding) settle(drawn []step, i int, did done) {
	if i+1 >= len(drawn) || h.isDrawn(drawn[i], did) || !h.isDrawn(drawn[i+1], did) || !h.leavesOpen(drawn[i].n, drawn[i+1].n) {
		return
	}
	drawn[i], drawn[i+1] = drawn[i+1], drawn[i]
}

// fate: a message drawn lost is lost, every other arrives.
func (h *holding) fate(m *flowMessage, s *sent) error {
	switch {
	case m.lost && (s.arrive != nil || s.lose == nil):
		return fmt.Errorf("drawn lost, it is not")
	case !m.lost && (s.arrive == nil || s.lose != nil):
		return fmt.Errorf("drawn arriving, it does not")
	}
	return nil
}

// repeated: a retransmission is of the right message, byte by byte, and was made
// by a timer, or by the transaction user because what it answers came again;
// nothing else is one.
func (h *holding) repeated(m *flowMessage, s *sent) error {
	p := s.send.Packet
	if m.repeats == "" {
		if p.Again != "" {
			return fmt.Errorf("it repeats %s, which is not drawn", p.Again)
		}
		return nil
	}
	first := h.packets[m.repeats]
	switch {
	case first == nil:
		return fmt.Errorf("there is no %s to repeat", m.repeats)
	case p.Again != first.send.Packet.Label || p.Raw != first.send.Packet.Raw:
		return fmt.Errorf("it does not repeat %s", m.repeats)
	case p.Timer != "":
		return nil
	}
	cause := h.tr.Event(int(s.send.Cause))
	if cause == nil || cause.Kind != trace.Arrive || cause.Host != s.send.Host || cause.Packet.Again == "" {
		return fmt.Errorf("neither a timer nor a repeated message made it")
	}
	return nil
}

// crossed: each of two messages leaves before the other arrives.
func (h *holding) crossed(m *flowMessage, s *sent) error {
	for _, n := range m.crosses {
		o := h.packets[n]
		if o == nil || o.arrive == nil || s.arrive == nil || s.send.I > o.arrive.I || o.send.I > s.arrive.I ||
			s.send.Host == o.send.Host {
			return fmt.Errorf("it does not cross %s", n)
		}
	}
	return nil
}

// answered: what is drawn unanswered causes no message.
func (h *holding) answered(m *flowMessage, s *sent) error {
	if !m.unanswered {
		return nil
	}
	for i := range h.tr.Events {
		if e := &h.tr.Events[i]; e.Kind == trace.Send && e.Host == s.arrive.Host && slices.Contains(h.tr.Why(int(e.I)), int(s.arrive.I)) {
			return fmt.Errorf("%s answers it", e.Packet.Label)
		}
	}
	return nil
}

// tagged: the messages of one dialog have one To tag, of which no other dialog
// has any.
func (h *holding) tagged(m *flowMessage, s *sent) error {
	for _, o := range h.messages {
		other := h.packets[o.n]
		if m.dialog == "" || o.dialog == "" || other == nil {
			continue
		}
		if (toTag(s) == toTag(other)) != (m.dialog == o.dialog) {
			return fmt.Errorf("its To tag is %q, and that of %s is %q", toTag(s), o.n, toTag(other))
		}
	}
	return nil
}

func toTag(s *sent) string {
	var m sip.Message
	if m.Parse(s.send.Packet.Raw) != nil {
		return ""
	}
	to := m.To()
	return to.Tag()
}

// states are the abbreviations of RFC 5407.
var states = map[string]string{
	"Pre": "Preparative", "Ear": "Early", "Mora": "Moratorium", "Est": "Established", "Mort": "Mortal", "Morg": "Morgue", "terminated": "Morgue",
}

// dialogs holds the moves of the dialogs at each host against those drawn: the
// same states in the same order, each by what is drawn before it.
func (h *holding) dialogs() error {
	for _, host := range h.hosts {
		moves, order := map[int32][]*trace.Event{}, []int32{}
		for i := range h.tr.Events {
			e := &h.tr.Events[i]
			if e.Kind != trace.State || !strings.HasPrefix(e.Name, "dialog-") || h.tr.HostName(e.Host) != host || !h.by.Holds(e.At) {
				continue
			}
			if moves[e.ID] == nil {
				order = append(order, e.ID)
			}
			moves[e.ID] = append(moves[e.ID], e)
		}
		drawn, letters := map[string][]flowState{}, []string{}
		for _, s := range h.states {
			if s.host != host {
				continue
			}
			if drawn[s.dialog] == nil {
				letters = append(letters, s.dialog)
			}
			drawn[s.dialog] = append(drawn[s.dialog], s)
		}
		if len(letters) == 0 {
			continue // no states are drawn
		}
		if len(letters) != len(order) {
			return fmt.Errorf("%s: drawn are %d dialogs, the run has %d", host, len(letters), len(order))
		}
		for i, letter := range letters {
			if err := h.moves(drawn[letter], moves[order[i]]); err != nil {
				return fmt.Errorf("%s, dialog %s: %w", host, letter, err)
			}
		}
	}
	return nil
}

func (h *holding) moves(drawn []flowState, moves []*trace.Event) error {
	for i := range max(len(drawn), len(moves)) {
		switch {
		case i >= len(moves):
			return fmt.Errorf("%s is drawn, and the run does not get there", drawn[i].state)
		case i >= len(drawn):
			return fmt.Errorf("the run moves to %s, which is not drawn", moves[i].To)
		case states[drawn[i].state] != moves[i].To:
			return fmt.Errorf("%s is drawn, the run moves to %s", drawn[i].state, moves[i].To)
		case !h.moved(drawn[i].after, moves[i]):
			return fmt.Errorf("the move to %s is not that after %v", moves[i].To, drawn[i].after)
		}
	}
	return nil
}

// moved: a message that arrived makes the move; where one is sent, what had it
// sent does; else a timer.
func (h *holding) moved(after step, move *trace.Event) bool {
	s := h.packets[after.n]
	switch cause := h.tr.Event(int(move.Cause)); {
	case after == step{}:
		return cause != nil && cause.Kind == trace.Timer && cause.Op == "fire"
	case s == nil:
		return false
	case after.does == "recv":
		return s.arrive != nil && move.Cause == s.arrive.I && move.Host == s.arrive.Host
	}
	return move.Cause == s.send.Cause && move.Host == s.send.Host
}

func BenchmarkFlows(b *testing.B) {
	all := flows(b)
	for b.Loop() {
		for _, f := range all {
			l, err := lessons.Find(f.id)
			require.NoError(b, err)
			_, err = l.Flow.Run.Trace()
			require.NoError(b, err)
		}
	}
}

// BenchmarkFlowsAsSVG is what all flows of the RFCs take from their texts to
// drawings.
func BenchmarkFlowsAsSVG(b *testing.B) {
	all := flows(b)
	for b.Loop() {
		for _, f := range all {
			l, err := lessons.Find(f.id)
			require.NoError(b, err)
			tr, err := l.Flow.Run.Trace()
			require.NoError(b, err)
			require.NoError(b, diagrams.NewLadder(tr, diagrams.Options{}).WriteSVG(io.Discard))
		}
	}
}
