package app_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/dispatch"
	"gezhi/internal/incident"
)

// TestTheRungsAreTheSame holds for both concepts, which may not import each other.
func TestTheRungsAreTheSame(t *testing.T) {
	require.Equal(t, dispatch.Rungs, incident.Rungs)
}
