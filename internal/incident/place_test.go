package incident_test

import (
	"context"
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/geo"
)

// TestWhereAReportBelongs gives reports with every kind of position, and with none.
func TestWhereAReportBelongs(t *testing.T) {
	gcj, err := geo.FromWGS84(incidenttest.InMicro3, geo.GCJ02)
	require.NoError(t, err)
	bd, err := geo.FromWGS84(incidenttest.InMicro3, geo.BD09)
	require.NoError(t, err)
	nan, inf := math.NaN(), math.Inf(1)
	at := func(lon, lat float64, datum string) func(*incident.Report) {
		return func(r *incident.Report) { r.Lon, r.Lat, r.Datum = &lon, &lat, datum }
	}
	cases := []struct {
		name   string
		change func(*incident.Report)
		area   string   // '' while it is to be placed
		refuse []string // field errors
	}{
		{"inside", at(104.065, 30.655, ""), incidenttest.Micro1, nil},
		{"gcj02", at(gcj.Lon, gcj.Lat, "gcj02"), incidenttest.Micro3, nil},
		{"bd09", at(bd.Lon, bd.Lat, "bd09"), incidenttest.Micro3, nil},
		{"cgcs2000", at(104.075, 30.655, "cgcs2000"), incidenttest.Micro2, nil},
		{"out of every area", at(104.5, 30.9, ""), "", nil},
		{"no position means zero", at(0, 0, ""), "", nil},
		{"none at all", func(r *incident.Report) { r.Lon, r.Lat = nil, nil }, "", nil},
		{"an area by hand", func(r *incident.Report) { r.Lon, r.Lat, r.AreaID = nil, nil, incidenttest.Community2 }, incidenttest.Community2, nil},
		{"an area nobody knows", func(r *incident.Report) { r.Lon, r.Lat, r.AreaID = nil, nil, "moon" }, "", nil},
		{"swapped", at(30.655, 104.065, ""), "", []string{"lat position.swapped"}},
		{"not a number", at(nan, 30.655, ""), "", []string{"lon position.nan"}},
		{"no end", at(104.065, inf, ""), "", []string{"lat position.nan"}},
		{"off the earth", at(300, 30, ""), "", []string{"lon position.range"}},
		{"half", func(r *incident.Report) { r.Lon = nil }, "", []string{"lon field.required"}},
		{"another half", func(r *incident.Report) { r.Lat = nil }, "", []string{"lat field.required"}},
		{"unknown datum", at(104.065, 30.655, "mars"), "", []string{"datum field.choice"}},
	}
	each(t, func(t *testing.T, o *incidenttest.Office) {
		for _, c := range cases {
			inc, _, err := o.Service.Report(context.Background(), o.Actor("duty"), incidenttest.Noise(c.change), incident.Repeat{})
			if c.refuse != nil {
				require.Equal(t, c.refuse, fieldsOf(err), c.name)
				continue
			}
			require.NoError(t, err, c.name)
			require.Equal(t, c.area, inc.AreaID, c.name)
			require.Equal(t, c.area, inc.FiledArea, c.name)
			require.Equal(t, c.area != "", inc.Placed, c.name)
			require.Equal(t, incidenttest.StreetA, inc.StreetID(), "%s: the street whose desk took it sees it", c.name)
		}
	})
}

// TestToBePlaced takes a report without a position from a resident to the list "to be placed", dispatches it before
// anybody knows where it is, and places it with a click on the map.
func TestToBePlaced(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		ctx := context.Background()
		lost := o.Report("", incidenttest.Noise(incidenttest.At(incidenttest.Outside), func(r *incident.Report) { r.Channel = "app" }))
		require.False(t, lost.Placed)
		require.Equal(t, incidenttest.District, lost.LevelIDs[1], "it waits at the trunk of the tree")
		require.Empty(t, lost.StreetID())
		_, err := o.Get(ctx, o.Actor("duty"), lost.ID)
		require.Equal(t, "not_found", codeOf(err), "the street does not own it")

		mine := o.Report("duty", incidenttest.Noise(func(r *incident.Report) { r.Lon, r.Lat = nil, nil }))
		list, _, err := o.List(ctx, o.Actor("duty"), incident.Filter{Queue: "unplaced"})
		require.NoError(t, err)
		require.Len(t, list, 1)
		require.Equal(t, mine.ID, list[0].ID)

		o.Act("duty", mine.ID, "dispatch", fields{"unit": incidenttest.Police})
		placed := o.Act("duty", mine.ID, "place", fields{"lon": incidenttest.InMicro3.Lon, "lat": incidenttest.InMicro3.Lat, "address": "水井街3号"})
		require.True(t, placed.Placed)
		require.Equal(t, incidenttest.Micro3, placed.AreaID)
		require.Equal(t, incidenttest.Micro3, placed.FiledArea)
		require.Equal(t, "水井街3号", placed.Address)
		require.Equal(t, incident.InProgress, placed.State)

		moved := o.Act("duty", mine.ID, "place", fields{"area": incidenttest.Community1})
		require.Equal(t, incidenttest.Community1, moved.AreaID)
		require.Equal(t, incidenttest.Micro3, moved.FiledArea, "where it was filed stays for the figures")
		require.Empty(t, o.Broken(mine.ID))
	})
}

// TestRedrawIsFollowed moves a border over an open incident, a closed one and an unplaced one.
func TestRedrawIsFollowed(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		edge := geo.Point{Lon: 104.0695, Lat: 30.655}
		open := o.Report("duty", incidenttest.Noise(incidenttest.At(edge)))
		closed := o.Walk(o.Report("duty", incidenttest.Noise(incidenttest.At(edge))).ID, finished...)
		inner := o.Report("duty", incidenttest.Noise())
		outside := o.Report("duty", incidenttest.Noise(incidenttest.At(geo.Point{Lon: 104.0605, Lat: 30.645})))
		byHand := o.Report("duty", incidenttest.Noise(func(r *incident.Report) { r.Lon, r.Lat, r.AreaID = nil, nil, incidenttest.Micro1 }))
		require.Equal(t, incidenttest.Micro1, open.AreaID)
		require.False(t, outside.Placed)

		o.Places.Draw(incidenttest.Micro1, geo.Box{West: 104.06, South: 30.64, East: 104.069, North: 30.66})
		o.Places.Draw(incidenttest.Micro2, geo.Box{West: 104.069, South: 30.65, East: 104.08, North: 30.66})
		moved, err := o.FollowRedraw(context.Background(), []string{incidenttest.Micro1, incidenttest.Micro2})
		require.NoError(t, err)
		require.Equal(t, 2, moved)

		after := o.Load(open.ID)
		require.Equal(t, incidenttest.Micro2, after.AreaID)
		require.Equal(t, incidenttest.Micro1, after.FiledArea)
		last := o.Timeline(open.ID)[1]
		require.Equal(t, "redrawn", last.Do)
		require.JSONEq(t, `{"from_area":"m1","to_area":"m2","to_name":"合江二号微网格"}`, string(last.Body))
		require.Equal(t, incidenttest.Micro1, o.Load(outside.ID).AreaID, "what lay outside has found its place")
		require.Equal(t, incidenttest.Micro1, o.Load(closed.ID).AreaID)
		for _, same := range []*incident.Incident{closed, inner, byHand} {
			require.Equal(t, same.Version, o.Load(same.ID).Version)
		}

		moved, err = o.FollowRedraw(context.Background(), []string{incidenttest.Micro1, incidenttest.Micro2})
		require.NoError(t, err)
		require.Zero(t, moved, "doing it again changes nothing")
	})
}

// TestArrivalNotesTheDistance arrives with a position in another datum.
func TestArrivalNotesTheDistance(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		inc := o.Walk(o.Report("duty", incidenttest.Noise()).ID, taken...)
		near := geo.Point{Lon: incidenttest.InMicro1.Lon, Lat: incidenttest.InMicro1.Lat + 0.001}
		gcj, err := geo.FromWGS84(near, geo.GCJ02)
		require.NoError(t, err)
		o.Act("station1", inc.ID, "arrive", fields{"lon": gcj.Lon, "lat": gcj.Lat, "datum": "gcj02"})
		entries := o.Timeline(inc.ID)
		var body map[string]any
		require.NoError(t, json.Unmarshal(entries[len(entries)-1].Body, &body))
		require.InDelta(t, 111, body["distance"], 1)
	})
}

// TestWhatIsPlacedGoesWhereARuleSendsIt lets a rule act as soon as the place is known, once.
func TestWhatIsPlacedGoesWhereARuleSendsIt(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		nowhere := func(r *incident.Report) { r.Lon, r.Lat, r.Address = nil, nil, "东街" }
		help := o.Report("duty", incidenttest.Noise(incidenttest.Of("worker_help", "help"), nowhere))
		require.Empty(t, help.Orders)
		help = o.Act("duty", help.ID, "place", fields{"area": incidenttest.Community1})
		require.Len(t, help.Orders, 1)
		require.Equal(t, incidenttest.Station, help.Orders[0].UnitID)
		require.Equal(t, incident.InProgress, help.State)
		help = o.Act("duty", help.ID, "place", fields{"area": incidenttest.Community2})
		require.Len(t, help.Orders, 1, "what is placed again stays with whom it was sent to")
		require.Empty(t, o.Broken(help.ID))

		noise := o.Report("duty", incidenttest.Noise(nowhere))
		noise = o.Act("duty", noise.ID, "place", fields{"area": incidenttest.Community1})
		require.Empty(t, noise.Orders, "what a rule only proposes waits for a person")
	})
}
