package mapview_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/mapview"
)

func (w world) replay(t *testing.T, day time.Time) map[string]mapview.Passage {
	t.Helper()
	w.Drain()
	c, err := w.maps.Replay(t.Context(), w.Actor("duty"), mapview.Query{Day: day.Format(time.DateOnly)})
	require.NoError(t, err)
	by := map[string]mapview.Passage{}
	for _, p := range c.Points {
		by[p.ID] = p
	}
	return by
}

// named writes steps as somebody would tell them: minutes of the day and marks.
func named(p mapview.Passage, begin int) (out []any) {
	for n := 0; n < len(p.Steps); n += 2 {
		mark := "gone"
		if p.Steps[n+1] >= 0 {
			mark = mapview.Marks[p.Steps[n+1]]
		}
		at := p.Steps[n]
		if at > 0 {
			at -= begin
		}
		out = append(out, at/60, mark)
	}
	return out
}

func TestReplayTellsHowEachPointStoodAtEachMoment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		begin := w.Clock.Now()
		y, m, day := begin.Date()
		second := int(begin.Sub(time.Date(y, m, day, 0, 0, 0, 0, begin.Location())).Seconds())
		inc := w.Report("duty", incidenttest.Noise())
		void := w.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro2)))
		step := func(by, do string, fields incidenttest.Fields) {
			w.Clock.Advance(time.Minute)
			w.Act(by, inc.ID, do, fields)
		}
		step("duty", "dispatch", incidenttest.Fields{"unit": incidenttest.Station})
		step("station1", "accept_order", nil)
		step("station1", "note", incidenttest.Fields{"text": "在路上"})
		step("station1", "arrive", incidenttest.Fields{"reason": "手机没有定位"})
		w.Act("duty", void.ID, "void", incidenttest.Fields{"reason": "重复"})

		first := w.replay(t, begin)
		require.Equal(t, []any{0, "reported", 1, "dispatched", 2, "taken", 4, "arrived"}, named(first[inc.ID], second), "a note changes nothing")
		require.Equal(t, []any{0, "reported", 4, "gone"}, named(first[void.ID], second))

		next := begin.AddDate(0, 0, 1)
		w.Clock.Advance(24 * time.Hour)
		step("station1", "handle", incidenttest.Fields{"result": "已劝停"})
		later := w.replay(t, next)
		require.Equal(t, []any{0, "arrived", 5, "checking"}, named(later[inc.ID], second), "the next day begins as the one before ended")
		require.NotContains(t, later, void.ID)
		require.Equal(t, first[inc.ID].Steps, w.replay(t, begin)[inc.ID].Steps, "what came later changes nothing of the day before")
		require.Empty(t, w.replay(t, begin.AddDate(0, 0, -1)))
	})
}

func TestReplayKnowsWhenSomethingWasOverdue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		inc := w.Report("duty", incidenttest.Noise())
		day := w.Clock.Now()
		w.Clock.Advance(10 * time.Minute)
		_, err := w.Sweep(t.Context())
		require.NoError(t, err)
		late := w.replay(t, day)[inc.ID].Late
		require.Len(t, late, 2)
		require.Equal(t, 24*3600, late[1], "it still is")
		w.Act("duty", inc.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Station})
		late = w.replay(t, day)[inc.ID].Late
		require.Less(t, late[1], 24*3600, "until it was sent")
	})
}
