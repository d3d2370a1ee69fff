package incident_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/geo"
)

// TestRedrawAboveTheMicrogrid hangs a micro-grid under another grid, as splitting its grid does, and ends another.
func TestRedrawAboveTheMicrogrid(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inside := o.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro1)))
		taken := o.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro2)))
		byHand := o.Report("duty", incidenttest.Noise(func(r *incident.Report) { r.Lon, r.Lat, r.AreaID = nil, nil, incidenttest.Micro2 }))

		o.Places.Hang(incidenttest.Micro1, incidenttest.Grid3)
		o.Places.End(incidenttest.Micro2)
		o.Places.Draw(incidenttest.Micro3, geo.Box{West: 104.07, South: 30.65, East: 104.08, North: 30.67})
		open, err := o.OpenPlaces(context.Background(), []string{incidenttest.Micro1, incidenttest.Micro2})
		require.NoError(t, err)
		require.Len(t, open, 3, "also of an area that has ended")
		moved, err := o.FollowRedraw(context.Background(), []string{incidenttest.Micro1, incidenttest.Micro2})
		require.NoError(t, err)
		require.Equal(t, 3, moved)

		after := o.Load(inside.ID)
		require.Equal(t, incidenttest.Micro1, after.AreaID)
		require.Equal(t, incidenttest.Grid3, after.LevelIDs[4])
		require.JSONEq(t, `{"from_area":"grid-a1","to_area":"grid-a2","to_name":"水井第一网格"}`, string(o.Timeline(inside.ID)[1].Body))
		require.Equal(t, incidenttest.Micro3, o.Load(taken.ID).AreaID)
		require.Equal(t, incidenttest.Grid1, o.Load(byHand.ID).AreaID, "without a position it goes to what is left above it")
		require.Equal(t, incidenttest.Micro2, o.Load(byHand.ID).FiledArea)
	})
}

// TestARedrawOfMoreAreasThanOneStatementNames follows an import of a whole city.
func TestARedrawOfMoreAreasThanOneStatementNames(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		var areas []string
		for n := range 8000 { // at six levels each, more values than an engine takes
			areas = append(areas, "area-"+strconv.Itoa(n))
		}
		o.Report("duty", incidenttest.Noise())
		moved, err := o.FollowRedraw(context.Background(), append(areas, incidenttest.Micro1))
		require.NoError(t, err)
		require.Zero(t, moved, "it lies where it lay")
	})
}
