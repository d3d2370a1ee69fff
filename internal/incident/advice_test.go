package incident_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// at places a report.
func at(r incident.Report, p geo.Point, address string) incident.Report {
	r.Lon, r.Lat, r.Address = &p.Lon, &p.Lat, address
	return r
}

func TestEarlierAddressesAreFoundByTheirWords(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		o.Report("duty", at(incidenttest.Noise(), incidenttest.InMicro3, "桂花巷12号"))
		o.Clock.Advance(time.Minute)
		o.Report("duty", at(incidenttest.Noise(), incidenttest.InMicro3, "桂花巷12号"))
		o.Report("duty", at(incidenttest.Noise(), incidenttest.InMicro3, "桂花巷30号"))
		elsewhere := incidenttest.Noise()
		elsewhere.Text, elsewhere.Address = "桂花巷的树倒了", "石板街"
		o.Report("duty", elsewhere)
		o.Report("dutyB", at(incidenttest.Noise(), incidenttest.InMicro9, "桂花巷99号"))
		o.Drain()
		list, err := o.Addresses(t.Context(), o.Actor("duty"), "桂花巷")
		require.NoError(t, err)
		var names []string
		for _, a := range list {
			names = append(names, a.Name)
			require.InDelta(t, incidenttest.InMicro3.Lon, a.Lon, 1e-9)
		}
		require.ElementsMatch(t, []string{"桂花巷12号", "桂花巷30号"}, names, "each once, and none of another street")
		none, err := o.Addresses(t.Context(), o.Actor("duty"), "不存在的地方")
		require.NoError(t, err)
		require.Empty(t, none)
		_, err = o.Addresses(t.Context(), o.Actor("duty"), "  ")
		require.True(t, fault.Is(err, "invalid"))
	})
}

func TestWhatMayBeTheSameMatterIsShown(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		first := incidenttest.Noise()
		first.Text, first.Reporter.Phone = "楼下烧烤店深夜大声喧哗，吵得睡不着", "13800001111"
		one := o.Report("duty", at(first, incidenttest.InMicro3, ""))
		other := incidenttest.Noise()
		other.Text, other.Title, other.Reporter.Phone = "学校门口的红绿灯时间太短", "", "13900002222"
		o.Report("duty", at(other, incidenttest.InMicro3, ""))
		o.Clock.Advance(10 * time.Minute)
		again := incidenttest.Noise()
		again.Text = "烧烤店深夜喧哗，请派人看看"
		two := o.Report("duty", at(again, incidenttest.InMicro3, ""))
		o.Drain()

		likely, err := o.Duplicates(t.Context(), o.Actor("duty"), two.ID)
		require.NoError(t, err)
		require.Len(t, likely, 1)
		require.Equal(t, one.ID, likely[0].Incident.ID)
		require.EqualValues(t, 10, likely[0].Minutes)
		require.Zero(t, likely[0].Distance)

		earlier, err := o.Similar(t.Context(), o.Actor("duty"), "", nil, "138 0000 1111", "")
		require.NoError(t, err)
		require.Len(t, earlier, 1, "earlier reports of the number")
		require.True(t, earlier[0].Caller)
		hidden, err := o.Similar(t.Context(), o.Actor("dutyB"), "烧烤店深夜喧哗", nil, "13800001111", "")
		require.NoError(t, err)
		require.Empty(t, hidden, "nothing of another street is shown")

		o.Clock.Advance(4 * 24 * time.Hour)
		late, err := o.Similar(t.Context(), o.Actor("duty"), first.Text, nil, "", "")
		require.NoError(t, err)
		require.Empty(t, late, "after some days it is another matter")
	})
}

func TestAdviceNeedsNoReport(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		before := o.Count(`SELECT count(*) FROM incidents`)
		a, err := o.Advise(o.Actor("duty"), at(incident.Report{Text: "小区里的井盖翘起来了", Channel: "hotline"}, incidenttest.InMicro3, ""))
		require.NoError(t, err)
		require.Equal(t, "environment.manhole", a.Category)
		require.Equal(t, "hazard", a.Kind)
		require.Equal(t, "major", a.Severity)
		require.Equal(t, incidenttest.Micro3, a.Path[len(a.Path)-1].ID)
		require.NotEmpty(t, a.Proposal.UnitID)
		bad := 200.0
		_, err = o.Advise(o.Actor("duty"), incident.Report{Text: "x", Lon: &bad, Lat: &bad})
		require.Error(t, err)
		require.Equal(t, before, o.Count(`SELECT count(*) FROM incidents`))
	})
}
