package words

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func parsePackets(t require.TestingT, text string) (Packets, []Word, error) {
	ws, err := Split(text)
	require.NoError(t, err)
	return ParsePackets(ws)
}

func TestParsePackets(t *testing.T) {
	for text, want := range map[string]Packets{
		"INVITE":                         {Message: "INVITE"},
		"1st INVITE from alice":          {Nth: 1, Message: "INVITE", From: "alice"},
		"last 200 for BYE to bob":        {Nth: -1, Message: "200", For: "BYE", To: "bob"},
		"every REGISTER to biloxi":       {Message: "REGISTER", To: "biloxi"},
		"22nd 4xx from bob to alice":     {Nth: 22, Message: "4xx", From: "bob", To: "alice"},
		"401 to bob from biloxi":         {Message: "401", From: "biloxi", To: "bob"},
		"packet for INVITE":              {Message: "packet", For: "INVITE"},
		`2nd "NEWMETHOD" from alice`:     {Nth: 2, Message: "NEWMETHOD", From: "alice"},
		`response for "x-y" from "a b"`:  {Message: "response", For: "x-y", From: "a b"},
		"request from to to from":        {Message: "request", From: "to", To: "from"},
		"last request":                   {Nth: -1, Message: "request"},
		"1000000th packet":               {Nth: 1_000_000, Message: "packet"},
		`"register"`:                     {Message: "register"},
		"response from alice for CANCEL": {Message: "response", For: "CANCEL", From: "alice"},
	} {
		got, rest, err := parsePackets(t, text)
		require.NoError(t, err, text)
		require.Empty(t, rest)
		require.Equal(t, want, got, text)
	}
}

func TestParsePacketsGivesBackWhatFollows(t *testing.T) {
	p, rest, err := parsePackets(t, "200 from bob until after CANCEL")
	require.NoError(t, err)
	require.Equal(t, Packets{Message: "200", From: "bob"}, p)
	require.Equal(t, "until after CANCEL", Text(rest))
}

func TestParsePacketsErrors(t *testing.T) {
	const want = "; expected a method (INVITE), a status (200, 4xx), request, response or packet"
	for text, msg := range map[string]string{
		"":                               "column 1: the line ends too early; next comes which packets: a method (INVITE), a status (200, 4xx), request, response or packet",
		"1st":                            "column 4: the line ends too early; next comes which packets: a method (INVITE), a status (200, 4xx), request, response or packet",
		"INVTE from alice":               `column 1: "INVTE" is no sort of packet` + want + `; did you mean INVITE?`,
		"register from bob":              `column 1: "register" is no sort of packet` + want + `; did you mean REGISTER?`,
		"first INVITE":                   `column 1: "first" is no sort of packet` + want + `; did you mean 1st?`,
		"2th INVITE":                     `column 1: "2th" is no sort of packet` + want + `; did you mean 2nd?`,
		"all INVITE":                     `column 1: "all" is no sort of packet` + want + `; did you mean every?`,
		"1 INVITE":                       `column 1: 1 is no status; an ordinal says which, and then what; did you mean 1st?`,
		"700 from bob":                   `column 1: 700 is no status; a status is a number from 100 to 699`,
		"7xx":                            `column 1: "7xx" is no sort of packet` + want,
		"99999999999999999999999th ACK":  `column 1: "99999999999999999999999th" is no sort of packet` + want,
		"0th ACK":                        `column 1: "0th" is no sort of packet` + want,
		"200 for INVITEE":                `column 9: "INVITEE" is no method; one such as INVITE, in capitals; one of your own in quotes; did you mean INVITE?`,
		"BYE for INVITE":                 `column 5: BYE is a request, and only responses are for a method; leave out for, or name a status`,
		"INVITE from":                    `column 12: the line ends too early; next comes the host that sent it`,
		"INVITE from alice from bob":     `column 19: "from" stands here twice; say it once`,
		`INVITE from ""`:                 `column 13: an empty name; the host that sent it`,
		`"200" from alice`:               `column 1: 200 is no status; a status is a number from 100 to 699`,
		`"not a token"`:                  `column 1: "not a token" is no sort of packet` + want,
		"1st 1st INVITE":                 `column 5: "1st" is no sort of packet` + want,
		"every last INVITE from nowhere": `column 7: "last" is no sort of packet` + want,
	} {
		_, _, err := parsePackets(t, text)
		require.EqualError(t, err, msg, text)
	}
}

func TestPacketsStringIsTheInverseOfParsePackets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"", "alice", "bob", "from", "a b"})
		p := Packets{
			Nth:     rapid.SampledFrom([]int{-1, 0, 1, 2, 13, 1_000_000}).Draw(t, "nth"),
			Message: rapid.SampledFrom([]string{"INVITE", "200", "4xx", "request", "response", "packet", "FOO", "every", "1st"}).Draw(t, "message"),
			From:    name.Draw(t, "from"),
			To:      name.Draw(t, "to"),
		}
		if isResponse(p.Message) || p.Message == "response" || p.Message == "packet" {
			p.For = rapid.SampledFrom([]string{"", "INVITE", "FOO"}).Draw(t, "for")
		}
		got, rest, err := parsePackets(t, p.String())
		require.NoError(t, err, p.String())
		require.Empty(t, rest)
		require.Equal(t, p, got)
	})
}

func TestPacketsMatch(t *testing.T) {
	invite := Facts{Method: "INVITE", CSeqMethod: "INVITE", From: "alice", To: "bob"}
	ok := Facts{Status: 200, CSeqMethod: "BYE", From: "bob", To: "alice"}
	garbage := Facts{From: "mallory", To: "bob"}
	for text, want := range map[string][3]bool{
		"INVITE": {true, false, false}, "request": {true, false, false}, "response": {false, true, false}, "packet": {true, true, true},
		"200": {false, true, false}, "2xx": {false, true, false}, "4xx": {false, false, false}, "200 for BYE": {false, true, false}, "200 for INVITE": {false, false, false},
		"packet for INVITE": {true, false, false}, "packet from bob": {false, true, false}, "packet to bob": {true, false, true}, "1st INVITE from alice to bob": {true, false, false},
	} {
		p, _, err := parsePackets(t, text)
		require.NoError(t, err)
		require.Equal(t, want, [3]bool{p.Match(invite), p.Match(ok), p.Match(garbage)}, text)
	}
}

func TestWhichOfThosePacketsAreMeant(t *testing.T) {
	for text, want := range map[string]string{
		"INVITE": "abc", "every INVITE": "abc", "1st INVITE": "a", "3rd INVITE": "c", "4th INVITE": "", "last INVITE": "c",
	} {
		p, _, err := parsePackets(t, text)
		require.NoError(t, err)
		require.Equal(t, want, string(Meant(p, []byte("abc"))), text)
		require.Empty(t, string(Meant(p, []byte{})), text)
	}
}

func BenchmarkMatch(b *testing.B) {
	p := Packets{Nth: 1, Message: "200", For: "INVITE", From: "bob"}
	f := Facts{Status: 200, CSeqMethod: "INVITE", From: "bob", To: "alice"}
	for b.Loop() {
		_ = p.Match(f)
	}
}
