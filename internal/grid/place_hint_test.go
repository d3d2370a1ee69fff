package grid_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/kit/geo"
)

func TestATextNamesAPlace(t *testing.T) {
	each(t, func(t *testing.T, x fixture) {
		none, ok := x.PlaceIn("书院街的路灯不亮")
		require.False(t, ok, none.Name)
		require.NoError(t, x.LoadPlaces(fstest.MapFS{grid.PlacesFile: {Data: []byte(`{"places":[
			{"id":"n1","name":"书院街","kind":"road","lon":104.08,"lat":30.66},
			{"id":"n2","name":"书院街口","kind":"building","lon":104.081,"lat":30.66},
			{"id":"n3","name":"ＡＢＣ大厦","kind":"building","lon":104.052,"lat":30.651},
			{"id":"n4","name":"书院","kind":"neighbourhood","lon":104.2,"lat":30.7},
			{"id":"n5","name":"人民路","kind":"road","lon":104.2,"lat":30.7},
			{"id":"n6","name":"人民路","kind":"road","lon":104.0,"lat":30.6},
			{"id":"n7","name":"东大街","kind":"road","lon":104.07,"lat":30.65},
			{"id":"n8","name":"东大街","kind":"road","lon":104.071,"lat":30.65}]}`)}}))
		require.NoError(t, x.SavePlaces(t.Context(), system, []grid.Place{{ID: "p1", Name: "老槐树菜市", Kind: "market", Point: geo.Point{Lon: 104.0501, Lat: 30.6501}}}))
		for text, want := range map[string]string{
			"书院街的路灯不亮":          "书院街",
			"就在书院街口":            "书院街口",
			"abc大厦楼下太吵":         "ＡＢＣ大厦",
			"从书院街到老槐树菜市":        "老槐树菜市",
			"东大街上有人摆摊":          "东大街",
			"书院旁边":              "",
			"人民路堵车":             "",
			"哪里都没有":             "",
			"书院社区第1网格边上，书院街堵车了": "书院社区第1网格",
		} {
			p, ok := x.PlaceIn(text)
			require.Equal(t, want != "", ok, text)
			if ok {
				require.Equal(t, want, p.Name, text)
				require.NoError(t, p.Point.Valid())
				require.False(t, p.Point.IsZero())
			}
		}
	})
}
