package app

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/grid/gridtest"
	"gezhi/internal/kit/geo"
)

// mapOffice is an office with an invented street with boundaries, a duty officer of it and some incidents.
func mapOffice(t *testing.T, a *App) (*office, gridtest.Street) {
	o := newOffice(t, a)
	o.setUp()
	_, err := a.Grid.ImportAreas(t.Context(), importer, bytes.NewReader(gridtest.StreetJSON()), grid.ImportOptions{Datum: "wgs84", Source: "test"})
	require.NoError(t, err)
	find := func(level grid.Level, code string) string {
		area, ok := a.Grid.Tree().AreaByCode(level, code)
		require.True(t, ok)
		return area.ID
	}
	s := gridtest.Street{Street: find(grid.Street, "900101001"), Communities: []string{find(grid.Community, "900101001001")},
		Grids: []string{find(grid.Grid, "90010100100101")}, Microgrids: []string{find(grid.Microgrid, "9001010010010101")}}
	o.account("mapper", "duty", o.ids["centre"], s.Street)
	report := func(at geo.Point, category, kind, text string) {
		o.send("mapper", "POST", "/api/v1/incidents", 201, m{"text": text, "channel": "hotline", "category": category, "kind": kind, "lon": at.Lon, "lat": at.Lat,
			"reporter": m{"name": "王某某", "phone": "13800001234"}, "address": "三号楼"})
	}
	report(s.At(0), "environment.road", "complaint", "路面塌了，我是王某某13800001234")
	report(s.At(0), "security.theft", "help", "被偷了")
	report(s.At(9), "environment.light", "complaint", "路灯不亮")
	return o, s
}

func featuresIn(t *testing.T, answer m) []m {
	t.Helper()
	require.Equal(t, "FeatureCollection", answer["type"])
	var list []m
	for _, one := range answer["features"].([]any) {
		list = append(list, one.(m))
	}
	require.EqualValues(t, len(list), answer["numberReturned"])
	return list
}

func linkTo(answer m, rel string) string {
	for _, one := range answer["links"].([]any) {
		if link := one.(m); link["rel"] == rel {
			return link["href"].(string)
		}
	}
	return ""
}

// follow returns the path of a link, which must lead back to the server that was asked.
func follow(t *testing.T, href string) string {
	t.Helper()
	u, err := url.Parse(href)
	require.NoError(t, err)
	require.Equal(t, "http://127.0.0.1:8080", u.Scheme+"://"+u.Host)
	return u.RequestURI()
}

func TestMapsOfOtherProgramsReadAreasAndIncidents(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		o, s := mapOffice(t, a)
		get := func(path string) m { return o.send("mapper", "GET", path, 200, nil) }
		landing := get("/api/v1/ogc")
		collections := get(follow(t, linkTo(landing, "data")))["collections"].([]any)
		require.Len(t, collections, 2+len(grid.Levels))
		require.Contains(t, get(follow(t, linkTo(landing, "conformance")))["conformsTo"], "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson")
		document := get(follow(t, linkTo(landing, "service-desc")))
		require.Contains(t, document["paths"], "/collections/{collectionId}/items")
		require.Contains(t, document["paths"], "/collections")

		for _, one := range collections {
			items := get(follow(t, linkTo(one.(m), "items")))
			if id := one.(m)["id"]; id == "areas-microgrid" {
				require.EqualValues(t, 24, items["numberMatched"])
			}
		}
		micro := get("/api/v1/ogc/collections/areas-microgrid/items?limit=10&area=" + s.Communities[0])
		require.EqualValues(t, 8, micro["numberMatched"])
		seen := 0
		for page := micro; ; {
			seen += len(featuresIn(t, page))
			next := linkTo(page, "next")
			if next == "" {
				break
			}
			page = get(follow(t, next))
		}
		require.Equal(t, 8, seen)
		past := get("/api/v1/ogc/collections/areas/items?datetime=2001-01-01")
		require.Empty(t, featuresIn(t, past), "then there were none")
		box := get("/api/v1/ogc/collections/areas/items?level=grid&bbox=104.0501,30.6501,104.0502,30.6502")
		require.Equal(t, s.Grids[0], featuresIn(t, box)[0]["id"])
		require.Equal(t, "Polygon", get("/api/v1/ogc/collections/areas/items/" + s.Street)["geometry"].(m)["type"])
		o.send("mapper", "GET", "/api/v1/ogc/collections/areas-grid/items/"+s.Street, 404, nil)

		incidents := get("/api/v1/ogc/collections/incidents/items?limit=2")
		require.Len(t, featuresIn(t, incidents), 2)
		rest := get(follow(t, linkTo(incidents, "next")))
		require.Len(t, featuresIn(t, rest), 1)
		require.Empty(t, linkTo(rest, "next"))
		raw, err := json.Marshal([]any{incidents, rest})
		require.NoError(t, err)
		for _, word := range []string{"13800001234", "三号楼", `"王某某"`} {
			require.NotContains(t, string(raw), word)
		}
		require.Empty(t, featuresIn(t, get("/api/v1/ogc/collections/incidents/items?datetime=../2020-01-01")))
		require.Len(t, featuresIn(t, get("/api/v1/ogc/collections/incidents/items?limit=5000&datetime=2020-01-01/..&category=environment")), 2)
		one := featuresIn(t, rest)[0]["id"].(string)
		require.Equal(t, one, get("/api/v1/ogc/collections/incidents/items/" + one)["id"])

		for path, want := range map[string]int{"/api/v1/ogc/collections/incidents/items?bbox=1,2,3": 422, "/api/v1/ogc/collections/incidents/items?datetime=soon": 422,
			"/api/v1/ogc/collections/incidents/items?cursor=x": 422, "/api/v1/ogc/collections/incidents/items?limit=0": 422,
			"/api/v1/ogc/collections/incidents/items?cursor=WyJvZ2MgaW5jaWRlbnRzIiwieCJd": 422, "/api/v1/ogc/collections/rivers": 404,
			"/api/v1/ogc/collections/rivers/items": 404, "/api/v1/ogc/collections/incidents/items/x": 404, "/api/v1/ogc/collections/areas/items?level=river": 422} {
			o.send("mapper", "GET", path, want, nil)
		}
		o.send("", "GET", "/api/v1/ogc/collections", 401, nil)
		o.send("aud", "GET", "/api/v1/ogc/collections/incidents/items", 403, nil)
	})
}

// TestOpenDataTellNeitherPlaceNorHour also reads the areas, whose boundaries are nobody's secret.
func TestOpenDataTellNeitherPlaceNorHour(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		o, s := mapOffice(t, a)
		const items = "/api/v1/public/ogc/collections/incidents/items"
		get := func(path string) m { return o.send("", "GET", path, 200, nil) }
		require.Len(t, get("/api/v1/public/ogc/collections")["collections"], 2+len(grid.Levels))
		list := featuresIn(t, get(items))
		require.Len(t, list, 2, "the theft is not shown")
		var names []any
		for _, f := range list {
			p := f["properties"].(m)
			names = append(names, p["area"])
			require.Equal(t, "microgrid", p["area_level"])
			require.Len(t, p["received_on"], len("2026-11-22"))
			for _, hidden := range []string{"title", "number", "received_at", "address", "channel"} {
				require.NotContains(t, p, hidden)
			}
			at := f["geometry"].(m)["coordinates"].([]any)
			path, ok := a.Grid.Tree().Locate(geo.Point{Lon: at[0].(float64), Lat: at[1].(float64)})
			require.True(t, ok)
			require.Equal(t, p["area"], path[len(path)-1].Name)
			require.Equal(t, f["id"], get(items + "/" + f["id"].(string))["id"])
		}
		require.Contains(t, names, "榕树里社区第1网格1号微网格")

		first := get(items + "?limit=1")
		require.Len(t, featuresIn(t, first), 1)
		require.Len(t, featuresIn(t, get(follow(t, linkTo(first, "next")))), 1)

		middle, _ := shapeOf(t, a, s.Microgrids[0]).Inside()
		near := func(p geo.Point) string {
			raw, err := json.Marshal([]float64{p.Lon - 1e-5, p.Lat - 1e-5, p.Lon + 1e-5, p.Lat + 1e-5})
			require.NoError(t, err)
			return items + "?bbox=" + strings.Trim(string(raw), "[]")
		}
		require.Len(t, featuresIn(t, get(near(middle))), 1, "a box is compared with the coarse place")

		areas := get("/api/v1/public/ogc/collections/areas-microgrid/items?limit=20")
		require.EqualValues(t, 24, areas["numberMatched"])
		require.Len(t, featuresIn(t, get(follow(t, linkTo(areas, "next")))), 4)
		for _, f := range featuresIn(t, areas) {
			require.ElementsMatch(t, []string{"code", "name", "level", "kind", "parent_id", "valid_from"}, slices.Collect(maps.Keys(f["properties"].(m))), "nothing of who works there")
		}
		one := featuresIn(t, areas)[0]["id"].(string)
		require.Equal(t, one, get("/api/v1/public/ogc/collections/areas/items/" + one)["id"])
	})
}

func shapeOf(t *testing.T, a *App, id string) geo.Shape {
	t.Helper()
	area, ok := a.Grid.Tree().Area(id)
	require.True(t, ok)
	return area.Shape
}

func TestVectorTiles(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		o, _ := mapOffice(t, a)
		get := func(path string, header http.Header) *httptest.ResponseRecorder {
			r := httptest.NewRequestWithContext(t.Context(), "GET", path, nil)
			r.Header = header
			r.RemoteAddr, r.Host = "127.0.0.1:1", "127.0.0.1:8080"
			r.Header.Set("Authorization", "Bearer "+o.tokens["mapper"])
			w := httptest.NewRecorder()
			o.h.ServeHTTP(w, r)
			return w
		}
		set := o.send("mapper", "GET", "/api/v1/tiles/areas", 200, nil)
		require.Equal(t, "http://127.0.0.1:8080/api/v1/tiles/areas/{z}/{x}/{y}.mvt", set["tiles"].([]any)[0])

		const tile = "/14/12927/6725.mvt" // in which the invented street begins
		areas := get("/api/v1/tiles/areas"+tile, http.Header{})
		require.Equal(t, 200, areas.Code, areas.Body.String())
		require.Equal(t, "application/vnd.mapbox-vector-tile", areas.Header().Get("Content-Type"))
		require.Contains(t, areas.Body.String(), "福兴街道")
		require.Contains(t, areas.Body.String(), "榕树里社区第1网格1号微网格")
		require.NotContains(t, get("/api/v1/tiles/areas/11/1615/840", http.Header{}).Body.String(), "微网格", "a map of the district shows no micro-grids")

		zipped := get("/api/v1/tiles/areas"+tile, http.Header{"Accept-Encoding": {"gzip"}})
		z, err := gzip.NewReader(zipped.Body)
		require.NoError(t, err)
		plain, err := io.ReadAll(z)
		require.NoError(t, err)
		require.True(t, bytes.Equal(areas.Body.Bytes(), plain))
		same := get("/api/v1/tiles/areas"+tile, http.Header{"If-None-Match": {areas.Header().Get("ETag")}})
		require.Equal(t, 304, same.Code)
		require.Zero(t, same.Body.Len())

		points := get("/api/v1/tiles/incidents"+tile, http.Header{})
		require.Contains(t, points.Body.String(), "environment.road")
		for _, word := range []string{"王某某", "13800001234", "塌了"} {
			require.NotContains(t, points.Body.String(), word)
		}
		clusters := get("/api/v1/tiles/incidents/12/3231/1681.mvt", http.Header{})
		require.Contains(t, clusters.Body.String(), "clusters")
		require.NotContains(t, clusters.Body.String(), "environment.road")
		require.Equal(t, 204, get("/api/v1/tiles/incidents/12/0/0", http.Header{}).Code)
		require.Equal(t, 204, get("/api/v1/tiles/incidents/12/3231/1681?datetime=2001-01-01", http.Header{}).Code)

		for path, want := range map[string]int{"/api/v1/tiles/areas/14/x/1": 422, "/api/v1/tiles/areas/14/0/y": 404, "/api/v1/tiles/areas/3/8/0": 404,
			"/api/v1/tiles/areas/99/0/0": 404, "/api/v1/tiles/rivers/0/0/0": 422, "/api/v1/tiles/areas/-1/0/0": 404} {
			o.send("mapper", "GET", path, want, nil)
		}
		o.send("aud", "GET", "/api/v1/tiles/incidents/0/0/0", 403, nil)
		o.send("", "GET", "/api/v1/tiles/areas/0/0/0", 401, nil)
	})
}
