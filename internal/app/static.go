package app

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"log/slog"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

// contentPolicy lets a page load from this server only. Inline styles are what the component libraries set; map
// workers are made from blobs, and a recording is heard from one before it is sent.
const contentPolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; " +
	"font-src 'self' data:; media-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"

// screenPage is the page of the screen on the wall.
const screenPage = "screen.html"

// framing lists where pages may come from that the screen on the wall shows beside its own.
type framing func(context.Context) ([]string, error)

// faces serves the built web application: each face has one page, whatever the path below it.
type faces struct {
	files  fs.FS
	built  bool
	framed framing
	mu     sync.Mutex
	kept   map[string]*asset
}

// asset is a file in memory with its compressed form.
type asset struct {
	data, zipped []byte
	kind, tag    string
}

func newFaces(files fs.FS, built bool, framed framing) *faces {
	return &faces{files: files, built: built, framed: framed, kept: map[string]*asset{}}
}

// ServeHTTP answers with a file, or with the page of the face to which the path belongs.
func (f *faces) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !f.built {
		http.Error(w, "This program was built without the web application. Build it with: make build", http.StatusNotFound)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || !strings.Contains(path.Base(name), ".") {
		name = pageOf(name)
	}
	if name == "favicon.ico" {
		name = "icon.svg"
	}
	a, err := f.load(name)
	if page := pageOf(name); err != nil && page != "index.html" { // a code in the address may hold a dot
		name = page
		a, err = f.load(name)
	}
	if err != nil {
		http.NotFound(w, r)
		return
	}
	f.send(w, r, name, a)
}

// pageOf names the page of the face to which a path belongs.
func pageOf(name string) string {
	first, _, _ := strings.Cut(name, "/")
	switch first {
	case "desk", "setup":
		return "desk.html"
	case "m":
		return "m.html"
	case "screen":
		return screenPage
	}
	return "index.html"
}

func (f *faces) load(name string) (*asset, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a := f.kept[name]; a != nil {
		return a, nil
	}
	data, err := fs.ReadFile(f.files, name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	a := &asset{data: data, kind: kindOf(name), tag: `"` + hex.EncodeToString(sum[:12]) + `"`}
	if len(data) > 1024 && !strings.HasPrefix(a.kind, "image/p") {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		z.Write(data)
		z.Close()
		a.zipped = b.Bytes()
	}
	f.kept[name] = a
	return a, nil
}

func kindOf(name string) string {
	switch path.Ext(name) {
	case ".geojson":
		return "application/geo+json"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// policy is what a page may load. The screen alone may frame pages of others, and only those that are allowed by name;
// when these cannot be read it frames none.
func (f *faces) policy(ctx context.Context, name string) string {
	if name != screenPage {
		return contentPolicy
	}
	origins, err := f.framed(ctx)
	if err != nil {
		slog.Warn("the pages that the screen may show cannot be read", "error", err)
	}
	if len(origins) == 0 {
		origins = []string{"'none'"}
	}
	return contentPolicy + "; frame-src " + strings.Join(origins, " ")
}

func (f *faces) send(w http.ResponseWriter, r *http.Request, name string, a *asset) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("ETag", a.tag)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Security-Policy", f.policy(r.Context(), name))
	h.Set("Permissions-Policy", "geolocation=(self), camera=(self), microphone=(self)")
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") { // their names hold a digest of their content
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if r.Header.Get("If-None-Match") == a.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	data := a.data
	if a.zipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		data = a.zipped
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
}
