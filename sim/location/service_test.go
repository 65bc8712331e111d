package location

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"siplab/sim/sip"
)

const bob = "sip:bob@biloxi.example.com"

func contact(t require.TestingT, text string, expires time.Duration) Binding {
	uri, err := sip.ParseURI(text)
	require.NoError(t, err)
	return Binding{Contact: text, URI: uri, Q: MaxQ, Expires: expires, CallID: "c", CSeq: 1}
}

// put binds contacts in one update.
func put(s *Service, aor string, bindings ...Binding) []Change {
	u := s.Update(aor)
	for _, b := range bindings {
		u.Put(b)
	}
	return u.Commit(nil)
}

func contacts(bindings []Binding) (list []string) {
	for _, b := range bindings {
		list = append(list, b.Contact)
	}
	return list
}

func changes(list []Change) (words []string) {
	for _, c := range list {
		words = append(words, c.Op.String()+" "+c.Binding.Contact)
	}
	return words
}

func TestBindingsAreSortedByQThenByAge(t *testing.T) {
	var s Service
	for i, q := range []int{200, 700, 1000, 700, 0, 1000} {
		b := contact(t, fmt.Sprintf("sip:%c@h", 'a'+i), time.Hour)
		b.Q = q
		put(&s, bob, b)
	}
	want := []string{"sip:c@h", "sip:f@h", "sip:b@h", "sip:d@h", "sip:a@h", "sip:e@h"}
	require.Equal(t, want, contacts(s.Bindings(bob, 0, nil)))

	t.Run("and a refresh keeps the age", func(t *testing.T) {
		b := contact(t, "sip:b@h", 2*time.Hour)
		b.Q = 700
		require.Equal(t, []string{"refresh sip:b@h"}, changes(put(&s, bob, b)))
		require.Equal(t, want, contacts(s.Bindings(bob, 0, nil)))
	})
	t.Run("and are appended to what is there", func(t *testing.T) {
		first := Binding{Contact: "sip:first@h"}
		require.Equal(t, append([]string{"sip:first@h"}, want...), contacts(s.Bindings(bob, 0, []Binding{first})))
	})
	require.Empty(t, s.Bindings("sip:carol@biloxi.example.com", 0, nil))
}

func TestContactsAreComparedAsURIs(t *testing.T) {
	var s Service
	put(&s, bob, contact(t, "sip:bob@Desk.Example.com", time.Hour))
	require.Equal(t, []string{"refresh SIP:%62ob@desk.example.com"}, changes(put(&s, bob, contact(t, "SIP:%62ob@desk.example.com", time.Hour))))
	require.Equal(t, []string{"add sip:bob@desk.example.com:5060"}, changes(put(&s, bob, contact(t, "sip:bob@desk.example.com:5060", time.Hour))))
	require.Len(t, s.Bindings(bob, 0, nil), 2)
}

func TestAnUpdateIsNotSeenBeforeItIsCommitted(t *testing.T) {
	var s Service
	a, b := contact(t, "sip:a@h", time.Hour), contact(t, "sip:b@h", time.Hour)
	put(&s, bob, a)
	u := s.Update(bob)
	u.Remove(&a.URI)
	u.Put(b)
	require.Equal(t, []string{"sip:a@h"}, contacts(s.Bindings(bob, 0, nil)))
	require.NotNil(t, u.Find(&a.URI), "Find sees what is committed")
	require.Nil(t, u.Find(&b.URI))
	require.Equal(t, 1, u.Len())

	t.Run("nor where it is dropped", func(t *testing.T) {
		require.Empty(t, s.Update(bob).Commit(nil))
		require.Equal(t, []string{"sip:a@h"}, contacts(s.Bindings(bob, 0, nil)))
	})
	t.Run("and then as a whole, in order", func(t *testing.T) {
		u := s.Update(bob)
		u.Remove(&a.URI)
		u.Put(b)
		u.Remove(&sip.URI{Scheme: "sip", Host: "nowhere"})
		require.Equal(t, []string{"remove sip:a@h", "add sip:b@h"}, changes(u.Commit(nil)))
		require.Equal(t, []string{"sip:b@h"}, contacts(s.Bindings(bob, 0, nil)))
	})
}

func TestABindingEndsAtItsTime(t *testing.T) {
	var s Service
	_, any := s.Next()
	require.False(t, any)
	put(&s, bob, contact(t, "sip:a@h", 20*time.Second), contact(t, "sip:b@h", 10*time.Second))
	put(&s, "sip:carol@biloxi.example.com", contact(t, "sip:c@h", 10*time.Second))
	at, any := s.Next()
	require.True(t, any)
	require.Equal(t, 10*time.Second, at)

	require.Empty(t, s.Expire(10*time.Second-1, nil))
	require.Len(t, s.Bindings(bob, 10*time.Second-1, nil), 2)
	require.Equal(t, []string{"sip:a@h"}, contacts(s.Bindings(bob, 10*time.Second, nil)), "whether or not Expire was called")
	require.Equal(t, []string{"expire sip:b@h", "expire sip:c@h"}, changes(s.Expire(10*time.Second, nil)), "of equal ends the older first")
	require.Equal(t, 1, s.Len())

	t.Run("and is added anew, not refreshed", func(t *testing.T) {
		s.Expire(20*time.Second, nil)
		require.Zero(t, s.Update(bob).Len())
		require.Equal(t, []string{"add sip:a@h"}, changes(put(&s, bob, contact(t, "sip:a@h", time.Hour))))
	})
	t.Run("shown in whole seconds, the last one until its end", func(t *testing.T) {
		b := Binding{Expires: 10 * time.Second}
		require.Equal(t, 10, b.Remaining(0))
		require.Equal(t, 10, b.Remaining(1))
		require.Equal(t, 1, b.Remaining(10*time.Second-1))
		require.Equal(t, 0, b.Remaining(10*time.Second))
	})
}

func TestForget(t *testing.T) {
	var s Service
	put(&s, bob, contact(t, "sip:a@h", 20*time.Second), contact(t, "sip:b@h", 10*time.Second))
	put(&s, "sip:carol@biloxi.example.com", contact(t, "sip:c@h", 15*time.Second))
	require.Empty(t, s.Forget("sip:nobody@biloxi.example.com", nil))
	require.Equal(t, []string{"remove sip:c@h"}, changes(s.Forget("sip:carol@biloxi.example.com", nil)))
	require.Equal(t, []string{"remove sip:b@h", "remove sip:a@h"}, changes(s.ForgetAll(nil)))
	require.Zero(t, s.Len())
	require.Empty(t, s.aors)
}

// A plain list of contacts does the same as the service, whatever is done.
func TestTheServiceIsAListOfBindings(t *testing.T) {
	type entry struct {
		aor     string
		contact string
		expires time.Duration
	}
	rapid.Check(t, func(t *rapid.T) {
		var s Service
		var model []entry
		var now time.Duration
		at := func(aor, contact string) int {
			return slices.IndexFunc(model, func(e entry) bool { return e.aor == aor && e.contact == contact })
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			now += time.Duration(rapid.IntRange(0, 5).Draw(t, "pause")) * time.Second
			aor := fmt.Sprintf("sip:%d@biloxi.example.com", rapid.IntRange(0, 2).Draw(t, "aor"))
			s.Expire(now, nil)
			model = slices.DeleteFunc(model, func(e entry) bool { return e.expires <= now })
			u := s.Update(aor)
			for range rapid.IntRange(0, 3).Draw(t, "contacts") {
				c := contact(t, fmt.Sprintf("sip:%d@h", rapid.IntRange(0, 3).Draw(t, "contact")), now+time.Duration(rapid.IntRange(1, 20).Draw(t, "expires"))*time.Second)
				i := at(aor, c.Contact)
				if rapid.Bool().Draw(t, "remove") {
					u.Remove(&c.URI)
					if i >= 0 {
						model = slices.Delete(model, i, i+1)
					}
					continue
				}
				u.Put(c)
				if i >= 0 {
					model[i].expires = c.Expires
				} else {
					model = append(model, entry{aor, c.Contact, c.Expires})
				}
			}
			u.Commit(nil)
			require.Equal(t, len(model), s.Len())
			for _, e := range model {
				found := slices.ContainsFunc(s.Bindings(e.aor, now, nil), func(b Binding) bool {
					return b.Contact == e.contact && b.Expires == e.expires
				})
				require.True(t, found, "%v at %v", e, now)
			}
			next, any := s.Next()
			require.Equal(t, len(model) > 0, any)
			if any {
				require.Equal(t, slices.MinFunc(model, func(a, b entry) int { return int(a.expires - b.expires) }).expires, next)
			}
		}
	})
}

func BenchmarkRefreshAmong10000(b *testing.B) {
	var s Service
	bindings := make([]Binding, 10_000)
	aors := make([]string, len(bindings))
	for i := range bindings {
		aors[i] = fmt.Sprintf("sip:%d@biloxi.example.com", i)
		bindings[i] = contact(b, fmt.Sprintf("sip:%d@192.0.2.1", i), time.Duration(i)*time.Second)
		put(&s, aors[i], bindings[i])
	}
	var out []Change
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		n := i % len(bindings)
		bindings[n].Expires += time.Hour
		u := s.Update(aors[n])
		u.Put(bindings[n])
		out = u.Commit(out[:0])
	}
}
