package subscription

import "testing"

func BenchmarkFind(b *testing.B) {
	table := NewTable()
	id := asked
	id.RemoteTag = "b1"
	table.Serve(id)
	m := notify(b, "b1", "presence", "active;expires=60")
	b.ReportAllocs()
	for b.Loop() {
		if table.Find(m) == nil {
			b.Fatal("it is there")
		}
	}
}
