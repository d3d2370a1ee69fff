package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/history"
	"gezhi/internal/clock"
	"gezhi/internal/incident"
)

// exampleMap reads one of the maps that are shown as examples.
func exampleMap(t *testing.T, name string) *history.Map {
	t.Helper()
	file, err := os.Open("../../docs/examples/" + name)
	require.NoError(t, err)
	defer file.Close()
	m, err := history.ReadMap(file)
	require.NoError(t, err)
	return m
}

// totalOf returns the clock for the whole of an incident, nil without one.
func totalOf(i *incident.Incident) *incident.Clock {
	for _, k := range i.Clocks {
		if k.Stage == clock.Total {
			return k
		}
	}
	return nil
}

func at(t *testing.T, a *App, text string) int64 {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("", 8*3600))
	require.NoError(t, err)
	return when.UnixMilli()
}

func TestAPastIsLivedThrough(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		var k taken
		r, err := history.Import(t.Context(), a.Incident, importing(a, exampleMap(t, "past-map.json"), "../../docs/examples/past.csv", &k))
		require.NoError(t, err)
		require.EqualValues(t, 4, r.New)
		get := func(row int) *incident.Incident {
			inc, err := a.Incident.Get(t.Context(), importer, k.ids[row])
			require.NoError(t, err)
			return inc
		}
		inTime := get(1)
		require.Equal(t, incident.Closed, inTime.State)
		require.Equal(t, "已更换灯泡，感谢反映。", inTime.Answer)
		require.Equal(t, [4]int64{at(t, a, "2024-03-01 08:00"), at(t, a, "2024-03-01 08:10"), at(t, a, "2024-03-02 16:00"), at(t, a, "2024-03-02 17:00")},
			[4]int64{inTime.ReceivedAt, inTime.AcceptedAt, inTime.HandledAt, inTime.ClosedAt})
		require.Empty(t, inTime.Orders)
		total := totalOf(inTime)
		require.Equal(t, at(t, a, "2024-03-04 08:00"), total.DueAt)
		require.False(t, total.Late())
		require.Equal(t, inTime.ClosedAt, total.StoppedAt)
		entries, _, err := a.Incident.Timeline(t.Context(), importer, inTime.ID, 0, 10)
		require.NoError(t, err)
		var did []string
		for _, e := range entries {
			did = append(did, e.Do)
			require.Contains(t, string(e.Body), "旧平台")
			require.Equal(t, [2]string{"", "import"}, [2]string{e.ActorID, e.ActorName})
		}
		require.Equal(t, []string{"report", "past_accept", "past_handle", "past_close"}, did)

		late := get(2)
		require.Nil(t, late.Lon, "(0,0) is no position")
		require.Equal(t, totalOf(late).DueAt, totalOf(late).OverdueAt)
		require.EqualValues(t, 1, late.LateStages)

		require.Equal(t, incident.Rejected, get(3).State)
		require.Nil(t, totalOf(get(3)))

		open := get(4)
		require.Equal(t, incident.Accepted, open.State)
		require.Zero(t, open.ClosedAt)
		require.Equal(t, totalOf(open).DueAt, totalOf(open).OverdueAt)
		require.NoError(t, a.relayAll(t.Context()))
		_, err = a.Incident.Sweep(t.Context())
		require.NoError(t, err)
		require.Equal(t, open.EntrySeq, get(4).EntrySeq, "nobody is told of what ran out elsewhere long ago")

		again, err := history.Import(t.Context(), a.Incident, importing(a, exampleMap(t, "past-map.json"), "../../docs/examples/past.csv", &k))
		require.NoError(t, err)
		require.Equal(t, [3]int64{0, 4, 0}, [3]int64{again.New, again.Known, again.Rejected})
		wholeStore(t, a)
	})
}

func TestAPastThatCannotBeIsRefused(t *testing.T) {
	eachApp(t, func(t *testing.T, a *App) {
		rows := []struct{ row, why string }{
			{"1,甲,照明,2024-03-01 08:00,,,,2024-02-01 08:00,已办结,,,", "closed_at: time.before"},
			{"2,甲,照明,2024-03-01 08:00,,,2024-03-03 08:00,2024-03-02 08:00,已办结,,,", "closed_at: time.before"},
			{"3,甲,照明,2024-03-01 08:00,,,,2224-03-02 08:00,已办结,,,", "closed_at: field.future"},
			{"4,甲,照明,2024-03-01 08:00,,,,,已办结,,,", "closed_at: field.required"},
			{"5,甲,照明,2024-03-01 08:00,,,,2024-03-02 08:00,办理中,,,", "state: past.open_but_closed"},
			{"6,甲,照明,2024-03-01 08:00,,,,2024-03-02 08:00,挂起,,,", "state: the map has no state for"},
			{"7,甲,照明,2024-03-01 08:00,,2024-02-01 08:00,,,办理中,,,", "due_at: time.before"},
			{"8,甲,照明,2024-03-01 08:00,,,,2024-03-02 25:00,已办结,,,", "is not written as"},
			{"9,甲,照明,2024-03-01 08:00,2024-02-29 08:00,,,2024-03-02 08:00,已办结,,,", "accepted_at: time.before"},
		}
		table := "no,matter,type,received,accepted,due,handled,closed,state,answer,x,y\n"
		for _, r := range rows {
			table += r.row + "\n"
		}
		path := filepath.Join(t.TempDir(), "past.csv")
		require.NoError(t, os.WriteFile(path, []byte(table), 0o600))
		var k taken
		o := importing(a, exampleMap(t, "past-map.json"), path, &k)
		r, err := history.Import(t.Context(), a.Incident, o)
		require.NoError(t, err)
		require.Equal(t, [3]int64{9, 0, 9}, [3]int64{r.Rows, r.New, r.Rejected})
		raw, err := os.ReadFile(o.Rejected)
		require.NoError(t, err)
		refused := strings.Split(strings.TrimSpace(string(raw)), "\n")[1:]
		require.Len(t, refused, len(rows))
		for _, want := range rows {
			found := false
			for _, line := range refused {
				found = found || strings.HasPrefix(line, want.row) && strings.Contains(line, want.why)
			}
			require.True(t, found, "%s: %s in\n%s", want.row, want.why, raw)
		}
	})
}
