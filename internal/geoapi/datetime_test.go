package geoapi

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

func TestTimesAreReadAsTheStandardWritesThem(t *testing.T) {
	ms := func(text string) int64 {
		at, err := time.Parse(time.RFC3339, text)
		require.NoError(t, err)
		return at.UnixMilli()
	}
	second := ms("2026-11-22T08:00:01Z")
	for text, want := range map[string]Interval{
		"":                          {},
		"2026-11-22T08:00:00Z":      {second - 1000, second},
		"2026-11-22T16:00:00+08:00": {second - 1000, second},
		"2026-11-22T08:00:00.5Z":    {second - 1000, second},
		"2026-11-22":                {ms("2026-11-21T16:00:00Z"), ms("2026-11-22T16:00:00Z")},
		"2026-11-01/2026-11-22":     {ms("2026-10-31T16:00:00Z"), ms("2026-11-22T16:00:00Z")},
		"../2026-11-22":             {0, ms("2026-11-22T16:00:00Z")},
		"/2026-11-22":               {0, ms("2026-11-22T16:00:00Z")},
		"2026-11-22/..":             {ms("2026-11-21T16:00:00Z"), 0},
		"2026-11-22/":               {ms("2026-11-21T16:00:00Z"), 0},
	} {
		var f fault.Fields
		require.Equal(t, want, ParseTime(&f, text, shanghai), text)
		require.Empty(t, f, text)
	}
	for _, text := range []string{"yesterday", "..", "/", "../..", "2026-11-22/2026-11-01", "2026-13-01", "2026-11-22T25:00:00Z", "1970-01-01", "a/b/c", "2026-11-22/2026-11-23/x"} {
		var f fault.Fields
		ParseTime(&f, text, shanghai)
		require.Equal(t, "field.datetime", f[0].Code, text)
	}
}

func TestTheInstantOfBoundaries(t *testing.T) {
	require.Zero(t, Interval{}.instant(100))
	require.Zero(t, Interval{From: 5}.instant(100))
	require.Zero(t, Interval{5, 101}.instant(100), "what lies ahead is not known")
	require.EqualValues(t, 49, Interval{5, 50}.instant(100))
}

func TestDaysTellNothingOfTheHour(t *testing.T) {
	var f fault.Fields
	day := ParseTime(&f, "2026-11-22", shanghai)
	require.Equal(t, day, ParseTime(&f, "2026-11-22T08:00:00Z", shanghai).days(shanghai))
	require.Equal(t, day, day.days(shanghai))
	require.Equal(t, Interval{}, Interval{}.days(shanghai))
}

func TestBoxes(t *testing.T) {
	var f fault.Fields
	require.Nil(t, ParseBox(&f, ""))
	require.Equal(t, &geo.Box{West: 104, South: 30, East: 105, North: 31}, ParseBox(&f, "104, 30,105,31"))
	require.Equal(t, &geo.Box{West: 104, South: 30, East: 105, North: 31}, ParseBox(&f, "104,30,0,105,31,9"))
	require.Empty(t, f)
	for _, text := range []string{"1,2,3", "1,2,3,4,5", "a,b,c,d", "NaN,0,1,1", "105,30,104,31", "104,31,105,30", "30,104,31,105", "0,0,Inf,1", "1,2,3,4,5,6,7", ",,,"} {
		var f fault.Fields
		require.Nil(t, ParseBox(&f, text), text)
		require.Equal(t, "field.bbox", f[0].Code, text)
	}
}

// Whatever is sent, it is refused or it is a box on earth.
func FuzzBox(f *testing.F) {
	f.Add("104,30,105,31")
	f.Add("1e308,,NaN,-0")
	f.Fuzz(func(t *testing.T, text string) {
		var faults fault.Fields
		box := ParseBox(&faults, text)
		if len(faults) > 0 || box == nil {
			require.Nil(t, box)
			return
		}
		require.True(t, -180 <= box.West && box.West <= box.East && box.East <= 180, text)
		require.True(t, -90 <= box.South && box.South <= box.North && box.North <= 90, text)
	})
}

// Whatever is sent, it is refused or a time that passes.
func FuzzTime(f *testing.F) {
	f.Add("2026-11-22T08:00:00Z/..")
	f.Add("../2026-11-22")
	f.Fuzz(func(t *testing.T, text string) {
		var faults fault.Fields
		i := ParseTime(&faults, text, shanghai)
		if len(faults) > 0 {
			require.Zero(t, i)
			return
		}
		require.True(t, i.From == 0 || i.To == 0 || i.From < i.To, text)
		wide := i.days(shanghai)
		require.True(t, wide.From <= i.From && wide.To >= i.To, text)
	})
}
