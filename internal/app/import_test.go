package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/history"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
)

const sharedData = "../../../shared/data/"

// needShared skips a test of the real data where they are missing; they are no part of the repository.
func needShared(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(sharedData); os.IsNotExist(err) {
		t.Skip("the real data are not here: " + sharedData + " is missing")
	}
}

func complaintsMap(t *testing.T) *history.Map {
	t.Helper()
	file, err := os.Open("../../docs/examples/complaints-map.json")
	require.NoError(t, err)
	defer file.Close()
	m, err := history.ReadMap(file)
	require.NoError(t, err)
	return m
}

// taken remembers which incident each row became.
type taken struct {
	mu  sync.Mutex
	ids map[int]string
}

func (k *taken) put(row int, id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ids == nil {
		k.ids = map[int]string{}
	}
	k.ids[row] = id
}

func importing(a *App, m *history.Map, path string, k *taken) history.Options {
	return history.Options{Map: m, Path: path, Zone: a.Config.Zone, Actor: importer, Rejected: filepath.Join(a.Config.Folder, "rejected"), Taken: k.put}
}

const smallMap = `{"columns":{"text":"text","title":"title","received_at":"at","reporter.name":"who","reporter.phone":"phone"},
	"time":{"format":"yyyy-MM-dd HH:mm","zone":"Asia/Shanghai"},"constants":{"channel":"hotline"},"kept":["note"]}`

const smallTable = "title,text,at,who,phone,note\r\n" +
	"路灯坏了,\" 第一行\r\n第二行\t\"\"引号\"\" \",2024-03-01 08:00,王某,13800001111,甲\r\n" +
	",没有标题的一件,2024-03-01 08:01,,,\r\n" +
	"x,,2024-03-01 08:02,,,\r\n" +
	"y,电话不对,2024-03-01 08:03,李某,abc,\r\n" +
	"z,将来的,2224-03-01 08:03,,,\r\n" +
	"only,three,cells\r\n"

func TestImportKeepsEveryRow(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		m, err := history.ReadMap(strings.NewReader(smallMap))
		require.NoError(t, err)
		path := filepath.Join(t.TempDir(), "small.csv")
		require.NoError(t, os.WriteFile(path, []byte(smallTable), 0o600))
		var k taken
		o := importing(a, m, path, &k)
		r, err := history.Import(t.Context(), a.Incident, o)
		require.NoError(t, err)
		require.Equal(t, [4]int64{6, 2, 0, 4}, [4]int64{r.Rows, r.New, r.Known, r.Rejected})

		inc, err := a.Incident.Get(t.Context(), importer, k.ids[1])
		require.NoError(t, err)
		require.Equal(t, " 第一行\r\n第二行\t\"引号\" ", inc.Text)
		require.Equal(t, "2024-03-01T08:00:00+08:00", time.UnixMilli(inc.ReceivedAt).In(a.Config.Zone).Format(time.RFC3339))
		require.Equal(t, inc.ReceivedAt, inc.OccurredAt)
		require.True(t, strings.HasPrefix(inc.Number, "240301-"))
		require.Empty(t, inc.Orders, "what is past is sent nowhere by itself")
		entries, _, err := a.Incident.Timeline(t.Context(), importer, inc.ID, 0, 10)
		require.NoError(t, err)
		require.Len(t, entries, 1)
		require.Contains(t, string(entries[0].Body), `甲`)
		full, err := a.Incident.Reveal(t.Context(), importer, inc.ID, "test")
		require.NoError(t, err)
		require.Equal(t, incident.Reporter{Name: "王某", Phone: "13800001111"}, full.Reporter)

		rejected, err := os.ReadFile(o.Rejected)
		require.NoError(t, err)
		for _, want := range []string{"title,text,at,who,phone,note,\"rejected_because\"\n", "text: field.required", "reporter.phone: field.phone",
			"received_at: field.future", "only,three,cells,\"row: it has 3 columns, not 6\"\n"} {
			require.Contains(t, string(rejected), want)
		}
		again, err := history.Import(t.Context(), a.Incident, o)
		require.NoError(t, err)
		require.Equal(t, [3]int64{0, 2, 4}, [3]int64{again.New, again.Known, again.Rejected})

		// The corrected rows go in with the same map.
		fixed := strings.NewReplacer("abc", "12345678", "2224", "2024").Replace(string(rejected))
		require.NoError(t, os.WriteFile(path, []byte(fixed), 0o600))
		r, err = history.Import(t.Context(), a.Incident, o)
		require.NoError(t, err)
		require.EqualValues(t, 2, r.New)
	})
}

// dying fails after some rows, as if the process had been killed.
type dying struct {
	history.Taker
	left chan struct{}
}

func (d dying) Import(ctx context.Context, actor authz.Actor, in incident.Report, h incident.History) (*incident.Incident, bool, error) {
	select {
	case d.left <- struct{}{}:
		return d.Taker.Import(ctx, actor, in, h)
	default:
		return nil, false, errors.New("killed")
	}
}

func TestAnInterruptedImportGoesOn(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		m, err := history.ReadMap(strings.NewReader(smallMap))
		require.NoError(t, err)
		var table bytes.Buffer
		table.WriteString("title,text,at,who,phone,note\n")
		for range 300 {
			table.WriteString("t,同样的话,2024-03-01 08:00,,,\n")
		}
		path := filepath.Join(t.TempDir(), "same.csv")
		require.NoError(t, os.WriteFile(path, table.Bytes(), 0o600))
		var k taken
		o := importing(a, m, path, &k)
		_, err = history.Import(t.Context(), dying{a.Incident, make(chan struct{}, 100)}, o)
		require.ErrorContains(t, err, "killed")
		r, err := history.Import(t.Context(), a.Incident, o)
		require.NoError(t, err)
		require.EqualValues(t, 300, r.Rows)
		require.Equal(t, r.Rows, r.New+r.Known)
		require.Positive(t, r.Known)
		require.Less(t, r.Known, int64(101))
		ids := map[string]bool{}
		for _, id := range k.ids {
			ids[id] = true
		}
		require.Len(t, ids, 300, "rows with the same words are different incidents")
	})
}

// The areas, divisions and messages of the commands in the issue, on both engines: what is in the file is in the store.
func TestRealImport(t *testing.T) {
	needShared(t)
	rows := realRows(t)
	eachApp(t, func(t *testing.T, a *App) {
		raw, err := os.ReadFile(sharedData + "boundaries/chengdu_510100_districts.json")
		require.NoError(t, err)
		areas, err := a.Grid.ImportAreas(t.Context(), importer, bytes.NewReader(raw), grid.ImportOptions{Datum: "gcj02"})
		require.NoError(t, err)
		require.Equal(t, 20, areas.Created)
		_, err = a.Grid.ImportDivisions(t.Context(), importer, os.DirFS(sharedData+"divisions"), grid.DivisionOptions{District: "510118"})
		require.NoError(t, err)

		var k taken
		r, err := history.Import(t.Context(), a.Incident, importing(a, complaintsMap(t), sharedData+"complaints_zh/train_with_topic.tsv.gz", &k))
		require.NoError(t, err)
		require.Equal(t, [4]int64{1120, 1120, 0, 0}, [4]int64{r.Rows, r.New, r.Known, r.Rejected})
		require.Empty(t, r.Unused)
		require.NoError(t, a.relayAll(t.Context()))
		require.Len(t, k.ids, 1120)
		for n, row := range rows {
			full, err := a.Incident.Reveal(t.Context(), importer, k.ids[n+1], "test")
			require.NoError(t, err)
			inc, err := a.Incident.Get(t.Context(), importer, k.ids[n+1])
			require.NoError(t, err)
			entries, _, err := a.Incident.Timeline(t.Context(), importer, inc.ID, 0, 1)
			require.NoError(t, err)
			at, err := time.ParseInLocation("2006/1/2 15:04:05", row[3], a.Config.Zone)
			require.NoError(t, err)
			require.Equal(t, at.UnixMilli(), inc.ReceivedAt)
			got := []string{inc.ExternalID, full.Reporter.Name, full.Title, row[3], full.Text, kept(t, entries[0], "label"), kept(t, entries[0], "source")}
			require.Equal(t, row, got, "row %d", n+1)
		}
		wholeStore(t, a)
	})
}
