package sip

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheDictionaryHoldsThe44HeadersOfRFC3261_20InOrder(t *testing.T) {
	for i, e := range Dictionary()[:44] {
		require.Equal(t, "RFC 3261 §20."+strconv.Itoa(i+1), e.Section, e.Name)
	}
	require.NotContains(t, Dictionary()[44].Section, "RFC 3261")
}

func TestEveryEntryIsCompleteAndAgreesWithTheNames(t *testing.T) {
	for _, e := range Dictionary() {
		n := ParseName(e.Name)
		require.NotEqual(t, NameOther, n, e.Name)
		require.Equal(t, n.String(), e.Name)
		require.Equal(t, n.Compact(), e.Compact, e.Name)
		require.NotEmpty(t, e.Writes, e.Name)
		require.NotEmpty(t, e.Reads, e.Name)
		require.NotEmpty(t, e.Without, e.Name)
		require.NotNil(t, rules[n].read, "%s has no grammar", e.Name)
		require.Equal(t, rules[n].section, e.Section, e.Name)
	}
}

func TestEveryRuleHasAnEntry(t *testing.T) {
	for n := Name(1); n < nameCount; n++ {
		_, ok := Explain(n.String())
		require.Equal(t, rules[n].read != nil, ok, n.String())
	}
}

func TestRFC3261_7_3_3_ExplainKnowsTheCompactFormsInAnyCase(t *testing.T) {
	for _, name := range []string{"Call-ID", "call-id", "i", "I"} {
		e, ok := Explain(name)
		require.True(t, ok, name)
		require.Equal(t, "Call-ID", e.Name)
	}
	_, ok := Explain("X-Unknown")
	require.False(t, ok)
	_, ok = Explain("")
	require.False(t, ok)
}
