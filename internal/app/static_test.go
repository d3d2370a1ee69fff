package app

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func nobody(context.Context) ([]string, error) { return nil, nil }

// An address of a page may hold a code with a dot; a file that is not there stays missing.
func TestAFaceAnswersForEveryAddressOfIts(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	f := newFaces(fstest.MapFS{"index.html": file("resident"), "desk.html": file("desk"), "m.html": file("phone"), "screen.html": file("wall"), "assets/a.js": file("code")}, true, nobody)
	for path, want := range map[string]string{
		"/": "resident", "/track/ABC": "resident", "/desk": "desk", "/desk/admin/categories/environment.green": "desk", "/m/orders/x.y": "phone", "/screen": "wall", "/screen?area=x.y": "wall",
		"/assets/a.js": "code", "/assets/old.js": "", "/basemap/none.json": "", "/robots.txt": "",
	} {
		w := httptest.NewRecorder()
		f.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if want == "" {
			require.Equal(t, 404, w.Code, path)
			continue
		}
		require.Equal(t, 200, w.Code, path)
		require.Equal(t, want, w.Body.String(), path)
	}
}

// Only the screen frames pages of others, and a screen whose list cannot be read frames none.
func TestTheScreenFramesWhatIsAllowed(t *testing.T) {
	files := fstest.MapFS{"index.html": {Data: []byte("resident")}, "screen.html": {Data: []byte("wall")}}
	policy := func(path string, framed framing) string {
		w := httptest.NewRecorder()
		newFaces(files, true, framed).ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w.Header().Get("Content-Security-Policy")
	}
	allowed := func(context.Context) ([]string, error) { return []string{"https://video.example:8443"}, nil }
	broken := func(context.Context) ([]string, error) { return nil, errors.New("away") }
	require.True(t, strings.HasSuffix(policy("/screen", allowed), "; frame-src https://video.example:8443"))
	require.True(t, strings.HasSuffix(policy("/screen", broken), "; frame-src 'none'"))
	require.Equal(t, contentPolicy, policy("/", allowed))
}
