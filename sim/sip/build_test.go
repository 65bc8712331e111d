package sip

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBuild(t *testing.T) {
	t.Run("§8.1.1 a request is built field by field, and ends with its length", func(t *testing.T) {
		var m Message
		m.Request(REGISTER, "sip:registrar.biloxi.com")
		m.Add(NameFrom, "Bob <sip:bob@biloxi.com>;tag=456248", Fresh("RFC 3261 §8.1.1.3"))
		m.Add(NameMaxForwards, "70", Rule("RFC 3261 §8.1.1.6"))
		m.Prepend(NameRoute, "<sip:p2;lr>", Origin{})
		m.Prepend(NameVia, "SIP/2.0/UDP b;branch=z9hG4bK2", Origin{})
		m.Prepend(NameVia, "SIP/2.0/UDP a;branch=z9hG4bK1", Origin{})
		m.Prepend(NameRoute, "<sip:p1;lr>", Origin{})
		m.Prepend(NameRecordRoute, "<sip:r;lr>", Origin{})
		m.AddOther("X-Lab", "yes", Setting("label yes"))
		require.Equal(t, crlf("REGISTER sip:registrar.biloxi.com SIP/2.0\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\nVia: SIP/2.0/UDP b;branch=z9hG4bK2\n"+
			"Record-Route: <sip:r;lr>\nRoute: <sip:p1;lr>\nRoute: <sip:p2;lr>\nFrom: Bob <sip:bob@biloxi.com>;tag=456248\nMax-Forwards: 70\nX-Lab: yes\nContent-Length: 0\n\n"), m.String())
		require.Equal(t, "fresh RFC 3261 §8.1.1.3", m.Fields[5].Origin.String())
	})
	t.Run("§8.2.6.2 a response copies fields with their own bytes and says from which packet", func(t *testing.T) {
		req := parsed(t, "INVITE sip:a@b SIP/2.0\nv :  SIP/2.0/UDP a\n ;branch=z9hG4bK1\nVIA: SIP/2.0/UDP b\nTo: <sip:a@b>\n\n")
		req.Packet = 7
		var m Message
		m.Response(486, "")
		m.CopyFrom(req, NameVia)
		require.Equal(t, crlf("SIP/2.0 486 Busy Here\nv :  SIP/2.0/UDP a\n ;branch=z9hG4bK1\nVIA: SIP/2.0/UDP b\nContent-Length: 0\n\n"), m.String())
		require.Equal(t, "copied from packet 7", m.Fields[1].Origin.String())
	})
	t.Run("a changed row is written anew, its neighbours keep their bytes", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\nmax-forwards :  70\nt:<sip:a@b>\n\n")
		m.SetTop(NameMaxForwards, "69")
		require.Equal(t, crlf("OPTIONS sip:a@b SIP/2.0\nmax-forwards: 69\nt:<sip:a@b>\n\n"), m.String())
		m.Fields[1].Text = "To"
		require.Equal(t, crlf("OPTIONS sip:a@b SIP/2.0\nmax-forwards: 69\nTo: <sip:a@b>\n\n"), m.String())
	})
	t.Run("Set leaves one row, Remove none", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\nAllow: A\nTo: <sip:a@b>\nAllow: B, C\n\n")
		m.Set(NameAllow, "INVITE", Origin{})
		require.Equal(t, crlf("OPTIONS sip:a@b SIP/2.0\nAllow: INVITE\nTo: <sip:a@b>\n\n"), m.String())
		m.Remove(NameAllow)
		require.False(t, m.Has(NameAllow))
		m.Set(NameAllow, "BYE", Origin{})
		require.Equal(t, "BYE", m.Fields[1].Value)
	})
	t.Run("§16.6, §16.7 the topmost value alone is replaced or removed", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\nVia: SIP/2.0/UDP a, SIP/2.0/UDP b\nVia: SIP/2.0/UDP c\n\n")
		m.SetTop(NameVia, "SIP/2.0/UDP a;received=192.0.2.1")
		require.Equal(t, "SIP/2.0/UDP a;received=192.0.2.1, SIP/2.0/UDP b", m.Fields[0].Value)
		for _, want := range []string{"SIP/2.0/UDP b", "SIP/2.0/UDP c", ""} {
			m.RemoveTop(NameVia)
			require.Equal(t, want, m.Get(NameVia))
		}
		m.RemoveTop(NameVia)
	})
	t.Run("an empty element before the topmost value is not a value", func(t *testing.T) {
		m := parsed(t, "OPTIONS sip:a@b SIP/2.0\nVia:\nVia: ,SIP/2.0/UDP a, SIP/2.0/UDP b\n\n")
		m.SetTop(NameVia, "SIP/2.0/UDP a;received=192.0.2.1")
		require.Equal(t, []string{"SIP/2.0/UDP a;received=192.0.2.1", "SIP/2.0/UDP b"}, slices.Collect(m.Values(NameVia)))
		m.RemoveTop(NameVia)
		require.Equal(t, "SIP/2.0/UDP b", m.Get(NameVia))
	})
	t.Run("§7.4 a body brings its type, and its length is right", func(t *testing.T) {
		m := parsed(t, "INVITE sip:a@b SIP/2.0\nContent-Length: 9\nl: 9\n\n")
		m.SetBody("application/sdp", "v=0\r\n")
		require.Equal(t, "INVITE sip:a@b SIP/2.0\r\nContent-Type: application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n", m.String())
		m.Finish()
		require.Equal(t, "5", m.Get(NameContentLength))
		m.SetBody("", "")
		require.Equal(t, "INVITE sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n", m.String())
	})
	t.Run("SEC-15 no value, name or start line from outside can begin a new row", func(t *testing.T) {
		const evil = "x\r\nVia: evil"
		var m, again Message
		m.Request("INVITE", "sip:a@b"+evil)
		m.Add(NameSubject, evil, Origin{})
		m.AddOther("X"+evil, "1", Origin{})
		m.AddOther("", "2", Origin{})
		m.Prepend(NameTo, evil, Origin{})
		m.Set(NameFrom, evil, Origin{})
		m.SetTop(NameRoute, evil)
		m.Add(NameDate, "", Origin{})
		m.Fields[len(m.Fields)-1].Value = evil
		require.NoError(t, again.Parse(m.String()))
		require.False(t, again.Has(NameVia))
		require.Len(t, again.Fields, len(m.Fields)+1)
		m.Response(200, evil)
		require.NoError(t, again.Parse(m.String()))
		require.False(t, again.Has(NameVia))
	})
}
