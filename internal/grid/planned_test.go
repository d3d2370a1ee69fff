package grid_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
)

func (x fixture) redraw(t *testing.T, id string) grid.PlannedRedraw {
	t.Helper()
	r, err := x.RedrawByID(t.Context(), id)
	require.NoError(t, err)
	return r
}

func TestRedrawWaitsForItsInstant(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		at := x.clock.Now().Add(48 * time.Hour).UnixMilli()
		g := x.street.Grids[0]
		r := plan(t, x.Service, split(g, cell(1, -1), cell(1, 3)), at)
		require.Equal(t, grid.RedrawPlanned, r.State)
		n, err := x.ApplyDue(t.Context())
		require.NoError(t, err)
		require.Zero(t, n)
		require.Len(t, x.Tree().Children(g), 4)

		_, err = x.PlanRedraw(t.Context(), system, grid.Draft{Kind: grid.DraftMerge, Areas: x.street.Grids[:2]}, 0, "")
		require.True(t, fault.Is(err, "redraw.area_planned"), "%v", err)
		// A new name in the meantime is no hindrance.
		name := "榕树里社区南网格"
		_, err = x.UpdateArea(t.Context(), system, g, grid.AreaChange{Name: &name})
		require.NoError(t, err)

		x.clock.Advance(47 * time.Hour)
		x.clock.Advance(-time.Hour) // a clock that is turned back
		n, err = x.ApplyDue(t.Context())
		require.NoError(t, err)
		require.Zero(t, n)
		x.clock.Advance(5 * time.Hour) // nobody was there at the instant
		n, err = x.ApplyDue(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, n)
		r = x.redraw(t, r.ID)
		require.Equal(t, grid.RedrawApplied, r.State)
		require.Equal(t, now.Ms(x.clock), r.EndedAt)
		kept, _ := x.Tree().Area(g)
		require.Equal(t, at, kept.ShapeFrom, "the new boundary holds from its instant")
		old, err := x.ShapeAt(t.Context(), g, at-1)
		require.NoError(t, err)
		require.Greater(t, old.Area(), kept.Shape.Area()*1.9)
		_, err = x.WithdrawRedraw(t.Context(), system, r.ID, "")
		require.True(t, fault.Is(err, "redraw.over"))
	})
}

func TestRedrawIsWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		g := x.street.Grids[0]
		r := plan(t, x.Service, split(g, cell(1, -1), cell(1, 3)), x.clock.Now().Add(time.Hour).UnixMilli())
		_, err := x.WithdrawRedraw(t.Context(), manager(x.street.Grids[1]), r.ID, "")
		require.True(t, fault.Is(err, "forbidden"))
		r, err = x.WithdrawRedraw(t.Context(), system, r.ID, "居委会还要再商量")
		require.NoError(t, err)
		require.Equal(t, grid.RedrawWithdrawn, r.State)
		require.Equal(t, "居委会还要再商量", r.Reason.Text)
		x.clock.Advance(2 * time.Hour)
		n, err := x.ApplyDue(t.Context())
		require.NoError(t, err)
		require.Zero(t, n)
		require.Len(t, x.Tree().Children(g), 4)
		list, err := x.Redraws(t.Context(), grid.RedrawWithdrawn, "", 10)
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.Contains(t, x.trail.actions, "redraw.withdraw")
	})
}

// A new area touches none that is there: it is the matter of whoever manages the area in which it begins.
func TestANewAreaIsWithdrawnByWhoManagesTheOneAbove(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		above, other := x.street.Grids[0], x.street.Grids[1]
		require.NoError(t, x.CloseArea(t.Context(), system, x.street.Microgrids[0], nil))
		r := plan(t, x.Service, grid.Draft{Kind: grid.DraftNew, Level: grid.Microgrid, Parent: above, Shape: polygon(0, 0, 1, 1),
			Parts: []grid.Part{{Code: "new", Name: "新微网格"}}}, x.clock.Now().Add(time.Hour).UnixMilli())
		_, err := x.WithdrawRedraw(t.Context(), manager(other), r.ID, "")
		require.True(t, fault.Is(err, "forbidden"), "%v", err)
		_, err = x.WithdrawRedraw(t.Context(), manager(above), r.ID, "")
		require.NoError(t, err)
	})
}

// What no longer fits at its instant is stopped with the reason, and nothing of it is done.
func TestRedrawIsStopped(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		m, g := x.street.Microgrids, x.street.Grids
		at := x.clock.Now().Add(time.Hour).UnixMilli()
		moved := plan(t, x.Service, split(g[0], cell(1, -1), cell(1, 3)), at)
		taken := plan(t, x.Service, grid.Draft{Kind: grid.DraftMerge, Areas: []string{m[20], m[21]}, Parts: []grid.Part{{Code: "late", Name: "合并"}}}, at)
		_, err := x.Redraw(t.Context(), system, grid.Redrawing{Datum: "wgs84", Shapes: []grid.Reshape{{AreaID: m[1], Shape: polygon(1, 0, 2, 2)}}, Ends: m[3:4]})
		require.NoError(t, err)
		_, err = x.CreateArea(t.Context(), system, grid.NewArea{Code: "late", Name: "先到的", Level: grid.Microgrid, ParentID: g[4]})
		require.NoError(t, err)
		x.clock.Advance(2 * time.Hour)
		before := x.rows(t)
		n, err := x.ApplyDue(t.Context())
		require.NoError(t, err)
		require.Equal(t, 2, n)
		after := x.rows(t)
		before["area_changes"], after["area_changes"] = 0, 0
		require.Equal(t, before, after)
		first, second := x.redraw(t, moved.ID), x.redraw(t, taken.ID)
		require.Equal(t, grid.RedrawStopped, first.State)
		require.Equal(t, "redraw.changed", first.Reason.Code)
		require.Contains(t, first.Reason.Params["names"], "榕树里社区第1网格4号微网格")
		require.Equal(t, grid.RedrawStopped, second.State)
		require.Equal(t, "area.code_taken", second.Reason.Fields[0].Code)
		require.Contains(t, x.trail.actions, "redraw.stop")
	})
}

// Several nodes whose instant has come at once apply a redraw once, and incidents follow.
func TestRedrawIsAppliedOnceByManyNodes(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		g := x.street.Grids[0]
		r := plan(t, x.Service, split(g, cell(1, -1), cell(1, 3)), x.clock.Now().Add(time.Minute).UnixMilli())
		x.clock.Advance(time.Hour)
		var mu sync.Mutex
		followed := 0
		var wg sync.WaitGroup
		for range 4 {
			node, err := grid.New(t.Context(), x.db, x.clock, x.trail)
			require.NoError(t, err)
			node.OnRedraw(func(context.Context, []string) error {
				mu.Lock()
				defer mu.Unlock()
				followed++
				return nil
			})
			wg.Go(func() {
				_, err := node.ApplyDue(t.Context())
				require.NoError(t, err)
			})
		}
		wg.Wait()
		require.Equal(t, grid.RedrawApplied, x.redraw(t, r.ID).State)
		_, err := x.Reload(t.Context())
		require.NoError(t, err)
		require.Len(t, x.Tree().Children(x.street.Communities[0]), 3)
		require.NotZero(t, followed)
	})
}

// A crash in the middle of applying leaves the redraw planned and the areas as they were.
func TestRedrawSurvivesACrash(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		r := plan(t, x.Service, split(x.street.Grids[0], cell(1, -1), cell(1, 3)), x.clock.Now().Add(time.Minute).UnixMilli())
		x.clock.Advance(time.Hour)
		broken, err := grid.New(t.Context(), x.db, x.clock, failing{x.trail})
		require.NoError(t, err)
		before := x.rows(t)
		_, err = broken.ApplyDue(t.Context())
		require.Error(t, err)
		require.Equal(t, before, x.rows(t))
		require.Equal(t, grid.RedrawPlanned, x.redraw(t, r.ID).State)
		n, err := x.ApplyDue(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Equal(t, grid.RedrawApplied, x.redraw(t, r.ID).State)
	})
}

// failing is an audit trail that breaks as the last write of a transaction.
type failing struct{ *trail }

func (failing) Record(context.Context, db.Tx, authz.Actor, string, string, string, map[string]any) error {
	return errors.New("the power went")
}
