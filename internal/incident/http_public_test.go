package incident_test

import (
	"crypto/sha256"
	"fmt"
	"math/bits"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
)

const publicPath = "/api/v1/public/reports"

type receipt struct{ Code, Number string }

// TestResidentReportsTracksAndRates is the way of somebody without an account.
func TestResidentReportsTracksAndRates(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		picture := s.Upload("", "/api/v1/public/files", "门口.jpg", photo(t, 30), 0)
		require.Equal(t, http.StatusCreated, picture.Status, "%s", picture.Body)
		var f incident.File
		picture.JSON(&f)
		require.Equal(t, http.StatusUnauthorized, s.Get("", filesPath+"/"+f.ID).Status)

		var got receipt
		answer := s.Post("", publicPath, fields{"text": "楼下烧烤店太吵，我的电话 13800001234", "lon": 104.065, "lat": 30.655, "category": "security.noise", "files": []string{f.ID},
			"reporter": fields{"name": "王五", "phone": "13800001234"}})
		require.Equal(t, http.StatusCreated, answer.Status, "%s", answer.Body)
		answer.JSON(&got)
		list := found(t, o, "duty", incident.Filter{})
		require.Len(t, list, 1)

		var letter incident.Letter
		track := s.Get("", publicPath+"/"+got.Code)
		require.Equal(t, http.StatusOK, track.Status)
		require.NotContains(t, string(track.Body), "13800001234")
		require.NotContains(t, string(track.Body), "王五")
		track.JSON(&letter)
		require.Equal(t, got.Number, letter.Number)
		require.Equal(t, []string{f.ID}, letter.Files)
		require.Equal(t, http.StatusOK, s.Get("", publicPath+"/"+got.Code+"/files/"+f.ID+"?size=thumb").Status)

		rate := func() *incidenttest.Answer {
			return s.Post("", publicPath+"/"+got.Code+"/rating", fields{"solved": true, "satisfaction": 5, "text": "谢谢"})
		}
		require.Equal(t, http.StatusConflict, rate().Status, "nothing is done yet")
		after := o.Report("worker", incidenttest.Noise())
		inner := upload(t, s, "station1", 60)
		o.Walk(list[0], taken...)
		o.Act("station1", list[0], "handle", fields{"result": "好了", "files": []string{inner.ID}})
		require.Equal(t, http.StatusNotFound, s.Get("", publicPath+"/"+got.Code+"/files/"+inner.ID).Status, "the station's picture is not the resident's")
		o.Walk(list[0], step("duty", "check_pass", nil), step("duty", "close", fields{"answer": "已处理"}))
		rate().JSON(&letter)
		require.Equal(t, &incident.Rating{Solved: true, Satisfaction: 5}, letter.Rating)
		code, _ := rate().Problem()
		require.Equal(t, "report.not_ratable", code, "once")
		require.Equal(t, incident.Reported, o.Load(after.ID).State)
	})
}

// TestPublicReportsTakeNoMore holds that a resident cannot give what only staff decides, and gets no code by guessing.
func TestPublicReportsTakeNoMore(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		for _, extra := range []string{"channel", "severity", "external_id", "area", "occurred_at", "state"} {
			code, wrong := s.Post("", publicPath, fields{"text": "x", extra: "partner"}).Problem()
			require.Equal(t, "invalid", code)
			require.Equal(t, []string{extra + " field.unknown"}, wrong)
		}
		mine := upload(t, s, "worker", 20)
		_, wrong := s.Post("", publicPath, fields{"text": "x", "files": []string{mine.ID}}).Problem()
		require.Equal(t, []string{"files file.unknown"}, wrong)
		for _, guess := range []string{"0000-0000-0000-0000", "x", "%00", "%ff", "7K2M-0QPX-4RTV-9HW"} {
			require.Equal(t, http.StatusNotFound, s.Get("", publicPath+"/"+guess).Status, guess)
		}
		require.Zero(t, o.Count(`SELECT count(*) FROM incidents`))
	})
}

// TestChallengeAfterTheBurst sends more than one address may: it is asked to prove a little work, never refused, and
// others are not held up; a request repeated under its key is the same report.
func TestChallengeAfterTheBurst(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		s := o.Serve()
		post := func(from, challenge, key string) *incidenttest.Answer {
			return s.Do(incidenttest.Call{From: from, Method: http.MethodPost, Path: publicPath, Body: fields{"text": "路灯坏了"}, Key: key,
				Header: map[string]string{"X-Gezhi-Challenge": challenge}})
		}
		for range 10 {
			require.Equal(t, http.StatusCreated, post("10.1.1.1", "", "").Status)
		}
		answer := post("10.1.1.1", "", "")
		require.Equal(t, http.StatusPreconditionRequired, answer.Status)
		code, _ := answer.Problem()
		require.Equal(t, "challenge.needed", code)
		require.Equal(t, http.StatusCreated, post("10.1.1.2", "", "").Status)

		proof := solve(t, s)
		var first, again receipt
		answer = post("10.1.1.1", proof, "phone-1")
		require.Equal(t, http.StatusCreated, answer.Status)
		answer.JSON(&first)
		require.Equal(t, http.StatusPreconditionRequired, post("10.1.1.1", proof, "").Status, "a proof holds once")
		require.Equal(t, http.StatusPreconditionRequired, post("10.1.1.1", "made-up.1", "").Status)
		post("10.1.1.1", solve(t, s), "phone-1").JSON(&again)
		require.Equal(t, first, again)
		require.Equal(t, 12, o.Count(`SELECT count(*) FROM incidents`))

		late := solve(t, s)
		o.Clock.Advance(11 * time.Minute)
		require.Equal(t, http.StatusPreconditionRequired, post("10.1.1.1", late, "").Status)
		require.Equal(t, http.StatusCreated, post("10.1.1.1", "", "").Status, "and after a while it may again without")
	})
}

// solve finds the number that answers a challenge, as the browser does.
func solve(t *testing.T, s *incidenttest.Server) string {
	t.Helper()
	var c struct {
		Challenge string
		Bits      int
	}
	s.Get("", "/api/v1/public/challenge").JSON(&c)
	for n := 0; ; n++ {
		answer := fmt.Sprintf("%s.%d", c.Challenge, n)
		sum := sha256.Sum256([]byte(answer))
		zeros := 0
		for _, b := range sum {
			zeros += bits.LeadingZeros8(b)
			if b != 0 {
				break
			}
		}
		if zeros >= c.Bits {
			return answer
		}
	}
}
