package grid_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
)

func TestASmallOfficeBeginsWithoutAPolygon(t *testing.T) {
	empty(t, func(t *testing.T, x fixture) {
		a, err := x.CreateArea(t.Context(), system, grid.NewArea{Code: "s1", Name: " 福兴街道 ", Level: grid.Street})
		require.NoError(t, err)
		require.Equal(t, "福兴街道", a.Name)
		require.Equal(t, int64(1), a.Version)
		trunk, ok := x.Tree().Trunk()
		require.True(t, ok)
		require.Equal(t, a.ID, trunk.ID)
		require.Equal(t, []string{"area.create"}, x.trail.actions)

		_, err = x.CreateArea(t.Context(), system, grid.NewArea{Code: "c1", Name: "社区", Level: grid.Community, ParentID: a.ID, Shape: polygon(0, 0, 4, 2), Datum: "wgs84"})
		require.NoError(t, err)
		_, ok = x.Tree().Locate(x.street.At(0))
		require.True(t, ok)
		_, err = x.CreateArea(t.Context(), system, grid.NewArea{Code: "c2", Name: "社区", Level: grid.Community, ParentID: a.ID, Shape: polygon(3, 0, 5, 2), Datum: "wgs84"})
		require.Equal(t, []string{"shape topology.overlap"}, codes(t, err))
		_, err = x.CreateArea(t.Context(), system, grid.NewArea{Code: "!", Name: "", Level: "odd", Shape: polygon(3, 0, 5, 2)})
		require.Equal(t, []string{"code area.code_form", "name field.required", "level area.level_unknown", "datum datum.required"}, codes(t, err))
		_, err = x.CreateArea(t.Context(), system, grid.NewArea{Code: "x", Name: "x", Level: grid.Street, Kind: "palace", ParentID: "nowhere"})
		require.Equal(t, []string{"kind area.kind_unknown", "parent area.parent_unknown"}, codes(t, err))
	})
}

func TestOnlyOneTakesACode(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		other, err := grid.New(t.Context(), x.db, x.clock, x.trail)
		require.NoError(t, err)
		var wg sync.WaitGroup
		errs := make([]error, 12)
		for i := range errs {
			wg.Go(func() {
				s := []*grid.Service{x.Service, other}[i%2]
				_, errs[i] = s.CreateArea(t.Context(), system, grid.NewArea{Code: "same", Name: fmt.Sprint("n", i), Level: grid.Grid, ParentID: x.street.Communities[0]})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			require.Equal(t, []string{"code area.code_taken"}, codes(t, err))
		}
		require.Equal(t, 1, won)
	})
}

func TestConcurrentChangesAllHold(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		var wg sync.WaitGroup
		for i := range 12 {
			wg.Go(func() {
				_, err := x.CreateArea(t.Context(), system, grid.NewArea{Code: fmt.Sprint("g", i), Name: "n", Level: grid.Grid, ParentID: x.street.Communities[0]})
				require.NoError(t, err)
			})
		}
		wg.Wait()
		require.Len(t, x.Tree().Children(x.street.Communities[0]), 14)
	})
}

func TestUpdateAndCloseKeepToVersionScopeAndChildren(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		g := x.street.Grids[0]
		name, taken, kind := "新网格", "90010100100102", "palace"
		first := int64(1)
		a, err := x.UpdateArea(t.Context(), manager(x.street.Communities[0]), g, grid.AreaChange{Name: &name, Version: &first})
		require.NoError(t, err)
		require.Equal(t, int64(2), a.Version)
		require.Equal(t, now.Ms(x.clock), a.UpdatedAt)
		_, err = x.UpdateArea(t.Context(), system, g, grid.AreaChange{Name: &name, Version: &first})
		f, _ := fault.As(err)
		require.Equal(t, "area.stale", f.Code)
		require.Equal(t, a.ID, f.Current.(grid.Area).ID)
		_, err = x.UpdateArea(t.Context(), system, g, grid.AreaChange{Code: &taken, Kind: &kind})
		require.Equal(t, []string{"code area.code_taken", "kind area.kind_unknown"}, codes(t, err))
		_, err = x.UpdateArea(t.Context(), manager(x.street.Communities[1]), g, grid.AreaChange{Name: &name})
		require.True(t, fault.Is(err, "forbidden"))
		_, err = x.CreateArea(t.Context(), manager(x.street.Communities[1]), grid.NewArea{Code: "r", Name: "r", Level: grid.City})
		require.True(t, fault.Is(err, "forbidden"), "a root needs the whole tree")
		require.True(t, fault.Is(x.CloseArea(t.Context(), system, g, nil), "area.has_children"))
		for _, m := range x.street.Microgrids[:4] {
			require.NoError(t, x.CloseArea(t.Context(), system, m, nil))
		}
		require.NoError(t, x.CloseArea(t.Context(), system, g, nil))
		require.True(t, fault.Is(x.CloseArea(t.Context(), system, g, nil), "not_found"))
		path, _ := x.Tree().Locate(x.street.At(0))
		require.Len(t, path, 4, "the community answers where its grid has ended")
	})
}

// counts is who has posts where.
type counts map[string]map[string]int

func (c counts) CountByAreaRole(context.Context, int64) (map[string]map[string]int, error) {
	return c, nil
}

func TestShortagesFollowTheTemplates(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		full := map[string]int{"grid_head": 1, "grid_instructor": 1, "grid_worker": 1, "functional_worker": 3}
		c := counts{}
		for _, g := range x.street.Grids {
			c[g] = full
		}
		for _, m := range x.street.Microgrids {
			c[m] = map[string]int{"microgrid_worker": 1}
		}
		x.UsePosts(c)
		list, err := x.Shortages(t.Context(), 0)
		require.NoError(t, err)
		require.Empty(t, list)

		c[x.street.Grids[2]] = map[string]int{"grid_head": 1, "grid_worker": 2}
		list, err = x.Shortages(t.Context(), 0)
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.Equal(t, []grid.Lack{{Role: "functional_worker", Least: 1}, {Role: "grid_instructor", Least: 1}}, list[0].Lacks)

		// A market needs two functional workers, a university none.
		lines := append(x.Tree().Templates(),
			grid.Template{Level: grid.Grid, Kind: "market", Role: "functional_worker", Least: 5},
			grid.Template{Level: grid.Grid, Kind: "residential", Role: "functional_worker", Least: 0})
		require.NoError(t, x.SaveTemplates(t.Context(), system, lines))
		list, err = x.Shortages(t.Context(), 0)
		require.NoError(t, err)
		require.Len(t, list, 2)
		require.Equal(t, []grid.Lack{{Role: "functional_worker", Least: 5, Have: 3}}, list[0].Lacks)
		require.Equal(t, []grid.Lack{{Role: "grid_instructor", Least: 1}}, list[1].Lacks)
		err = x.SaveTemplates(t.Context(), system, []grid.Template{{Level: "x", Kind: "y", Role: "r", Least: -1}})
		require.Equal(t, []string{"items[0].level area.level_unknown", "items[0].kind area.kind_unknown", "items[0].least field.range"}, codes(t, err))
	})
}

func TestKindsAreData(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		require.Len(t, x.Tree().Kinds(), 8)
		require.NoError(t, x.SaveKind(t.Context(), system, grid.Kind{Code: "park", NameZH: "园区", NameEN: "Industrial park", Sort: 9}))
		kind := "park"
		a, err := x.UpdateArea(t.Context(), system, x.street.Grids[0], grid.AreaChange{Kind: &kind})
		require.NoError(t, err)
		require.Equal(t, "park", a.Kind)
		require.True(t, fault.Is(x.SaveKind(t.Context(), manager(x.street.Street), grid.Kind{Code: "p", NameZH: "p", NameEN: "p"}), "forbidden"))
	})
}

func TestFindPlacesRanks(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		require.NoError(t, x.LoadPlaces(fstest.MapFS{grid.PlacesFile: {Data: []byte(`{"places":[
			{"id":"n1","name":"书院街","kind":"road","lon":104.08,"lat":30.66},
			{"id":"n2","name":"红星路书院","kind":"sight","lon":104.051,"lat":30.651},
			{"id":"n3","name":"ＡＢＣ大厦","kind":"building","lon":104.052,"lat":30.651},
			{"id":"n4","name":"书院","kind":"neighbourhood","lon":104.2,"lat":30.7}]}`)}}))
		require.NoError(t, x.SavePlaces(t.Context(), system, []grid.Place{{ID: "p1", Name: "书院菜市", Kind: "market", Point: geo.Point{Lon: 104.0501, Lat: 30.6501}}}))
		find := func(q grid.PlaceQuery) (out []string) {
			q.Limit = max(q.Limit, 5)
			for _, p := range x.FindPlaces(q) {
				out = append(out, p.Name)
			}
			return out
		}
		require.Equal(t, []string{"书院", "书院社区"}, find(grid.PlaceQuery{Q: "书院"})[:2], "whole names first, then areas")
		require.Equal(t, []string{"书院", "书院菜市", "书院社区第1网格"}, only(find(grid.PlaceQuery{Q: "书院", Near: geo.Point{Lon: 104.05, Lat: 30.65}, Limit: 50}), "书院", "书院菜市", "书院社区第1网格"))
		require.Equal(t, []string{"ＡＢＣ大厦"}, find(grid.PlaceQuery{Q: "abc"}))
		require.Equal(t, []string{"红星路书院"}, find(grid.PlaceQuery{Q: "书院 红星"}))
		require.Empty(t, find(grid.PlaceQuery{Q: "  "}))
		require.Equal(t, []string{"例市"}, find(grid.PlaceQuery{Q: "例市"}))
		require.Empty(t, find(grid.PlaceQuery{Q: "例市", Placed: true}), "a resident's map can do nothing with a name without a place")
	})
}

// only keeps those of a list that are named, in the order of the list.
func only(list []string, keep ...string) (out []string) {
	for _, name := range list {
		for _, k := range keep {
			if name == k {
				out = append(out, name)
			}
		}
	}
	return out
}
