package dispatch_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"gezhi/internal/dispatch"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
)

// feast is a calendar in which only the second of January 2026, a Friday, is a holiday.
type feast struct{}

func (feast) Workday(at time.Time) bool {
	return at.Weekday() != time.Saturday && at.Weekday() != time.Sunday && at.Format("0102") != "0102"
}

func TestRuleKnowsTheHour(t *testing.T) {
	night := dispatch.Rule{From: 22 * 60, To: 6 * 60}
	onFriday := dispatch.Rule{From: 22 * 60, To: 6 * 60, Days: "5"}
	for name, c := range map[string]struct {
		rule dispatch.Rule
		at   string
		cal  dispatch.Calendar
		why  string
	}{
		"within":                       {dispatch.Rule{From: 540, To: 1080}, "2026-01-05 09:00", nil, ""},
		"the end is outside":           {dispatch.Rule{From: 540, To: 1080}, "2026-01-05 18:00", nil, "time"},
		"before":                       {dispatch.Rule{From: 540, To: 1080}, "2026-01-05 08:59", nil, "time"},
		"equal is any time":            {dispatch.Rule{From: 540, To: 540}, "2026-01-05 03:00", nil, ""},
		"until midnight":               {dispatch.Rule{From: 1080, To: 1440}, "2026-01-05 23:59", nil, ""},
		"night, evening":               {night, "2026-01-05 22:00", nil, ""},
		"night, morning":               {night, "2026-01-05 05:59", nil, ""},
		"night, day":                   {night, "2026-01-05 06:00", nil, "time"},
		"Friday night":                 {onFriday, "2026-01-09 23:00", nil, ""},
		"Friday night goes on":         {onFriday, "2026-01-10 02:00", nil, ""},
		"Friday morning is Thursday's": {onFriday, "2026-01-09 02:00", nil, "days"},
		"Saturday night":               {onFriday, "2026-01-10 22:00", nil, "days"},
		"workday":                      {dispatch.Rule{Days: dispatch.Workdays}, "2026-01-02 12:00", nil, ""},
		"holiday":                      {dispatch.Rule{Days: dispatch.Workdays}, "2026-01-02 12:00", feast{}, "days"},
		"rest on a holiday":            {dispatch.Rule{Days: dispatch.Restdays}, "2026-01-02 12:00", feast{}, ""},
		"rest on Sunday":               {dispatch.Rule{Days: dispatch.Restdays}, "2026-01-04 12:00", nil, ""},
		"Sunday is seven":              {dispatch.Rule{Days: "67"}, "2026-01-04 12:00", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			at, err := time.ParseInLocation("2006-01-02 15:04", c.at, time.Local)
			require.NoError(t, err)
			rule := active(c.rule)
			require.Equal(t, c.why, rule.Mismatch(&dispatch.Situation{At: at.UnixMilli()}, c.cal))
		})
	}
}

// TestHoursTileTheWeek holds that of a stretch and the rest of the day exactly one fits, whatever the instant.
func TestHoursTileTheWeek(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.Int64Range(0, 1439).Draw(t, "from"), rapid.Int64Range(0, 1439).Draw(t, "to")
		if from == to {
			return
		}
		s := dispatch.Situation{At: rapid.Int64Range(0, 4e12).Draw(t, "at")}
		one, other := active(dispatch.Rule{From: from, To: to}), active(dispatch.Rule{From: to, To: from})
		require.NotEqual(t, one.Mismatch(&s, nil) == "", other.Mismatch(&s, nil) == "")
		fits := 0
		for day := 1; day <= 7; day++ {
			rule := active(dispatch.Rule{Days: fmt.Sprint(day)})
			if rule.Mismatch(&s, nil) == "" {
				fits++
			}
		}
		require.Equal(t, 1, fits)
	})
}

func TestBadHoursAndCopiesAreSaid(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	for name, c := range map[string]struct {
		rule dispatch.Rule
		want string
	}{
		"minutes":          {dispatch.Rule{From: -1, To: 1441}, "from_minute field.range, to_minute field.range"},
		"days":             {dispatch.Rule{Days: "51"}, "days rule.days_form"},
		"a day twice":      {dispatch.Rule{Days: "11"}, "days rule.days_form"},
		"day eight":        {dispatch.Rule{Days: "8"}, "days rule.days_form"},
		"capacity":         {dispatch.Rule{Capacity: -1}, "capacity field.range"},
		"capacity of none": {dispatch.Rule{Capacity: 3, Target: dispatch.Community}, "capacity rule.capacity_unused"},
		"copy to nobody":   {dispatch.Rule{Inform: []string{"mayor"}}, "inform field.choice"},
		"pool of a person": {dispatch.Rule{Target: dispatch.NearestPerson, Pool: true}, "pool rule.pool_worker"},
	} {
		c.rule.Name = "a"
		if c.rule.Target == "" {
			c.rule.Target = dispatch.Station
		}
		_, err := s.Create(t.Context(), manager, c.rule)
		f, ok := fault.As(err)
		require.True(t, ok, "%s: %v", name, err)
		var got []string
		for _, field := range f.Fields {
			got = append(got, field.Field+" "+field.Code)
		}
		require.Equal(t, c.want, strings.Join(got, ", "), name)
	}
}
