package app

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
)

// realRows are the 1,120 messages, cell by cell. They hold no quotes that mean anything and no line breaks.
func realRows(t *testing.T) [][]string {
	t.Helper()
	file, err := os.Open(sharedData + "complaints_zh/train_with_topic.tsv.gz")
	require.NoError(t, err)
	defer file.Close()
	z, err := gzip.NewReader(file)
	require.NoError(t, err)
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	var rows [][]string
	for lines.Scan() {
		rows = append(rows, strings.Split(lines.Text(), "\t"))
	}
	require.NoError(t, lines.Err())
	rows = rows[1:]
	require.Len(t, rows, 1120)
	return rows
}

func kept(t *testing.T, e *incident.Entry, column string) string {
	t.Helper()
	var body map[string]any
	require.NoError(t, json.Unmarshal(e.Body, &body))
	text, _ := body["source."+column].(string)
	return text
}

// wholeStore checks that timelines, figures and audit trail hold.
func wholeStore(t *testing.T, a *App) {
	t.Helper()
	v, err := a.Incident.Verify(t.Context())
	require.NoError(t, err)
	require.Empty(t, v.Broken)
	differences, err := a.Incident.Recount(t.Context())
	require.NoError(t, err)
	require.Empty(t, differences)
	require.NoError(t, a.Audit.SealAll(t.Context()))
	head, err := a.Audit.Head(t.Context())
	require.NoError(t, err)
	require.NoError(t, a.Audit.Verify(t.Context(), head))
}

// The same messages as residents send them, from a caller whom a setting lifts over the rate limits; every fourteenth
// runs the whole loop. What was sent is what is found.
func TestRealMessagesThroughThePublicAPI(t *testing.T) {
	needShared(t)
	rows := realRows(t)
	eachApp(t, func(t *testing.T, a *App) {
		o := newOffice(t, a)
		o.setUp()
		body := func(row []string) string {
			raw, err := json.Marshal(m{"title": row[2], "text": row[4], "reporter": m{"name": row[1]}})
			require.NoError(t, err)
			return string(raw)
		}
		statuses := map[int]int{}
		for range 15 {
			statuses[postReport(o.h, body(rows[0]), "before").Code]++
		}
		require.Equal(t, map[int]int{http.StatusCreated: 10, http.StatusPreconditionRequired: 5}, statuses, "a flood is asked to prove that it is people")

		a.Config.Trusted = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
		o.h = serverOf(t, a)
		codes := make([]string, len(rows))
		var wg sync.WaitGroup
		next := make(chan int)
		for range 16 {
			wg.Go(func() {
				for n := range next {
					for range 2 { // each is sent twice, as a phone does that heard no answer
						codes[n] = publicReport(t, o.h, body(rows[n]), "row "+strconv.Itoa(n))
					}
				}
			})
		}
		for n := range rows {
			next <- n
		}
		close(next)
		wg.Wait()
		require.NoError(t, a.relayAll(t.Context()))

		ids := map[string]string{} // by tracking code
		for cursor := ""; ; {
			list := o.send("duty1", "GET", "/api/v1/incidents?limit=200&cursor="+cursor, 200, nil)
			for _, item := range list["items"].([]any) {
				id := item.(m)["id"].(string)
				full, err := a.Incident.Reveal(t.Context(), importer, id, incident.LostCode)
				require.NoError(t, err)
				ids[full.Code] = id
			}
			if cursor, _ = list["next"].(string); cursor == "" {
				break
			}
		}
		require.Len(t, ids, len(rows)+1, "each message is one incident, sent twice or not")
		for n, row := range rows {
			full, err := a.Incident.Reveal(t.Context(), importer, ids[codes[n]], "test")
			require.NoError(t, err)
			require.Equal(t, []string{row[1], row[2], row[4]}, []string{full.Reporter.Name, full.Title, full.Text}, "row %d", n+1)
		}
		for n := 0; n < len(rows); n += 14 {
			o.walk(ids[codes[n]])
		}
		require.NoError(t, a.relayAll(t.Context()))
		wholeStore(t, a)
	})
}

func postReport(h http.Handler, body, key string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "/api/v1/public/reports", strings.NewReader(body))
	r.RemoteAddr, r.Host = "127.0.0.1:1", "127.0.0.1:8080"
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func publicReport(t *testing.T, h http.Handler, body, key string) string {
	w := postReport(h, body, key)
	var out struct{ Code string }
	if w.Code != http.StatusCreated || json.Unmarshal(w.Body.Bytes(), &out) != nil {
		t.Errorf("%s: %d %s", key, w.Code, w.Body)
	}
	return out.Code
}

// walk brings an incident from the desk to its close.
func (o *office) walk(id string) {
	o.t.Helper()
	act := func(who, do string, body m) m {
		return o.send(who, "POST", fmt.Sprintf("/api/v1/incidents/%s/actions/%s", id, do), 200, body)
	}
	act("duty1", "place", m{"area": o.ids["street"]})
	act("duty1", "dispatch", m{"unit": o.ids["station"]})
	act("worker1", "accept_order", m{})
	act("worker1", "arrive", m{"reason": "室内没有定位"})
	act("worker1", "handle", m{"result": "已处理"})
	act("checker1", "check_pass", m{})
	require.Equal(o.t, "closed", act("duty1", "close", m{"answer": "已处理，感谢您的反映"})["state"])
}
