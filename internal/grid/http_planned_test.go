package grid_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
)

// crewOf is people in memory.
type crewOf map[string][]grid.CrewPost

func (c crewOf) PostsIn(area string, _ int64) []grid.CrewPost { return c[area] }
func (c crewOf) UnitName(id string) string                    { return "名为" + id }

func TestRedrawsOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		g := x.street.Grids[1]
		x.UseCrew(crewOf{g: {{AreaID: g, Role: "grid_head", AccountID: "a1", Name: "杜小蘅"}}})
		s := serve(t, x)
		p, q := cell(3, -1), cell(3, 3)
		draft := map[string]any{"kind": "split", "areas": []string{g}, "line": [][]float64{{p.Lon, p.Lat}, {q.Lon, q.Lat}}}
		s.do("reader", http.MethodPost, "/api/v1/redraws/preview", draft, http.StatusForbidden)
		s.do("", http.MethodGet, "/api/v1/redraws", nil, http.StatusUnauthorized)
		seen := s.do("admin", http.MethodPost, "/api/v1/redraws/preview", draft, http.StatusOK)
		require.Equal(t, true, seen["fits"])
		require.Len(t, seen["parts"], 2)
		require.Contains(t, text(t, seen), "杜小蘅", "who is touched")

		draft["parts"] = []map[string]any{{"keep": g}, {"name": "", "code": ""}}
		seen = s.do("admin", http.MethodPost, "/api/v1/redraws/preview", draft, http.StatusOK)
		require.Equal(t, false, seen["fits"])
		require.Contains(t, text(t, seen["errors"]), "begins[0].name")
		s.do("admin", http.MethodPost, "/api/v1/redraws", draft, http.StatusUnprocessableEntity)
		draft["line"] = [][]float64{{p.Lon}}
		s.do("admin", http.MethodPost, "/api/v1/redraws", draft, http.StatusUnprocessableEntity)
		draft["line"] = [][]float64{{p.Lon, p.Lat}, {q.Lon, q.Lat}}

		draft["parts"] = []map[string]any{{"keep": g}, {"name": "东边", "code": "new"}}
		draft["at"] = x.clock.Now().Add(time.Hour).UnixMilli()
		made := s.do("admin", http.MethodPost, "/api/v1/redraws", draft, http.StatusCreated)
		require.Equal(t, "planned", made["state"])
		require.Len(t, made["shapes"], 2)
		again := s.do("admin", http.MethodPost, "/api/v1/redraws", draft, http.StatusConflict)
		require.Equal(t, "redraw.area_planned", again["code"])
		id := made["id"].(string)
		out := s.do("admin", http.MethodPost, "/api/v1/redraws/"+id+"/withdraw", map[string]any{"reason": "再议"}, http.StatusOK)
		require.Equal(t, "withdrawn", out["state"])
		over := s.do("admin", http.MethodPost, "/api/v1/redraws/"+id+"/withdraw", map[string]any{}, http.StatusConflict)
		require.Equal(t, "redraw.over", over["code"])
		s.do("admin", http.MethodGet, "/api/v1/redraws/none", nil, http.StatusNotFound)
		x.clock.Advance(time.Second)
		delete(draft, "at")
		require.Equal(t, "applied", s.do("admin", http.MethodPost, "/api/v1/redraws", draft, http.StatusCreated)["state"])
		first := s.do("admin", http.MethodGet, "/api/v1/redraws?limit=1", nil, http.StatusOK)
		require.Len(t, first["items"], 1)
		second := s.do("admin", http.MethodGet, "/api/v1/redraws?limit=1&cursor="+first["next"].(string), nil, http.StatusOK)
		require.Equal(t, id, second["items"].([]any)[0].(map[string]any)["id"])
	})
}

func TestLookUpOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		g := x.street.Grids[1]
		x.UseCrew(crewOf{g: {{AreaID: g, Role: "grid_head", AccountID: "a1", Name: "杜小蘅"}}})
		s := serve(t, x)
		at := x.street.At(4)
		found := s.do("reader", http.MethodGet, "/api/v1/areas/lookup?lon="+num(at.Lon)+"&lat="+num(at.Lat), nil, http.StatusOK)
		require.Equal(t, "名为station-2", found["station"])
		require.Len(t, found["posts"], 1)
		nowhere := s.do("reader", http.MethodGet, "/api/v1/areas/lookup?lon=1&lat=1", nil, http.StatusOK)
		require.Empty(t, nowhere["path"])
		s.do("reader", http.MethodGet, "/api/v1/areas/lookup?lon=500&lat=1", nil, http.StatusUnprocessableEntity)
	})
}

func TestAreasInOtherOrders(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		x.clock.Advance(time.Hour)
		name := "啊第一"
		_, err := x.UpdateArea(t.Context(), system, x.street.Grids[3], grid.AreaChange{Name: &name})
		require.NoError(t, err)
		s := serve(t, x)
		seen := map[string]bool{}
		cursor, pages := "", 0
		for {
			page := s.do("reader", http.MethodGet, "/api/v1/areas?sort=changed&limit=7"+cursor, nil, http.StatusOK)
			for i, one := range page["items"].([]any) {
				id := one.(map[string]any)["id"].(string)
				require.False(t, seen[id], "each area once")
				seen[id] = true
				if pages == 0 && i == 0 {
					require.Equal(t, x.street.Grids[3], id)
				}
			}
			pages++
			next, more := page["next"].(string)
			if !more {
				break
			}
			cursor = "&cursor=" + next
		}
		require.Len(t, seen, x.Tree().Len())
		s.do("reader", http.MethodGet, "/api/v1/areas?sort=name"+cursor, nil, http.StatusUnprocessableEntity)
	})
}
