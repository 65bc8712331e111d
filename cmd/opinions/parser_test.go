package opinions

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	sipgo "github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"

	"siplab/lessons"
	"siplab/sim/sip"
	"siplab/sim/trace"
)

const noEnd = "the header ends with the datagram, without an empty line: siplab lives with that, as the Content-Length is 0 (RFC 3261 §18.3)"

// disagreements are the well-formed messages that emiago/sipgo reads otherwise
// than siplab, or not at all, each with the reason why siplab reads them as it
// does.
var disagreements = map[string]string{
	"intmeth.dat":                            "sipgo writes the method of a request in capitals; RFC 3261 §7.1 has methods case-sensitive (RFC 4475 §3.1.1.2)",
	"novelsc.dat":                            "sipgo refuses a Request-URI of a scheme that it does not know; it is well-formed, and a server owes it a 416 (RFC 4475 §3.3.3)",
	"rfc5118-ipv6-bug-abnf-3-colons.dat":     noEnd,
	"rfc5118-ipv6-correct-abnf-2-colons.dat": noEnd,
	"wsinv.dat":                              "sipgo does not read the tags where white space stands around the semicolon; RFC 3261 §7.3.1 allows it (RFC 4475 §3.1.1.1)",
}

// Each message of the course, and each torture message in which siplab finds no
// fault, is read alike: start line, topmost Via, tags, Call-ID, CSeq,
// Max-Forwards and body.
func TestTheParserAgainstSipgo(t *testing.T) {
	list := corpus(t)
	require.Greater(t, len(list), 500)
	found := map[string]string{}
	for name, text := range list {
		ours, wellFormed := read(text)
		if !wellFormed {
			continue
		}
		if other, err := readTheirs(text); err != nil {
			found[name] = "not read: " + err.Error()
		} else if other != ours {
			found[name] = "ours:\n" + ours + "theirs:\n" + other
		}
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if disagreements[name] == "" {
			t.Errorf("%s: %s", name, found[name])
		}
	}
	for name := range disagreements {
		require.Contains(t, found, name, "no disagreement any more")
	}
}

func corpus(t *testing.T) map[string]string {
	list := map[string]string{}
	all, err := lessons.All()
	require.NoError(t, err)
	for _, l := range all {
		for n, r := range l.Runs {
			tr, err := r.Trace()
			require.NoError(t, err)
			for i := range tr.Events {
				if e := &tr.Events[i]; e.Kind == trace.Send && e.Packet.Again == "" {
					list[fmt.Sprintf("%s run %d %s", l.ID, n+1, e.Packet.Label)] = e.Packet.Raw
				}
			}
		}
	}
	files, err := filepath.Glob("../../sim/sip/testdata/torture/*.dat")
	require.NoError(t, err)
	more, err := filepath.Glob("../../sim/sip/testdata/*.sip")
	require.NoError(t, err)
	for _, file := range append(files, more...) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if strings.HasPrefix(filepath.Base(file), "rfc5118-") { // kept with bare line feeds
			text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
		}
		list[filepath.Base(file)] = string(text)
	}
	return list
}

// read is what siplab reads, and whether it lives with the message as it is.
func read(text string) (string, bool) {
	var m sip.Message
	if m.Parse(text) != nil || slices.ContainsFunc(m.Check(nil), func(p sip.Problem) bool { return p.Drop || p.Status != 0 }) {
		return "", false
	}
	via, _ := m.Via()
	from, to, seq := m.From(), m.To(), m.CSeq()
	hops, _ := m.MaxForwards()
	return view(m.Method, m.Status, via.Host, via.Port, via.Branch(), from.Tag(), to.Tag(), m.CallID(), seq.Seq, seq.Method, hops, m.Body), true
}

func readTheirs(text string) (string, error) {
	m, err := sipgo.ParseMessage([]byte(text))
	if err != nil {
		return "", err
	}
	method, status, hops := "", 0, 0
	switch m := m.(type) {
	case *sipgo.Request:
		method = m.Method.String()
		if h := m.MaxForwards(); h != nil {
			hops = int(h.Val())
		}
	case *sipgo.Response:
		status = m.StatusCode
		if h := m.MaxForwards(); h != nil {
			hops = int(h.Val())
		}
	}
	h, ok := m.(interface {
		Via() *sipgo.ViaHeader
		From() *sipgo.FromHeader
		To() *sipgo.ToHeader
		CSeq() *sipgo.CSeqHeader
		CallID() *sipgo.CallIDHeader
	})
	if !ok || h.Via() == nil || h.From() == nil || h.To() == nil || h.CSeq() == nil || h.CallID() == nil {
		return "", fmt.Errorf("a mandatory header field is missing")
	}
	branch, _ := h.Via().Params.Get("branch")
	from, _ := h.From().Params.Get("tag")
	to, _ := h.To().Params.Get("tag")
	return view(method, status, h.Via().Host, h.Via().Port, branch, from, to, h.CallID().Value(),
		h.CSeq().SeqNo, h.CSeq().MethodName.String(), hops, string(m.Body())), nil
}

func view(method string, status int, host string, port int, branch, from, to, callID string, seq uint32, of string, hops int, body string) string {
	host = strings.Trim(host, "[]")
	return fmt.Sprintf("method %q status %d\nvia %q %d %q\nfrom %q to %q\ncall-id %q\ncseq %d %q\nmax-forwards %d\nbody %q\n",
		method, status, host, port, branch, from, to, callID, seq, of, hops, body)
}
