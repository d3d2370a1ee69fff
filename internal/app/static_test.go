package app

import (
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// An address of a page may hold a code with a dot; a file that is not there stays missing.
func TestAFaceAnswersForEveryAddressOfIts(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	f := newFaces(fstest.MapFS{"index.html": file("resident"), "desk.html": file("desk"), "m.html": file("phone"), "assets/a.js": file("code")}, true)
	for path, want := range map[string]string{
		"/": "resident", "/track/ABC": "resident", "/desk": "desk", "/desk/admin/categories/environment.green": "desk", "/m/orders/x.y": "phone",
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
