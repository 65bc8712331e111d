package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAFortnightIsLawfulAndItsMemoryIsFlat(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(&out, 14*24), out.String())
}
