package app

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/history"
	"gezhi/internal/incident"
	"gezhi/internal/stats"
)

// pastFigures are figures over records of another system.
type pastFigures struct {
	Received, Open, Closed, InTime, Late int
	WithoutPosition                      int
	MedianClose                          time.Duration
	ByAgency, ByCategory, ByChannel      map[string]int
	ByMonth, ClosedByMonth               map[string]int
}

func newPastFigures() *pastFigures {
	return &pastFigures{ByAgency: map[string]int{}, ByCategory: map[string]int{}, ByChannel: map[string]int{}, ByMonth: map[string]int{}, ClosedByMonth: map[string]int{}}
}

func median(spans []time.Duration) time.Duration {
	slices.Sort(spans)
	return spans[len(spans)/2]
}

// countedByHand reads the table with nothing of ours but the answer to what is counted.
func countedByHand(t *testing.T, path string, zone *time.Location) *pastFigures {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	z, err := gzip.NewReader(file)
	require.NoError(t, err)
	rows, err := csv.NewReader(z).ReadAll()
	require.NoError(t, err)
	at := map[string]int{}
	for n, name := range rows[0] {
		at[name] = n
	}
	f := newPastFigures()
	categories := map[string]string{"Sewer Issues": "environment.sewage", "Street Defects": "environment.road", "Noise Report": "security.noise",
		"General Request - ANIMAL CARE CONTROL": "security.dog"}
	channels := map[string]string{"Phone": "hotline", "Web": "app", "Mobile/Open311": "app", "Twitter": "app"}
	or := func(m map[string]string, key, other string) string {
		if v, ok := m[key]; ok {
			return v
		}
		return other
	}
	var spans []time.Duration
	for _, row := range rows[1:] {
		f.Received++
		f.ByAgency[row[at["agency_name"]]]++
		f.ByCategory[or(categories, row[at["category"]], "livelihood.other")]++
		f.ByChannel[or(channels, row[at["source"]], "partner")]++
		opened, err := time.Parse("2006-01-02 15:04:05-07:00", row[at["created_date"]])
		require.NoError(t, err)
		f.ByMonth[opened.In(zone).Format("2006-01")]++
		if row[at["latitude"]] == "0.0" && row[at["longitude"]] == "0.0" {
			f.WithoutPosition++
		}
		if row[at["status"]] == "Open" {
			f.Open++
			continue
		}
		f.Closed++
		closed, err := time.Parse("2006-01-02 15:04:05-07:00", row[at["closed_date"]])
		require.NoError(t, err)
		f.ClosedByMonth[closed.In(zone).Format("2006-01")]++
		spans = append(spans, closed.Sub(opened))
		if closed.Sub(opened) <= 14*24*time.Hour {
			f.InTime++
		} else {
			f.Late++
		}
	}
	f.MedianClose = median(spans)
	return f
}

// countedFromStore counts the same over the incidents.
func countedFromStore(t *testing.T, a *App) *pastFigures {
	t.Helper()
	f := newPastFigures()
	var spans []time.Duration
	month := func(ms int64) string { return time.UnixMilli(ms).In(a.Config.Zone).Format("2006-01") }
	for filter := (incident.Filter{Limit: 200}); ; {
		list, next, err := a.Incident.List(t.Context(), importer, filter)
		require.NoError(t, err)
		for _, i := range list {
			f.Received++
			entries, _, err := a.Incident.Timeline(t.Context(), importer, i.ID, 0, 10)
			require.NoError(t, err)
			var body map[string]any
			require.NoError(t, json.Unmarshal(entries[0].Body, &body))
			agency, _ := body["source.agency_name"].(string)
			f.ByAgency[agency]++
			f.ByCategory[i.Category]++
			f.ByChannel[i.Channel]++
			f.ByMonth[month(i.ReceivedAt)]++
			if i.Lon == nil {
				f.WithoutPosition++
			}
			switch i.State {
			case incident.Closed:
				f.Closed++
				f.ClosedByMonth[month(i.ClosedAt)]++
				spans = append(spans, time.Duration(i.ClosedAt-i.ReceivedAt)*time.Millisecond)
				if totalOf(i).Late() {
					f.Late++
				} else {
					f.InTime++
				}
			default:
				f.Open++
			}
		}
		if filter.Cursor = next; next == "" {
			break
		}
	}
	f.MedianClose = median(spans)
	return f
}

// figuresAgree holds the KPIs over the records to the count by other means.
func figuresAgree(t *testing.T, a *App, want *pastFigures) {
	t.Helper()
	table := func(by string) stats.Result {
		r, err := a.Stats.Table(t.Context(), importer, stats.Query{By: by, From: "2008-07-01", To: "2018-01-31", Percentiles: true})
		require.NoError(t, err)
		return r
	}
	total := table("none").Total
	has := func(measure string, want int) {
		t.Helper()
		require.EqualValues(t, want, total.Measures[measure], measure)
	}
	has("received", want.Received)
	has("open", want.Open)
	has("closed", want.Closed)
	has("closed_in_time", want.InTime)
	has("overdue", want.Late+want.Open)
	has("dispatched", 0)
	closing := total.KPIs["closing_in_time"]
	require.EqualValues(t, want.InTime, closing.Count)
	require.EqualValues(t, want.Received, closing.Base, "what the other system left open past its limit is not forgotten")
	require.InDelta(t, float64(want.InTime)/float64(closing.Base), *closing.Value, 1e-12)
	require.Equal(t, want.MedianClose.Milliseconds(), *total.KPIs["time_close"].P50)
	require.Nil(t, total.KPIs["arrive_in_time"].Value, "of what another system did nobody of ours is judged")
	counts := func(by, measure string) map[string]int {
		out := map[string]int{}
		for _, row := range table(by).Rows {
			if n := row.Measures[measure]; n != 0 {
				out[row.Key] = int(n)
			}
		}
		return out
	}
	require.Equal(t, want.ByCategory, counts("category", "received"))
	require.Equal(t, want.ByChannel, counts("channel", "received"))
	require.Equal(t, want.ByMonth, counts("month", "received"))
	require.Equal(t, want.ClosedByMonth, counts("month", "on_closed"))
	t.Logf("closing in time %d of %d, %.2f %%", closing.Count, closing.Base, *closing.Value*100)
}

// The 4,512 records go in whole, and the figures over them are those of a count that knows nothing of incidents.
func TestRealPastGoesInWhole(t *testing.T) {
	needShared(t)
	path := sharedData + "sr311/sf311_first_half.csv.gz"
	want := countedByHand(t, path, time.FixedZone("Asia/Shanghai", 8*3600)) // there was no summer time in these years
	require.Equal(t, 4512, want.Received)
	eachApp(t, func(t *testing.T, a *App) {
		var k taken
		r, err := history.Import(t.Context(), a.Incident, importing(a, exampleMap(t, "sf311-map.json"), path, &k))
		require.NoError(t, err)
		require.Equal(t, [3]int64{4512, 4512, 0}, [3]int64{r.Rows, r.New, r.Rejected})
		require.NoError(t, a.relayAll(t.Context()))
		got := countedFromStore(t, a)
		require.Equal(t, want, got)
		require.NoError(t, a.countAll(t.Context()))
		figuresAgree(t, a, want)
		wholeStore(t, a)
		t.Logf("received %d, closed %d, open %d, closed in time %d, late %d, without position %d, median to close %s, agencies %d",
			got.Received, got.Closed, got.Open, got.InTime, got.Late, got.WithoutPosition, got.MedianClose, len(got.ByAgency))
	})
}
