package video_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
	"gezhi/internal/video"
)

var heads = []string{"编号", "名称", "类型", "状态", "经度", "纬度", "坐标系", "单位", "路编号", "路名称", "路状态", "画面网址"}

func TestATableOfStreamsBecomesCameras(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		lon, lat := degrees(w.At(0))
		shifted, err := geo.FromWGS84(w.At(4), geo.GCJ02)
		require.NoError(t, err)
		lon2, lat2 := degrees(shifted)
		rows := [][]string{heads,
			{"A1", "=1+1", "治安监控", "", lon, lat, "", "一站", "1", "东向", "", "https://video.example/1"},
			{"A1", "", "", "", "", "", "", "", "2", "西向", "故障", ""},
			{"B 1", "卡口一", "checkpoint", "停用", lon2, lat2, "GCJ-02", "station-2", "", "", "", ""},
			{"A1", "", "", "", "", "", "", "", "2", "", "", ""},
		}
		job := w.check(rows...)
		require.Equal(t, bulk.Counts{Made: 3, Same: 1}, job.Counts, w.wrongs(job))
		require.Empty(t, w.numbers(admin, video.Filter{}), "looking writes nothing")
		require.Equal(t, bulk.Done, w.bring(job, true).State)
		list, _, err := w.List(bg, admin, video.Filter{})
		require.NoError(t, err)
		require.Len(t, list, 2)
		a, b := list[0], list[1]
		require.Equal(t, "=1+1", a.Name)
		require.Equal(t, w.Microgrids[0], a.Area)
		require.Equal(t, "station-1", a.Owner)
		require.Equal(t, []video.Stream{{Number: "1", Name: "东向", State: "working", Address: "https://video.example/1"}, {Number: "2", Name: "西向", State: "broken"}}, a.Streams)
		require.Equal(t, []string{"B1", "checkpoint", "off", w.Microgrids[4]}, []string{b.Number, b.Kind, b.State, b.Area}, "the position was shifted back")
		require.Equal(t, 2, w.done("camera.create"))

		again := w.check(rows...)
		require.Equal(t, bulk.Counts{Same: 4}, again.Counts, w.wrongs(again))
		change := w.check(heads, []string{"A1", "东口", "", "", "", "", "", "", "1", "", "故障", ""}, []string{"A1", "", "", "", "", "", "", "", "3", "", "", ""})
		require.Equal(t, bulk.Counts{Changed: 1, Made: 1}, change.Counts)
		require.Equal(t, bulk.Done, w.bring(change, false).State)
		now, err := w.Get(bg, admin, a.ID)
		require.NoError(t, err)
		require.Equal(t, "东口", now.Name)
		require.Equal(t, a.Version+1, now.Version, "all rows of a camera are one change")
		require.Len(t, now.Streams, 3)
		require.Equal(t, "https://video.example/1", now.Streams[0].Address, "an empty cell keeps what is there")
	})
}

func TestARowThatIsWrongIsNamedAndLeftOut(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		lon, lat := degrees(w.At(0))
		job := w.check(heads,
			[]string{"A1", "东口", "治安监控", "", lon, lat, "", "", "1", "", "", ""},
			[]string{"A1", "", "", "", "", "", "", "", "2", "", "坏", ""},
			[]string{"A2", "东口", "", "", lon, lat, "", "", "", "", "", ""},
			[]string{"A3", "东口", "卡口", "", "", "", "", "", "", "", "", ""},
			[]string{"A4", "东口", "卡口", "", "东经", lat, "", "", "", "", "", ""},
			[]string{"A5", "东口", "卡口", "", lon, lat, "火星", "", "", "", "", ""},
			[]string{"A6", "东口", "卡口", "", lon, lat, "", "没有这站", "", "", "", ""},
			[]string{"A7", "东口", "卡口", "", lat, lon, "", "", "", "", "", ""},
			[]string{"A8", "东口", "卡口", "", lon, lat, "", "", "1", "", "", "https://a:b@video.example/"},
			[]string{"", "东口", "卡口", "", lon, lat, "", "", "", "", "", ""},
			[]string{"A9", "", "卡口", "", lon, lat, "", "", "", "", "", ""},
			[]string{"A9", "东口", "卡口", "", lon, lat, "", "", "", "", "", "https://video.example/"},
			[]string{"A9", "东口", "卡口", "", lon, "", "", "", "", "", "", ""},
			[]string{"A1", "", "", "", "", "", "", "", "1", "东向", "", ""},
		)
		require.Equal(t, []string{"K3 import.choice", "C4 field.required", "E5 field.required", "E6 position.nan", "G7 import.choice", "H8 import.unit_unknown", "E9 position.swapped",
			"L10 camera.credentials", "A11 field.required", "B12 field.required", "I13 camera.stream_number", "F14 field.required"}, w.wrongs(job))
		require.Equal(t, bulk.Done, w.bring(job, false).State)
		list, _, err := w.List(bg, admin, video.Filter{})
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.Equal(t, []video.Stream{{Number: "1", Name: "东向", State: "working"}}, list[0].Streams)
	})
}

func TestTheRegisterGoesOutAsItCanComeIn(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		c := w.camera("A1", 0)
		c.Name = "=HYPERLINK(\"x\")"
		w.made(c)
		bare := w.camera("B1", 9)
		bare.Streams = nil
		w.made(bare)
		clock := now.NewManual(w.Clock.Now())
		api := web.New("test", clock, func(context.Context, string) (authz.Actor, bool, error) { return admin, true, nil }, web.Answers{DB: w.db})
		video.ExportRoutes(api, w.Service, w.desk)
		get := func(path string) *httptest.ResponseRecorder {
			r := httptest.NewRequest("GET", path, nil)
			r.Header.Set("Authorization", "Bearer t")
			out := httptest.NewRecorder()
			api.Handler(false, nil).ServeHTTP(out, r)
			return out
		}
		plain := get("/api/v1/cameras/export.csv")
		require.Equal(t, 200, plain.Code)
		require.Contains(t, plain.Body.String(), `'=HYPERLINK`, "no program takes it for a formula")
		require.Equal(t, 2, strings.Count(get("/api/v1/cameras/export.csv?q=b1").Body.String(), "\n"), "the filters of the list hold")

		file := get("/api/v1/cameras/export.xlsx")
		x, err := excelize.OpenReader(file.Body)
		require.NoError(t, err)
		defer x.Close()
		rows, err := x.GetRows(x.GetSheetList()[0])
		require.NoError(t, err)
		require.Len(t, rows, 4)
		formula, err := x.GetCellFormula(x.GetSheetList()[0], "B2")
		require.NoError(t, err)
		require.Empty(t, formula)
		again := w.check(rows...)
		require.Equal(t, bulk.Counts{Same: 3}, again.Counts, w.wrongs(again))
	})
}
