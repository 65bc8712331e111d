package diagrams

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim/trace"
	"siplab/sim/words"
)

func choose(t *testing.T, text string) words.Packets {
	t.Helper()
	ws, err := words.Split(text)
	require.NoError(t, err)
	p, _, err := words.ParsePackets(ws)
	require.NoError(t, err)
	return p
}

// labelsOf are the labels of the arrows of a ladder, without what differs by
// room.
func labelsOf(l *Ladder) []string {
	var all []string
	for i := range l.flights {
		all = append(all, l.flights[i].labels[0])
	}
	return all
}

func TestOnlyTheChosenMessagesAreShown(t *testing.T) {
	only := func(texts ...string) []string {
		var opt Options
		for _, text := range texts {
			opt.Messages = append(opt.Messages, choose(t, text))
		}
		return labelsOf(NewLadder(call(), opt))
	}
	require.Equal(t, []string{"F1 INVITE", "F5 BYE"}, only("INVITE", "last BYE"))
	require.Equal(t, []string{"F3 200 OK (INVITE)"}, only("1st 2xx"))
	require.Equal(t, []string{"F1 INVITE", "F4 ACK"}, only("request from alice"))
	require.Empty(t, only("REGISTER"))
}

func TestWhatIsHiddenIsNotShown(t *testing.T) {
	shown := map[Shown]string{States: "Proceeding", Timers: "fires", Acts: "hangs up", Told: "told:", Media: "media"}
	for hide, word := range shown {
		require.Contains(t, NewLadder(call(), Options{}).Text(), word)
		require.NotContains(t, NewLadder(call(), Options{Hide: hide}).Text(), word)
	}
	require.NotContains(t, NewLadder(call(), Options{Hide: Waits}).Text(), "Timer K")
	require.Contains(t, NewLadder(call(), Options{Hide: Waits}).Text(), "Mort·Trying")
	require.Len(t, ShownNames, len(shown)+2, "and waits, and segments")
}

func TestATapSeesPacketsWhenTheyPassIt(t *testing.T) {
	r := newRun("tap", "alice phone", "proxy proxy", "bob phone", "carol phone")
	a := r.send(0, "alice", "proxy", "INVITE sip:bob@x SIP/2.0")
	r.arrive(20*ms, a)
	b := r.send(20*ms, "proxy", "bob", "INVITE sip:bob@x SIP/2.0")
	r.lose(20*ms, b, "loss")
	c := r.send(30*ms, "carol", "proxy", "OPTIONS sip:x SIP/2.0")
	r.lose(30*ms, c, "loss")
	d := r.send(40*ms, "proxy", "alice", "SIP/2.0 180 Ringing", "CSeq: 1 INVITE")
	copied := r.duplicate(40*ms, d)
	r.arrive(60*ms, d)
	r.arrive(61*ms, copied)
	at := func(host string) *Ladder { return NewLadder(r.tr, Options{Tap: host}) }

	alice := at("alice")
	require.Equal(t, []string{"F1 INVITE", "F4 180 Ringing", "F4 180 Ringing (duplicate)"}, labelsOf(alice))
	require.Equal(t, 60*ms, alice.flights[1].left, "when it arrives there, not when it was sent")
	names := []string{}
	for _, c := range alice.columns {
		names = append(names, c.name)
	}
	require.Equal(t, []string{"alice", "proxy"}, names, "with whom it exchanges packets")
	proxy := at("proxy")
	require.Equal(t, []string{"F1 INVITE", "F2 INVITE", "F4 180 Ringing"}, labelsOf(proxy))
	require.Equal(t, arrived, proxy.flights[1].fate, "that it was lost behind the tap is not seen")
	require.Empty(t, labelsOf(at("bob")))
}

// TestTheFirstCopyThatATapSeesIsNoCopyThere: what was lost before the tap has
// never been there.
func TestTheFirstCopyThatATapSeesIsNoCopyThere(t *testing.T) {
	r := newRun("tap", "alice phone", "bob phone")
	first := r.send(0, "alice", "bob", "INVITE sip:bob@x SIP/2.0")
	r.lose(0, first, "loss")
	for _, at := range []time.Duration{500 * ms, 1500 * ms} {
		r.arrive(at, r.again(at, first, "A"))
	}
	require.Equal(t, []string{"F2 INVITE", "F3 INVITE (copy 2, Timer A)"}, labelsOf(NewLadder(r.tr, Options{Tap: "bob"})))
	require.Equal(t, []string{"F1 INVITE", "F2 INVITE (copy 2, Timer A)", "F3 INVITE (copy 3, Timer A)"}, labelsOf(NewLadder(r.tr, Options{Tap: "alice"})))
}

func TestColoursTellTransactionsAndDialogsApartAndLettersSayTheSame(t *testing.T) {
	r := newRun("groups", "alice phone", "bob phone")
	message := func(from, to, first, branch, to_tag string) {
		p := r.send(0, from, to, first, "Via: SIP/2.0/UDP x;branch=z9hG4bK"+branch, `From: "a;tag=no" <sip:a>;tag=1`, "To: <sip:b>"+to_tag, "Call-ID: c1")
		p.CallID = "c1"
		r.arrive(0, p)
	}
	message("alice", "bob", "INVITE sip:b SIP/2.0", "1", "")
	message("bob", "alice", "SIP/2.0 486 Busy Here", "1", ";tag=2")
	message("alice", "bob", "ACK sip:b SIP/2.0", "1", ";tag=2")
	message("alice", "bob", "BYE sip:b SIP/2.0", "2", ";tag=2")
	for i := range r.tr.Events {
		if p := r.tr.Events[i].Packet; p.Status != 0 {
			p.Method = "INVITE"
		}
	}
	letters := func(c Colours) (s string) {
		for _, l := range labelsOf(NewLadder(r.tr, Options{Colours: c})) {
			_, letter, _ := strings.Cut(l, "[")
			s += strings.TrimSuffix(letter, "]") + " "
		}
		return s
	}
	require.Equal(t, "a a a b ", letters(ByTransaction), "the ACK of a final response that is no 2xx has its branch")
	require.Equal(t, " a a a ", letters(ByDialog), "without a tag in To there is no dialog yet")
	require.Equal(t, "    ", letters(ByKind))
	svg := NewLadder(r.tr, Options{Colours: ByTransaction}).SVG()
	require.Contains(t, svg, "[b] BYE z9hG4bK2")
	require.Contains(t, svg, `<path class="hue2"`)
}

func TestRowsAreEvenWhereTimeHasNoScale(t *testing.T) {
	heights := func(even bool) map[int]bool {
		l := NewLadder(crossing(), Options{Even: even, Hide: States | Timers})
		d := &drawn{picture: &picture{}, l: l, s: l.layout(drawWidth, false, true)}
		d.rows()
		all := map[int]bool{}
		for i := 1; i < len(d.s.rows); i++ {
			if d.s.rows[i].pause == 0 && d.s.rows[i-1].pause == 0 {
				all[d.y[i]-d.y[i-1]] = true
			}
		}
		return all
	}
	require.Len(t, heights(true), 1)
	require.Greater(t, len(heights(false)), 1)
}

func TestARemarkStandsBesideItsArrow(t *testing.T) {
	opt := Options{Remarks: []Remark{{"F2", "the phone rings"}, {"F3", "and is answered, which is said in so many words that they need three lines of their own"}, {"F9", "nowhere"}}}
	l := NewLadder(call(), opt)
	text := l.Text()
	require.Contains(t, text, "» the phone rings")
	require.NotContains(t, text, "nowhere")
	require.Contains(t, l.SVG(), ">F2 the phone rings<")
	requireClear(t, l)
}

func TestAThemeIsTheColoursOfBothBackEnds(t *testing.T) {
	for theme, paper := range map[Theme]string{Light: "rect.paper{fill:#ffffff}", Dark: "rect.paper{fill:#14191f}"} {
		svg := NewLadder(call(), Options{Theme: theme}).SVG()
		require.Contains(t, svg, paper)
		require.NotContains(t, svg, "@media")
	}
	require.Contains(t, NewLadder(call(), Options{}).SVG(), "@media (prefers-color-scheme:dark)")
	require.NotContains(t, NewLadder(call(), Options{Theme: Print}).SVG(), "request<", "colours that are not there need no legend")
	require.Len(t, Themes, int(Print)+1)
	require.Len(t, ColourNames, int(ByDialog)+1)
	require.Equal(t, trace.NoHost, (&trace.Header{}).FindHost(""), "no tap")
}

func TestWhatATapSeesForTheFirstTimeIsNoCopyToIt(t *testing.T) {
	r := newRun("tap", "alice phone", "bob phone")
	first := r.send(0, "alice", "bob", "INVITE sip:bob@x SIP/2.0")
	r.lose(0, first, "loss")
	for n := range 2 {
		again := r.again(500*ms+time.Duration(n)*time.Second, first, "A")
		r.arrive(520*ms+time.Duration(n)*time.Second, again)
	}
	lost := r.send(2*time.Second, "alice", "bob", "BYE sip:bob@x SIP/2.0")
	copied := r.duplicate(2*time.Second, lost)
	r.lose(2*time.Second, lost, "loss")
	r.arrive(2020*ms, copied)
	overtaken := r.send(3*time.Second, "alice", "bob", "OPTIONS sip:bob@x SIP/2.0")
	copied = r.duplicate(3*time.Second, overtaken)
	r.arrive(3020*ms, copied)
	r.arrive(3040*ms, overtaken)

	at := func(host string) []string { return labelsOf(NewLadder(r.tr, Options{Tap: host})) }
	require.Equal(t, []string{"F2 INVITE", "F3 INVITE (copy 2, Timer A)", "F4 BYE", "F5 OPTIONS", "F5 OPTIONS (duplicate)"}, at("bob"))
	require.Equal(t, []string{"F1 INVITE", "F2 INVITE (copy 2, Timer A)", "F3 INVITE (copy 3, Timer A)", "F4 BYE", "F5 OPTIONS"}, at("alice"))
}

func TestWhereHostsAreManyWhatWaitsIsShownOnRequest(t *testing.T) {
	tr := kept(t, "twenty-hosts")
	require.NotContains(t, NewLadder(tr, Options{}).Text(), "Timer K")
	require.Contains(t, NewLadder(tr, Options{Show: Waits}).Text(), "Timer K")
}

func TestTextOfManyHostsGrowsUntilEachLabelCanBeRead(t *testing.T) {
	tr := kept(t, "twenty-hosts")
	for _, c := range []struct {
		opt   Options
		whole bool
	}{{Options{}, true}, {Options{Width: 100}, false}, {Options{Most: 120}, false}} {
		l := NewLadder(tr, c.opt)
		s := l.layout(l.width(textWidth), false, false)
		cut := false
		for i := range s.ways {
			cut = cut || strings.HasSuffix(s.ways[i].label, "…")
		}
		require.Equal(t, c.whole, !cut, "%+v", c.opt)
	}
}

func TestInTextOfManyHostsTheStatesOfProxiesAreShownOnRequest(t *testing.T) {
	hosts := []string{"alice phone", "proxy proxy", "bob phone", "carol phone", "dave phone"}
	for n := 4; n <= 5; n++ {
		r := newRun("many", hosts[:n]...)
		r.state(0, "proxy", "invite-server", 1, "", "Proceeding")
		r.state(0, "bob", "invite-server", 1, "", "Completed")
		r.timer(5*time.Second, "proxy", "fire", "TimerI", 1, 0)
		l, all := NewLadder(r.tr, Options{}), NewLadder(r.tr, Options{Show: States})
		require.Equal(t, n == 4, strings.Contains(l.Text(), "Proceeding"))
		require.Equal(t, n == 4, strings.Contains(l.Text(), "Timer I"), "it leads to nothing but a state")
		require.Equal(t, n == 5, strings.Contains(l.Text(), "--show states"))
		require.Contains(t, l.Text(), "Completed")
		require.Contains(t, l.SVG(), "Proceeding", "a drawing has the room")
		require.Contains(t, all.Text(), "Proceeding")
		require.NotContains(t, all.Text(), "--show states")
	}
}
