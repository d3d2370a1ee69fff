package mapview_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/mapview"
)

// source gives the map the incidents of an office, as the program does.
type source struct{ *incidenttest.Office }

func filterOf(f mapview.Filter) incident.MapFilter {
	out := incident.MapFilter{Area: f.Area, From: f.From, To: f.To}
	if f.Box != nil {
		box := incident.Box(*f.Box)
		out.Box = &box
	}
	return out
}

func pointOf(p incident.MapPoint) mapview.Point {
	return mapview.Point{ID: p.ID, Lon: p.Lon, Lat: p.Lat, State: string(p.State), Lead: string(p.Lead), Emergency: p.Emergency, Urgent: p.Urgent, DueAt: p.DueAt, ReceivedAt: p.ReceivedAt}
}

func (s source) Each(ctx context.Context, actor authz.Actor, f mapview.Filter, each func(mapview.Point) error) error {
	return s.EachOnMap(ctx, actor, filterOf(f), func(p incident.MapPoint) error { return each(pointOf(p)) })
}

func (s source) Some(ctx context.Context, actor authz.Actor, f mapview.Filter, ids []string) (out []mapview.Point, err error) {
	list, err := s.SomeOnMap(ctx, actor, filterOf(f), ids)
	for _, p := range list {
		out = append(out, pointOf(p))
	}
	return out, err
}

func (s source) Cells(ctx context.Context, actor authz.Actor, f mapview.Filter, width, height float64) (out []mapview.Cell, err error) {
	list, err := s.CountOnMap(ctx, actor, filterOf(f), width, height)
	for _, c := range list {
		out = append(out, mapview.Cell{X: c.X, Y: c.Y, State: string(c.State), Lead: string(c.Lead), Lon: c.Lon, Lat: c.Lat, Count: c.Count, Overdue: c.Overdue})
	}
	return out, err
}

func (s source) Lives(ctx context.Context, actor authz.Actor, f mapview.Filter) (out []mapview.Life, err error) {
	list, err := s.MapLives(ctx, actor, filterOf(f))
	for _, l := range list {
		life := mapview.Life{Point: pointOf(l.MapPoint)}
		for _, step := range l.Steps {
			life.Steps = append(life.Steps, mapview.Step{At: step.At, State: string(step.State), Lead: string(step.Lead)})
		}
		for _, span := range l.Late {
			life.Late = append(life.Late, mapview.Span(span))
		}
		out = append(out, life)
	}
	return out, err
}

type world struct {
	*incidenttest.Office
	maps *mapview.Service
}

func newWorld(t *testing.T, d *db.DB) world {
	o := incidenttest.New(t, d)
	return world{o, mapview.NewService(mapview.Config{Source: source{o}, Feed: o.Feed, Topic: incident.Topic, Clock: o.Clock, Tree: func() *grid.Tree { return &grid.Tree{} }})}
}

func (w world) points(t *testing.T, login string, q mapview.Query, after int64) *mapview.Board {
	t.Helper()
	w.Drain()
	b, err := w.maps.Points(t.Context(), w.Actor(login), q, after)
	require.NoError(t, err)
	return b
}

func ids(points []mapview.Point) (list []string) {
	for _, p := range points {
		list = append(list, p.ID)
	}
	return list
}

func TestPointsAreWhatIsOpenOrEndedTodayWithinTheScope(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		old := w.Report("duty", incidenttest.Noise())
		past := w.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro2)))
		w.Act("duty", past.ID, "void", incidenttest.Fields{"reason": "重复"})
		w.Clock.Advance(24 * time.Hour)
		here := w.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro3)))
		there := w.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9)))
		nowhere := incidenttest.Noise()
		nowhere.Lon, nowhere.Lat = nil, nil
		w.Report("duty", nowhere)

		all := w.points(t, "duty", mapview.Query{}, 0)
		require.True(t, all.Reset)
		require.ElementsMatch(t, []string{old.ID, here.ID, there.ID}, ids(all.Points))
		require.ElementsMatch(t, []string{there.ID}, ids(w.points(t, "duty", mapview.Query{Area: incidenttest.StreetB}, 0).Points))
		require.Empty(t, w.points(t, "duty", mapview.Query{Area: "an area that was closed"}, 0).Points)
		require.Empty(t, w.points(t, "", mapview.Query{}, 0).Points, "somebody without a post sees nothing")

		_, err := w.maps.Points(t.Context(), w.Actor("duty"), mapview.Query{Day: "2026-13-01"}, 0)
		f, ok := fault.As(err)
		require.True(t, ok)
		require.Equal(t, "field.date", f.Fields[0].Code)
	})
}

func TestAfterAPositionOnlyWhatChangedIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one := w.Report("duty", incidenttest.Noise())
		two := w.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro2)))
		first := w.points(t, "duty", mapview.Query{}, 0)
		still := w.points(t, "duty", mapview.Query{}, first.Position)
		require.False(t, still.Reset)
		require.Empty(t, still.Points)
		require.Equal(t, first.Position, still.Position)

		w.Act("duty", two.ID, "void", incidenttest.Fields{"reason": "重复"})
		three := w.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro3)))
		next := w.points(t, "duty", mapview.Query{}, still.Position)
		require.False(t, next.Reset)
		require.Equal(t, []string{three.ID}, ids(next.Points))
		require.Equal(t, []string{two.ID}, next.Gone)
		require.Greater(t, next.Position, still.Position)

		far := w.points(t, "duty", mapview.Query{}, next.Position+1000)
		require.True(t, far.Reset, "a position that this store has not reached, as after a restored backup")
		require.ElementsMatch(t, []string{one.ID, three.ID}, ids(far.Points))
	})
}

func TestClustersHoldEveryPointOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for range 3 {
			w.Report("duty", incidenttest.Noise())
		}
		late := w.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9)))
		w.Act("duty", late.ID, "accept", nil)
		w.Drain()
		near, err := w.maps.Clusters(t.Context(), w.Actor("duty"), mapview.Query{}, 16, nil)
		require.NoError(t, err)
		require.Len(t, near, 2)
		require.EqualValues(t, 1, near[0].Count)
		require.Equal(t, map[string]int64{"accepted": 1}, near[0].ByMark)
		require.InDelta(t, incidenttest.InMicro9.Lon, near[0].Lon, 1e-9)
		require.EqualValues(t, 3, near[1].Count)
		far, err := w.maps.Clusters(t.Context(), w.Actor("duty"), mapview.Query{}, 5, &mapview.Box{West: 100, South: 30, East: 110, North: 31})
		require.NoError(t, err)
		require.Len(t, far, 1)
		require.EqualValues(t, 4, far[0].Count)
		require.Equal(t, map[string]int64{"accepted": 1, "reported": 3}, far[0].ByMark)
		none, err := w.maps.Clusters(t.Context(), w.Actor("duty"), mapview.Query{}, 16, &mapview.Box{West: 1, South: 1, East: 2, North: 2})
		require.NoError(t, err)
		require.Empty(t, none)
		w.Clock.Advance(100 * 24 * time.Hour)
		w.Drain()
		old, err := w.maps.Clusters(t.Context(), w.Actor("duty"), mapview.Query{}, 5, nil)
		require.NoError(t, err)
		require.EqualValues(t, 4, old[0].Overdue, "however old, what is open is shown, and late")
	})
}
