package incident_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/geo"
)

// TestNearReadsTheIndex fills the store with 20,000 old and distant incidents and holds that looking for what is near
// reads the cells and nothing else, on both engines.
func TestNearReadsTheIndex(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise())
		far := o.Report("duty", incidenttest.Noise(incidenttest.At(geo.Point{Lon: 104.0688, Lat: 30.6588})))
		copies(o, inc.ID, "old", 10_000, "i.cell", "i.received_at - 400000000000 + n.x")
		copies(o, inc.ID, "far", 10_000, "i.cell + 3000000 + n.x", "i.received_at")
		if o.DB.Engine() == db.Postgres {
			o.Exec(`ANALYZE incidents`)
		}
		for _, actor := range []string{"duty", "worker"} {
			text, args := o.NearStatement(o.Actor(actor), incidenttest.InMicro1, 300, incidenttest.Begin.UnixMilli()-1)
			explain := "EXPLAIN "
			if o.DB.Engine() == db.SQLite {
				explain = "EXPLAIN QUERY PLAN "
			}
			plan := strings.Join(o.Rows(explain+text, args...), "")
			require.Contains(t, plan, "incidents_cell", plan)
			for _, whole := range []string{"Seq Scan on incidents", "SCAN i", "incidents_time", "incidents_state", "incidents_street"} {
				require.NotContains(t, plan, whole, plan)
			}
		}
		found, err := o.Similar(context.Background(), o.Actor("duty"), inc.Text, &incidenttest.InMicro1, "", "")
		require.NoError(t, err)
		require.Equal(t, inc.ID, found[0].Incident.ID)
		for _, like := range found {
			require.NotEqual(t, far.ID, like.Incident.ID)
		}
	})
}

// copies writes rows like one incident, with another cell and time each.
func copies(o *incidenttest.Office, of, prefix string, n int, cell, at string) {
	var names, values []string
	for _, row := range o.Rows(`SELECT * FROM incidents WHERE id = $1`, of) {
		for _, line := range strings.Split(strings.TrimSpace(row), "\n") {
			name, _, ok := strings.Cut(line, "=")
			if !ok {
				continue
			}
			value := "i." + name
			switch name {
			case "id":
				value = "'" + prefix + "-' || n.x"
			case "cell":
				value = cell
			case "received_at":
				value = at
			}
			names, values = append(names, name), append(values, value)
		}
	}
	o.Exec(`INSERT INTO incidents (`+strings.Join(names, ", ")+`)
		WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < $2)
		SELECT `+strings.Join(values, ", ")+` FROM incidents i, n WHERE i.id = $1`, of, n)
}

// TestCellsAreWhatTheMigrationMakes holds that the numbers which Go writes are those that the migration gave to what
// was there before.
func TestCellsAreWhatTheMigrationMakes(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		for n := range 30 {
			o.Report("duty", incidenttest.Noise(incidenttest.At(geo.Point{Lon: 104.06 + float64(n)*0.00061, Lat: 30.65 + float64(n)*0.00033})))
		}
		o.Report("duty", incidenttest.Noise(func(r *incident.Report) { r.Lon, r.Lat = nil, nil }))
		require.Equal(t, 1, o.Count(`SELECT count(*) FROM incidents WHERE cell IS NULL`))
		require.Zero(t, o.Count(`SELECT count(*) FROM incidents WHERE cell <> (CAST(floor(lon * 700 + 0.5) AS BIGINT) + 200000) * 1000000 + CAST(floor(lat * 700 + 0.5) AS BIGINT) + 100000`))
		moved := o.Report("duty", incidenttest.Noise())
		o.Act("duty", moved.ID, "place", fields{"lon": incidenttest.InMicro2.Lon, "lat": incidenttest.InMicro2.Lat})
		require.Zero(t, o.Count(`SELECT count(*) FROM incidents WHERE cell <> (CAST(floor(lon * 700 + 0.5) AS BIGINT) + 200000) * 1000000 + CAST(floor(lat * 700 + 0.5) AS BIGINT) + 100000`))
	})
}
