package scenario

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"siplab/sim"
)

const watches = "for who watches a run, and changes nothing in it"

// unsaid are the fields that no statement gives a value, each with the reason.
var unsaid = map[string]string{
	"sim.Message.File":         "the bytes of a file beside the scenario, which the at statement names",
	"sim.Scenario.Seen":        watches,
	"ua.Settings.Seen":         watches,
	"controller.Settings.Seen": watches,
}

// Each exported field that a Scenario has, down to the settings of each kind of
// host, has a value somewhere in a text that has each statement and option.
func TestEachFieldOfAScenarioCanBeSaid(t *testing.T) {
	said := map[string]bool{}
	look(reflect.ValueOf(parsed(t, everything)), said)
	for _, e := range Elements() {
		look(reflect.ValueOf(e), said)
	}
	for _, field := range slices.Sorted(maps.Keys(said)) {
		_, excused := unsaid[field]
		require.NotEqual(t, excused, said[field], "%s: is said, or excused", field)
	}
	for field := range unsaid {
		require.Contains(t, said, field)
	}
	require.Contains(t, said, "proxy.Route.Via")
	require.Contains(t, said, "netem.Streams.MSS")
}

// look notes each field of the project's own types, and whether it has a value
// other than zero anywhere below v.
func look(v reflect.Value, said map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			look(v.Elem(), said)
		}
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice {
			look(reflect.Zero(v.Type().Elem()), said) // a list of nothing has fields too
		}
		for i := range v.Len() {
			look(v.Index(i), said)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			lookAt(v, i, said)
		}
	}
}

func lookAt(v reflect.Value, i int, said map[string]bool) {
	f := v.Type().Field(i)
	if !f.IsExported() || !strings.HasPrefix(v.Type().PkgPath(), "siplab/") || small[v.Type()] {
		return
	}
	if !f.Anonymous {
		name := v.Type().String() + "." + f.Name
		said[name] = said[name] || !v.Field(i).IsZero()
	}
	look(v.Field(i), said)
}

// small are the values that have a language of their own, which their packages
// print and read, and prove to be the inverse of one another.
var small = map[reflect.Type]bool{
	reflect.TypeOf(sim.Scenario{}.Net):           true,
	reflect.TypeOf(sim.Scenario{}.Faults).Elem(): true,
}
