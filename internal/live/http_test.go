package live_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/web"
	"gezhi/internal/live"
)

// serve opens the API on a real port.
func (w *world) serve(actors ...authz.Actor) *httptest.Server {
	server := httptest.NewServer(w.api(actors...))
	w.t.Cleanup(server.Close)
	return server
}

// api is the API with the stream; the token is the account.
func (w *world) api(actors ...authz.Actor) http.Handler {
	who := map[string]authz.Actor{}
	for _, a := range actors {
		who[a.AccountID] = a
	}
	api := web.New("test", w.clock, func(_ context.Context, token string) (authz.Actor, bool, error) {
		actor, ok := who[token]
		return actor, ok, nil
	}, nil)
	live.Routes(api, w.hub)
	return api.Handler(false, nil)
}

// browser reads a stream frame by frame.
type browser struct {
	*http.Response
	lines *bufio.Reader
	leave context.CancelFunc
}

func (w *world) get(server *httptest.Server, token, query, last string) *browser {
	w.t.Helper()
	ctx, leave := context.WithTimeout(context.Background(), 20*time.Second)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/api/v1/live"+query, nil)
	require.NoError(w.t, err)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	resp, err := server.Client().Do(r)
	require.NoError(w.t, err)
	w.t.Cleanup(func() { leave(); resp.Body.Close() })
	return &browser{resp, bufio.NewReader(resp.Body), leave}
}

func (b *browser) frame(t *testing.T) string {
	t.Helper()
	var frame strings.Builder
	for !strings.HasSuffix(frame.String(), "\n\n") {
		line, err := b.lines.ReadString('\n')
		require.NoError(t, err)
		frame.WriteString(line)
	}
	return frame.String()
}

func TestTheStreamOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, nil)
		w.happen(about{}, about{})
		server := w.serve(leader)
		b := w.get(server, "leader", "", "")
		require.Equal(t, 200, b.StatusCode)
		require.Equal(t, "text/event-stream", b.Header.Get("Content-Type"))
		require.Equal(t, "no-store", b.Header.Get("Cache-Control"))
		require.Equal(t, "no", b.Header.Get("X-Accel-Buffering"))
		require.Equal(t, "retry: 2000\nid: 2\n\n", b.frame(t))
		w.happen(about{})
		require.Equal(t, "id: 3\nevent: incident.changed\ndata: {\"incident\":\"i00003\",\"version\":1,\"state\":\"reported\",\"do\":\"report\"}\n\n", b.frame(t))

		byHeader := w.get(server, "leader", "?last=2", "1")
		byHeader.frame(t)
		require.EqualValues(t, 2, read(t, byHeader.frame(t)).id, "the header is newer than the address")
		byQuery := w.get(server, "leader", "?last=2", "")
		byQuery.frame(t)
		require.EqualValues(t, 3, read(t, byQuery.frame(t)).id)
		for _, x := range []*browser{b, byHeader, byQuery} {
			x.leave()
		}
		require.Eventually(t, func() bool { return w.hub.Clients() == 0 }, 20*time.Second, time.Millisecond, "who hangs up is forgotten")
	})
}

func TestTheStreamIsForThoseWhoMaySee(t *testing.T) {
	w := newWorld(t, dbtest.Lite(t), nil)
	server := w.serve(person("clerk", authz.Post{Reach: authz.ReachNone}))
	for token, want := range map[string]int{"": 401, "thief": 401, "clerk": 403} {
		b := w.get(server, token, "?last=1", "")
		require.Equal(t, want, b.StatusCode)
		require.Equal(t, "application/problem+json", b.Header.Get("Content-Type"))
	}
	require.Zero(t, w.hub.Clients())
}

func TestTheEndOfASessionEndsTheAnswer(t *testing.T) {
	r := newRegister(leader)
	w := newWorld(t, dbtest.Lite(t), func(c *live.Config) { c.Recheck = r.look })
	b := w.get(w.serve(leader), "leader", "", "")
	b.frame(t)
	r.set("leader", nil, nil)
	w.hub.RecheckAccount("leader")
	require.Equal(t, live.SignedOut, read(t, b.frame(t)).event)
	_, err := b.lines.ReadByte()
	require.ErrorContains(t, err, "EOF")
}

func TestAClosingServerSaysSo(t *testing.T) {
	w := newWorld(t, dbtest.Lite(t), nil)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	w.hub.Run(ctx, time.Hour)
	require.Equal(t, 503, w.get(w.serve(leader), "leader", "", "").StatusCode)
}

func TestTheStreamOutlivesTheDeadlinesOfOrdinaryAnswers(t *testing.T) {
	w := newWorld(t, dbtest.Lite(t), nil)
	server := httptest.NewUnstartedServer(w.api(leader))
	server.Config.WriteTimeout = time.Nanosecond // over before the first byte is written
	server.Start()
	w.t.Cleanup(server.Close)
	b := w.get(server, "leader", "", "")
	b.frame(t)
	w.happen(about{})
	require.EqualValues(t, 1, read(t, b.frame(t)).id)
}

func TestTheDocumentSaysThatItIsAStream(t *testing.T) {
	w := newWorld(t, dbtest.Lite(t), nil)
	rec := httptest.NewRecorder()
	w.api(leader).ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/api/openapi.json", nil))
	require.Equal(t, 200, rec.Code)
	require.Contains(t, rec.Body.String(), "text/event-stream")
}

// A client that comes back a thousand times a minute is told to wait, and for how long; others are not held up by it.
func TestWhoComesBackWithoutEndIsAskedToWait(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, nil)
		calm := leader
		calm.AccountID = "calm"
		server := w.serve(leader, calm)
		refused := 0
		for range 200 {
			b := w.get(server, "leader", "", "")
			if b.StatusCode == http.StatusTooManyRequests {
				refused++
				require.NotEmpty(t, b.Header.Get("Retry-After"))
			}
			b.leave()
			b.Body.Close()
		}
		require.Equal(t, 140, refused)
		require.Equal(t, http.StatusOK, w.get(server, "calm", "", "").StatusCode)
		w.clock.Advance(10 * time.Second)
		require.Equal(t, http.StatusOK, w.get(server, "leader", "", "").StatusCode, "after a while they are let in again")
	})
}
