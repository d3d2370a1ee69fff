package stats_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/stats"
)

var march = stats.Query{From: "2026-03-01", To: "2026-03-31"}

func TestEverybodySeesTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.done()
		d.Report("dutyB", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9)))
		three := d.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro3)))
		d.Act("duty", three.ID, "dispatch", incidenttest.Fields{"unit": incidenttest.Police})
		d.follow()
		for login, want := range map[string]int64{"duty": 2, "dutyB": 1, "leader": 2, "window": 2, "station1": 1, "station2": 0, "police1": 1, "department": 0, "head": 1, "supervisor": 2} {
			for _, by := range stats.Bys {
				q := march
				q.By = by
				r, err := d.Stats.Table(bg, d.Actor(login), q)
				require.NoError(t, err)
				require.Equal(t, want, r.Total.Measures["received"], "%s by %s", login, by)
			}
			require.Equal(t, want, d.board(login, "", "2026-03-02").Today.Received, login)
			facts := 0
			require.NoError(t, d.Stats.EachFact(bg, d.Actor(login), march, func(stats.Fact) error { facts++; return nil }))
			require.EqualValues(t, want, facts, login)
		}
	})
}

func TestWhatLiesOutsideIsAsIfItWereNotThere(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.done()
		d.follow()
		for _, login := range []string{"worker", "instructor", "volunteer", "system", "security", "audit", "partner", "nobody"} {
			_, err := d.Stats.Table(bg, d.Actor(login), march)
			require.True(t, fault.Is(err, "forbidden"), "%s: %v", login, err)
			_, err = d.Stats.Board(bg, d.Actor(login), "", "")
			require.True(t, fault.Is(err, "forbidden"), login)
			_, err = d.Stats.Late(bg, d.Actor(login), stats.LateQuery{})
			require.True(t, fault.Is(err, "forbidden"), login)
			require.True(t, fault.Is(d.Stats.EachFact(bg, d.Actor(login), march, nil), "forbidden"), login)
		}
		for _, area := range []string{incidenttest.StreetB, incidenttest.Micro9, "nowhere"} {
			q := march
			q.Area = area
			_, err := d.Stats.Table(bg, d.Actor("duty"), q)
			require.True(t, fault.Is(err, "not_found"), area)
			_, err = d.Stats.Board(bg, d.Actor("duty"), area, "")
			require.True(t, fault.Is(err, "not_found"), area)
		}
		q := march
		q.Unit = incidenttest.Police
		_, err := d.Stats.Table(bg, d.Actor("station1"), q)
		require.True(t, fault.Is(err, "not_found"), "another unit")

		q = march
		q.Area = incidenttest.StreetB
		r, err := d.Stats.Table(bg, d.Actor("station1"), q)
		require.NoError(t, err, "a unit's work may lie anywhere")
		require.Zero(t, r.Total.Measures["received"])
		q.Area = incidenttest.Community1
		r, err = d.Stats.Table(bg, d.Actor("station1"), q)
		require.NoError(t, err)
		require.EqualValues(t, 1, r.Total.Measures["received"])
		require.EqualValues(t, 1, d.board("station1", incidenttest.Community1, "2026-03-02").Today.Closed)
	})
}

// TestTwoPostsReachTogether gives somebody an area and a unit elsewhere.
func TestTwoPostsReachTogether(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.done()
		d.Report("dutyB", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9)))
		d.follow()
		both := authz.Actor{AccountID: "both", Posts: []authz.Post{d.People.Post("duty", "", incidenttest.StreetB), d.People.Post("station", incidenttest.Station, "")}}
		for _, by := range stats.Bys {
			q := march
			q.By = by
			r, err := d.Stats.Table(bg, both, q)
			require.NoError(t, err)
			require.EqualValues(t, 2, r.Total.Measures["received"], by)
		}
		two := authz.Actor{AccountID: "two", Posts: []authz.Post{d.People.Post("duty", "", incidenttest.StreetB), d.People.Post("duty", "", incidenttest.Grid1), d.People.Post("duty", "", incidenttest.Micro1)}}
		r, err := d.Stats.Table(bg, two, march)
		require.NoError(t, err)
		require.EqualValues(t, 2, r.Total.Measures["received"], "areas inside of others count once")
	})
}

func TestWhatIsWrongWithAQuestionIsSaidAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		_, err := d.Stats.Table(bg, d.Actor("duty"), stats.Query{By: "colour", Compare: "moon", From: "yesterday", To: "2026-13-40", Level: "moon", Top: -1, Category: "no.such",
			Channel: "drum", KPIs: []string{"luck"}, Sort: "luck"})
		f, ok := fault.As(err)
		require.True(t, ok)
		var fields []string
		for _, x := range f.Fields {
			fields = append(fields, x.Field)
		}
		require.ElementsMatch(t, []string{"by", "compare", "from", "to", "level", "top", "category", "channel", "kpis", "sort"}, fields)
		for _, q := range []stats.Query{{From: "2026-03-02", To: "2026-03-01"}, {From: "2000-01-01", To: "2026-03-01"}, {Compare: "baseline"},
			{WorkingDays: true, From: "2020-01-01", To: "2026-03-01"}, {Sort: "closing", KPIs: []string{"filing"}}} {
			_, err := d.Stats.Table(bg, d.Actor("duty"), q)
			f, ok := fault.As(err)
			require.True(t, ok && f.Kind == fault.Invalid && len(f.Fields) == 1, "%+v: %v", q, err)
		}
	})
}

// TestAreasAboveTheStreetAddUpTheirStreets asks for a city and a district: whoever may see everything gets what the
// streets come to together, and everybody else what of it is theirs, also where they have a unit as well.
func TestAreasAboveTheStreetAddUpTheirStreets(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.on(2026, 3, 2)
		d.done()
		d.done(incidenttest.At(incidenttest.InMicro3))
		d.Report("dutyB", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9)))
		d.follow()
		all := func(area string) *stats.Board {
			b, err := d.Stats.Board(bg, incidenttest.Machine, area, "2026-03-02")
			require.NoError(t, err)
			return b
		}
		want := map[string]int64{incidenttest.City: 3, incidenttest.District: 3, incidenttest.StreetA: 2, incidenttest.StreetB: 1}
		for area, n := range want {
			b := all(area)
			require.Equal(t, n, b.Today.Received, area)
			require.Len(t, b.Newest, int(n), area)
			below := int64(0)
			for _, rank := range b.Areas {
				below += rank.Received
			}
			require.Equal(t, n, below, area)
		}
		require.Equal(t, all(incidenttest.StreetA).Today.Closed+all(incidenttest.StreetB).Today.Closed, all(incidenttest.City).Today.Closed)

		withUnit := authz.Actor{AccountID: "chief", Posts: []authz.Post{d.People.Post("leader", incidenttest.Centre, incidenttest.StreetA), d.People.Post("station", incidenttest.Station2, "")}}
		for _, area := range []string{incidenttest.City, incidenttest.District, incidenttest.StreetA} {
			require.EqualValues(t, 2, d.board("leader", area, "2026-03-02").Today.Received, area)
			b, err := d.Stats.Board(bg, withUnit, area, "2026-03-02")
			require.NoError(t, err)
			require.EqualValues(t, 2, b.Today.Received, area)
			require.Equal(t, incidenttest.StreetA, b.Area.ID, "it says which area it shows")
			q := march
			q.Area = area
			r, err := d.Stats.Table(bg, withUnit, q)
			require.NoError(t, err)
			require.EqualValues(t, 2, r.Total.Measures["received"], area)
		}
	})
}
