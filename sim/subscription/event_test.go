package subscription

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestRFC6665_8_2_1_EventsAreComparedByteByByte(t *testing.T) {
	read := func(value string) Event {
		e, ok := ParseEvent(value)
		require.True(t, ok, value)
		return e
	}
	require.Equal(t, read("foo; id=1234"), read("foo; param=abcd; id=1234"))
	require.NotEqual(t, read("foo;id=1234"), read("foo"))
	require.NotEqual(t, read("foo;id=1234"), read("Foo;id=1234"))
	require.Equal(t, "presence.winfo", read(" presence.winfo ").Package)
	require.Equal(t, "refer;id=93809824", read("refer ; id=93809824").String())
}

func TestRFC6665_8_4_WhatIsNoEvent(t *testing.T) {
	for _, value := range []string{"", " ", ";id=1", "a b", "a..b", ".a", "pres ence", "foo;id=", "foo;id=a b", "f\"oo", "ä"} {
		_, ok := ParseEvent(value)
		require.False(t, ok, value)
	}
}

func TestRFC6665_8_2_3_SubscriptionState(t *testing.T) {
	s, ok := ParseState("active;expires=60")
	require.True(t, ok)
	require.Equal(t, State{Value: "active", Expires: time.Minute, HasExpires: true}, s)
	s, ok = ParseState("Terminated ; reason=giveup;retry-after=5")
	require.True(t, ok)
	require.Equal(t, "terminated;reason=giveup;retry-after=5", s.String())
	s, ok = ParseState("pending;expires=soon")
	require.True(t, ok)
	require.False(t, s.HasExpires, "a parameter that cannot be read counts as absent")
	_, ok = ParseState("")
	require.False(t, ok)
	require.Equal(t, "pending;expires=2", State{Value: "pending", Expires: 2 * time.Second, HasExpires: true}.String())
}

func TestRFC6665_4_1_3_WhenToSubscribeAgain(t *testing.T) {
	for value, want := range map[string]struct {
		after time.Duration
		again bool
	}{
		"terminated;reason=deactivated;retry-after=9": {0, true},
		"terminated;reason=probation;retry-after=9":   {9 * time.Second, true},
		"terminated;reason=giveup;retry-after=9":      {9 * time.Second, true},
		"terminated;reason=rejected;retry-after=9":    {},
		"terminated;reason=noresource":                {},
		"terminated;reason=invariant;retry-after=9":   {},
		"terminated;reason=timeout":                   {},
		"terminated":                                  {},
	} {
		s, _ := ParseState(value)
		after, again := s.Again()
		require.Equal(t, want.again, again, value)
		require.Equal(t, want.after, after, value)
	}
}

func FuzzEventAndState(f *testing.F) {
	for _, value := range []string{"presence", "refer;id=1", "active;expires=60", "terminated;reason=x;retry-after=99999999999999"} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if e, ok := ParseEvent(value); ok {
			again, ok := ParseEvent(e.String())
			require.True(t, ok)
			require.Equal(t, e, again)
		}
		if s, ok := ParseState(value); ok {
			_, ok = ParseState(s.String())
			require.True(t, ok)
		}
	})
}
