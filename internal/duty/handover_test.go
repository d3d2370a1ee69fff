package duty_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/duty"
)

// TestAShiftHandsOver signs a shift over with what is open, lets the next one take it, and shows one that nobody signed.
func TestAShiftHandsOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		day, night := w.shift("白班", 0, 8, "ann", "bob"), w.shift("夜班", 8, 16, "cho")
		w.clock.Set(begin.Add(7*time.Hour + 45*time.Minute))
		require.Equal(t, day.ID, w.Own(member("ann")).Unsigned.ID, "the leaving are reminded")
		_, err := w.HandOver(bg, member("cho"), day.ID, "")
		refused(t, err, "duty.handover_other")
		_, err = w.HandOver(bg, member("dan"), day.ID, "")
		refused(t, err, "not_found")
		_, err = w.HandOver(bg, member("cho"), night.ID, "")
		refused(t, err, "duty.not_begun")
		_, err = w.HandOver(bg, member("ann"), day.ID, strings.Repeat("长", 2001))
		require.Equal(t, []string{"notes field.too_long"}, codes(t, err))

		h, err := w.HandOver(bg, member("ann"), day.ID, " 东门井盖已围挡，等市政更换。 ")
		require.NoError(t, err)
		require.Equal(t, "东门井盖已围挡，等市政更换。", h.Notes)
		require.Equal(t, 2, h.Items.Total)
		_, err = w.HandOver(bg, member("bob"), day.ID, "")
		refused(t, err, "duty.handover_done")
		_, err = w.TakeOver(bg, member("ann"), h.ID, "")
		refused(t, err, "duty.handover_self")
		_, err = w.TakeOver(bg, member("dan"), h.ID, "")
		refused(t, err, "not_found")
		taken, err := w.TakeOver(bg, member("cho"), h.ID, "已接")
		require.NoError(t, err)
		require.Equal(t, duty.Taken, taken.State)
		_, err = w.TakeOver(bg, member("bob"), h.ID, "")
		refused(t, err, "duty.handover_taken")

		w.clock.Set(begin.Add(17 * time.Hour))
		now, err := w.Now(bg, east, "a", "")
		require.NoError(t, err)
		require.Len(t, now[0].Unhanded, 1, "the night went without a word")
		require.Equal(t, night.ID, now[0].Unhanded[0].ID)
		w.clock.Set(begin.Add(65 * time.Hour))
		_, err = w.HandOver(bg, member("cho"), night.ID, "")
		refused(t, err, "duty.handover_late")

		list, next, err := w.Handovers(bg, member("bob"), "a", "", 1)
		require.NoError(t, err)
		require.Empty(t, next)
		require.Equal(t, "cho", list[0].Incoming)
		require.Equal(t, h.Items, list[0].Items)
		_, _, err = w.Handovers(bg, west, "a", "", 0)
		refused(t, err, "not_found")
		_, err = w.Handover(bg, west, h.ID)
		refused(t, err, "not_found")
	})
}

// TestHandoversGoOnFromPageToPage reads them one by one, the newest first.
func TestHandoversGoOnFromPageToPage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for n := range 3 {
			s := w.shift("班", float64(n), float64(n)+1, "ann")
			w.clock.Set(begin.Add(time.Duration(n) * time.Hour))
			_, err := w.HandOver(bg, member("ann"), s.ID, "")
			require.NoError(t, err)
		}
		var seen []int64
		for cursor := ""; ; {
			list, next, err := w.Handovers(bg, east, "a", cursor, 1)
			require.NoError(t, err)
			seen = append(seen, list[0].Shift.From)
			if cursor = next; next == "" {
				break
			}
		}
		require.Equal(t, []int64{at(2), at(1), at(0)}, seen)
		_, _, err := w.Handovers(bg, east, "a", "nonsense", 1)
		refused(t, err, "request.cursor")
	})
}
