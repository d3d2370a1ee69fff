package stats_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
)

func TestABoardShowsItsDay(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.on(2026, 3, 1)
		old := d.Report("duty", incidenttest.Noise())
		d.on(2026, 3, 2)
		d.done()
		hot := d.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro3)))
		d.Act("duty", hot.ID, "mark", incidenttest.Fields{"urgent": true})
		b := d.board("duty", incidenttest.StreetA, "2026-03-02")
		require.Equal(t, incidenttest.Begin.Location().String(), b.Zone, "walls show the office's time wherever they stand")
		require.EqualValues(t, 2, b.Today.Received)
		require.EqualValues(t, 1, b.Today.Open)
		require.EqualValues(t, 1, b.Today.Closed)
		require.EqualValues(t, 1, b.Today.Arrived)
		require.EqualValues(t, 1, *b.Carried)
		require.Equal(t, map[string]int64{"reported": 2, "closed": 1}, b.States, "with what is open from earlier")
		require.EqualValues(t, 2, b.Hours[10].Received)
		require.EqualValues(t, 1, b.Hours[10].Closed)
		require.EqualValues(t, 1, b.Promise.Dispatch.Count)
		require.EqualValues(t, 1, b.Promise.Dispatch.InTime)
		require.EqualValues(t, 1, b.Promise.Dispatch.Dots[2].Count, "thirty seconds")
		require.EqualValues(t, 1, b.Promise.Arrive.Count)
		require.EqualValues(t, 210_000, *b.Promise.Arrive.P50)
		require.Equal(t, "hotline", b.Channels[0].Code)
		require.EqualValues(t, 2, b.Categories[0].Count)
		require.NotEmpty(t, b.Categories[0].Name)
		require.Len(t, b.Areas, 2)
		require.Len(t, b.Units, 1)
		require.EqualValues(t, 1, b.Units[0].Closed)
		require.Equal(t, hot.ID, b.Newest[0].ID)
		require.Equal(t, hot.ID, b.Urgent[0].ID)
		require.Equal(t, old.ID, b.Urgent[1].ID)
		require.Len(t, b.Area.Path, 1, "the way up ends where the scope does")
		require.Equal(t, incidenttest.StreetA, b.Area.Path[0].ID)
		require.Len(t, b.Area.Children, 2)

		micro := d.board("duty", incidenttest.Micro1, "2026-03-02")
		require.EqualValues(t, 1, micro.Today.Received)
		require.EqualValues(t, 1, micro.Today.Closed)
		require.Empty(t, micro.Areas)
		require.Len(t, micro.Area.Path, 4)
		require.EqualValues(t, 1, micro.Units[0].Closed)

		before := d.board("duty", "", "2026-03-01")
		require.EqualValues(t, 1, before.Today.Received)
		require.EqualValues(t, 0, *before.Carried)
		require.EqualValues(t, 0, before.Today.Closed)

		d.handled(old.ID, "duty", "station1")
		d.on(2026, 3, 3)
		require.EqualValues(t, 0, *d.board("duty", "", "2026-03-02").Carried, "the old one was closed before that day ended")
		d.on(2026, 5, 3)
		require.Nil(t, d.board("duty", "", "2026-03-02").Carried, "what was open long ago is not known")
	})
}

func TestABoardOfNothing(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		b := d.board("duty", "", "2020-01-01")
		require.Zero(t, b.Today.Received)
		require.Nil(t, b.Promise.Dispatch.Share)
		require.Nil(t, b.Promise.Dispatch.P50)
		require.Nil(t, b.Satisfaction.Value)
		require.NotNil(t, b.Newest)
		_, err := d.Stats.Board(bg, d.Actor("duty"), "", "tomorrow")
		requireFault(t, err, "invalid")
	})
}

// TestManyWallsAskOnce lets many ask at one moment, and the next one after half a second.
func TestManyWallsAskOnce(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.follow()
		var all sync.WaitGroup
		boards := make([]any, 16)
		for n := range boards {
			all.Go(func() {
				b, err := d.Stats.Board(bg, d.Actor("duty"), "", "")
				require.NoError(t, err)
				boards[n] = b
			})
		}
		all.Wait()
		for _, b := range boards {
			require.Same(t, boards[0], b)
		}
		d.Report("duty", incidenttest.Noise())
		d.follow()
		d.Clock.Advance(499 * time.Millisecond)
		b, err := d.Stats.Board(bg, d.Actor("duty"), "", "")
		require.NoError(t, err)
		require.Same(t, boards[0], b)
		other, err := d.Stats.Board(bg, d.Actor("dutyB"), "", "")
		require.NoError(t, err)
		require.NotSame(t, boards[0], other, "another scope")
		d.Clock.Advance(time.Millisecond)
		b, err = d.Stats.Board(bg, d.Actor("duty"), "", "")
		require.NoError(t, err)
		require.EqualValues(t, 1, b.Today.Received)
	})
}
