package grid_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/grid/gridtest"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/web"
	"gezhi/internal/perm"
)

// server answers as three people: "admin" manages everything, "reader" reads, "nobody" holds no permission.
type server struct {
	t *testing.T
	h http.Handler
	x fixture
}

func serve(t *testing.T, x fixture) server {
	t.Helper()
	post := func(p ...authz.Permission) []authz.Post {
		set := map[authz.Permission]bool{}
		for _, one := range p {
			set[one] = true
		}
		return []authz.Post{{Reach: authz.ReachArea, Permissions: set}}
	}
	people := map[string]authz.Actor{
		"admin":  {AccountID: "admin", Posts: post(perm.AreaManage, perm.AreaRead)},
		"reader": {AccountID: "reader", Posts: post(perm.AreaRead)},
		"nobody": {AccountID: "nobody"},
	}
	api := web.New("test", x.clock, func(_ context.Context, token string) (authz.Actor, bool, error) {
		a, ok := people[token]
		return a, ok, nil
	}, web.Answers{DB: x.db})
	grid.Routes(api, x.Service)
	return server{t, api.Handler(false, nil), x}
}

// do calls a route and reads its answer.
func (s server) do(who, method, path string, in any, want int) map[string]any {
	s.t.Helper()
	var raw []byte
	switch in := in.(type) {
	case nil:
	case []byte:
		raw = in
	default:
		var err error
		raw, err = json.Marshal(in)
		require.NoError(s.t, err)
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(raw))
	r.Header.Set("Content-Type", "application/json")
	if who != "" {
		r.Header.Set("Authorization", "Bearer "+who)
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	require.Equal(s.t, want, w.Code, "%s %s: %s", method, path, w.Body)
	out := map[string]any{}
	if w.Body.Len() > 0 {
		require.NoError(s.t, json.Unmarshal(w.Body.Bytes(), &out), w.Body.String())
	}
	return out
}

func list(v any) []any { return v.([]any) }

// fields lists the field errors of a problem.
func fields(problem map[string]any) (out []string) {
	for _, e := range list(problem["errors"]) {
		m := e.(map[string]any)
		out = append(out, fmt.Sprint(m["field"], " ", m["code"]))
	}
	return out
}

func TestRoutesAskForTheirPermission(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		s := serve(t, x)
		id := x.street.Grids[0]
		for _, r := range []string{
			"GET /api/v1/areas", "GET /api/v1/areas/" + id, "GET /api/v1/areas/" + id + "/children", "GET /api/v1/areas/" + id + "/shape",
			"GET /api/v1/areas/" + id + "/history", "GET /api/v1/areas/shapes?level=grid", "GET /api/v1/areas/staffing", "GET /api/v1/area-kinds",
			"GET /api/v1/staffing-templates", "GET /api/v1/patrol-areas", "GET /api/v1/patrol-areas/" + x.street.General,
			"POST /api/v1/areas", "PATCH /api/v1/areas/" + id, "POST /api/v1/areas/" + id + "/close", "POST /api/v1/areas/redraw",
			"POST /api/v1/areas/import?datum=wgs84", "POST /api/v1/patrol-areas", "PATCH /api/v1/patrol-areas/" + x.street.General,
			"POST /api/v1/patrol-areas/" + x.street.General + "/close", "PUT /api/v1/area-kinds/park", "PUT /api/v1/staffing-templates",
		} {
			method, path, _ := strings.Cut(r, " ")
			s.do("", method, path, nil, 401)
			s.do("nobody", method, path, nil, 403)
			if method == "GET" {
				s.do("reader", method, path, nil, 200)
			} else {
				s.do("reader", method, path, nil, 403)
			}
		}
		s.do("", "GET", "/api/v1/locate?lon=1&lat=1", nil, 401)
		s.do("", "GET", "/api/v1/places?q=a", nil, 401)
	})
}

func TestLocateOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		s := serve(t, x)
		at := func(query string, want int) map[string]any {
			return s.do("nobody", "GET", "/api/v1/locate?"+query, nil, want)
		}
		p := x.street.At(0)
		path := list(at(fmt.Sprintf("lon=%v&lat=%v", p.Lon, p.Lat), 200)["path"])
		require.Len(t, path, 6)
		require.Equal(t, map[string]any{"id": x.street.City, "code": "900100", "name": "例市", "level": "city"}, path[0])
		require.Equal(t, x.street.Microgrids[0], path[5].(map[string]any)["id"])
		moved := list(at(fmt.Sprintf("lon=%v&lat=%v&datum=gcj02", p.Lon+0.00252, p.Lat-0.00251), 200)["path"])
		require.NotEmpty(t, moved, "GCJ-02 is some 270 m off here")
		require.Equal(t, []any{}, at("lon=103&lat=30", 200)["path"])
		require.Equal(t, []any{}, at("lon=0&lat=0", 200)["path"])
		for query, want := range map[string][]string{
			"lon=NaN&lat=30":               {"lon position.nan"},
			"lon=Inf&lat=NaN":              {"lon position.nan", "lat position.nan"},
			"lon=30.65&lat=104.05":         {"lat position.swapped"},
			"lon=200&lat=30":               {"lon position.range"},
			"lon=104&lat=30&datum=mars":    {"datum datum.unknown"},
			"lon=abc&lat=30":               {"lon field.invalid"},
			"":                             {"lon field.required", "lat field.required"},
			"lon=104&lat=1e400":            {"lat field.invalid"},
			"lon=200&lat=30&datum=nowhere": {"datum datum.unknown", "lon position.range"},
		} {
			require.Equal(t, want, fields(at(query, 422)), query)
		}
	})
}

func TestAreasOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		s := serve(t, x)
		first := s.do("reader", "GET", "/api/v1/areas?level=microgrid&limit=20", nil, 200)
		require.Len(t, list(first["items"]), 20)
		rest := s.do("reader", "GET", "/api/v1/areas?level=microgrid&limit=20&cursor="+first["next"].(string), nil, 200)
		require.Len(t, list(rest["items"]), 4)
		require.NotContains(t, rest, "next")
		require.Equal(t, "request.cursor", s.do("reader", "GET", "/api/v1/areas?cursor=zz", nil, 422)["code"])
		s.do("reader", "GET", "/api/v1/areas?level=odd", nil, 422)
		s.do("reader", "GET", "/api/v1/areas/nothing", nil, 404)

		a := s.do("reader", "GET", "/api/v1/areas/"+x.street.Grids[1], nil, 200)
		require.Equal(t, "market", a["kind"])
		require.Len(t, list(a["path"]), 5)
		require.Len(t, list(a["bounds"]), 4)
		require.EqualValues(t, 4, a["children"])
		require.Equal(t, "Z1", a["patrol_area"].(map[string]any)["code"])
		require.Len(t, list(s.do("reader", "GET", "/api/v1/areas/"+x.street.Grids[1]+"/children", nil, 200)["items"]), 4)

		made := s.do("admin", "POST", "/api/v1/areas", map[string]any{"code": "n1", "name": "<script>", "level": "grid", "parent_id": x.street.Communities[0]}, 201)
		id := made["id"].(string)
		require.Equal(t, false, made["has_shape"])
		p := s.do("admin", "POST", "/api/v1/areas", map[string]any{"code": "n1", "name": "b", "level": "grid", "parent_id": x.street.Communities[0]}, 422)
		require.Equal(t, []string{"code area.code_taken"}, fields(p))
		s.do("admin", "PATCH", "/api/v1/areas/"+id, map[string]any{"name": "新", "version": 1}, 200)
		stale := s.do("admin", "PATCH", "/api/v1/areas/"+id, map[string]any{"name": "旧", "version": 1}, 409)
		require.Equal(t, "area.stale", stale["code"])
		require.Equal(t, "新", stale["current"].(map[string]any)["name"])
		require.Equal(t, []string{"nonsense field.unknown"}, fields(s.do("admin", "PATCH", "/api/v1/areas/"+id, map[string]any{"nonsense": 1}, 422)))
		s.do("admin", "POST", "/api/v1/areas/"+id+"/close", map[string]any{}, 204)
		require.Equal(t, "area.has_children", s.do("admin", "POST", "/api/v1/areas/"+x.street.Street+"/close", map[string]any{}, 409)["code"])
	})
}

func TestShapesAndRedrawOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		s := serve(t, x)
		all := s.do("reader", "GET", "/api/v1/areas/shapes?level=microgrid", nil, 200)
		require.Equal(t, "FeatureCollection", all["type"])
		require.Len(t, list(all["features"]), 24)
		one := list(all["features"])[0].(map[string]any)
		require.Equal(t, "Polygon", one["geometry"].(map[string]any)["type"])
		some := s.do("reader", "GET", fmt.Sprintf("/api/v1/areas/shapes?level=microgrid&bbox=%v,%v,%v,%v&parent=%s", gridtest.West, gridtest.South,
			gridtest.West+1.5*gridtest.Cell, gridtest.South+0.5*gridtest.Cell, x.street.Street), nil, 200)
		require.Len(t, list(some["features"]), 2)
		require.Equal(t, []string{"bbox field.bbox"}, fields(s.do("reader", "GET", "/api/v1/areas/shapes?level=grid&bbox=1,2,3", nil, 422)))
		require.Equal(t, []string{"bbox position.range"}, fields(s.do("reader", "GET", "/api/v1/areas/shapes?level=grid&bbox=-500,2,3,4", nil, 422)))
		outline := s.do("", "GET", "/api/v1/public/areas/outline", nil, 200)
		require.Len(t, list(outline["features"]), 1)
		require.Equal(t, x.street.Street, list(outline["features"])[0].(map[string]any)["id"])

		m := x.street.Microgrids
		t0 := x.clock.Now().UnixMilli() - 1
		refused := s.do("admin", "POST", "/api/v1/areas/redraw", map[string]any{"datum": "wgs84", "ends": m[:1]}, 422)
		require.Equal(t, "area.topology", refused["code"])
		require.Equal(t, []string{"shapes topology.gap"}, fields(refused))
		done := s.do("admin", "POST", "/api/v1/areas/redraw", map[string]any{
			"datum": "wgs84", "ends": m[:1], "shapes": []any{map[string]any{"area_id": m[1], "shape": polygon(0, 0, 2, 1)}},
		}, 200)
		require.ElementsMatch(t, []any{m[0], m[1]}, done["changed"])
		history := s.do("reader", "GET", "/api/v1/areas/"+m[1]+"/history", nil, 200)
		require.Len(t, list(history["shapes"]), 2)
		now := s.do("reader", "GET", "/api/v1/areas/"+m[1]+"/shape", nil, 200)
		then := s.do("reader", "GET", fmt.Sprintf("/api/v1/areas/%s/shape?at=%d", m[1], t0), nil, 200)
		require.NotEqual(t, now["geometry"], then["geometry"])
		s.do("reader", "GET", fmt.Sprintf("/api/v1/areas/%s/shape?at=%d", m[0], t0), nil, 200)
		s.do("reader", "GET", "/api/v1/areas/"+m[0]+"/shape", nil, 404)

		rep := s.do("admin", "POST", "/api/v1/areas/import?datum=wgs84&dry_run=true", gridtest.StreetJSON(), 200)
		require.EqualValues(t, 1, rep["created"], "the file brings back what the redraw ended")
		require.EqualValues(t, 1, rep["redrawn"])
		rep = s.do("admin", "POST", "/api/v1/areas/import", []byte(`{`), 422)
		require.Equal(t, []string{"datum datum.required"}, fields(rep))
		rep = s.do("admin", "POST", "/api/v1/areas/import?datum=wgs84", []byte(`{`), 422)
		require.Equal(t, []string{"file geojson.malformed"}, fields(rep))
	})
}

func TestPatrolStaffingAndPlacesOverHTTP(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		s := serve(t, x)
		made := s.do("admin", "POST", "/api/v1/patrol-areas", map[string]any{"code": "X2", "name": "第二巡区", "kind": "general", "members": x.street.Communities[2:]}, 201)
		id := made["id"].(string)
		require.Len(t, list(made["members"]), 1)
		s.do("admin", "PATCH", "/api/v1/patrol-areas/"+id, map[string]any{"station_id": "u9", "version": 1}, 200)
		require.Equal(t, "patrol_area.stale", s.do("admin", "PATCH", "/api/v1/patrol-areas/"+id, map[string]any{"name": "b", "version": 1}, 409)["code"])
		require.Len(t, list(s.do("reader", "GET", "/api/v1/patrol-areas", nil, 200)["items"]), 3)
		s.do("admin", "POST", "/api/v1/patrol-areas/"+id+"/close", map[string]any{}, 204)
		s.do("reader", "GET", "/api/v1/patrol-areas/"+id, nil, 404)

		short := s.do("reader", "GET", "/api/v1/areas/staffing?level=grid&limit=2", nil, 200)
		require.EqualValues(t, 6, short["total"])
		require.Len(t, list(short["items"]), 2)
		require.Len(t, list(list(short["items"])[0].(map[string]any)["lacks"]), 4)
		require.Len(t, list(s.do("reader", "GET", "/api/v1/area-kinds", nil, 200)["items"]), 8)
		s.do("admin", "PUT", "/api/v1/area-kinds/park", map[string]any{"name_zh": "园区", "name_en": "Park", "sort": 9}, 200)
		s.do("admin", "PUT", "/api/v1/area-kinds/none", map[string]any{"name_zh": "普通", "name_en": "Plain", "sort": 0}, 200)
		lines := s.do("reader", "GET", "/api/v1/staffing-templates", nil, 200)
		require.Len(t, list(lines["items"]), 5)
		require.Len(t, list(s.do("admin", "PUT", "/api/v1/staffing-templates", lines, 200)["items"]), 5)

		found := list(s.do("nobody", "GET", "/api/v1/places?q=%E6%9C%9B%E6%B1%9F&limit=3", nil, 200)["items"])
		require.Len(t, found, 3)
		require.Equal(t, "望江社区", found[0].(map[string]any)["name"])
		require.Len(t, list(found[0].(map[string]any)["path"]), 4)
		require.Empty(t, s.do("", "GET", "/api/v1/public/places?q=%E4%BE%8B%E5%B8%82", nil, 200)["items"])
		require.Equal(t, []string{"lat position.swapped"}, fields(s.do("", "GET", "/api/v1/public/places?q=a&lon=30&lat=104", nil, 422)))
	})
}
