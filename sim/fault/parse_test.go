package fault

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"siplab/sim/words"
)

// TestParse reads each form. What is printed is the shortest.
func TestParse(t *testing.T) {
	invite := words.Packets{Nth: 1, Message: "INVITE", From: "alice"}
	for _, c := range []struct {
		line, prints string
		want         Fault
	}{
		{"lose 1st INVITE from alice", "", Fault{Kind: Lose, Packets: invite}},
		{"lose every 200 for BYE to bob", "lose 200 for BYE to bob", Fault{Kind: Lose, Packets: words.Packets{Message: "200", For: "BYE", To: "bob"}}},
		{"delay 1st INVITE from alice by 600ms", "", Fault{Kind: Delay, Packets: invite, By: 600 * time.Millisecond}},
		{"duplicate 1st INVITE from alice", "", Fault{Kind: Duplicate, Packets: invite}},
		{"duplicate 1st INVITE from alice after 33s", "", Fault{Kind: Duplicate, Packets: invite, By: 33 * time.Second}},
		{"corrupt 1st INVITE from alice", "", Fault{Kind: Corrupt, Packets: invite}},
		{"hold 1st INVITE from alice until after CANCEL", "", Fault{Kind: Hold, Packets: invite, Other: words.Packets{Message: "CANCEL"}}},
		{"hold 1st INVITE from alice until 2nd 4xx to bob arrives", "", Fault{Kind: Hold, Packets: invite, Release: OnArrival, Other: words.Packets{Nth: 2, Message: "4xx", To: "bob"}}},
		{"hold 1st INVITE from alice until 90s", "", Fault{Kind: Hold, Packets: invite, Release: AtTime, Until: 90 * time.Second}},
		{"cut alice bob", "", Fault{Kind: Cut, A: "alice", B: "bob"}},
		{"cut alice to bob from 5s", "", Fault{Kind: Cut, A: "alice", B: "bob", OneWay: true, From: 5 * time.Second}},
		{"cut alice bob from 5s until 9s", "", Fault{Kind: Cut, A: "alice", B: "bob", From: 5 * time.Second, Until: 9 * time.Second}},
		{"cut alice bob until 9s  # a comment", "cut alice bob until 9s", Fault{Kind: Cut, A: "alice", B: "bob", Until: 9 * time.Second}},
		{`cut "to" to "from"`, "", Fault{Kind: Cut, A: "to", B: "from", OneWay: true}},
	} {
		t.Run(c.line, func(t *testing.T) {
			got, err := Parse(c.line)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
			if c.prints == "" {
				c.prints = c.line
			}
			again, err := Parse(got.String())
			require.NoError(t, err)
			require.Equal(t, got, again)
			require.Equal(t, c.prints, got.String())
		})
	}
}

// TestParseErrors holds the place, what is wrong, and the nearest word.
func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		line string
		col  int
		says string
		near string
	}{
		{"", 1, "too early", ""},
		{"loose 1st INVITE", 1, `"loose" is no fault`, "lose"},
		{"drop 1st INVITE", 1, "lose, delay, duplicate, corrupt, hold, cut", ""},
		{"lose", 5, "too early", ""},
		{"lose 1st INVIT", 10, `"INVIT" is no sort of packet`, "INVITE"},
		{"lose first INVITE", 6, "no sort of packet", "1st"},
		{"lose last INVITE", 6, "known only when the run is over", "1st"},
		{"lose 1st INVITE form alice", 17, "too much here", "from"},
		{"lose 1st INVITE from", 21, "too early", ""},
		{"delay 1st INVITE", 17, "too early", ""},
		{"delay 1st INVITE for 5s", 22, "is no method", ""},
		{"delay 1st INVITE bye 5s", 18, "no word here", "by"},
		{"delay 1st INVITE by", 20, "a time, such as 500ms", ""},
		{"delay 1st INVITE by 5", 22, "unit", ""},
		{"delay 1st INVITE by -5s", 21, "before the start", ""},
		{"delay 1st INVITE by 1000000000000000000ns", 21, "too long", ""},
		{"duplicate 1st INVITE afer 5s", 22, "no word here", "after"},
		{"hold 1st INVITE", 16, "until after PACKETS", ""},
		{"hold 1st INVITE untl 5s", 17, "no word here", "until"},
		{"hold 1st INVITE until", 22, "until TIME", ""},
		{"hold 1st INVITE until CANCEL", 29, "arrives", ""},
		{"hold 1st INVITE until CANCEL arrive", 30, "no word here", "arrives"},
		{"hold 1st INVITE until after", 28, "too early", ""},
		{"hold 1st INVITE until after last CANCEL", 29, "known only when", "1st"},
		{"hold 1st INVITE until 5parsec", 23, "until TIME", ""},
		{"cut", 4, "a host at one end", ""},
		{"cut alice", 10, "the host at the other end", ""},
		{"cut alice from 5s", 11, "the host at the other end", ""},
		{"cut alice alice", 11, "two hosts", ""},
		{"cut alice bob from", 19, "when the cut begins", ""},
		{"cut alice bob from 5s until 5s", 29, "later than 5s", ""},
		{"cut alice bob from 5s until 4s", 29, "end before it has begun", ""},
		{"cut alice bob for 5s", 15, "too much here", ""},
		{"lose 1st \"INVITE", 10, "never closed", ""},
	} {
		t.Run(c.line, func(t *testing.T) {
			_, err := Parse(c.line)
			var wrong *words.Error
			require.ErrorAs(t, err, &wrong)
			require.Equal(t, c.col, wrong.Col, err)
			require.Contains(t, err.Error(), c.says)
			require.Equal(t, c.near, wrong.Near, err)
		})
	}
}

func TestHosts(t *testing.T) {
	for line, want := range map[string][]string{
		"lose 1st INVITE": nil,
		"hold 1st INVITE from alice to bob until BYE from bob to carol arrives": {"alice", "bob", "carol"},
		"cut alice bob": {"alice", "bob"},
	} {
		f, err := Parse(line)
		require.NoError(t, err)
		require.Equal(t, want, f.Hosts(), line)
	}
}

// TestInverse holds that what is printed is read as the same.
func TestInverse(t *testing.T) {
	host := rapid.SampledFrom([]string{"alice", "bob", "to", "from", "until", "proxy 1", "#1", "5s", "zoë"})
	times := rapid.Custom(func(t *rapid.T) time.Duration { return time.Duration(rapid.Int64Range(1, 1e15).Draw(t, "time")) })
	packets := rapid.Custom(func(t *rapid.T) words.Packets {
		p := words.Packets{
			Nth:     rapid.IntRange(0, 30).Draw(t, "nth"),
			Message: rapid.SampledFrom([]string{"INVITE", "200", "4xx", "request", "response", "packet", "FETCH"}).Draw(t, "message"),
		}
		if rapid.Bool().Draw(t, "has from") {
			p.From = host.Draw(t, "from")
		}
		if rapid.Bool().Draw(t, "has to") {
			p.To = host.Draw(t, "to")
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		f := Fault{Kind: Kind(rapid.IntRange(0, int(Cut)).Draw(t, "kind"))}
		if f.Kind != Cut {
			f.Packets = packets.Draw(t, "packets")
		}
		switch f.Kind {
		case Delay, Duplicate:
			f.By = times.Draw(t, "by")
		case Hold:
			f.Release = Release(rapid.IntRange(0, int(AtTime)).Draw(t, "release"))
			if f.Release == AtTime {
				f.Until = times.Draw(t, "until")
			} else {
				f.Other = packets.Draw(t, "other")
			}
		case Cut:
			f.A, f.OneWay = host.Draw(t, "A"), rapid.Bool().Draw(t, "one way")
			f.B = host.Filter(func(h string) bool { return h != f.A }).Draw(t, "B")
			if rapid.Bool().Draw(t, "begins") {
				f.From = times.Draw(t, "from")
			}
			if rapid.Bool().Draw(t, "ends") {
				f.Until = f.From + times.Draw(t, "until")
			}
		}
		got, err := Parse(f.String())
		require.NoError(t, err, f.String())
		require.Equal(t, f, got, f.String())
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"lose 1st INVITE from alice", "hold 200 until after 2nd CANCEL", "hold packet until ACK arrives", "cut a to b from 1s until 2s", "duplicate 4xx for BYE after 1h", `cut "to" "from"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := Parse(s)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		again, err := Parse(got.String())
		require.NoError(t, err, got.String())
		require.Equal(t, got, again)
	})
}
