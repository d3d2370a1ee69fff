package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
)

// Kept is an answer that was kept under a key. Status 0 means that the request is new and may go on.
type Kept struct {
	Digest  string
	Status  int
	Body    string
	Running bool // the first request with this key has not ended yet
}

// maxKey bounds an Idempotency-Key.
const maxKey = 200

// RequestKey is the identity of a repeated request: who asks (account, or the address of a stranger), which route,
// which key, and a digest of what was sent.
type RequestKey struct {
	ID     string // '' without a key
	Digest string
}

// KeyFor makes the identity of a request of the caller from what it is for, its key and its body; the zero RequestKey
// without a key.
func KeyFor(ctx context.Context, what, key string, body []byte) (RequestKey, error) {
	if key == "" {
		return RequestKey{}, nil
	}
	if len(key) > maxKey || strings.TrimSpace(key) != key {
		return RequestKey{}, fault.New(fault.Invalid, "request.key")
	}
	who := Actor(ctx).AccountID
	if who == "" {
		who = "client:" + Client(ctx)
	}
	sum := sha256.Sum256(body)
	return RequestKey{ID: id.Derive("request", who, what, key), Digest: hex.EncodeToString(sum[:])}, nil
}

// keep answers a repeated writing request with the kept answer of the first one.
func (a *API) keep(route Route) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(hc)
		header := r.Header.Get("Idempotency-Key")
		if safe(r.Method) || header == "" || a.keeper == nil || route.NoKeep {
			next(hc)
			return
		}
		limit := route.MaxBody
		if limit <= 0 {
			limit = 1 << 20
		}
		body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
		if err != nil {
			writeProblem(w, r, fault.New(fault.Invalid, "request.malformed"))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		key, err := KeyFor(hc.Context(), r.Method+" "+r.URL.Path, header, body)
		if err != nil {
			writeProblem(w, r, err)
			return
		}
		kept, err := a.keeper.Begin(r.Context(), key.ID, key.Digest, now.Ms(a.clock))
		switch {
		case err != nil:
			writeProblem(w, r, err)
		case kept.Status == 0 && !kept.Running:
			a.runKept(hc, next, w, key.ID)
		case kept.Digest != key.Digest:
			writeProblem(w, r, fault.New(fault.Conflict, "request.key_reused"))
		case kept.Running:
			writeProblem(w, r, fault.New(fault.Conflict, "request.running"))
		default:
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Idempotency-Replayed", "true")
			w.WriteHeader(kept.Status)
			io.WriteString(w, kept.Body)
		}
	}
}

// runKept runs the request and keeps its answer if it succeeded; a refused request may be repeated with the same key.
func (a *API) runKept(hc huma.Context, next func(huma.Context), w http.ResponseWriter, key string) {
	ctx := hc.Context()
	rec, ok := w.(*response)
	if !ok {
		next(hc)
		return
	}
	done := false
	defer func() {
		if !done {
			a.keeper.Drop(ctx, key)
		}
	}()
	rec.copy = &strings.Builder{}
	next(hc)
	if rec.status >= 200 && rec.status < 300 {
		done = a.keeper.Finish(ctx, key, rec.status, rec.copy.String()) == nil
	}
	rec.copy = nil
}
