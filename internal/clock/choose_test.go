package clock_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/clock"
)

func limit(id string, l clock.Limit) clock.Limit {
	l.ID, l.Stage, l.Unit, l.Amount, l.Active, l.Version = id, clock.Handle, clock.Hours, 60, true, 1
	return l
}

func TestMostSpecificLimit(t *testing.T) {
	table := clock.NewTable([]clock.Limit{
		limit("all", clock.Limit{}),
		limit("street", clock.Limit{Area: "street"}),
		limit("grid", clock.Limit{Area: "grid"}),
		limit("app", clock.Limit{Channel: "app"}),
		limit("emergency", clock.Limit{Severity: "emergency"}),
		limit("environment", clock.Limit{Category: "environment"}),
		limit("rubbish", clock.Limit{Category: "environment.rubbish"}),
		limit("rubbish emergency", clock.Limit{Category: "environment.rubbish", Severity: "emergency"}),
	}, autumn(t), nil)
	for want, c := range map[string]clock.Case{
		"all":               {Category: "security.noise", Severity: "general", Channel: "hotline"},
		"street":            {Areas: path[:2]},
		"grid":              {Areas: path},
		"app":               {Channel: "app", Areas: path},
		"emergency":         {Channel: "app", Severity: "emergency", Areas: path},
		"environment":       {Category: "environment.light", Severity: "emergency"},
		"rubbish":           {Category: "environment.rubbish.bin", Severity: "general"},
		"rubbish emergency": {Category: "environment.rubbish", Severity: "emergency"},
	} {
		got, ok := table.Limit(clock.Handle, c, monday)
		require.True(t, ok)
		require.Equal(t, want, got.Limit.ID)
	}
	got, _ := table.Limit(clock.Handle, clock.Case{Category: "environmental"}, monday)
	require.Equal(t, "all", got.Limit.ID, "a code that only begins alike is another category")
	_, ok := table.Limit(clock.Check, clock.Case{}, monday)
	require.False(t, ok, "a stage without a limit has none")
}

func TestLimitsHoldForATime(t *testing.T) {
	noon := monday.UnixMilli()
	old, next := limit("old", clock.Limit{To: noon}), limit("next", clock.Limit{From: noon})
	off := limit("off", clock.Limit{Category: "environment"})
	off.Active = false
	table := clock.NewTable([]clock.Limit{old, next, off}, autumn(t), nil)
	for at, want := range map[time.Time]string{monday.Add(-time.Millisecond): "old", monday: "next"} {
		got, ok := table.Limit(clock.Handle, clock.Case{Category: "environment"}, at)
		require.True(t, ok)
		require.Equal(t, want, got.Limit.ID)
	}
}

func TestUnitsHaveTheirOwnHours(t *testing.T) {
	always, err := clock.NewCalendar(zone(t, "Asia/Shanghai"), clock.Week{day, day, day, day, day, day, day}, nil)
	require.NoError(t, err)
	l := limit("4 wh", clock.Limit{})
	l.Unit, l.Amount = clock.WorkingHours, 240
	table := clock.NewTable([]clock.Limit{l}, autumn(t), map[string]*clock.Calendar{"station": always})
	start := at(t, zone(t, "Asia/Shanghai"), "2026-09-26 23:00") // a Saturday
	for unit, want := range map[string]string{"station": "2026-09-27 03:00", "": "2026-09-28 15:00"} {
		got, ok := table.Limit(clock.Handle, clock.Case{Unit: unit}, start)
		require.True(t, ok)
		due, err := got.Due(start)
		require.NoError(t, err)
		require.Equal(t, want, local(t, due))
	}
}

// day is a window that never closes.
var day = []clock.Window{{From: 0, To: 1440}}

func TestProgressComesAgain(t *testing.T) {
	l := limit("word", clock.Limit{})
	l.Stage, l.Every = clock.Progress, 30
	got, ok := clock.NewTable([]clock.Limit{l}, autumn(t), nil).Limit(clock.Progress, clock.Case{}, monday)
	require.True(t, ok)
	next, again := got.Next(monday)
	require.True(t, again)
	require.Equal(t, monday.Add(30*time.Minute), next)
	got.Limit.Every = 0
	_, again = got.Next(monday)
	require.False(t, again)
}

// The choice equals one by sorting all that fit, whatever the limits are.
func TestChoiceEqualsSorting(t *testing.T) {
	calendar := autumn(t)
	rapid.Check(t, func(t *rapid.T) {
		categories := []string{"", "a", "a.b", "a.b.c", "ab"}
		severities, channels, areas := []string{"", "major", "emergency"}, []string{"", "app", "hotline"}, []string{"", "street", "community", "grid"}
		var list []clock.Limit
		for n := range rapid.IntRange(0, 25).Draw(t, "limits") {
			l := limit(string(rune('a'+n)), clock.Limit{Category: rapid.SampledFrom(categories).Draw(t, "category"), Severity: rapid.SampledFrom(severities).Draw(t, "severity"),
				Channel: rapid.SampledFrom(channels).Draw(t, "channel"), Area: rapid.SampledFrom(areas).Draw(t, "area"), From: rapid.Int64Range(0, 3).Draw(t, "from")})
			l.To = l.From + rapid.Int64Range(0, 3).Draw(t, "length")
			list = append(list, l)
		}
		c := clock.Case{Category: rapid.SampledFrom(categories).Draw(t, "c"), Severity: rapid.SampledFrom(severities).Draw(t, "s"), Channel: rapid.SampledFrom(channels).Draw(t, "ch"),
			Areas: path[:rapid.IntRange(0, 3).Draw(t, "depth")]}
		ms := rapid.Int64Range(0, 5).Draw(t, "at")
		var fit []clock.Limit
		for _, l := range list {
			inside := l.Category == "" || strings.HasPrefix(c.Category+".", l.Category+".")
			if inside && (l.Severity == "" || l.Severity == c.Severity) && (l.Channel == "" || l.Channel == c.Channel) &&
				(l.Area == "" || slices.Contains(c.Areas, l.Area)) && l.From <= ms && (l.To == 0 || ms < l.To) {
				fit = append(fit, l)
			}
		}
		slices.SortFunc(fit, func(a, b clock.Limit) int { return strings.Compare(key(b), key(a)) })
		got, ok := clock.NewTable(list, calendar, nil).Limit(clock.Handle, c, time.UnixMilli(ms))
		require.Equal(t, len(fit) > 0, ok)
		if ok {
			require.Equal(t, fit[0], got.Limit)
		}
	})
}

// key sorts limits by how special they are.
func key(l clock.Limit) string {
	mark := func(v bool) string {
		if v {
			return "1"
		}
		return "0"
	}
	depth := 0
	if l.Category != "" {
		depth = 1 + strings.Count(l.Category, ".")
	}
	return string(rune('0'+depth)) + mark(l.Severity != "") + mark(l.Channel != "") + string(rune('1'+slices.Index(path, l.Area))) +
		string(rune('0'+l.From)) + l.ID
}
