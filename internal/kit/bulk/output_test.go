package bulk_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/blob"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/seal"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
)

// things is a list of numbered things with a desk that takes it out.
type things struct {
	*bulk.Desk
	clock *now.Manual
	api   http.Handler
	count int
	// at is called with each row's number before it is written.
	at func(n int)
	// may says who still may see the list.
	may map[string]bool
}

type thingsIn struct {
	bulk.Lang
	Q string `query:"q"`
}

func (s *things) actor(account string) authz.Actor {
	a := authz.Actor{AccountID: account, Name: account}
	if s.may[account] {
		a.Posts = []authz.Post{{Permissions: map[authz.Permission]bool{"thing.read": true}, Reach: authz.ReachArea}}
	}
	return a
}

func newThings(t *testing.T, d *db.DB) *things {
	keys, err := seal.LoadOrCreate(filepath.Join(t.TempDir(), "key"), seal.AES)
	require.NoError(t, err)
	folder, err := blob.NewSealedFolder(t.TempDir(), keys)
	require.NoError(t, err)
	catalog, err := words.Load(os.DirFS("../../../web/src/i18n"))
	require.NoError(t, err)
	s := &things{clock: now.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)), count: 5, may: map[string]bool{"ann": true, "ben": true}}
	s.Desk = bulk.New(bulk.Deps{DB: d, Clock: s.clock, Seal: keys, Audit: audit.New(d, s.clock, nil), Words: catalog, Files: folder,
		Actor: func(_ context.Context, account string) (authz.Actor, bool, error) { return s.actor(account), true, nil }})
	api := web.New("test", s.clock, func(_ context.Context, token string) (authz.Actor, bool, error) { return s.actor(token), true, nil }, web.Answers{DB: d})
	bulk.Export(api, s.Desk, bulk.List{Name: "things", Path: "/api/v1/things", ID: "exportThings", Tag: "things", Access: web.Need("thing.read"),
		Columns: []sheet.Column{{Key: "code"}, {Key: "name"}, {Key: "actor"}}}, func(ctx context.Context, in *thingsIn, _ words.Speaker, row bulk.Row) error {
		if in.Q == "counted" {
			if err := bulk.Expect(ctx, func(_ context.Context, most int) (int, error) { return min(most, s.count), nil }); err != nil {
				return err
			}
		}
		for n := range s.count {
			if s.at != nil {
				s.at(n)
			}
			if in.Q == "broken" && n == 3 {
				return fault.New(fault.Invalid, "things.broken")
			}
			if err := row(fmt.Sprintf("=%d", n), in.Q, web.Actor(ctx).Name); err != nil {
				return err
			}
		}
		return nil
	})
	bulk.OutputRoutes(api, s.Desk)
	s.api = api.Handler(false, nil)
	return s
}

func (s *things) call(method, path, who string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Authorization", "Bearer "+who)
	w := httptest.NewRecorder()
	s.api.ServeHTTP(w, r)
	return w
}

// begun starts taking the list out and returns the id of it.
func (s *things) begun(t *testing.T, path, who string) string {
	w := s.call("POST", path, who)
	require.Equal(t, 202, w.Code, w.Body.String())
	list, err := s.Outputs(t.Context(), s.actor(who))
	require.NoError(t, err)
	return list[0].ID
}

func (s *things) state(t *testing.T, id, who string) bulk.Output {
	o, err := s.Output(t.Context(), s.actor(who), id)
	require.NoError(t, err)
	return o
}

func TestAListIsTakenOutInTheBackgroundAsItsPerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newThings(t, d)
		id := s.begun(t, "/api/v1/things/export.csv?q=13800138000&lang=en", "ann")
		require.Equal(t, 409, s.call("GET", "/api/v1/exports/"+id+"/file", "ann").Code, "not written yet")
		kept, err := db.One[string](d.Read().QueryRowContext(t.Context(), `SELECT query FROM exports WHERE id = $1`, id))
		require.NoError(t, err)
		require.NotContains(t, kept, "13800138000", "what was searched for is sealed")

		n, err := s.WorkOutputs(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Equal(t, bulk.OutDone, s.state(t, id, "ann").State)
		w := s.call("GET", "/api/v1/exports/"+id+"/file", "ann")
		require.Equal(t, 200, w.Code)
		require.Equal(t, "\uFEFFCode,Name,Who\r\n'=0,13800138000,ann\r\n", w.Body.String()[:len("\uFEFFCode,Name,Who\r\n'=0,13800138000,ann\r\n")])
		require.Equal(t, 404, s.call("GET", "/api/v1/exports/"+id+"/file", "ben").Code, "another's is not there")

		book := s.begun(t, "/api/v1/things/export.xlsx", "ann")
		_, err = s.WorkOutputs(t.Context())
		require.NoError(t, err)
		w = s.call("GET", "/api/v1/exports/"+book+"/file", "ann")
		x, err := excelize.OpenReader(w.Body)
		require.NoError(t, err)
		defer x.Close()
		rows, err := x.GetRows(x.GetSheetList()[0])
		require.NoError(t, err)
		require.Len(t, rows, 6)

		s.may["ann"] = false
		require.Equal(t, 403, s.call("GET", "/api/v1/exports/"+id+"/file", "ann").Code, "who lost the right lost the file")
		trail, _, err := s.Audit.List(t.Context(), audit.Query{Action: "list.export"})
		require.NoError(t, err)
		require.Len(t, trail, 2)
		require.Equal(t, "5", trail[0].Detail["rows"])
	})
}

func TestWhatRunsCanBeStoppedAndTellsHowFarItIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newThings(t, d)
		s.count = 10_000
		require.Equal(t, 200, s.call("GET", "/api/v1/things/export.csv?q=counted", "ann").Code, "who gets it at once needs no count")
		id := s.begun(t, "/api/v1/things/export.csv?q=counted", "ann")
		require.Zero(t, s.state(t, id, "ann").Expected)
		s.at = func(n int) {
			switch n {
			case 5_000:
				require.Equal(t, 4_000, s.state(t, id, "ann").Written)
				require.Equal(t, 10_000, s.state(t, id, "ann").Expected)
				require.Equal(t, 204, s.call("DELETE", "/api/v1/exports/"+id, "ann").Code)
			case 9_000:
				t.Error("it went on")
			}
		}
		_, err := s.WorkOutputs(t.Context())
		require.NoError(t, err)
		require.Equal(t, bulk.OutCancelled, s.state(t, id, "ann").State)
		require.Equal(t, 204, s.call("DELETE", "/api/v1/exports/"+id, "ann").Code)
		require.Equal(t, 404, s.call("GET", "/api/v1/exports/"+id, "ann").Code)
	})
}

func TestAListThatFailsSaysWhyAndALostNodeIsReplaced(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newThings(t, d)
		id := s.begun(t, "/api/v1/things/export.xlsx?q=broken", "ann")
		_, err := s.WorkOutputs(t.Context())
		require.NoError(t, err)
		require.Equal(t, bulk.OutFailed, s.state(t, id, "ann").State)
		require.Equal(t, "things.broken", s.state(t, id, "ann").Fault)

		lost := s.begun(t, "/api/v1/things/export.csv", "ann")
		ctx, die := context.WithCancel(t.Context())
		s.at = func(int) { die() }
		_, err = s.WorkOutputs(ctx)
		require.ErrorIs(t, err, context.Canceled)
		s.at = nil
		n, err := s.WorkOutputs(t.Context())
		require.NoError(t, err)
		require.Zero(t, n, "its lease still holds")
		s.clock.Advance(2 * time.Minute)
		_, err = s.WorkOutputs(t.Context())
		require.NoError(t, err)
		require.Equal(t, bulk.OutDone, s.state(t, lost, "ann").State)
	})
}

func TestOnePersonHoldsUpNobody(t *testing.T) {
	s := newThings(t, dbtest.Lite(t))
	for range 3 {
		s.begun(t, "/api/v1/things/export.csv", "ann")
	}
	w := s.call("POST", "/api/v1/things/export.csv", "ann")
	require.Equal(t, 409, w.Code)
	require.Contains(t, w.Body.String(), "export.too_many")
	s.begun(t, "/api/v1/things/export.csv", "ben")
}

// TestCSVIsStreamed holds that rows are on their way before the last one is read, and that a list that fails half way
// does not look like a whole one.
func TestCSVIsStreamed(t *testing.T) {
	s := newThings(t, dbtest.Lite(t))
	s.count = 20_000
	server := httptest.NewServer(s.api)
	defer server.Close()
	get := func(q string) (*http.Response, error) {
		r, err := http.NewRequest("GET", server.URL+"/api/v1/things/export.csv?q="+q, nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer ann")
		return server.Client().Do(r)
	}
	first, seen := make(chan bool), false
	s.at = func(n int) {
		if n == 19_999 && !seen {
			seen = true
			<-first
		}
	}
	answer, err := get(strings.Repeat("x", 40))
	require.NoError(t, err)
	defer answer.Body.Close()
	begin := make([]byte, 1000)
	_, err = io.ReadFull(answer.Body, begin)
	require.NoError(t, err)
	close(first)
	rest, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Equal(t, 20_001, strings.Count(string(begin)+string(rest), "\r\n"))

	s.at = nil
	answer, err = get("broken")
	if err == nil {
		_, err = io.ReadAll(answer.Body)
		answer.Body.Close()
	}
	require.Error(t, err)
}
