package sim_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/core"
	"siplab/sim/law"
	"siplab/sim/sip"
	"siplab/sim/trace"
	"siplab/sim/transport"
)

// injected is a scenario with a host that knows no transactions and sends these
// bytes to victim at 1s.
func injected(t testing.TB, hosts, victim, raw string) *sim.Scenario {
	s := parse(t, "net delay 20ms\n"+hosts+"script stranger\n")
	s.Messages = append(s.Messages, sim.Message{Name: "bytes", File: raw})
	s.Acts = append(s.Acts, sim.Act{At: 1_000_000_000, Host: "stranger", Act: core.Act{Verb: "sends", Args: []string{"bytes", "to", victim}}})
	return s
}

// reaction is what a host made of the stranger's bytes: its first response, rings
// for a 180, forwards for a request that it sends on, drop for nothing.
func reaction(tr *trace.Trace, host string) (what string, answer *trace.Packet) {
	for i := range tr.Events {
		e := &tr.Events[i]
		if e.Kind != trace.Send || tr.HostName(e.Host) != host {
			continue
		}
		switch e.Packet.Status {
		case 100:
			continue
		case 180:
			return "rings", e.Packet
		case 0:
			return "forwards", e.Packet
		}
		return fmt.Sprint(e.Packet.Status), e.Packet
	}
	return "drop", nil
}

var reactionRow = regexp.MustCompile(`^(\S+) +(\S+) +((?:\S| \S)+) {2,}((?:\S| \S)+) {2,}((?:\S| \S)+)$`)

// holds are the behaviours that single messages show.
var holds = map[string]string{
	"badvers.dat": "UAS-10", "mismatch01.dat": "UAS-26", "clerr.dat": "UAS-27", "dblreq.dat": "UAS-28", "insuf.dat": "UAS-29",
}

func TestTortureMessagesGetTheReactionsOfRFC4475(t *testing.T) {
	text, err := os.ReadFile("testdata/torture.txt")
	require.NoError(t, err)
	rows := 0
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		row := reactionRow.FindStringSubmatch(line)
		require.NotNil(t, row, line)
		raw, err := os.ReadFile(filepath.Join("sip/testdata/torture", row[1]))
		require.NoError(t, err)
		rows++
		t.Run(strings.TrimSpace(holds[row[1]]+" RFC 4475 §"+row[2]+" "+row[1]), func(t *testing.T) {
			reacts(t, "phone victim "+called(string(raw))+"\n", row[3], string(raw))
			reacts(t, "registrar victim domain example.com open\n", row[4], string(raw))
			reacts(t, "proxy victim\nscript next\nroute at victim via sip:192.0.2.2;lr\nrecord services.example.com A 192.0.2.2\n", row[5], string(raw))
		})
	}
	require.Equal(t, 49, rows, "the messages of RFC 4475")
}

// called is the address-of-record that a request is for, so that it finds its
// phone; some address where it names none.
func called(raw string) string {
	var m sip.Message
	if m.Parse(raw) == nil {
		if u, err := sip.ParseURI(m.URI); err == nil && u.IsSIP() && u.User != "" {
			return `"sip:` + strings.ReplaceAll(u.User, `"`, `\"`) + `@example.com"`
		}
	}
	return "sip:user@example.com"
}

// others are the rows of a request, but for those that a proxy writes, and its
// body.
func others(t *testing.T, raw string) (list []string) {
	var m sip.Message
	require.NoError(t, m.Parse(raw))
	for _, f := range m.Fields {
		switch f.Name {
		case sip.NameVia, sip.NameRoute, sip.NameRecordRoute, sip.NameMaxForwards, sip.NameMaxBreadth:
		default:
			list = append(list, f.Text+": "+f.Value)
		}
	}
	return append(list, m.Body)
}

func reacts(t *testing.T, host, want, raw string) {
	t.Helper()
	var kept trace.Recorder
	watch := law.New()
	w, err := sim.New(injected(t, host, "victim", raw), &kept, watch)
	require.NoError(t, err)
	end := w.Run()
	require.Equal(t, trace.Quiet, end.Why)
	require.Empty(t, watch.Broken())
	got, answer := reaction(kept.Trace(), "victim")
	want, field, _ := strings.Cut(want, " [")
	require.Contains(t, strings.Split(want, " or "), got, "%s\n%s", host, notes(kept.Trace()))
	if field = strings.TrimSuffix(field, "]"); field != "" {
		require.Contains(t, answer.Raw, "\r\n"+field+": ")
	}
	if got == "forwards" {
		require.Equal(t, others(t, raw), others(t, answer.Raw), "what a proxy does not own goes on as it came")
	}
	if got == "drop" {
		require.Contains(t, notes(kept.Trace()), "dropped", "the trace says by which rule")
	}
}

// Each message that is at hand, those of RFC 5118 with its IPv6 addresses too,
// is sent to each kind of server over UDP and over TCP: nothing hangs, no law is
// broken, and what nobody answers has a reason in the trace.
func TestNoMessageHangsAServer(t *testing.T) {
	files, err := filepath.Glob("sip/testdata/torture/*.dat")
	require.NoError(t, err)
	require.Greater(t, len(files), 60)
	for _, server := range []string{
		"registrar victim domain example.com", "proxy victim domain example.com realm example.com", "proxy victim stateless",
		"proxy victim gateway address 192.0.2.250\nscript next address 192.0.2.251\nroute at victim via sip:192.0.2.251;lr", "redirect victim domain example.com",
	} {
		for _, file := range files {
			raw, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, by := range []transport.Protocol{transport.UDP, transport.TCP} {
				s := injected(t, server+"\n", "victim", string(raw))
				s.Hosts[len(s.Hosts)-1].Transport = by
				var kept trace.Recorder
				watch := law.New()
				w, err := sim.New(s, &kept, watch)
				require.NoError(t, err)
				require.Equal(t, trace.Quiet, w.Run().Why, "%s %s", server, file)
				if by == transport.UDP {
					require.Empty(t, watch.Broken(), "%s %s", server, file)
				}
				if got, _ := reaction(kept.Trace(), "victim"); got == "drop" {
					require.NotEmpty(t, notes(kept.Trace()), "%s %s", server, file)
				}
			}
		}
	}
}
