package app

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/seal"
	"gezhi/internal/people"
)

// eachApp runs a test on the whole program over both engines.
func eachApp(t *testing.T, fn func(t *testing.T, a *App)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, openApp(t, "")) })
	if admin, ok := dbtest.PostgresURL(t); ok {
		t.Run("postgres", func(t *testing.T) { fn(t, openApp(t, dbtest.FreshDatabase(t, admin, ""))) })
	}
}

func openApp(t *testing.T, url string) *App {
	t.Helper()
	c, err := FromEnv()
	require.NoError(t, err)
	c.DB, c.Folder = url, t.TempDir()
	c.KeyFile = filepath.Join(c.Folder, "gezhi.key")
	a, err := Open(t.Context(), c, now.System{})
	require.NoError(t, err)
	t.Cleanup(func() { a.Close() })
	return a
}

func serverOf(t *testing.T, a *App) http.Handler {
	t.Helper()
	hub, err := a.hub(t.Context())
	require.NoError(t, err)
	return a.handler(hub)
}

func call(h http.Handler, method, path, body, token string) *httptest.ResponseRecorder {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	r.RemoteAddr, r.Host = "127.0.0.1:1", "127.0.0.1:8080"
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Every route is walked by a stranger and by an account that holds nothing. Neither gets in, nobody sees a 500, and
// the refusal comes before the input is looked at.
func TestNoRouteLetsInWhoHoldsNothing(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		_, err := a.People.AddAccount(t.Context(), "nobody", "audit_admin", "a-long-password", people.AddOptions{})
		require.NoError(t, err)
		_, err = a.DB.Pool().ExecContext(t.Context(), `UPDATE posts SET valid_to = valid_from`)
		require.NoError(t, err)
		token := ""
		hub, err := a.hub(t.Context())
		require.NoError(t, err)
		routes := a.routes(hub).Routes()
		h := serverOf(t, a)
		require.Greater(t, len(routes), 50)
		last := ""
		for _, r := range routes {
			path := strings.NewReplacer("{id}", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "{do}", "accept", "{code}", "x", "{postID}", "y", "{post}", "y").Replace(r.Path)
			stranger := call(h, r.Method, path, "{garbage", "")
			open := r.Access.IsOpen()
			if !open {
				require.Equal(t, 401, stranger.Code, "%s %s", r.Method, r.Path)
			}
			require.Less(t, stranger.Code, 500, "%s %s: %s", r.Method, r.Path, stranger.Body)
			if token == "" || strings.HasPrefix(r.Path, "/api/v1/session") || strings.HasPrefix(last, "/api/v1/session") { // signing out is one of the routes
				token, _, err = a.People.SignIn(t.Context(), "", "nobody", "a-long-password")
				require.NoError(t, err)
			}
			last = r.Path
			holder := call(h, r.Method, path, "{garbage", token)
			require.Less(t, holder.Code, 500, "%s %s: %s", r.Method, r.Path, holder.Body)
			if r.Access.NeedsPermission() {
				require.Equal(t, 403, holder.Code, "%s %s", r.Method, r.Path)
			}
		}
		require.Equal(t, 401, call(h, "GET", "/api/v1/nowhere", "", "").Code, "a stranger does not learn which routes there are")
		require.Equal(t, 404, call(h, "GET", "/api/v1/nowhere", "", token).Code)
	})
}

func TestTheKeyFileBelongsToTheStore(t *testing.T) {
	a := openApp(t, "")
	c := a.Config
	require.NoError(t, a.Close())
	c.KeyFile = filepath.Join(t.TempDir(), "other.key")
	_, err := Open(t.Context(), c, now.System{})
	require.ErrorContains(t, err, "is missing")
	require.NoFileExists(t, c.KeyFile, "no useless key file is made")
	_, err = seal.LoadOrCreate(c.KeyFile, "")
	require.NoError(t, err)
	_, err = Open(t.Context(), c, now.System{})
	require.ErrorContains(t, err, "does not belong to this store")
}

func TestLookingMakesNothing(t *testing.T) {
	c, err := FromEnv()
	require.NoError(t, err)
	c.DB, c.Folder = "", filepath.Join(t.TempDir(), "nowhere")
	_, err = OpenExisting(t.Context(), c, now.System{})
	require.ErrorContains(t, err, "there is no store")
	require.NoDirExists(t, c.Folder)

	a := openApp(t, "")
	require.NoError(t, a.Close())
	again, err := OpenExisting(t.Context(), a.Config, now.System{})
	require.NoError(t, err)
	require.NoError(t, again.Close())
}

func TestOneServerToAFolder(t *testing.T) {
	a := openApp(t, "")
	unlock, err := a.lockFolder()
	require.NoError(t, err)
	_, err = a.lockFolder()
	require.ErrorContains(t, err, "another gezhi serves")
	unlock()
	unlock, err = a.lockFolder()
	require.NoError(t, err)
	unlock()
}

// What was noted outside the store shows a trail whose end was cut off and a store that was put back.
func TestVerifyAgainstWhatWasNoted(t *testing.T) {
	a := openApp(t, "")
	ctx := t.Context()
	_, _, err := a.Incident.Report(ctx, authz.System("test"), incident.Report{Text: "路灯坏了", Channel: "hotline"}, incident.Repeat{})
	require.NoError(t, err)
	require.NoError(t, a.relayAll(ctx))
	_, err = a.People.AddAccount(ctx, "somebody", "duty", "a-long-password", people.AddOptions{})
	require.NoError(t, err)
	require.NoError(t, a.Audit.SealAll(ctx))
	v, err := a.Incident.Verify(ctx)
	require.NoError(t, err)
	head, err := a.Audit.Head(ctx)
	require.NoError(t, err)
	cmd := verifyCmd{Anchor: fmt.Sprintf("%d:%s", v.Anchor.Seq, v.Anchor.Sum), Audit: fmt.Sprintf("%d:%s", head.Seq, head.Hash)}
	check := func() (all []string) {
		for _, f := range []func(context.Context, *App) ([]string, error){cmd.anchor, cmd.audit} {
			broken, err := f(ctx, a)
			require.NoError(t, err)
			all = append(all, broken...)
		}
		return all
	}
	require.Empty(t, check())
	for _, stmt := range []string{`DELETE FROM audit_entries`, `DELETE FROM audit_seals`, `DELETE FROM anchors`} {
		_, err = a.DB.Pool().ExecContext(ctx, stmt)
		require.NoError(t, err)
	}
	require.Len(t, check(), 2)
	_, _, err = noted("nonsense")
	require.Error(t, err)
}

func TestHealthAndFigures(t *testing.T) {
	h := serverOf(t, openApp(t, ""))
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/api/openapi.json": 200} {
		require.Equal(t, want, call(h, "GET", path, "", "").Code, path)
	}
	r := httptest.NewRequest("GET", "/metrics", nil)
	r.RemoteAddr = "192.0.2.1:1"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	require.Equal(t, 404, w.Code, "figures are for this machine only")
	r.RemoteAddr = "127.0.0.1:1"
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	require.Equal(t, 200, w.Code)
	require.Contains(t, w.Body.String(), "gezhi_request_seconds")
}

// A small office begins: the setup page makes the administrators, they make a unit, accounts and one area without a
// boundary, and a report goes through the whole loop.
func TestASmallOfficeBegins(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		o := newOffice(t, a)
		o.setUp()
		o.loop()
		o.setUpAgainIsRefused()
	})
}
