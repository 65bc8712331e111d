package transaction

import (
	"testing"

	"siplab/sim/sip"
)

// Any message, response, timer and error at any time: each of the four machines
// takes it, ends once, and says what it wants done in effects alone.
func FuzzAnyEventAtAnyTime(f *testing.F) {
	f.Add(byte(0), []byte{1, 2, 3, 9, 40, 80, 120})
	f.Add(byte(1), []byte{30, 31, 32, 60, 61, 62})
	f.Add(byte(2), []byte{200, 1, 201, 2, 90, 91})
	f.Add(byte(3), []byte{0, 0, 0, 255, 254, 100})
	statuses := []int{0, 100, 180, 200, 302, 408, 486, 503, 603, 99, 700}
	f.Fuzz(func(t *testing.T, kind byte, events []byte) {
		tb := NewTable(Timing{})
		method := sip.INVITE
		if Kind(kind%4) == NonInviteClient || Kind(kind%4) == NonInviteServer {
			method = sip.OPTIONS
		}
		read := func(text string) *sip.Message {
			m := new(sip.Message)
			if err := m.Parse(text); err != nil {
				t.Fatal(err)
			}
			return m
		}
		text := request(method, branch1)
		var tx *Tx
		if Kind(kind % 4).Client() {
			tx = tb.Client(read(text), text, kind&64 != 0)
		} else {
			tx = tb.Server(read(text), text, kind&64 != 0)
		}
		out := tx.Begin(nil)
		for _, e := range events {
			if len(out) > 0 && out[len(out)-1].Op == End {
				break
			}
			status := statuses[int(e/6)%len(statuses)]
			out = out[:0]
			switch answer := response(max(100, status), method, branch1, "b1"); e % 6 {
			case 0:
				out = tx.Receive(read(text), out)
			case 1:
				out = tx.Receive(read(request(sip.ACK, branch1)), out)
			case 2:
				out = tx.Receive(read(answer), out)
			case 3:
				out = tx.Respond(status, answer, out)
			case 4:
				out = tx.Fire(1+Timer(e/6)%(timers-1), out)
			case 5:
				out = tx.TransportError(out)
			}
			for i := range out {
				if out[i].Op == End && i != len(out)-1 {
					t.Fatalf("the end is not the last effect: %v", out)
				}
			}
		}
		tb.Remove(tx)
		if tb.Live() != 0 {
			t.Fatal("a transaction is left")
		}
	})
}
