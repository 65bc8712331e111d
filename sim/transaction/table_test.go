package transaction

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func TestATransactionThatEndedIsUsedAgain(t *testing.T) {
	r := newRig(t, Timing{})
	tx := r.client(request(sip.OPTIONS, branch1), true)
	id := tx.ID
	r.arrives(response(200, sip.OPTIONS, branch1, "b1"))
	r.until(0)
	again := r.client(request(sip.OPTIONS, branch2), true)
	require.Same(t, tx, again)
	require.NotEqual(t, id, again.ID)
	require.Equal(t, Trying, again.State())
}

func TestTransactionsOfOneKeyComeApartAgain(t *testing.T) {
	// Without the magic cookie, these three differ in nothing that the Key has.
	r := newRig(t, Timing{})
	var texts []string
	var all []*Tx
	for i := range 3 {
		text := lines(fmt.Sprintf("OPTIONS sip:b%d@example.com SIP/2.0", i), "Via: SIP/2.0/UDP 192.0.2.1",
			"From: <sip:a@example.com>;tag=1", "To: <sip:b@example.com>", "Call-ID: c", "CSeq: 1 OPTIONS")
		texts = append(texts, text)
		all = append(all, r.server(text, false))
	}
	find := func(i int) *Tx { return r.table.MatchRequest(r.parse(texts[i])) }
	for i := range all {
		require.Same(t, all[i], find(i))
	}
	r.carry(all[1], all[1].Abandon("RFC 4320 §4.2", nil))
	require.Same(t, all[0], find(0))
	require.Nil(t, find(1))
	require.Same(t, all[2], find(2))
	r.carry(all[2], all[2].Abandon("RFC 4320 §4.2", nil))
	require.Same(t, all[0], find(0))
	r.carry(all[0], all[0].Abandon("RFC 4320 §4.2", nil))
	require.Nil(t, find(0))
	require.Zero(t, r.table.Live())
	require.Empty(t, r.table.servers)
}

func TestAResponseWithoutVia(t *testing.T) {
	r := newRig(t, Timing{})
	require.False(t, r.arrives(lines("SIP/2.0 200 OK", "CSeq: 1 OPTIONS")))
}

func TestAStatusOutsideTheSixClassesIsDropped(t *testing.T) {
	r, tx := trying(t, false)
	m := r.parse(response(200, sip.OPTIONS, branch1, "b1"))
	m.Status = 777
	r.carry(tx, tx.Receive(m, nil))
	r.said("0 drop a status outside of 100-699: the machine has no row for it")
}

func TestAbandoningTwiceIsSaid(t *testing.T) {
	tx := &Tx{}
	require.Equal(t, Drop, tx.Abandon("RFC 4320 §4.2", nil)[0].Op)
}

// exchange is a request and its response, seen from the client, without the
// making of the messages.
type exchange struct {
	table   *Table
	text    string
	out     []Effect
	req, ok sip.Message
}

func newExchange(tb testing.TB) *exchange {
	x := &exchange{table: NewTable(Timing{}), text: request(sip.REGISTER, branch1)}
	require.NoError(tb, asError(x.req.Parse(x.text)))
	require.NoError(tb, asError(x.ok.Parse(response(200, sip.REGISTER, branch1, "b1"))))
	return x
}

func (x *exchange) run() {
	t := x.table.Client(&x.req, x.text, false)
	x.out = t.Begin(x.out[:0])
	x.out = t.Fire(TimerE, x.out[:0])
	x.out = x.table.MatchResponse(&x.ok).Receive(&x.ok, x.out[:0])
	x.out = x.table.MatchResponse(&x.ok).Receive(&x.ok, x.out[:0])
	x.out = t.Fire(TimerK, x.out[:0])
	x.table.Remove(t)

	t = x.table.Server(&x.req, x.text, false)
	x.out = t.Begin(x.out[:0])
	x.out = x.table.MatchRequest(&x.req).Receive(&x.req, x.out[:0])
	x.out = t.Respond(200, x.text, x.out[:0])
	x.out = t.Fire(TimerJ, x.out[:0])
	x.table.Remove(t)
}

func TestAHostAtWorkAllocatesNoTransactions(t *testing.T) {
	x := newExchange(t)
	x.run()
	require.Zero(t, testing.AllocsPerRun(100, x.run))
}

// One request as both ends see it: two transactions, ten events.
func BenchmarkTransaction(b *testing.B) {
	x := newExchange(b)
	b.ReportAllocs()
	for b.Loop() {
		x.run()
	}
}

func BenchmarkACK(b *testing.B) {
	table := NewTable(Timing{})
	text := request(sip.INVITE, branch1)
	var invite, busy sip.Message
	require.NoError(b, asError(invite.Parse(text)))
	require.NoError(b, asError(busy.Parse(response(486, sip.INVITE, branch1, "b1"))))
	var out []Effect
	b.ReportAllocs()
	for b.Loop() {
		t := table.Client(&invite, text, false)
		out = t.Begin(out[:0])
		out = t.Receive(&busy, out[:0])
		table.Remove(t)
	}
}
