package mapview_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/grid"
	"gezhi/internal/grid/gridtest"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
	"gezhi/internal/mapview"
	"gezhi/internal/perm"
)

// sights are cameras of the invented street; asked tells for which area they were asked.
type sights struct {
	list  []mapview.Camera
	asked *string
}

func (s *sights) Marks(_ context.Context, _ authz.Actor, area string, most int) ([]mapview.Camera, error) {
	*s.asked = area
	return s.list[:min(most, len(s.list))], nil
}

func TestCamerasAreALayerWithCountsOfTheAreasBelow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clock := now.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
		areas := gridtest.Service(t, d, clock)
		street := gridtest.Build(t, areas)
		asked := "?"
		seen := &sights{asked: &asked, list: []mapview.Camera{
			{ID: "a", Number: "A1", Name: "东口", Kind: "security", State: "working", Point: street.At(0), Area: street.Microgrids[0], Streams: 20, Working: 19},
			{ID: "b", Number: "B1", Name: "楼顶", Kind: "lookout", State: "broken", Point: street.At(23), Area: street.Grids[5], Streams: 4},
			{ID: "c", Number: "C1", Name: "界外", Kind: "social", State: "working", Point: street.Outside(), Streams: 1, Working: 1},
		}}
		maps := mapview.NewService(mapview.Config{Clock: clock, Tree: func() *grid.Tree { return areas.Tree() }, Cameras: seen})
		permissions := map[string]authz.Permission{"watcher": perm.VideoRead, "other": perm.FiguresRead}
		api := web.New("test", clock, func(_ context.Context, token string) (authz.Actor, bool, error) {
			return authz.Actor{AccountID: token, Posts: []authz.Post{{Reach: authz.ReachArea, Permissions: map[authz.Permission]bool{permissions[token]: true}}}}, true, nil
		}, web.Answers{DB: d})
		mapview.Routes(api, maps)
		get := func(who, path string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Header.Set("Authorization", "Bearer "+who)
			w := httptest.NewRecorder()
			api.Handler(false, nil).ServeHTTP(w, r)
			return w
		}
		require.Equal(t, http.StatusForbidden, get("other", "/api/v1/map/layers/cameras").Code)
		var out struct {
			Type     string
			Features []mapview.CameraView
			Total    mapview.CameraCount
			Areas    []mapview.CameraCount
			Cut      bool
		}
		require.NoError(t, json.Unmarshal(get("watcher", "/api/v1/map/layers/cameras").Body.Bytes(), &out))
		require.Empty(t, asked)
		require.Equal(t, "FeatureCollection", out.Type)
		require.Len(t, out.Features, 3)
		require.Equal(t, mapview.CameraProperties{Number: "A1", Name: "东口", Kind: "security", State: "working", Streams: 20, Working: 19}, out.Features[0].Properties)
		require.Equal(t, mapview.CameraCount{Cameras: 3, Streams: 25, Working: 20}, out.Total)
		require.NoError(t, json.Unmarshal(get("watcher", "/api/v1/map/layers/cameras?area="+street.Street).Body.Bytes(), &out))
		require.Equal(t, street.Street, asked)
		require.Len(t, out.Areas, 3)
		require.Equal(t, mapview.CameraCount{ID: street.Communities[0], Name: "榕树里社区", Cameras: 1, Streams: 20, Working: 19}, out.Areas[0])
		require.Equal(t, []int64{0, 1}, []int64{out.Areas[1].Cameras, out.Areas[2].Cameras})
		require.False(t, out.Cut)

		seen.list = make([]mapview.Camera, 20_001)
		require.NoError(t, json.Unmarshal(get("watcher", "/api/v1/map/layers/cameras").Body.Bytes(), &out))
		require.True(t, out.Cut, "what is left out is told")
		require.Len(t, out.Features, 20_000)
		require.EqualValues(t, 20_000, out.Total.Cameras)
	})
}
