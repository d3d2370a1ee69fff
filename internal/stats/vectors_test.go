package stats_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/stats"
)

// of makes sums of single measures.
func of(values map[string]int64) stats.Sums {
	s := make(stats.Sums, len(stats.Measures))
	for n, m := range stats.Measures {
		s[n] = values[m.Name]
	}
	return s
}

// TestPublishedFigures holds the KPIs to figures that cities published (FIELD section 6).
func TestPublishedFigures(t *testing.T) {
	for _, v := range []struct {
		kpi, want string
		values    map[string]int64
	}{
		{"closing", "93.72", map[string]int64{"should_close": 972, "closed": 911}},
		{"closing_in_time", "75.82", map[string]int64{"should_close": 972, "closed": 911, "closed_in_time": 737}},
		{"closing", "98.11", map[string]int64{"should_close": 6026, "closed": 5912}},
		{"closing", "90.00", map[string]int64{"should_close": 14421, "closed": 12979}},
		{"closing", "90.00", map[string]int64{"should_close": 14421 + 79, "deferred": 79, "closed": 12979}},
	} {
		for _, k := range stats.KPIs {
			if k.Code == v.kpi {
				value := k.Of(of(v.values))
				require.NotNil(t, value.Value)
				require.Equal(t, v.want, fmt.Sprintf("%.2f", *value.Value*100), "%s of %v", v.kpi, v.values)
			}
		}
	}
}

func TestABaseOfNothingGivesNeitherNothingNorEverything(t *testing.T) {
	for _, k := range stats.KPIs {
		v := k.Of(of(nil))
		require.Nil(t, v.Value, k.Code)
		require.Zero(t, v.Base, k.Code)
	}
	for _, k := range stats.KPIs {
		if k.Code == "closing" {
			require.Nil(t, k.Of(of(map[string]int64{"should_close": 3, "deferred": 3})).Value, "all that is left is deferred")
		}
	}
}

func TestEveryKPIIsMadeOfMeasures(t *testing.T) {
	known := map[string]stats.Measure{}
	for _, m := range stats.Measures {
		require.NotContains(t, known, m.Name)
		known[m.Name] = m
	}
	codes := map[string]bool{}
	for _, k := range stats.KPIs {
		require.False(t, codes[k.Code], k.Code)
		codes[k.Code] = true
		for _, name := range append([]string{k.Measure, k.Base}, k.Less...) {
			require.Contains(t, known, name, k.Code)
			require.Empty(t, known[name].Day, "%s of %s is of the day of an event: a share of it mixes days", name, k.Code)
		}
	}
}
