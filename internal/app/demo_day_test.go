package app

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/demo"
	"gezhi/internal/people"
)

// TestDemoDay pauses and speeds up the living day over HTTP, and only where one is played.
func TestDemoDay(t *testing.T) {
	a := openApp(t, "")
	_, err := a.People.AddAccount(t.Context(), "somebody", "duty", "a-long-password", people.AddOptions{})
	require.NoError(t, err)
	signedIn := call(serverOf(t, a), "POST", "/api/v1/session", `{"login":"somebody","password":"a-long-password"}`, "")
	require.Less(t, signedIn.Code, 300, signedIn.Body.String())
	var session struct{ Token string }
	require.NoError(t, json.Unmarshal(signedIn.Body.Bytes(), &session))
	const path = "/api/v1/demo/day"
	require.Equal(t, 404, call(serverOf(t, a), "GET", path, "", session.Token).Code)

	a.day, err = demo.NewDay(1)
	require.NoError(t, err)
	h := serverOf(t, a)
	require.Equal(t, 401, call(h, "GET", path, "", "").Code)
	require.JSONEq(t, `{"speed": 1, "paused": false}`, call(h, "GET", path, "", session.Token).Body.String())
	require.Equal(t, 200, call(h, "PUT", path, `{"speed": 60, "paused": true}`, session.Token).Code)
	speed, paused := a.day.Speed()
	require.EqualValues(t, 60, speed)
	require.True(t, paused)
	refused := call(h, "PUT", path, `{"speed": 100000, "paused": false}`, session.Token)
	require.Equal(t, 422, refused.Code)
	require.Contains(t, refused.Body.String(), "field.range")
	speed, _ = a.day.Speed()
	require.EqualValues(t, 60, speed)
}
