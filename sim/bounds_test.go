package sim_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"siplab/sim"
	"siplab/sim/trace"
)

// A hostile scenario ends at a bound, with the trace so far.

func TestBoundOnEvents(t *testing.T) {
	s := parse(t, registration)
	s.Bounds.Events = 10
	tr := run(t, s)
	require.Equal(t, trace.Bound, tr.End.Why)
	require.Contains(t, tr.End.Text, "its bound")
	require.GreaterOrEqual(t, len(tr.Events), 10)
	require.Less(t, len(tr.Events), 40)
}

func TestBoundOnVirtualTime(t *testing.T) {
	s := parse(t, registration+"run for 20h\n")
	s.Bounds.Time = time.Hour
	tr := run(t, s)
	require.Equal(t, trace.Bound, tr.End.Why)
	require.LessOrEqual(t, tr.End.At, time.Hour)
}

func TestBoundOnHosts(t *testing.T) {
	s := parse(t, registration)
	s.Bounds.Hosts = 1
	_, err := sim.New(s)
	require.ErrorContains(t, err, "2 hosts are more than the bound of 1")
}

func TestBoundOnTheSizeOfAMessage(t *testing.T) {
	s := parse(t, registration)
	s.Bounds.Message = 300
	tr := run(t, s)
	require.Contains(t, notes(tr), "bytes are over the bound of 300 (RFC 3261 §18.4)")
}

func TestNewNamesAllThatCannotBe(t *testing.T) {
	s := parse(t, registration)
	s.Hosts = append(s.Hosts, s.Hosts[0], s.Hosts[1])
	_, err := sim.New(s)
	require.ErrorContains(t, err, "two hosts are called bob")
	require.Equal(t, 2, strings.Count(err.Error(), "two hosts"))
}
