package incident_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/jsontext"
)

// What an incident offers is kept as it is written; it must be what the standard would write for each state and person.
func TestRowsAreWrittenAsTheStandardWritesThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := incidenttest.New(t, d)
		inc := o.Report("duty", incidenttest.Noise(incidenttest.By("王某", "13800001111")))
		for _, do := range []string{"", "dispatch", "accept_order", "handle", "check_pass"} {
			by := map[string]string{"": "duty", "dispatch": "duty", "check_pass": "duty"}[do]
			if by == "" {
				by = "station1"
			}
			if do != "" {
				fields := incidenttest.Fields{}
				if do == "dispatch" {
					fields["unit"] = incidenttest.Station
				}
				if do == "handle" {
					fields["result"] = "已劝离"
				}
				inc = o.Act(by, inc.ID, do, fields)
			}
			for _, login := range []string{"duty", "station1", "leader", "window"} {
				for _, v := range []any{o.Service.Row(o.Actor(login), inc), o.Service.View(o.Actor(login), inc)} {
					want, err := json.Marshal(v)
					require.NoError(t, err)
					var w jsontext.Writer
					v.(jsontext.Appender).AppendJSON(&w)
					require.Equal(t, string(want), string(w.Bytes))
				}
			}
		}
	})
}
