package app

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/demo"
	"gezhi/internal/people"
)

// TestClockIsTurnedOnlyUnderTest turns the clock on over HTTP; elsewhere the route does not exist.
func TestClockIsTurnedOnlyUnderTest(t *testing.T) {
	a := openApp(t, "")
	_, err := a.People.AddAccount(t.Context(), "somebody", "duty", "a-long-password", people.AddOptions{})
	require.NoError(t, err)
	signedIn := call(serverOf(t, a), "POST", "/api/v1/session", `{"login":"somebody","password":"a-long-password"}`, "")
	require.Less(t, signedIn.Code, 300, signedIn.Body.String())
	var session struct{ Token string }
	require.NoError(t, json.Unmarshal(signedIn.Body.Bytes(), &session))
	const path = "/api/v1/demo/clock"
	require.Equal(t, 404, call(serverOf(t, a), "POST", path, `{"advance_ms": 60000}`, session.Token).Code)

	a.turn = &demo.Clock{}
	a.Clock = a.turn
	h := serverOf(t, a)
	require.Equal(t, 401, call(h, "POST", path, `{"advance_ms": 60000}`, "").Code)
	require.Equal(t, 422, call(h, "POST", path, `{"advance_ms": -60000}`, session.Token).Code)
	before := time.Now()
	answer := call(h, "POST", path, `{"advance_ms": 3600000}`, session.Token)
	require.Equal(t, 200, answer.Code, answer.Body.String())
	require.WithinDuration(t, before.Add(time.Hour), a.turn.Now(), time.Minute)
	date, err := http.ParseTime(call(h, "GET", "/healthz", "", "").Header().Get("Date"))
	require.NoError(t, err)
	require.WithinDuration(t, before.Add(time.Hour), date, time.Minute, "pages learn the time from it")
}
