package geo_test

import (
	"slices"
	"testing"

	"gezhi/internal/kit/geo"

	"github.com/stretchr/testify/require"
)

func TestValidate(t *testing.T) {
	square := box(104, 30, 104.1, 30.1)
	bow := geo.Ring{{Lon: 104, Lat: 30}, {Lon: 104.1, Lat: 30.1}, {Lon: 104.1, Lat: 30}, {Lon: 104, Lat: 30.1}, {Lon: 104, Lat: 30}}
	spike := geo.Ring{{Lon: 104, Lat: 30}, {Lon: 105, Lat: 30}, {Lon: 106, Lat: 30}, {Lon: 105, Lat: 30}, {Lon: 105, Lat: 31}, {Lon: 104, Lat: 31}, {Lon: 104, Lat: 30}}
	pinch := geo.Ring{{Lon: 104, Lat: 30}, {Lon: 105, Lat: 31}, {Lon: 106, Lat: 30}, {Lon: 106, Lat: 32}, {Lon: 105, Lat: 31}, {Lon: 104, Lat: 32}, {Lon: 104, Lat: 30}}
	for name, c := range map[string]struct {
		shape geo.Shape
		want  []geo.FaultKind
	}{
		"sound":                {shape(square), nil},
		"either winding":       {shape(reversed(square)), nil},
		"repeated point":       {shape(slices.Insert(slices.Clone(square), 1, square[1])), nil},
		"hole":                 {shape(square, box(104.02, 30.02, 104.04, 30.04)), nil},
		"hole at the edge":     {shape(square, box(104, 30.02, 104.04, 30.04)), nil},
		"two parts, an edge":   {geo.Shape{{square}, {box(104.1, 30, 104.2, 30.1)}}, nil},
		"part in a hole":       {geo.Shape{{square, box(104.02, 30.02, 104.08, 30.08)}, {box(104.04, 30.04, 104.06, 30.06)}}, nil},
		"open":                 {shape(square[:4]), []geo.FaultKind{geo.FaultOpen}},
		"short":                {shape(square[:3]), []geo.FaultKind{geo.FaultShort}},
		"no ring":              {geo.Shape{{}}, []geo.FaultKind{geo.FaultShort}},
		"empty ring":           {shape(geo.Ring{}), []geo.FaultKind{geo.FaultShort}},
		"a line":               {shape(geo.Ring{{Lon: 1, Lat: 1}, {Lon: 2, Lat: 2}, {Lon: 1, Lat: 1}, {Lon: 1, Lat: 1}}), []geo.FaultKind{geo.FaultZeroArea}},
		"a point":              {shape(geo.Ring{{Lon: 1, Lat: 1}, {Lon: 1, Lat: 1}, {Lon: 1, Lat: 1}, {Lon: 1, Lat: 1}}), []geo.FaultKind{geo.FaultZeroArea}},
		"swapped":              {shape(box(30, 104, 31, 105)), []geo.FaultKind{geo.FaultPosition}},
		"bow tie":              {shape(bow), []geo.FaultKind{geo.FaultIntersection}},
		"spike":                {shape(spike), []geo.FaultKind{geo.FaultIntersection}},
		"pinched":              {shape(pinch), []geo.FaultKind{geo.FaultIntersection}},
		"hole outside":         {shape(square, box(105, 30, 105.1, 30.1)), []geo.FaultKind{geo.FaultHoleOutside}},
		"hole cuts edge":       {shape(square, box(104.05, 30.02, 104.15, 30.04)), []geo.FaultKind{geo.FaultHoleOutside}},
		"hole in hole":         {shape(square, box(104.02, 30.02, 104.08, 30.08), box(104.03, 30.03, 104.05, 30.05)), []geo.FaultKind{geo.FaultHolesOverlap}},
		"holes cut each other": {shape(square, box(104.02, 30.02, 104.06, 30.06), box(104.04, 30.04, 104.08, 30.08)), []geo.FaultKind{geo.FaultHolesOverlap}},
		"parts overlap":        {geo.Shape{{square}, {box(104.05, 30.05, 104.2, 30.2)}}, []geo.FaultKind{geo.FaultPartsOverlap}},
		"part in part":         {geo.Shape{{square}, {box(104.02, 30.02, 104.04, 30.04)}}, []geo.FaultKind{geo.FaultPartsOverlap}},
		"same part twice":      {geo.Shape{{square}, {square}}, []geo.FaultKind{geo.FaultPartsOverlap}},
	} {
		t.Run(name, func(t *testing.T) {
			var kinds []geo.FaultKind
			for _, f := range geo.Validate(c.shape) {
				kinds = append(kinds, f.Kind)
			}
			require.Equal(t, c.want, slices.Compact(kinds))
		})
	}
	at := geo.Validate(shape(bow))
	require.Len(t, at, 1)
	near(t, geo.Point{Lon: 104.05, Lat: 30.05}, at[0].At, 1e-9)
}

// A ring that crosses itself at every edge must end in a few faults, not hours.
func TestValidateIsBounded(t *testing.T) {
	var r geo.Ring
	for i := range 20000 {
		r = append(r, geo.Point{Lon: 100 + float64(i%2)*10, Lat: 30 + float64(i*7919%20000)/20000})
	}
	r = append(r, r[0])
	require.Len(t, geo.Validate(shape(r)), 20)
}

func reversed(r geo.Ring) geo.Ring {
	out := slices.Clone(r)
	slices.Reverse(out)
	return out
}
