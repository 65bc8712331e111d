package netem

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestParseConditions reads what tc-netem(8) writes; what is printed is the
// shortest form.
func TestParseConditions(t *testing.T) {
	for _, c := range []struct {
		text, prints string
		want         Conditions
	}{
		{"", "", Conditions{}},
		{"delay 20ms", "", Conditions{Delay: 20 * time.Millisecond}},
		{"delay 1.5s 250usecs 25%", "delay 1.5s 250us 25%", Conditions{Delay: 1500 * time.Millisecond, Jitter: 250 * time.Microsecond, DelayCorrelation: 1 << 30}},
		{"delay 20ms 5ms distribution pareto", "", Conditions{Delay: 20 * time.Millisecond, Jitter: 5 * time.Millisecond, Distribution: Pareto}},
		{"delay 20ms 5ms distribution uniform", "delay 20ms 5ms", Conditions{Delay: 20 * time.Millisecond, Jitter: 5 * time.Millisecond}},
		{"loss random 5% 0%", "loss 5%", Conditions{Loss: Loss{P: [5]Percent{214748365}}}},
		{"loss 100", "loss 100%", Conditions{Loss: Loss{P: [5]Percent{Always}}}},
		{"loss gemodel 0.1% 99.9%", "loss gemodel 0.1%", Conditions{Loss: Loss{LossGEModel, [5]Percent{4294967, Always - 4294967, Always}}}},
		{"loss gemodel 1% 25% 80% 0.1%", "", Conditions{Loss: Loss{LossGEModel, [5]Percent{42949673, 1 << 30, 3435973836, 4294967}}}},
		{"loss state 100%", "", Conditions{Loss: Loss{LossState, [5]Percent{Always, 0, 0, Always}}}},
		{"loss state 25% 75% 0% 100% 0%", "loss state 25%", Conditions{Loss: Loss{LossState, [5]Percent{1 << 30, Always - 1<<30, 0, Always}}}},
		{"duplicate 25% 25%", "", Conditions{Duplicate: Odds{1 << 30, 1 << 30}}},
		{"duplicate 0% 25%", "", Conditions{}},
		{"corrupt 25%", "", Conditions{Corrupt: Odds{Percent: 1 << 30}}},
		{"reorder 25% gap 5 delay 10ms", "delay 10ms reorder 25% gap 5", Conditions{Delay: 10 * time.Millisecond, Reorder: Odds{Percent: 1 << 30}, Gap: 5}},
		{"reorder 25% delay 10ms", "delay 10ms reorder 25%", Conditions{Delay: 10 * time.Millisecond, Reorder: Odds{Percent: 1 << 30}, Gap: 1}},
		{"rate 64kbit", "", Conditions{Rate: Rate{Bits: 64_000}}},
		{"rate 1.5Mbit", "rate 1500kbit", Conditions{Rate: Rate{Bits: 1_500_000}}},
		{"rate 1kbps", "rate 8kbit", Conditions{Rate: Rate{Bits: 8000}}},
		{"rate 1Kibit 0 48 -5", "rate 1024bit 0 48 -5", Conditions{Rate: Rate{1024, 0, 48, -5}}},
		{"rate 9600", "rate 9600bit", Conditions{Rate: Rate{Bits: 9600}}},
		{"limit 100", "", Conditions{Limit: 100}},
		{"  limit\t100 ", "limit 100", Conditions{Limit: 100}},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, err := ParseConditions(c.text)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
			if c.prints == "" && c.want != (Conditions{}) {
				c.prints = c.text
			}
			require.Equal(t, c.prints, got.String())
		})
	}
}

// TestConditionsErrors holds the place, what is wrong, and the nearest word.
func TestConditionsErrors(t *testing.T) {
	for _, c := range []struct {
		text string
		col  int
		says string
		near string
	}{
		{"dely 20ms", 1, `"dely" is no condition`, "delay"},
		{"delay 20ms lsos 5%", 12, `"lsos" is no condition`, "loss"},
		{"jitter 5ms", 1, "one of: delay, loss, duplicate, reorder, corrupt, rate, limit", ""},
		{"ü 5%", 1, `"ü" is no condition`, ""},
		{"delay  ü", 8, `"ü" is no time`, ""},
		{"delay", 6, "too early; a time, such as 20ms", ""},
		{"delay 20", 7, "has no unit", "20ms"},
		{"delay 1 parsec", 7, "has no unit", "1ms"},
		{"delay -20ms", 7, "is no time", ""},
		{"delay NaN", 7, "is no time", ""},
		{"delay 1e309s", 7, "is no time", ""},
		{"delay 0.1ns", 7, "is no time", ""},
		{"delay 1000000000000000000ns", 7, "at most 24 hours", ""},
		{"delay 99999999999999999999999999s", 7, "at most 24 hours", ""},
		{"delay 20ms 5%", 12, `"5%" is no time`, ""},
		{"delay 20ms distribution normal", 25, "needs a jitter", ""},
		{"delay 20ms 5ms distribution norml", 29, "is no distribution", "normal"},
		{"delay 20ms 5ms distribution", 28, "too early", ""},
		{"distribution normal", 1, "stands behind a delay", ""},
		{"loss", 5, "too early; a percentage", ""},
		{"loss 101%", 6, "0% to 100%", ""},
		{"loss 100.0000001%", 6, "0% to 100%", ""},
		{"loss 5%%", 6, "is no percentage", ""},
		{"loss .5%", 6, "is no percentage", ""},
		{"loss gemodl 5%", 6, "a percentage, or one of: random, gemodel, state", "gemodel"},
		{"loss gemodel x", 14, "is no percentage", ""},
		{"loss state 5% 60% 50%", 19, "P31 and P32 are the ways out of one state", ""},
		{"loss state 60% 5% 5% 5% 50%", 25, "P13 and P14", ""},
		{"loss 5% loss 6%", 9, "stands here twice", ""},
		{"reorder 25%", 1, "needs a delay", ""},
		{"delay 10ms reorder 25% gap 0", 28, "is no number of packets", ""},
		{"gap 5", 1, "stands behind a reorder", ""},
		{"rate 0bit", 6, "is no rate", ""},
		{"rate 5 furlongs", 8, `"furlongs" is no condition`, ""},
		{"rate 1mbit 99999999999", 12, "is no number of bytes a packet", ""},
		{"limit 0", 7, "is no number of packets", ""},
		{"limit -1", 7, "is no number of packets", ""},
		{"loss 5% ecn", 9, "never marked", ""},
		{"delay 20ms\x1b[2J", 7, `"20ms\x1b[2J" is no time`, ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, err := ParseConditions(c.text)
			require.Zero(t, got)
			var wrong *SyntaxError
			require.ErrorAs(t, err, &wrong)
			require.Equal(t, c.col, wrong.Col, err)
			require.Contains(t, err.Error(), c.says)
			require.Equal(t, c.near, wrong.Near)
		})
	}
	t.Run("a megabyte of words ends soon", func(t *testing.T) {
		_, err := ParseConditions("delay 1ms " + strings.Repeat("x ", 1<<19))
		require.Error(t, err)
		_, err = ParseConditions("delay " + strings.Repeat("9", 1<<20) + "ms")
		require.Error(t, err)
		require.Less(t, len(err.Error()), 300)
	})
}

// TestConditionsInverse holds that what is printed is read as the same.
func TestConditionsInverse(t *testing.T) {
	t.Run("of any conditions", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			c := conditions().Draw(t, "conditions")
			got, err := ParseConditions(c.String())
			require.NoError(t, err)
			require.Equal(t, c, got, c.String())
			require.Equal(t, c.String(), got.String())
		})
	})
	t.Run("of any probability", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			p := Percent(rapid.Uint32().Draw(t, "p"))
			got, ok := parsePercent(p.String())
			require.True(t, ok)
			require.Equal(t, p, got, p.String())
			require.LessOrEqual(t, len(p.String()), len("12.12345678%"))
		})
	})
}

func conditions() *rapid.Generator[Conditions] {
	return rapid.Custom(func(t *rapid.T) (c Conditions) {
		percent := func(name string) Percent { return Percent(rapid.Uint32().Draw(t, name)) }
		has := func(name string) bool { return rapid.Bool().Draw(t, name) }
		odds := func(name string) Odds { return Odds{max(1, percent(name)), percent(name + " correlation")} }
		part := func(name string, of Percent) Percent { return Percent(rapid.Uint32Max(uint32(of)).Draw(t, name)) }
		if has("delay") {
			c.Delay = time.Duration(rapid.Int64Range(1, int64(LongestTime)).Draw(t, "delay"))
		}
		if has("jitter") {
			c.Jitter = time.Duration(rapid.Int64Range(1, int64(LongestTime)).Draw(t, "jitter"))
			c.DelayCorrelation = percent("delay correlation")
			c.Distribution = Distribution(rapid.IntRange(0, 3).Draw(t, "distribution"))
		}
		switch rapid.IntRange(0, 3).Draw(t, "loss") {
		case 1:
			c.Loss.P = [5]Percent{max(1, percent("loss")), percent("loss correlation")}
		case 2:
			c.Loss = Loss{LossGEModel, [5]Percent{percent("P"), percent("R"), percent("1-H"), percent("1-K")}}
		case 3:
			p13, p31 := percent("P13"), percent("P31")
			c.Loss = Loss{LossState, [5]Percent{p13, p31, part("P32", Always-p31), percent("P23"), part("P14", Always-p13)}}
		}
		if has("duplicate") {
			c.Duplicate = odds("duplicate")
		}
		if c.Delay != 0 && has("reorder") {
			c.Reorder, c.Gap = odds("reorder"), uint32(rapid.IntRange(1, 1<<31-1).Draw(t, "gap"))
		}
		if has("corrupt") {
			c.Corrupt = odds("corrupt")
		}
		if has("rate") {
			c.Rate = Rate{rapid.Uint64Range(1, mostBits).Draw(t, "rate"), rapid.Int32Range(-1<<16, 1<<16).Draw(t, "overhead"), rapid.Uint32Max(1<<16).Draw(t, "cell"), rapid.Int32Range(-1<<16, 1<<16).Draw(t, "cell overhead")}
		}
		c.Limit = rapid.Uint32Max(1<<31-1).Draw(t, "limit")
		return c
	})
}

func FuzzParseConditions(f *testing.F) {
	for _, s := range []string{"delay 20ms 5ms 25% distribution normal", "loss gemodel 1% 25% 80% 0.1%", "loss state 1% 2% 3% 4% 5%", "rate 1.5mbit -18 53 5", "delay 1ns reorder 0.1% 1% gap 2 limit 3 corrupt 1% duplicate 1%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseConditions(s)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		again, err := ParseConditions(c.String())
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}
