package clock_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/clock"
	"gezhi/internal/kit/db/dbtest"
)

// What a report costs: the limits of all its stages, with the times at which they are due and turn yellow.
func BenchmarkFor(b *testing.B) {
	s, err := clock.NewService(b.Context(), config(b, dbtest.Lite(b)))
	require.NoError(b, err)
	require.NoError(b, s.EnsureLimits(b.Context()))
	c := clock.Case{Category: "environment.green", Severity: "general", Channel: "app", Areas: path, Unit: "station"}
	for b.Loop() {
		for _, chosen := range s.For(c, monday) {
			due, err := chosen.Due(monday)
			if err != nil {
				b.Fatal(err)
			}
			chosen.WarnAt(monday, due)
		}
	}
}
