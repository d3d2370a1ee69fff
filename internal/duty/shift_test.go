package duty_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/duty"
	"gezhi/internal/kit/fault"
)

// TestAShiftMustMakeSense says everything that is wrong at once.
func TestAShiftMustMakeSense(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		try := func(s duty.Shift) []string { _, err := w.CreateShift(bg, east, s); return codes(t, err) }
		require.Equal(t, []string{"unit field.required", "name field.required", "from field.required", "members duty.nobody"}, try(duty.Shift{}))
		require.Equal(t, []string{"to duty.period"}, try(duty.Shift{Unit: "a", Name: "班", From: at(8), To: at(8), Members: []string{"ann"}}))
		require.Equal(t, []string{"to duty.too_long"}, try(duty.Shift{Unit: "a", Name: "班", From: at(0), To: at(37), Members: []string{"ann"}}))
		require.Equal(t, []string{"to duty.too_short", "leader duty.leader_outside", "members duty.not_of_unit"},
			try(duty.Shift{Unit: "a", Name: "班", From: at(0), To: at(0.1), Members: []string{"dan"}, Leader: "ann"}))
		require.Equal(t, []string{"unit unit.unknown"}, try(duty.Shift{Unit: "b", Name: "班", From: at(0), To: at(8), Members: []string{"dan"}}), "another street's")
		first := w.shift("白班", 0, 8, "ann", "bob", "ann")
		require.Equal(t, []string{"ann", "bob"}, first.Members)
		_, err := w.CreateShift(bg, east, duty.Shift{Unit: "a", Name: "加班", From: at(7), To: at(10), Members: []string{"ann", "cho"}})
		f, _ := fault.As(err)
		require.Equal(t, "名ann", f.Fields[0].Params["person"])
		require.Equal(t, "白班", f.Fields[0].Params["shift"])
		w.shift("晚班", 8, 16, "ann") // one ends as the other begins
	})
}

// TestShiftsAreChangedWhileTheyCanBe keeps what is over, and the beginning of what has begun.
func TestShiftsAreChangedWhileTheyCanBe(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.shift("白班", 1, 9, "ann")
		changed := s
		changed.Members, changed.Leader, changed.From = []string{"bob"}, "bob", at(2)
		_, err := w.UpdateShift(bg, west, changed)
		refused(t, err, "not_found")
		changed, err = w.UpdateShift(bg, east, changed)
		require.NoError(t, err)
		_, err = w.UpdateShift(bg, east, s)
		refused(t, err, "duty.stale")
		refused(t, w.DeleteShift(bg, east, s.ID, s.Version), "duty.stale")
		w.clock.Set(begin.Add(3 * time.Hour))
		refused(t, w.DeleteShift(bg, east, s.ID, changed.Version), "duty.begun")
		changed.From, changed.To = at(5), at(10)
		changed, err = w.UpdateShift(bg, east, changed)
		require.NoError(t, err)
		require.Equal(t, at(2), changed.From)
		w.clock.Set(begin.Add(10 * time.Hour))
		_, err = w.UpdateShift(bg, east, changed)
		refused(t, err, "duty.over")
		gone := w.shift("夜班", 15, 23, "cho")
		require.NoError(t, w.DeleteShift(bg, east, gone.ID, gone.Version))
		list, err := w.Shifts(bg, member("cho"), "a", at(0), at(48))
		require.NoError(t, err)
		require.Len(t, list, 1, "colleagues read the roster")
		_, err = w.Shifts(bg, member("dan"), "a", at(0), at(48))
		refused(t, err, "not_found")
	})
}

// TestAPatternIsCarriedForward repeats two days over a week, leaves out who cannot be there, and changes nothing when
// it is asked again.
func TestAPatternIsCarriedForward(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.shift("白班", 0, 12, "ann", "both")
		w.shift("夜班", 12, 24, "bob")
		w.shift("白班", 24, 36, "cho")
		_, err := w.CreateShift(bg, west, duty.Shift{Unit: "b", Name: "西", From: at(48), To: at(56), Members: []string{"both"}})
		require.NoError(t, err)
		c := duty.Copy{Unit: "a", From: "2026-03-02", Days: 2, Until: "2026-03-08"}
		_, err = w.CopyShifts(bg, west, c)
		require.Equal(t, []string{"unit unit.unknown"}, codes(t, err))
		out, err := w.CopyShifts(bg, east, c)
		require.NoError(t, err)
		require.Equal(t, 8, out.Made) // 4, 6, 8 March two each, 5 and 7 one each
		require.Equal(t, []duty.Skipped{{From: at(48), Name: "白班", Person: "名both", Why: "overlap"}}, out.Skipped)
		again, err := w.CopyShifts(bg, east, c)
		require.NoError(t, err)
		require.Equal(t, []int{0, 8}, []int{again.Made, again.There})

		for _, wrong := range []struct {
			c    duty.Copy
			code string
		}{
			{duty.Copy{Unit: "a", From: "2 March", Days: 0, Until: "x"}, "from field.date"},
			{duty.Copy{Unit: "a", From: "2026-03-02", Days: 7, Until: "2026-03-05"}, "until duty.until_inside"},
			{duty.Copy{Unit: "a", From: "2026-03-02", Days: 7, Until: "2027-03-05"}, "until duty.until_far"},
			{duty.Copy{Unit: "a", From: "2025-03-02", Days: 7, Until: "2025-03-12"}, "from duty.pattern_empty"},
		} {
			_, err := w.CopyShifts(bg, east, wrong.c)
			require.Equal(t, wrong.code, codes(t, err)[0])
		}
	})
}

// TestAPatternFollowsTheClockOnTheWall carries a night over the days on which the clocks change: it begins and ends at
// the same time by the clock, and is an hour shorter or longer.
func TestAPatternFollowsTheClockOnTheWall(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	each(t, func(t *testing.T, w *world) {
		w.zone = berlin
		w.clock.Set(time.Date(2026, 3, 20, 12, 0, 0, 0, berlin))
		from := time.Date(2026, 3, 27, 22, 0, 0, 0, berlin)
		_, err := w.CreateShift(bg, east, duty.Shift{Unit: "a", Name: "夜班", From: from.UnixMilli(), To: from.Add(8 * time.Hour).UnixMilli(), Members: []string{"ann"}})
		require.NoError(t, err)
		_, err = w.CopyShifts(bg, east, duty.Copy{Unit: "a", From: "2026-03-27", Days: 1, Until: "2026-03-29"})
		require.NoError(t, err)
		list, err := w.Shifts(bg, east, "a", from.UnixMilli(), from.AddDate(0, 0, 5).UnixMilli())
		require.NoError(t, err)
		var hours []float64
		for _, s := range list {
			hours = append(hours, float64(s.To-s.From)/3_600_000)
			require.Equal(t, 22, time.UnixMilli(s.From).In(berlin).Hour())
			require.Equal(t, 6, time.UnixMilli(s.To).In(berlin).Hour())
		}
		require.Equal(t, []float64{8, 7, 8}, hours)
	})
}
