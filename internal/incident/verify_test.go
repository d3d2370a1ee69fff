package incident_test

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
)

// tampering is something that somebody with access to the store alone might do, and what Verify or Recount says then.
type tampering struct {
	name string
	do   func(o *incidenttest.Office, id string)
	says string
}

func set(column, value string) tampering {
	return tampering{"entries." + column, func(o *incidenttest.Office, id string) {
		o.Exec(`UPDATE entries SET `+column+` = `+value+` WHERE incident_id = $1 AND seq = 3`, id)
	}, "entry 3"}
}

var tamperings = []tampering{
	set("at", "at + 1"), set("at", "at - 86400000"), set("action", "'note'"), set("visibility", "'internal'"), set("actor_id", "'duty'"),
	set("actor_name", "'别人'"), set("unit_id", "'police'"), set("order_id", "'x'"), set("from_state", "'reported'"), set("to_state", "'closed'"),
	set("body", `'{"reason":"另一个原因"}'`), set("files", `'["f"]'`), set("salt", "'x'"), set("digest", "'x'"), set("hash", "'x'"),
	set("request_key", "'x'"), set("request_digest", "'x'"),
	{"a middle entry is gone", func(o *incidenttest.Office, id string) {
		o.Exec(`DELETE FROM entries WHERE incident_id = $1 AND seq = 3`, id)
	}, "entry 3 is missing"},
	{"the first entry is gone", func(o *incidenttest.Office, id string) {
		o.Exec(`DELETE FROM entries WHERE incident_id = $1 AND seq = 1`, id)
	}, "entry 1 is missing"},
	{"two entries change places", func(o *incidenttest.Office, id string) {
		o.Exec(`UPDATE entries SET seq = -seq WHERE incident_id = $1 AND seq IN (2, 3)`, id)
		o.Exec(`UPDATE entries SET seq = 5 + seq WHERE incident_id = $1 AND seq < 0`, id)
	}, "entry 2"},
	{"an entry is added", func(o *incidenttest.Office, id string) {
		o.Exec(`INSERT INTO entries SELECT incident_id, seq + 1, at + 1, action, visibility, actor_id, actor_name, unit_id, order_id, from_state,
			to_state, body, files, salt, digest, hash, request_key, request_digest FROM entries WHERE incident_id = $1 AND seq = 7`, id)
	}, "entry 8"},
	{"the tail is cut", func(o *incidenttest.Office, id string) {
		o.Exec(`DELETE FROM entries WHERE incident_id = $1 AND seq = 7`, id)
	}, "ends at entry 6"},
	{"the tail is cut and the incident says so", cutTail, "entry 7, which anchor"},
	{"the tail is cut, and the anchored head too", func(o *incidenttest.Office, id string) {
		cutTail(o, id)
		o.Exec(`UPDATE anchor_heads SET seq = 6, hash = (SELECT hash FROM entries WHERE incident_id = $1 AND seq = 6) WHERE incident_id = $1`, id)
	}, "their sum is another"},
	{"the incident vanishes", vanish, "is gone or was changed"},
	{"the incident vanishes with its head", func(o *incidenttest.Office, id string) {
		vanish(o, id)
		o.Exec(`DELETE FROM anchor_heads WHERE incident_id = $1`, id)
	}, "heads are there"},
	{"the incident vanishes with its head, and the anchor counts anew", func(o *incidenttest.Office, id string) {
		vanish(o, id)
		o.Exec(`DELETE FROM anchor_heads WHERE incident_id = $1`, id)
		o.Exec(`UPDATE anchors SET heads = heads - 1`)
	}, "signature is wrong"},
	{"everything vanishes with every anchor", func(o *incidenttest.Office, id string) {
		for _, table := range []string{"anchors", "anchor_heads", "entries", "clocks", "copies", "orders", "incidents"} {
			o.Exec(`DELETE FROM ` + table)
		}
	}, "one was removed"},
	{"the newest anchor is gone", func(o *incidenttest.Office, id string) {
		o.Exec(`DELETE FROM anchors WHERE seq = (SELECT max(seq) FROM anchors)`)
	}, "one was removed"},
	{"a figure is changed", func(o *incidenttest.Office, id string) { o.Exec(`UPDATE counters SET n = n + 1 WHERE n > 0`) }, "street street-a, state closed: kept 2, counted 1"},
	{"a figure is gone", func(o *incidenttest.Office, id string) { o.Exec(`DELETE FROM counters`) }, "street street-a, state closed: kept 0, counted 1"},
	{"a figure is invented", func(o *incidenttest.Office, id string) {
		o.Exec(`INSERT INTO counters (street_id, state, n) VALUES ('moon', 'closed', 3)`)
	}, "street moon, state closed: kept 3, counted 0"},
	{"a state is changed past the workflow", func(o *incidenttest.Office, id string) {
		o.Exec(`UPDATE incidents SET state = 'voided' WHERE id = $1`, id)
	}, "state voided: kept 0, counted 1"},
}

func cutTail(o *incidenttest.Office, id string) {
	o.Exec(`DELETE FROM entries WHERE incident_id = $1 AND seq = 7`, id)
	o.Exec(`UPDATE incidents SET entry_seq = 6, entry_hash = (SELECT hash FROM entries WHERE incident_id = $1 AND seq = 6) WHERE id = $1`, id)
}

func vanish(o *incidenttest.Office, id string) {
	o.Exec(`DELETE FROM entries WHERE incident_id = $1`, id)
	o.Exec(`DELETE FROM orders WHERE incident_id = $1`, id)
	o.Exec(`DELETE FROM clocks WHERE incident_id = $1`, id)
	o.Exec(`DELETE FROM copies WHERE incident_id = $1`, id)
	o.Exec(`DELETE FROM incidents WHERE id = $1`, id)
}

// TestTamperingShows changes the store past the service in every way and lets Verify and Recount name what was done.
func TestTamperingShows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Walk(o.Report("duty", incidenttest.Noise()).ID, finished...)
		require.Equal(t, int64(7), inc.EntrySeq)
		require.Empty(t, o.Unproved())
		for _, c := range tamperings {
			keep := backup(o)
			c.do(o, inc.ID)
			v, err := o.Verify(context.Background())
			require.NoError(t, err, c.name)
			differences, err := o.Recount(context.Background())
			require.NoError(t, err, c.name)
			require.Contains(t, strings.Join(append(v.Broken, differences...), "\n"), c.says, c.name)
			restore(o, keep)
		}
		require.Empty(t, o.Unproved(), "the store is as it was")
	})
}

// TestEveryColumnOfTheTimelineIsProved holds that the list above leaves no column out.
func TestEveryColumnOfTheTimelineIsProved(t *testing.T) {
	o := incidenttest.New(t, dbtest.Lite(t))
	o.Report("duty", incidenttest.Noise())
	row := o.Rows(`SELECT * FROM entries`)[0]
	for _, line := range strings.Split(strings.TrimSpace(row), "\n") {
		column, _, _ := strings.Cut(line, "=")
		if column == "incident_id" || column == "seq" {
			continue // the key: a row with another one is missing here and added there
		}
		found := false
		for _, c := range tamperings {
			found = found || c.name == "entries."+column
		}
		require.True(t, found, "entries.%s can be changed unnoticed", column)
	}
}

// proved lists the tables that tampering changes, parents first.
var proved = []string{"incidents", "orders", "clocks", "copies", "entries", "anchors", "anchor_heads", "counters"}

func backup(o *incidenttest.Office) []string {
	for _, table := range proved {
		o.Exec(`CREATE TABLE kept_` + table + ` AS SELECT * FROM ` + table)
	}
	return proved
}

func restore(o *incidenttest.Office, tables []string) {
	for n := range tables {
		o.Exec(`DELETE FROM ` + tables[len(tables)-1-n])
	}
	for _, table := range tables {
		o.Exec(`INSERT INTO ` + table + ` SELECT * FROM kept_` + table)
		o.Exec(`DROP TABLE kept_` + table)
	}
}

// TestOddWordsStayProved writes what engines keep in forms of their own, and proves the timeline all the same.
func TestOddWordsStayProved(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Walk(o.Report("duty", incidenttest.Noise()).ID, taken...)
		o.Act("station1", inc.ID, "arrive", fields{"lon": math.Copysign(0, -1), "lat": 0.0, "reason": "没有信号"})
		for _, text := range []string{`<script>alert("1")</script> & 'q' \ / \u0000`, "表情😀𠮷\u2028\u2029\ufffd", "行一\r\n行二\t完", "1e400 -0 0.10 NaN", strings.Repeat("长", 2000)} {
			o.Act("station1", inc.ID, "note", fields{"text": text})
			entries := o.Timeline(inc.ID)
			var body map[string]string
			require.NoError(t, json.Unmarshal(entries[len(entries)-1].Body, &body))
			require.Equal(t, text, body["text"])
		}
	})
}
