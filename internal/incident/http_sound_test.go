package incident_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/blob/sound"
)

// recording is what a browser's recorder begins with.
var recording = []byte("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm....A_OPUS....spoken words")

// TestRecordingFollowsItsIncident speaks a report instead of writing it, and plays it as everybody.
func TestRecordingFollowsItsIncident(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		var f incident.File
		answer := s.Upload("worker", filesPath, "录音.webm", recording, 0)
		require.Equal(t, http.StatusCreated, answer.Status, "%s", answer.Body)
		answer.JSON(&f)
		require.Equal(t, "webm", f.Kind)
		require.Equal(t, http.StatusNotFound, s.Get("duty", filesPath+"/"+f.ID).Status, "nobody else's before it belongs to an incident")

		picture := upload(t, s, "worker", 20)
		var view incident.View
		s.Post("worker", incidentsPath, fields{"text": "路面塌陷", "channel": "patrol", "lon": 104.065, "lat": 30.655, "files": []string{picture.ID, f.ID}}).JSON(&view)
		for who, status := range map[string]int{"worker": 200, "duty": 200, "dutyB": 404, "": 401} {
			require.Equal(t, status, s.Get(who, filesPath+"/"+f.ID).Status, who)
		}
		played := s.Get("duty", filesPath+"/"+f.ID)
		require.Equal(t, "audio/webm", played.Header.Get("Content-Type"))
		require.Equal(t, string(recording), string(played.Body))
		require.Contains(t, played.Header.Get("Content-Security-Policy"), "sandbox")
		part := s.Do(incidenttest.Call{By: "duty", Method: http.MethodGet, Path: filesPath + "/" + f.ID, Header: map[string]string{"Range": "bytes=0-3"}})
		require.Equal(t, http.StatusPartialContent, part.Status)
		require.Equal(t, string(recording[:4]), string(part.Body))

		var line struct{ Items []incident.EntryView }
		s.Get("duty", incidentsPath+"/"+view.ID+"/timeline").JSON(&line)
		require.Equal(t, []string{picture.ID, f.ID}, line.Items[0].Files)
		require.Equal(t, []string{f.ID}, line.Items[0].Sounds)

		var told struct{ Code string }
		s.Post("duty", incidentsPath+"/"+view.ID+"/reporter", fields{"purpose": "lost_code"}).JSON(&told)
		letter, err := o.Track(t.Context(), told.Code)
		require.NoError(t, err)
		require.Equal(t, []string{picture.ID}, letter.Files, "what an officer says into the phone stays inside")
		_, err = o.OpenReportFile(t.Context(), told.Code, f.ID, false)
		require.Error(t, err)
	})
}

// TestRecordingsThatAreNotTaken sends one that is too long, and one without an account.
func TestRecordingsThatAreNotTaken(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		long := append(append([]byte{}, recording...), make([]byte, sound.MaxBytes)...)
		answer := s.Upload("worker", filesPath, "长.webm", long, 0)
		code, _ := answer.Problem()
		require.Equal(t, http.StatusRequestEntityTooLarge, answer.Status)
		require.Equal(t, "file.sound_too_large", code)
		public := s.Upload("", "/api/v1/public/files", "录音.webm", recording, 0)
		require.Equal(t, http.StatusUnprocessableEntity, public.Status, "%s", public.Body)
		require.Zero(t, o.Count(`SELECT count(*) FROM files`))
	})
}

// TestUnusedRecordingsAreCollected turns the clock on by a day.
func TestUnusedRecordingsAreCollected(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		for range 2 {
			require.Equal(t, http.StatusCreated, s.Upload("worker", filesPath, "录音.webm", recording, 0).Status)
		}
		o.Clock.Advance(25 * time.Hour)
		require.NoError(t, o.CollectFiles(t.Context()))
		require.Zero(t, o.Count(`SELECT count(*) FROM files`))
	})
}
