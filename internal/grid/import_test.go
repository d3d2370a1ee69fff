package grid_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/grid/gridtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// file is a GeoJSON file that a test can break.
type file struct {
	Type     string     `json:"type"`
	Features []*feature `json:"features"`
}

type feature struct {
	Type       string         `json:"type"`
	Properties map[string]any `json:"properties"`
	Geometry   *struct {
		Type        string         `json:"type"`
		Coordinates [][][2]float64 `json:"coordinates"`
	} `json:"geometry"`
}

func streetFile(t *testing.T) file {
	t.Helper()
	var f file
	require.NoError(t, json.Unmarshal(gridtest.StreetJSON(), &f))
	return f
}

func (f file) named(code string) *feature {
	for _, x := range f.Features {
		if x.Properties["code"] == code {
			return x
		}
	}
	return nil
}

func (f file) bytes(t *testing.T) []byte {
	t.Helper()
	raw, err := json.Marshal(f)
	require.NoError(t, err)
	return raw
}

func TestImportRefusesAndChangesNothing(t *testing.T) {
	const micro = "900101001001" + "01" + "01"
	for name, c := range map[string]struct {
		spoil func(f file)
		want  string // the code of the first field error
	}{
		"a gap": {func(f file) {
			f.named(micro).Geometry.Coordinates[0] = gridtest.Box(0, 0, 1, 1)
			shrink(f.named(micro))
		}, "file topology.gap"},
		"an overlap":         {func(f file) { f.named(micro).Geometry.Coordinates[0] = gridtest.Box(0, 0, 2, 1) }, "file topology.overlap"},
		"outside its parent": {func(f file) { f.named(micro).Geometry.Coordinates[0] = gridtest.Box(-1, 0, 1, 1) }, "file topology.outside"},
		"a ring that crosses itself": {func(f file) {
			ring := f.named(micro).Geometry.Coordinates[0]
			ring[1], ring[2] = ring[2], ring[1]
		}, "file topology.broken_ring"},
		"an open ring": {func(f file) {
			g := f.named(micro).Geometry
			g.Coordinates[0] = g.Coordinates[0][:4]
		}, "file topology.broken_ring"},
		"swapped coordinates": {func(f file) {
			for i, p := range f.named(micro).Geometry.Coordinates[0] {
				f.named(micro).Geometry.Coordinates[0][i] = [2]float64{p[1], p[0]}
			}
		}, "file position.swapped"},
		"a code twice":        {func(f file) { *f.Features[13] = *f.Features[12] }, "features[13].code import.code_twice"},
		"a parent unknown":    {func(f file) { f.named(micro).Properties["parent"] = "nowhere" }, "features[12].parent area.parent_unknown"},
		"a kind unknown":      {func(f file) { f.named(micro).Properties["kind"] = "palace" }, "features[12].kind area.kind_unknown"},
		"no level":            {func(f file) { delete(f.named(micro).Properties, "level") }, "features[12].level area.level_unknown"},
		"no name":             {func(f file) { f.named(micro).Properties["name"] = " " }, "features[12].name field.required"},
		"a code out of form":  {func(f file) { f.named(micro).Properties["code"] = "'; DROP" }, "features[12].code area.code_form"},
		"a control character": {func(f file) { f.named(micro).Properties["name"] = "a\x00b" }, "features[12].name field.control"},
	} {
		t.Run(name, func(t *testing.T) {
			empty(t, func(t *testing.T, x fixture) {
				f := streetFile(t)
				c.spoil(f)
				before := x.rows(t)
				_, err := x.ImportAreas(t.Context(), system, bytes.NewReader(f.bytes(t)), grid.ImportOptions{Datum: "wgs84"})
				require.Error(t, err)
				require.Contains(t, codes(t, err), c.want)
				require.Equal(t, before, x.rows(t))
				require.Zero(t, x.Tree().Len())
				require.Empty(t, x.trail.actions)
			})
		})
	}
}

// shrink draws the corner of a box in.
func shrink(f *feature) {
	ring := f.Geometry.Coordinates[0]
	ring[1][0] -= 0.0002
}

func TestImportReportsThePlacesOfARefusal(t *testing.T) {
	x := one(t)
	f := streetFile(t)
	f.named("90010100100101" + "01").Geometry.Coordinates[0] = gridtest.Box(0, 0, 2, 1)
	rep, err := x.ImportAreas(t.Context(), system, bytes.NewReader(f.bytes(t)), grid.ImportOptions{Datum: "wgs84"})
	require.True(t, fault.Is(err, "area.topology"))
	require.Len(t, rep.Refused, 1)
	found := rep.Refused[0]
	require.Equal(t, "overlap", found.Kind)
	require.Equal(t, []string{"9001010010010101", "9001010010010102"}, []string{found.Areas[0].Code, found.Areas[1].Code})
	require.Equal(t, "90010100100101", found.Parent)
	require.InEpsilon(t, 95.6*111, found.Size, 0.02)
	require.InDelta(t, gridtest.West+1.5*gridtest.Cell, found.At.Lon, 0.5*gridtest.Cell)
}

func TestImportNeedsADatum(t *testing.T) {
	x := one(t)
	for datum, want := range map[string]string{"": "datum datum.required", "mars": "datum datum.unknown"} {
		_, err := x.ImportAreas(t.Context(), system, bytes.NewReader(gridtest.StreetJSON()), grid.ImportOptions{Datum: datum})
		require.Equal(t, []string{want}, codes(t, err))
	}
}

func TestImportToleratesSliversUpToItsOptionAndSaysSo(t *testing.T) {
	x := one(t)
	f := streetFile(t)
	ring := f.named("9001010010010101").Geometry.Coordinates[0]
	ring[1][0] -= 0.00004 // some 4 m at one corner: a gap of 200 m2
	raw := f.bytes(t)
	_, err := x.ImportAreas(t.Context(), system, bytes.NewReader(raw), grid.ImportOptions{Datum: "wgs84"})
	require.True(t, fault.Is(err, "area.topology"))
	rep, err := x.ImportAreas(t.Context(), system, bytes.NewReader(raw), grid.ImportOptions{
		Datum: "wgs84", Tolerance: &grid.Tolerance{Width: 1, Area: 500}, DryRun: true,
	})
	require.NoError(t, err)
	require.Len(t, rep.Tolerated, 1)
	require.Equal(t, "gap", rep.Tolerated[0].Kind)
	require.Equal(t, 36, rep.Created)
	require.Zero(t, x.Tree().Len(), "a dry run writes nothing")
}

func TestImportAgainChangesOnlyWhatDiffers(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		before := x.rows(t)
		rep, err := x.ImportAreas(t.Context(), system, bytes.NewReader(gridtest.StreetJSON()), grid.ImportOptions{Datum: "wgs84"})
		require.NoError(t, err)
		require.Equal(t, grid.ImportReport{Total: 36, Unchanged: 36}, rep)
		require.Equal(t, before, x.rows(t))

		// Two micro-grids of the first grid get another border between them, one another name.
		f := streetFile(t)
		a, b := f.named("9001010010010101"), f.named("9001010010010102")
		a.Geometry.Coordinates[0] = gridtest.Box(0, 0, 2, 1)
		b.Properties["name"] = "新名"
		a.Properties["parent"], b.Properties["parent"] = "90010100100101", "90010100100101"
		b.Geometry.Coordinates[0] = [][2]float64{}
		half := gridtest.West + 0.5*gridtest.Cell
		a.Geometry.Coordinates[0] = [][2]float64{{gridtest.West, gridtest.South}, {half, gridtest.South}, {half, gridtest.South + gridtest.Cell}, {gridtest.West, gridtest.South + gridtest.Cell}, {gridtest.West, gridtest.South}}
		east := gridtest.West + 2*gridtest.Cell
		b.Geometry.Coordinates[0] = [][2]float64{{half, gridtest.South}, {east, gridtest.South}, {east, gridtest.South + gridtest.Cell}, {half, gridtest.South + gridtest.Cell}, {half, gridtest.South}}
		f.Features = []*feature{a, b}
		var followed []string
		x.OnRedraw(func(_ context.Context, ids []string) error { followed = append(followed, ids...); return nil })
		rep, err = x.ImportAreas(t.Context(), system, bytes.NewReader(f.bytes(t)), grid.ImportOptions{Datum: "wgs84"})
		require.NoError(t, err)
		require.Equal(t, 2, rep.Redrawn)
		require.Equal(t, 1, rep.Renamed)
		for _, id := range x.street.Microgrids[:2] {
			require.Contains(t, followed, id)
		}
		path, _ := x.Tree().Locate(geo.Point{Lon: half + 0.1*gridtest.Cell, Lat: gridtest.South + 0.5*gridtest.Cell})
		require.Equal(t, x.street.Microgrids[1], path[5].ID)
		require.Equal(t, "新名", path[5].Name)
	})
}

// The invented street drawn in another datum lies at the same place and fits what is there already.
func TestImportConvertsTheDatum(t *testing.T) {
	for _, datum := range []geo.Datum{geo.GCJ02, geo.BD09, geo.CGCS2000} {
		t.Run(string(datum), func(t *testing.T) {
			x := one(t)
			f := streetFile(t)
			for _, feature := range f.Features {
				if feature.Geometry == nil {
					continue
				}
				for i, p := range feature.Geometry.Coordinates[0] {
					q, err := geo.FromWGS84(geo.Point{Lon: p[0], Lat: p[1]}, datum)
					require.NoError(t, err)
					feature.Geometry.Coordinates[0][i] = [2]float64{q.Lon, q.Lat}
				}
			}
			part := f
			part.Features = f.Features[:12] // down to the grids
			_, err := x.ImportAreas(t.Context(), system, bytes.NewReader(part.bytes(t)), grid.ImportOptions{Datum: string(datum)})
			require.NoError(t, err)
			part.Features = f.Features[12:]
			rep, err := x.ImportAreas(t.Context(), system, bytes.NewReader(part.bytes(t)), grid.ImportOptions{Datum: string(datum)})
			require.NoError(t, err)
			require.Equal(t, 24, rep.Created)
			path, ok := x.Tree().Locate(gridtest.Street{}.At(9))
			require.True(t, ok)
			require.Equal(t, "9001010010020102", path[5].Code)
		})
	}
}

func TestImportFindsAParentByPlace(t *testing.T) {
	x := one(t)
	f := streetFile(t)
	for _, feature := range f.Features[3:] {
		delete(feature.Properties, "parent")
	}
	for _, cut := range [][]*feature{f.Features[:3], f.Features[3:6], f.Features[6:12], f.Features[12:]} {
		_, err := x.ImportAreas(t.Context(), system, bytes.NewReader(file{"FeatureCollection", cut}.bytes(t)), grid.ImportOptions{Datum: "wgs84"})
		require.NoError(t, err)
	}
	path, _ := x.Tree().Locate(gridtest.Street{}.At(20))
	require.Len(t, path, 6)
}

func TestImportKeepsToTheActorsAreas(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		f := streetFile(t)
		own := f.named("9001010010010101")
		own.Properties["name"] = "改名"
		one := file{"FeatureCollection", []*feature{own}}
		_, err := x.ImportAreas(t.Context(), manager(x.street.Communities[1]), bytes.NewReader(one.bytes(t)), grid.ImportOptions{Datum: "wgs84"})
		require.True(t, fault.Is(err, "forbidden"))
		_, err = x.ImportAreas(t.Context(), manager(x.street.Communities[0]), bytes.NewReader(one.bytes(t)), grid.ImportOptions{Datum: "wgs84"})
		require.NoError(t, err)
	})
}

func TestImportDivisionsMakesAChainWithoutBoundaries(t *testing.T) {
	files := fstest.MapFS{
		"provinces.csv":       {Data: []byte("code,name\n90,\"例省\"\n91,\"直辖例市\"\n")},
		"cities.csv":          {Data: []byte("code,name,provinceCode\n9001,\"例市\",90\n9101,\"市辖区\",91\n")},
		"areas.csv":           {Data: []byte("code,name,cityCode,provinceCode\n900101,\"示范区\",9001,90\n910101,\"某区\",9101,91\n")},
		"streets.csv":         {Data: []byte("\xef\xbb\xbfcode,name,areaCode,provinceCode,cityCode\n900101001,\"福兴街道\",900101,90,9001\n910101001,\"别处\",910101,91,9101\n")},
		"villages_900101.csv": {Data: []byte("code,name,streetCode,provinceCode,cityCode,areaCode\n900101001001,\"榕树里社区\",900101001,90,9001,900101\n")},
		"villages.csv":        {Data: []byte("code,name,streetCode,provinceCode,cityCode,areaCode\n910101001001,\"甲村\",910101001,91,9101,910101\n")},
	}
	empty(t, func(t *testing.T, x fixture) {
		rep, err := x.ImportDivisions(t.Context(), system, files, grid.DivisionOptions{District: "900101"})
		require.NoError(t, err)
		require.Equal(t, grid.ImportReport{Total: 4, Created: 4}, rep)
		a, ok := x.Tree().AreaByCode(grid.Community, "900101001001")
		require.True(t, ok)
		require.Equal(t, []string{"例市", "示范区", "福兴街道", "榕树里社区"}, names(x.Tree().Path(a.ID)))
		rep, err = x.ImportDivisions(t.Context(), system, files, grid.DivisionOptions{District: "900101"})
		require.NoError(t, err)
		require.Equal(t, 4, rep.Unchanged)
		_, err = x.ImportDivisions(t.Context(), system, files, grid.DivisionOptions{District: "910101"})
		require.NoError(t, err)
		city, ok := x.Tree().AreaByCode(grid.City, "910000")
		require.True(t, ok)
		require.Equal(t, "直辖例市", city.Name)
		_, err = x.ImportDivisions(t.Context(), system, files, grid.DivisionOptions{District: "999999"})
		require.Equal(t, []string{"areas.csv import.district_unknown"}, codes(t, err))
		_, err = x.ImportDivisions(t.Context(), system, fstest.MapFS{}, grid.DivisionOptions{District: "900101"})
		require.Equal(t, []string{"areas.csv import.file_missing"}, codes(t, err))

		// Boundaries come later and find the areas by their codes.
		rep, err = x.ImportAreas(t.Context(), system, bytes.NewReader(gridtest.StreetJSON()), grid.ImportOptions{Datum: "wgs84"})
		require.NoError(t, err)
		require.Equal(t, 2, rep.Redrawn)
	})
}

// Whatever the file holds, an import ends in a report or in a refusal with codes, and a refused one leaves nothing.
func FuzzImportAreas(f *testing.F) {
	f.Add(string(gridtest.StreetJSON()))
	f.Add(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":1,"name":"a","level":"grid"},"geometry":null}]}`)
	f.Add(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"adcode":1,"name":"a","level":"district","parent":{"adcode":2}},"geometry":{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,1]]]}}]}`)
	f.Add(`{"type":"Polygon","coordinates":[[[1,1],[2,1],[1e999,2],[1,1]]]}`)
	f.Add("\xff{")
	x := one(f)
	f.Fuzz(func(t *testing.T, text string) {
		_, err := x.ImportAreas(t.Context(), system, strings.NewReader(text), grid.ImportOptions{Datum: "gcj02", DryRun: true, CityCode: "c", CityName: "c"})
		if err != nil {
			_, ok := fault.As(err)
			require.True(t, ok, "%v", err)
		}
		require.Zero(t, x.Tree().Len())
	})
}
