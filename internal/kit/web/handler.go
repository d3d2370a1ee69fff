package web

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// Handler returns the whole server: the mux with request ids, security headers, a log line without personal data, and
// a catch for panics. observe, if not nil, gets method, route pattern, status and duration of every request.
func (a *API) Handler(behindProxy bool, observe func(method, route string, status int, took time.Duration)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		reqID := id.Token(10)
		ctx := context.WithValue(r.Context(), requestIDKey, reqID)
		ctx = WithClient(ctx, clientOf(r, behindProxy))
		r = r.WithContext(ctx)
		rec := &response{ResponseWriter: w}
		h := w.Header()
		h.Set("X-Request-Id", reqID)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Frame-Options", "SAMEORIGIN")
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
		}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				slog.Error("panic", "request_id", reqID, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				if rec.status == 0 {
					writeProblem(rec, r, fault.New(fault.Internal, "internal"))
				}
			}
			if observe != nil {
				observe(r.Method, r.Pattern, rec.status, time.Since(started))
			}
		}()
		a.mux.ServeHTTP(rec, r)
	})
}

func clientOf(r *http.Request, behindProxy bool) string {
	if behindProxy {
		if f := r.Header.Get("X-Forwarded-For"); f != "" {
			parts := strings.Split(f, ",")
			return strings.TrimSpace(parts[len(parts)-1])
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// response remembers the status and, when asked to, what was written.
type response struct {
	http.ResponseWriter
	status int
	copy   *strings.Builder
}

// WriteHeader notes the status.
func (w *response) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write passes bytes on and keeps a copy when one is asked for.
func (w *response) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	if w.copy != nil {
		w.copy.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *response) Unwrap() http.ResponseWriter { return w.ResponseWriter }
