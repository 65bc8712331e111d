package sim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/law"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

// call is alice who calls bob, with more lines.
const call = `net delay 20ms
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com
at 0s alice calls bob
`

// lawful runs a scenario and holds it against the laws, but for those named.
func lawful(t testing.TB, s *sim.Scenario, but ...string) *trace.Trace {
	t.Helper()
	var kept trace.Recorder
	var watch law.Watch
	w, err := sim.New(s, &kept, &watch)
	require.NoError(t, err)
	w.Run()
	require.Empty(t, slices.DeleteFunc(watch.Broken(), func(b law.Breach) bool { return slices.Contains(but, b.Law) }))
	return kept.Trace()
}

func phoneOf(s *sim.Scenario, name string) *sim.Phone {
	for i := range s.Hosts {
		if s.Hosts[i].Name == name {
			return s.Hosts[i].Element.(*sim.Phone)
		}
	}
	return nil
}

// at is what a host sends and receives, in its order: requests by their method
// and number, responses by status and method.
func at(tr *trace.Trace, host string) string {
	var list []string
	for i := range tr.Events {
		e := &tr.Events[i]
		if tr.HostName(e.Host) != host || e.Kind != trace.Send && e.Kind != trace.Arrive {
			continue
		}
		text := fmt.Sprintf("%s %d", e.Packet.Method, e.Packet.CSeq)
		if e.Packet.Status != 0 {
			text = fmt.Sprintf("%d(%s)", e.Packet.Status, e.Packet.Method)
		}
		arrow := "<"
		if e.Kind == trace.Send {
			arrow = ">"
		}
		list = append(list, arrow+text)
	}
	return strings.Join(list, ", ")
}

// states are the dialog states of a host, in order.
func states(tr *trace.Trace, host string) string {
	var list []string
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.State && tr.HostName(e.Host) == host && strings.HasPrefix(e.Name, "dialog-") {
			list = append(list, e.To)
		}
	}
	return strings.Join(list, " ")
}

// told is what a user was told, in order.
func told(tr *trace.Trace, host string) string {
	var list []string
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Tell && tr.HostName(e.Host) == host {
			list = append(list, fmt.Sprintf("%v %s", e.At, e.Name))
		}
	}
	return strings.Join(list, ", ")
}

// directions are the directions of media at a host, in order.
func directions(tr *trace.Trace, host string) string {
	var list []string
	for i := range tr.Events {
		if e := &tr.Events[i]; e.Kind == trace.Media && tr.HostName(e.Host) == host {
			list = append(list, e.On)
		}
	}
	return strings.Join(list, " ")
}

func TestRFC3665Section31(t *testing.T) {
	tr := lawful(t, parse(t, call+"at 2s bob answers\nat 5s bob hangs up\n"))
	require.Equal(t, []string{
		"0s alice INVITE", "20ms bob 180", "2s bob 200", "2.02s alice ACK", "5s bob BYE", "5.02s alice 200",
	}, sent(tr))
	require.Equal(t, "Preparative Early Moratorium Established Mortal Morgue", states(tr, "alice"))
	require.Equal(t, "Preparative Early Moratorium Established Mortal Morgue", states(tr, "bob"))
	require.Equal(t, "sendrecv inactive", directions(tr, "alice"))
	require.Equal(t, "0s calling, 40ms ringing, 2.02s answered, 5.02s ended", told(tr, "alice"))
	require.Equal(t, "20ms incoming call, 2s answered, 5s ended", told(tr, "bob"))
	require.Equal(t, trace.Quiet, tr.End.Why)
}

// Each race of RFC 5407: what both ends send and receive, in their order.
func TestRFC5407(t *testing.T) {
	const whole = "Preparative Early Moratorium Established Mortal Morgue"
	for _, c := range []struct {
		section, acts                  string
		set                            func(alice, bob *sim.Phone)
		alice, bob, alicesDSM, bobsDSM string
		breaks                         string // a law
	}{
		{section: "3.1.1 a repeated INVITE comes while the callee is in Moratorium",
			acts:  "lose 1st 180\nat 510ms bob answers\n",
			alice: ">INVITE 1, >INVITE 1, <200(INVITE), >ACK 1", alicesDSM: "Preparative Moratorium Established",
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), <INVITE 1, <ACK 1", bobsDSM: "Preparative Early Moratorium Established"},
		{section: "3.1.2 CANCEL crosses the 200",
			acts:  "at 990ms alice hangs up\nat 1s bob answers\n",
			alice: ">INVITE 1, <180(INVITE), >CANCEL 1, <200(INVITE), >ACK 1, >BYE 2, <200(CANCEL), <200(BYE)", alicesDSM: whole,
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), <CANCEL 1, >200(CANCEL), <ACK 1, <BYE 2, >200(BYE)", bobsDSM: whole},
		{section: "3.1.3 BYE in the early dialog crosses the 200",
			acts:  "at 990ms alice hangs up with BYE\nat 1s bob answers\n",
			alice: ">INVITE 1, <180(INVITE), >BYE 2, <200(INVITE), >ACK 1, <200(BYE)", alicesDSM: "Preparative Early Mortal Morgue",
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), <BYE 2, >200(BYE), <ACK 1", bobsDSM: "Preparative Early Moratorium Mortal Morgue"},
		{section: "3.1.4 a re-INVITE comes before the ACK, which was lost",
			acts:      "lose 1st ACK\nat 1s bob answers\nat 1510ms alice holds\n",
			alice:     ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, >INVITE 2, <200(INVITE), >ACK 1, <200(INVITE), >ACK 2",
			bob:       "<INVITE 1, >180(INVITE), >200(INVITE), >200(INVITE), <INVITE 2, >200(INVITE), <ACK 1, <ACK 2",
			alicesDSM: "Preparative Early Moratorium Established", bobsDSM: "Preparative Early Moratorium Established"},
		{section: "3.1.5 the same while the ACK is to bring the answer",
			acts:      "lose 1st ACK\nat 1s bob answers\nat 1510ms alice holds\nrun for 2s\n",
			set:       func(alice, _ *sim.Phone) { alice.OfferLate = true },
			alice:     ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, >INVITE 2, <200(INVITE), >ACK 1, <491(INVITE), >ACK 2",
			bob:       "<INVITE 1, >180(INVITE), >200(INVITE), >200(INVITE), <INVITE 2, >491(INVITE), <ACK 1, <ACK 2",
			alicesDSM: "Preparative Early Moratorium Established", bobsDSM: "Preparative Early Moratorium Established"},
		{section: "3.1.6 BYE comes before the ACK, which was lost",
			acts:  "lose 1st ACK\nat 1s bob answers\nat 1510ms alice hangs up\n",
			alice: ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, >BYE 2, <200(INVITE), >ACK 1, <200(BYE)", alicesDSM: whole,
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), >200(INVITE), <BYE 2, >200(BYE), <ACK 1", bobsDSM: "Preparative Early Moratorium Mortal Morgue"},
		{section: "3.2.1 BYE crosses BYE",
			acts:  "at 1s bob answers\nat 5s alice hangs up\nat 5s bob hangs up\n",
			alice: ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, >BYE 2, <BYE 1, >200(BYE), <200(BYE)", alicesDSM: whole,
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), <ACK 1, >BYE 1, <BYE 2, >200(BYE), <200(BYE)", bobsDSM: whole},
		{section: "3.2.2 a re-INVITE comes in Mortal",
			acts:  "at 1s bob answers\nat 5s alice hangs up\nat 5s bob refreshes\n",
			alice: ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, >BYE 2, <INVITE 1, >481(INVITE), <200(BYE), <ACK 1", alicesDSM: whole,
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), <ACK 1, >INVITE 1, <BYE 2, >200(BYE), <481(INVITE), >ACK 1", bobsDSM: whole},
		{section: "3.2.3 the 200 to a re-INVITE comes in Mortal",
			acts:  "at 1s bob answers\nat 5s bob refreshes\nat 5030ms bob hangs up\n",
			alice: ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, <INVITE 1, >200(INVITE), <BYE 2, >200(BYE), <ACK 1", alicesDSM: whole,
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), <ACK 1, >INVITE 1, >BYE 2, <200(INVITE), >ACK 1, <200(BYE)", bobsDSM: whole},
		{section: "3.2.4 the ACK comes in Mortal, at a callee that does not wait for it as RFC 3261 §15 has it",
			acts: "at 1s bob answers\nat 1030ms bob hangs up\n",
			set:  func(_, bob *sim.Phone) { bob.Settings.Bugs = []string{"bye-before-ack"} }, breaks: "hangup",
			alice: ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, <BYE 1, >200(BYE)", alicesDSM: whole,
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), >BYE 1, <ACK 1, <200(BYE)", bobsDSM: "Preparative Early Moratorium Mortal Morgue"},
		{section: "3.2.4 and at one that does: the BYE waits",
			acts:  "at 1s bob answers\nat 1030ms bob hangs up\n",
			alice: ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, <BYE 1, >200(BYE)", alicesDSM: whole,
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), <ACK 1, >BYE 1, <200(BYE)", bobsDSM: whole},
		{section: "3.3.1 re-INVITE crosses re-INVITE",
			acts: "at 1s bob answers\nat 5s alice holds\nat 5s bob refreshes\n",
			alice: ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, >INVITE 2, <INVITE 1, >491(INVITE), <491(INVITE), >ACK 2, <ACK 1, " +
				"<INVITE 2, >200(INVITE), <ACK 2, >INVITE 3, <200(INVITE), >ACK 3",
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), <ACK 1, >INVITE 1, <INVITE 2, >491(INVITE), <491(INVITE), >ACK 1, <ACK 2, " +
				">INVITE 2, <200(INVITE), >ACK 2, <INVITE 3, >200(INVITE), <ACK 3",
			alicesDSM: "Preparative Early Moratorium Established", bobsDSM: "Preparative Early Moratorium Established"},
		{section: "3.3.2 UPDATE crosses re-INVITE",
			acts: "at 1s bob answers\nat 5s alice holds by UPDATE\nat 5s bob refreshes\n",
			alice: ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, >UPDATE 2, <INVITE 1, >491(INVITE), <491(UPDATE), <ACK 1, " +
				"<INVITE 2, >200(INVITE), <ACK 2, >UPDATE 3, <200(UPDATE)",
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), <ACK 1, >INVITE 1, <UPDATE 2, >491(UPDATE), <491(INVITE), >ACK 1, " +
				">INVITE 2, <200(INVITE), >ACK 2, <UPDATE 3, >200(UPDATE)",
			alicesDSM: "Preparative Early Moratorium Established", bobsDSM: "Preparative Early Moratorium Established"},
		{section: "Appendix B BYE overtakes a re-INVITE that was lost",
			acts:  "at 1s bob answers\nlose 2nd INVITE\nat 5s alice refreshes\nat 5100ms alice hangs up\n",
			alice: ">INVITE 1, <180(INVITE), <200(INVITE), >ACK 1, >INVITE 2, >BYE 3, <200(BYE), >INVITE 2, <481(INVITE), >ACK 2", alicesDSM: whole,
			bob: "<INVITE 1, >180(INVITE), >200(INVITE), <ACK 1, <BYE 3, >200(BYE), <INVITE 2, >481(INVITE), <ACK 2", bobsDSM: whole},
	} {
		t.Run(c.section, func(t *testing.T) {
			s := parse(t, call+c.acts)
			if c.set != nil {
				c.set(phoneOf(s, "alice"), phoneOf(s, "bob"))
			}
			tr := lawful(t, s, c.breaks)
			require.Equal(t, c.alice, at(tr, "alice"))
			require.Equal(t, c.bob, at(tr, "bob"))
			require.Equal(t, c.alicesDSM, states(tr, "alice"))
			require.Equal(t, c.bobsDSM, states(tr, "bob"))
		})
	}
}

// TestCancelOnTheWire is UAC-15: what a CANCEL has from its INVITE (RFC 3261
// §9.1).
func TestCancelOnTheWire(t *testing.T) {
	s := parse(t, call+"at 1s alice hangs up\n")
	phoneOf(s, "alice").Reliable = "required"
	phoneOf(s, "bob").Reliable = "yes"
	tr := lawful(t, s)
	read := func(method string) *sip.Message {
		for i := range tr.Events {
			if e := &tr.Events[i]; e.Kind == trace.Send && e.Packet.Status == 0 && e.Packet.Method == method {
				m := new(sip.Message)
				require.NoError(t, m.Parse(e.Packet.Raw))
				return m
			}
		}
		return nil
	}
	invite, cancel := read(sip.INVITE), read(sip.CANCEL)
	require.Equal(t, invite.URI, cancel.URI)
	for _, n := range []sip.Name{sip.NameFrom, sip.NameTo, sip.NameCallID, sip.NameVia, sip.NameRoute} {
		require.Equal(t, slices.Collect(invite.Values(n)), slices.Collect(cancel.Values(n)), n)
	}
	require.Equal(t, "1 CANCEL", cancel.Get(sip.NameCSeq))
	require.True(t, invite.Has(sip.NameRequire))
	require.False(t, cancel.Has(sip.NameRequire))
	require.Equal(t, "0s calling, 40ms ringing, 1.04s cancelled", told(tr, "alice"))
	require.Equal(t, "20ms incoming call, 1.02s missed call", told(tr, "bob"))
}

// TestEachLossOfACall loses each packet of a call in turn, and holds and
// duplicates it: both ends agree in the end, and nothing goes on by itself.
func TestEachLossOfACall(t *testing.T) {
	const acts = "at 1s bob answers\nat 3s alice holds\nat 6s alice resumes\nat 9s bob hangs up\n"
	whole := lawful(t, parse(t, call+acts))
	for n := 1; n <= count(whole, trace.Send); n++ {
		for _, fault := range []string{"lose %s packet", "duplicate %s packet", "delay %s packet by 300ms"} {
			line := fmt.Sprintf(fault, ordinal(n))
			tr := lawful(t, parse(t, call+acts+line+"\n"))
			require.Equal(t, trace.Quiet, tr.End.Why, line)
			for _, host := range []string{"alice", "bob"} {
				require.True(t, strings.HasSuffix(states(tr, host), "Morgue"), "%s: %s %s", line, host, states(tr, host))
				require.Contains(t, told(tr, host), "ended", line)
			}
		}
	}
}

func ordinal(n int) string {
	switch {
	case n%10 == 1 && n != 11:
		return fmt.Sprintf("%dst", n)
	case n%10 == 2 && n != 12:
		return fmt.Sprintf("%dnd", n)
	case n%10 == 3 && n != 13:
		return fmt.Sprintf("%drd", n)
	}
	return fmt.Sprintf("%dth", n)
}

// BenchmarkCall is a direct call: INVITE, 180, 200, ACK, BYE, 200.
func BenchmarkCall(b *testing.B) {
	s := parse(b, call+"at 2s bob answers\nat 5s bob hangs up\n")
	var kept trace.Recorder
	b.ReportAllocs()
	for b.Loop() {
		w, err := sim.New(s, &kept)
		require.NoError(b, err)
		w.Run()
	}
	require.Equal(b, 37*time.Second+20*time.Millisecond, kept.Trace().End.At)
}

func TestRFC3725Section41AControllerAcknowledgesOneWhenTheOtherHasAnswered(t *testing.T) {
	tr := lawful(t, parse(t, `net delay 20ms
phone alice sip:alice@atlanta.example.com
phone bob sip:bob@biloxi.example.com
controller desk sip:desk@chicago.example.com
at 0s desk connects alice to bob
at 1s alice answers
at 3s bob answers
at 9s desk disconnects
`))
	var acks []string
	for _, e := range sentBy(tr, "desk") {
		if e.Packet.Method == "ACK" && e.Packet.Again == "" {
			acks = append(acks, fmt.Sprint(e.At, " to ", tr.HostName(e.Packet.To)))
		}
	}
	require.Equal(t, []string{"3.02s to bob", "3.02s to alice"}, acks, "with the answer that bob gave")
}
