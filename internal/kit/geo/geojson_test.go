package geo_test

import (
	"encoding/json"
	"strings"
	"testing"

	"gezhi/internal/kit/geo"

	"github.com/stretchr/testify/require"
)

const square = `[[[104,30],[104.1,30],[104.1,30.1],[104,30.1],[104,30]]]`

func TestDecode(t *testing.T) {
	want := shape(box(104, 30, 104.1, 30.1))
	for name, text := range map[string]string{
		"polygon":    `{"type":"Polygon","coordinates":` + square + `}`,
		"bom":        "\xef\xbb\xbf" + `{"type":"Polygon","coordinates":` + square + `}`,
		"multi":      `{"type":"MultiPolygon","coordinates":[` + square + `]}`,
		"feature":    `{"type":"Feature","properties":null,"geometry":{"type":"Polygon","coordinates":` + square + `}}`,
		"collection": `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":` + square + `}}]}`,
		"heights":    `{"type":"Polygon","coordinates":` + strings.ReplaceAll(square, "],[", ",512.5],[") + `}`,
		"crs":        `{"type":"Polygon","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"coordinates":` + square + `}`,
	} {
		fs, err := geo.Decode([]byte(text), geo.Limits{})
		require.NoError(t, err, name)
		require.Len(t, fs, 1, name)
		require.Equal(t, want, fs[0].Shape, name)
		require.NotNil(t, fs[0].Properties, name)
	}
}

func TestDecodeFeatureData(t *testing.T) {
	fs, err := geo.Decode([]byte(`{"type":"FeatureCollection","features":[
		{"type":"Feature","id":510104001001,"properties":{"code":51010400100100000017,"name":"一网格"},"geometry":null},
		{"type":"Feature","id":"x","properties":{},"geometry":{"type":"Polygon","coordinates":`+square+`}}]}`), geo.Limits{})
	require.NoError(t, err)
	require.Equal(t, "510104001001", fs[0].ID)
	require.Equal(t, json.Number("51010400100100000017"), fs[0].Properties["code"], "long codes keep their digits")
	require.True(t, fs[0].Shape.IsEmpty())
	require.Equal(t, "x", fs[1].ID)
}

func TestDecodeRefuses(t *testing.T) {
	polygon := `{"type":"Polygon","coordinates":` + square + `}`
	for name, c := range map[string]struct {
		text string
		lim  geo.Limits
		want error
	}{
		"nothing":     {``, geo.Limits{}, geo.ErrGeoJSON},
		"other json":  {`[1,2]`, geo.Limits{}, geo.ErrGeoJSON},
		"no type":     {`{}`, geo.Limits{}, geo.ErrGeoJSON},
		"trailing":    {polygon + `x`, geo.Limits{}, geo.ErrGeoJSON},
		"line":        {`{"type":"LineString","coordinates":[[1,2],[3,4]]}`, geo.Limits{}, geo.ErrNotArea},
		"point":       {`{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}`, geo.Limits{}, geo.ErrNotArea},
		"no coords":   {`{"type":"Polygon"}`, geo.Limits{}, geo.ErrGeoJSON},
		"no rings":    {`{"type":"Polygon","coordinates":[]}`, geo.Limits{}, geo.ErrGeoJSON},
		"no parts":    {`{"type":"MultiPolygon","coordinates":[]}`, geo.Limits{}, geo.ErrGeoJSON},
		"flat":        {`{"type":"Polygon","coordinates":[[104,30],[105,30]]}`, geo.Limits{}, geo.ErrGeoJSON},
		"one number":  {`{"type":"Polygon","coordinates":[[[104],[105],[106],[104]]]}`, geo.Limits{}, geo.ErrGeoJSON},
		"text number": {`{"type":"Polygon","coordinates":[[["104","30"]]]}`, geo.Limits{}, geo.ErrGeoJSON},
		"swapped":     {`{"type":"Polygon","coordinates":[[[30,104],[30.1,104],[30.1,104.1],[30,104]]]}`, geo.Limits{}, geo.ErrSwapped},
		"projected":   {`{"type":"Polygon","coordinates":[[[408000,3390000],[408100,3390000],[408100,3390100],[408000,3390000]]]}`, geo.Limits{}, geo.ErrRange},
		"other crs":   {`{"type":"Polygon","crs":{"properties":{"name":"EPSG:4547"}},"coordinates":` + square + `}`, geo.Limits{}, geo.ErrCRS},
		"bytes":       {polygon, geo.Limits{Bytes: 20}, geo.ErrTooLarge},
		"vertices":    {polygon, geo.Limits{Vertices: 4}, geo.ErrTooLarge},
		"features":    {`{"type":"FeatureCollection","features":[{},{}]}`, geo.Limits{Features: 1}, geo.ErrTooLarge},
		"odd member":  {`{"type":"FeatureCollection","features":[` + polygon + `]}`, geo.Limits{}, geo.ErrGeoJSON},
		"deep":        {`{"type":"Polygon","coordinates":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`, geo.Limits{}, geo.ErrGeoJSON},
	} {
		_, err := geo.Decode([]byte(c.text), c.lim)
		require.ErrorIs(t, err, c.want, name)
	}
}

func TestShapeJSONRoundTrip(t *testing.T) {
	for _, s := range []geo.Shape{
		nil,
		shape(box(104, 30, 104.1, 30.1), box(104.02, 30.02, 104.04, 30.04)),
		{{box(104, 30, 104.1, 30.1)}, {box(105, 30, 105.1, 30.1)}},
	} {
		text, err := json.Marshal(s)
		require.NoError(t, err)
		var back geo.Shape
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, s, back)
	}
	var s geo.Shape
	require.ErrorIs(t, json.Unmarshal([]byte(`{"type":"FeatureCollection","features":[]}`), &s), geo.ErrNotArea)
}

// Whatever the text, Decode does not panic, what it accepts can be measured,
// validated, checked and written, and reading that gives the same again.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"type":"Polygon","coordinates":` + square + `}`))
	f.Add([]byte(`{"type":"MultiPolygon","coordinates":[` + square + `,[[[1,1],[2,2],[1,2],[2,1],[1,1]]]]}`))
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","id":1,"properties":{"a":[1]},"geometry":null}]}`))
	f.Add([]byte(`{"type":"Polygon","coordinates":[[[180,90],[-180,-90],[0,0],[0,0]],[],[[1,1]]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		fs, err := geo.Decode(data, geo.Limits{Bytes: 1 << 16, Vertices: 500, Features: 20})
		if err != nil {
			return
		}
		var cells []geo.Cell
		var index []geo.IndexCell
		for _, one := range fs {
			s := one.Shape
			if len(geo.Validate(s)) == 0 && !s.IsEmpty() {
				p, ok := s.Inside()
				require.True(t, ok)
				require.True(t, s.Contains(p))
				require.Empty(t, geo.Validate(s.Normalise()))
			}
			_, _ = s.Area(), s.Centroid()
			cells = append(cells, geo.Cell{ID: one.ID, Shape: s})
			index = append(index, geo.IndexCell{ID: one.ID, Shape: s})
			text, err := json.Marshal(s)
			require.NoError(t, err)
			var back geo.Shape
			require.NoError(t, json.Unmarshal(text, &back))
			require.Equal(t, s, back)
		}
		geo.Check(cells, geo.DefaultOptions)
		geo.NewIndex(index).Locate(geo.Point{Lon: 1.5, Lat: 1.5})
	})
}
