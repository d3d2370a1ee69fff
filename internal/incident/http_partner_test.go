package incident_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident/incidenttest"
)

// TestPartnersKeepToTheirRateChannelAndArea holds another system to what was agreed with it, and staff to none of it.
func TestPartnersKeepToTheirRateChannelAndArea(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		rate := int64(3)
		o.PartnerRate = func(string) int64 { return rate }
		s := o.Serve()
		report := func(who, channel string, lon, lat float64) *incidenttest.Answer {
			return s.Post(who, incidentsPath, fields{"text": "路灯坏了", "channel": channel, "lon": lon, "lat": lat})
		}
		here, elsewhere := incidenttest.InMicro1, incidenttest.InMicro9

		_, wrong := report("partner", "hotline", here.Lon, here.Lat).Problem()
		require.Equal(t, []string{"channel channel.partner"}, wrong)
		_, wrong = report("partner", "partner", elsewhere.Lon, elsewhere.Lat).Problem()
		require.Equal(t, []string{"lon position.outside_scope"}, wrong)
		require.Zero(t, o.Count(`SELECT count(*) FROM incidents`), "nothing that was refused is stored")

		require.Equal(t, http.StatusCreated, report("partner", "partner", here.Lon, here.Lat).Status)
		require.Equal(t, http.StatusCreated, report("partner", "sensor", here.Lon, here.Lat).Status)
		code, _ := report("partner", "partner", here.Lon, here.Lat).Problem()
		require.Equal(t, "too_many", code, "the report outside the area counted too")
		require.Equal(t, http.StatusCreated, report("duty", "hotline", elsewhere.Lon, elsewhere.Lat).Status, "staff are not held to it")
		o.Clock.Advance(20 * time.Second)
		require.Equal(t, http.StatusCreated, report("partner", "partner", here.Lon, here.Lat).Status, "one more after a third of the minute")
	})
}
