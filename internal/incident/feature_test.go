package incident_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/incident"
	"gezhi/internal/incident/incidenttest"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

func featureIDs(list []incident.Feature) (ids []string) {
	for _, f := range list {
		ids = append(ids, f.ID)
	}
	return ids
}

// figuresOnly sees figures of an area and no incident.
func figuresOnly(area string) authz.Actor {
	return authz.Actor{AccountID: "viewer", Posts: []authz.Post{{AreaID: area, Reach: authz.ReachArea, Permissions: map[authz.Permission]bool{perm.FiguresRead: true}}}}
}

func TestFeaturesStayWithinTheScope(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		ctx := t.Context()
		mine := o.Report("duty", incidenttest.Noise(func(r *incident.Report) { r.Title = "请打13800001234" }))
		light := o.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro3), incidenttest.Of("environment.light", "complaint")))
		tip := o.Report("duty", incidenttest.Noise(incidenttest.Of("security.theft", "tipoff")))
		other := o.Report("duty", incidenttest.Noise(incidenttest.At(incidenttest.InMicro9)))

		all, err := o.Features(ctx, authz.System("test"), incident.FeatureFilter{Limit: 10})
		require.NoError(t, err)
		require.ElementsMatch(t, []string{mine.ID, light.ID, tip.ID, other.ID}, featureIDs(all))
		own, err := o.Features(ctx, o.Actor("duty"), incident.FeatureFilter{Limit: 10})
		require.NoError(t, err)
		require.Subset(t, featureIDs(own), []string{mine.ID, light.ID, tip.ID})
		for _, f := range own {
			require.NotContains(t, f.Title, "13800001234")
		}

		figures, err := o.Features(ctx, figuresOnly(incidenttest.StreetA), incident.FeatureFilter{Limit: 10})
		require.NoError(t, err)
		require.ElementsMatch(t, []string{mine.ID, light.ID}, featureIDs(figures), "neither the other street nor the tip-off")
		for _, f := range figures {
			require.Empty(t, f.Title)
		}
		_, err = o.FeatureByID(ctx, figuresOnly(incidenttest.StreetA), tip.ID)
		require.True(t, fault.Is(err, "not_found"))
		one, err := o.FeatureByID(ctx, figuresOnly(incidenttest.StreetA), mine.ID)
		require.NoError(t, err)
		require.Equal(t, incident.NamedCode{Code: "security.noise", Name: "噪音扰民", NameEN: "Noise"}, one.Category)
		none, err := o.Features(ctx, o.Actor("nobody"), incident.FeatureFilter{Limit: 10})
		require.NoError(t, err)
		require.Empty(t, none)

		first, err := o.Features(ctx, authz.System("test"), incident.FeatureFilter{Limit: 3})
		require.NoError(t, err)
		rest, err := o.Features(ctx, authz.System("test"), incident.FeatureFilter{Limit: 3, After: first[2].ID})
		require.NoError(t, err)
		require.ElementsMatch(t, featureIDs(all), append(featureIDs(first), featureIDs(rest)...))

		box := incident.Box{West: 104.06, South: 30.65, East: 104.07, North: 30.66}
		inside, err := o.Features(ctx, authz.System("test"), incident.FeatureFilter{Limit: 9, Box: &box, Category: "security", Open: true, State: "reported"})
		require.NoError(t, err)
		require.ElementsMatch(t, []string{mine.ID, tip.ID}, featureIDs(inside))

		whole := incident.Box{West: 104.06, South: 30.65, East: 104.10, North: 30.69}
		cells, err := o.FeatureCells(ctx, figuresOnly(incidenttest.StreetA), incident.FeatureFilter{}, incident.Lattice{Box: whole, Width: 0.01, Height: 0.01})
		require.NoError(t, err)
		require.Equal(t, []incident.FeatureCell{{X: 0, Y: 0, Lon: 104.065, Lat: 30.655, Count: 1}, {X: 0, Y: 1, Lon: 104.065, Lat: 30.665, Count: 1}}, cells)
	})
}

func TestOnlyEverydayMattersArePublished(t *testing.T) {
	each(t, func(t *testing.T, o *incidenttest.Office) {
		ctx := t.Context()
		road := func(change ...func(*incident.Report)) incident.Report {
			return incidenttest.Noise(append([]func(*incident.Report){incidenttest.Of("environment.road", "complaint")}, change...)...)
		}
		shown := o.Report("duty", road(incidenttest.By("王五", "13800001234")))
		o.Report("duty", incidenttest.Noise(incidenttest.Of("dispute.neighbour", "complaint")))
		o.Report("duty", incidenttest.Noise(incidenttest.Of("security.theft", "complaint")))
		o.Report("duty", road(incidenttest.Of("environment.road", "tipoff")))
		o.Report("duty", road(func(r *incident.Report) { r.Lon, r.Lat = nil, nil }))
		o.Report("duty", road(func(r *incident.Report) { r.Reporter.Confidential = true }))
		police := o.Report("duty", road())
		o.Act("duty", police.ID, "dispatch", fields{"unit": incidenttest.Police})
		void := o.Report("duty", road())
		o.Act("duty", void.ID, "void", fields{"reason": "误报"})
		closed := o.Report("duty", road())
		o.Walk(closed.ID, finished...)

		list, last, err := o.OpenFeatures(ctx, incident.FeatureFilter{Limit: 100})
		require.NoError(t, err)
		require.Empty(t, last.ID)
		require.ElementsMatch(t, []string{shown.ID, closed.ID}, featureIDs(list))
		for _, f := range list {
			require.Equal(t, incidenttest.Micro1, f.AreaID)
			require.Empty(t, f.Title+f.Number)
			require.Nil(t, f.Lon)
		}
		_, err = o.OpenFeatureByID(ctx, police.ID)
		require.True(t, fault.Is(err, "not_found"))
		_, err = o.OpenFeatureByID(ctx, "nonsense")
		require.True(t, fault.Is(err, "not_found"))
		one, err := o.OpenFeatureByID(ctx, closed.ID)
		require.NoError(t, err)
		require.Equal(t, incident.Closed, one.State)

		var paged []string
		for after := ""; ; {
			some, last, err := o.OpenFeatures(ctx, incident.FeatureFilter{Limit: 1, After: after})
			require.NoError(t, err)
			paged = append(paged, featureIDs(some)...)
			if after = last.ID; after == "" {
				break
			}
		}
		require.ElementsMatch(t, []string{shown.ID, closed.ID}, paged)
	})
}
