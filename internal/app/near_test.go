package app

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/demo"
	"gezhi/internal/dispatch"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/seal"
)

// TestTheNearestOfTheStreet asks the tree and the people of the demo's office who is near, and counts what is in hand.
func TestTheNearestOfTheStreet(t *testing.T) {
	dir, clock := t.TempDir(), &demo.Clock{}
	clock.Set(time.Date(2024, 5, 16, 15, 20, 0, 0, time.UTC))
	a, err := Open(t.Context(), Config{Folder: dir, KeyFile: filepath.Join(dir, "key"), Suite: seal.AES, Demo: true}, clock)
	require.NoError(t, err)
	t.Cleanup(func() { a.Close() })
	require.NoError(t, demo.LoadOffice(t.Context(), a.demoServices(clock), demo.Small))
	clock.Set(time.Date(2024, 5, 16, 15, 20, 0, 0, time.UTC))

	f := force{a, &surveyor{app: a}}
	require.Len(t, f.Stations(), 4)
	for _, s := range f.Stations() {
		require.False(t, s.At.IsZero(), s.Area)
	}
	tree := a.Grid.Tree()
	community, _ := tree.Trunk()
	micro := tree.Below(community.ID)
	path := routed(areasOf(tree.Path(micro[len(micro)-1])))
	require.NotEmpty(t, f.Walkers(path))
	require.Equal(t, len(f.Walkers(nil)), len(f.Walkers(path)), "the demo has one street")
	require.Same(t, f.survey.sites(), f.survey.sites(), "what did not change is not surveyed again")

	at := tree.Children(tree.Children(community.ID)[0].ID)[0]
	place := at.Shape.Centroid()
	path = routed(areasOf(tree.Path(at.ID)))
	require.Equal(t, string(grid.Grid), path[len(path)-1].Level)
	own, _, ok := f.StationOf(path)
	require.True(t, ok)
	rules := dispatch.NewRules([]dispatch.Rule{{ID: "r", Name: "近", Target: dispatch.NearestStation, Active: true}})
	d := dispatch.Decide(rules, dispatch.Situation{Path: path, Position: place}, dispatch.Force{Directory: f})
	require.Equal(t, own, d.UnitID)
	d = dispatch.Decide(rules, dispatch.Situation{Path: path, Position: place, Avoid: []string{own}}, dispatch.Force{Directory: f})
	require.NotEqual(t, own, d.UnitID)
	require.Equal(t, "rule.nearest_station", d.Reason.Code)

	inc, _, err := a.Incident.Report(t.Context(), authz.System("test"), incident.Report{Channel: "sensor", Category: "safety.fire", Severity: "general", Text: "烟感报警",
		Lon: &place.Lon, Lat: &place.Lat}, incident.Repeat{})
	require.NoError(t, err)
	require.Len(t, inc.Orders, 1, "the demo's rules send by themselves")
	order := inc.Orders[0]
	require.NotEmpty(t, order.PersonID, "straight to who walks there")
	require.NoError(t, a.load.begin(t.Context()))
	require.EqualValues(t, 1, a.load.OfPerson(order.PersonID))
	_, err = a.Incident.Act(t.Context(), authz.System("test"), inc.ID, incident.Action{Do: "withdraw_order", Order: order.ID, Fields: map[string]json.RawMessage{"reason": json.RawMessage(`"误报"`)}})
	require.NoError(t, err)
	_, err = a.Relay.Once(t.Context())
	require.NoError(t, err)
	more, err := a.load.follow(t.Context())
	require.NoError(t, err)
	require.True(t, more)
	require.Zero(t, a.load.OfPerson(order.PersonID))
}
