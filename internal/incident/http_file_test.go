package incident_test

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

const filesPath = "/api/v1/files"

func photo(t *testing.T, shade uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 64, 48))
	for n := range img.Pix {
		img.Pix[n] = shade + uint8(n%7)
	}
	img.SetGray(0, 0, color.Gray{Y: shade})
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, nil))
	return b.Bytes()
}

func upload(t *testing.T, s *incidenttest.Server, by string, shade uint8) incident.File {
	t.Helper()
	answer := s.Upload(by, filesPath, "现场.jpg", photo(t, shade), 0)
	require.Equal(t, http.StatusCreated, answer.Status, "%s", answer.Body)
	var f incident.File
	answer.JSON(&f)
	return f
}

// TestPictureFollowsItsIncident uploads a picture, reports with it, and looks at it as everybody.
func TestPictureFollowsItsIncident(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		f := upload(t, s, "worker", 10)
		require.Equal(t, "jpeg", f.Kind)
		require.Equal(t, int64(64), f.Width)
		own, foreign := s.Get("worker", filesPath+"/"+f.ID), s.Get("duty", filesPath+"/"+f.ID)
		require.Equal(t, http.StatusOK, own.Status)
		require.Equal(t, "image/jpeg", own.Header.Get("Content-Type"))
		require.Contains(t, own.Header.Get("Content-Security-Policy"), "sandbox")
		require.Equal(t, http.StatusNotFound, foreign.Status, "nobody else's before it belongs to an incident")

		stolen := s.Post("micro", incidentsPath, fields{"text": "偷来的照片", "channel": "patrol", "files": []string{f.ID}})
		_, wrong := stolen.Problem()
		require.Equal(t, []string{"files file.unknown"}, wrong)
		require.Zero(t, o.Count(`SELECT count(*) FROM incidents`))

		var view incident.View
		s.Post("worker", incidentsPath, fields{"text": "路面塌陷", "channel": "patrol", "lon": 104.065, "lat": 30.655, "files": []string{f.ID}}).JSON(&view)
		for who, status := range map[string]int{"worker": 200, "duty": 200, "leader": 200, "dutyB": 404, "station1": 404, "nobody": 404, "": 401} {
			require.Equal(t, status, s.Get(who, filesPath+"/"+f.ID+"?size=thumb").Status, who)
		}
		other := o.Report("worker", incidenttest.Noise())
		_, wrong = s.Post("worker", incidentsPath+"/"+other.ID+"/actions/note", fields{"text": "x", "files": []string{f.ID}}).Problem()
		require.Equal(t, []string{"files file.unknown"}, wrong, "it belongs to one incident")
		after := upload(t, s, "worker", 90)
		_, wrong = s.Post("worker", incidentsPath+"/"+other.ID+"/actions/note", fields{"text": "x", "files": []string{after.ID, after.ID}}).Problem()
		require.Equal(t, []string{"files file.twice"}, wrong)
		require.Equal(t, http.StatusOK, s.Post("worker", incidentsPath+"/"+other.ID+"/actions/note", fields{"text": "x", "files": []string{after.ID}}).Status)
		entries := o.Timeline(other.ID)
		require.Equal(t, []string{after.ID}, entries[len(entries)-1].Files)
	})
}

// TestWhatIsNoPicture sends half an upload, other formats, and names that try to be paths.
func TestWhatIsNoPicture(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		jpg := photo(t, 50)
		var asGIF, asPNG bytes.Buffer
		img := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White})
		require.NoError(t, gif.Encode(&asGIF, img, nil))
		require.NoError(t, png.Encode(&asPNG, img))
		cases := []struct {
			name    string
			content []byte
			cut     int
			status  int
		}{
			{"half.jpg", jpg, len(jpg) / 2, 422}, {"broken.jpg", jpg[:len(jpg)/2], 0, 422}, {"a.gif", asGIF.Bytes(), 0, 422}, {"really-a-gif.jpg", asGIF.Bytes(), 0, 422},
			{"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), 0, 422}, {"a.html", []byte("<html>"), 0, 422},
			{"empty.jpg", nil, 0, 422}, {"huge.jpg", append(jpg, make([]byte, 26<<20)...), 0, 413},
		}
		for _, c := range cases {
			answer := s.Upload("worker", filesPath, c.name, c.content, c.cut)
			require.Equal(t, c.status, answer.Status, "%s: %s", c.name, answer.Body)
			answer.Problem()
		}
		require.Equal(t, 400, s.Do(incidenttest.Call{By: "worker", Method: http.MethodPost, Path: filesPath, Body: jpg, Header: map[string]string{"Content-Type": "image/jpeg"}}).Status/100*100)
		require.Zero(t, o.Count(`SELECT count(*) FROM files`), "nothing of it is kept")
		for given, kept := range map[string]string{"../../etc/passwd": "passwd", `..\..\boot.ini`: "boot.ini", "/abs/照片.jpg": "照片.jpg", "..": "", "a\tb.png": "ab.png"} {
			answer := s.Upload("worker", filesPath, given, asPNG.Bytes(), 0)
			require.Equal(t, http.StatusCreated, answer.Status, "%s: %s", given, answer.Body)
			var f incident.File
			answer.JSON(&f)
			require.Equal(t, kept, f.Name)
			require.Equal(t, "png", f.Kind)
		}
	})
}

// TestUnusedPicturesAreCollected turns the clock on by a day: what no incident took is gone, what is shared stays.
func TestUnusedPicturesAreCollected(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		used, twin, unused := upload(t, s, "worker", 10), upload(t, s, "worker", 10), upload(t, s, "worker", 90)
		s.Post("worker", incidentsPath, fields{"text": "路面塌陷", "channel": "patrol", "files": []string{used.ID}})
		o.Clock.Advance(23 * time.Hour)
		require.NoError(t, o.CollectFiles(t.Context()))
		require.Equal(t, 3, o.Count(`SELECT count(*) FROM files`))
		o.Clock.Advance(2 * time.Hour)
		require.NoError(t, o.CollectFiles(t.Context()))
		require.Equal(t, http.StatusOK, s.Get("worker", filesPath+"/"+used.ID).Status, "its content is shared with the twin")
		for _, gone := range []incident.File{twin, unused} {
			require.Equal(t, http.StatusNotFound, s.Get("worker", filesPath+"/"+gone.ID).Status)
		}
	})
}

// TestPicturesBeforeAndAfter hands in an order with both and finds them on the timeline, told apart.
func TestPicturesBeforeAndAfter(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		inc := o.Report("worker", incidenttest.Noise())
		before, after := upload(t, s, "worker", 30), upload(t, s, "worker", 60)
		answer := s.Post("worker", incidentsPath+"/"+inc.ID+"/actions/self_handle",
			fields{"result": "已清理", "before": []string{before.ID}, "after": []string{after.ID}})
		require.Equal(t, http.StatusOK, answer.Status, "%s", answer.Body)
		line := o.Timeline(inc.ID)
		last := line[len(line)-1]
		require.ElementsMatch(t, []string{before.ID, after.ID}, last.Files)
		require.JSONEq(t, `{"result":"已清理","before":["`+before.ID+`"],"after":["`+after.ID+`"]}`, string(last.Body))
		require.Equal(t, http.StatusOK, s.Get("duty", filesPath+"/"+after.ID).Status)
		_, wrong := s.Post("worker", incidentsPath+"/"+inc.ID+"/actions/note", fields{"text": "x", "before": []string{before.ID}}).Problem()
		require.Equal(t, []string{"before field.unknown"}, wrong)
	})
}
