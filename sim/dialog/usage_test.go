package dialog

import (
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim/sip"
)

func request(t *testing.T, method, fromTag, toTag string, seq string, fields string) *sip.Message {
	to := "<sip:alice@atlanta.example.com>"
	if toTag != "" {
		to += ";tag=" + toTag
	}
	m := new(sip.Message)
	require.NoError(t, m.Parse(method+" sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK1\r\n"+
		"From: <sip:bob@biloxi.example.com>;tag="+fromTag+"\r\nTo: "+to+"\r\nCall-ID: c1\r\nCSeq: "+seq+" "+method+"\r\n"+
		"Contact: <sip:bob@192.0.2.2>\r\n"+fields+"Content-Length: 0\r\n\r\n"))
	return m
}

func TestRFC6665_4_4_1_TheSubscribersDialogIsThatOfTheNotify(t *testing.T) {
	set := NewSet()
	m := request(t, sip.NOTIFY, "b1", "a1", "1", "Record-Route: <sip:p1;lr>\r\nRecord-Route: <sip:p2;lr>\r\n")
	d := set.Notified(m, "<sip:alice@192.0.2.1>", 5)
	d.Share()
	require.Empty(t, d.Received(m).Refuse)
	require.Same(t, d, set.Find(m))
	next := new(sip.Message)
	d.Request(next, sip.SUBSCRIBE)
	require.Equal(t, "sip:bob@192.0.2.2", next.URI)
	require.Equal(t, []string{"<sip:p1;lr>", "<sip:p2;lr>"}, d.Routes, "its route set is that of the NOTIFY")
	require.Equal(t, "6 SUBSCRIBE", next.Get(sip.NameCSeq))
	require.Equal(t, "<sip:alice@atlanta.example.com>;tag=a1", next.Get(sip.NameFrom))
	require.Equal(t, 500, d.Received(m).Refuse.Status, "numbers increase here too")
	d.Unshare()
	require.Zero(t, set.Len(), "a dialog that nothing uses is none")
}

func TestADialogWithoutAnINVITEHasNoSession(t *testing.T) {
	set := NewSet()
	d := set.Subscribed(request(t, sip.SUBSCRIBE, "b1", "", "1", ""), "a1", "<sip:alice@192.0.2.1>", false)
	d.Share()
	for _, method := range []string{sip.INVITE, sip.BYE, sip.UPDATE, sip.INFO} {
		require.Equal(t, 481, d.Received(request(t, method, "b1", "a1", "9", "")).Refuse.Status, method)
	}
	require.Zero(t, d.Received(request(t, sip.SUBSCRIBE, "b1", "a1", "2", "")).Refuse.Status)
}

func TestRFC6665_4_5_2_ADialogThatASubscriptionSharesOutlivesItsCall(t *testing.T) {
	set, d := confirmedCallee(t)
	d.Share()
	build(d, sip.BYE)
	require.Equal(t, Mortal, d.State())
	from, to := d.LocalTag, d.RemoteTag
	require.Equal(t, 481, d.refuse(sip.REFER, 100).Status, "a new usage needs a call that lives (RFC 5407 §3.3.3)")
	require.Zero(t, d.refuse(sip.NOTIFY, 101).Status, "what there was goes on")
	require.Equal(t, Morgue, d.Over(sip.BYE).To)
	require.Equal(t, 1, set.Len(), from+to)
	_, may := d.May(sip.NOTIFY)
	require.True(t, may)
	_, may = d.May(sip.INFO)
	require.False(t, may)
	d.Unshare()
	require.Zero(t, set.Len())
}
