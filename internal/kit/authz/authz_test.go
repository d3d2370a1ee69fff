package authz_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
)

const see, act authz.Permission = "see", "act"

func post(reach authz.Reach, unit, area string, perms ...authz.Permission) authz.Post {
	p := authz.Post{Reach: reach, UnitID: unit, AreaID: area, Permissions: map[authz.Permission]bool{}}
	for _, v := range perms {
		p.Permissions[v] = true
	}
	return p
}

func TestScopeReachesAsFarAsThePostsThatHoldThePermission(t *testing.T) {
	a := authz.Actor{AccountID: "p", Posts: []authz.Post{
		post(authz.ReachArea, "", "street", see), post(authz.ReachUnit, "station", "street", act), post(authz.ReachBoth, "team", "grid", see, act),
	}}
	require.Equal(t, authz.Scope{Areas: []string{"street", "grid"}, Units: []string{"team"}, Person: "p"}, a.Scope(see))
	require.Equal(t, authz.Scope{Areas: []string{"grid"}, Units: []string{"station", "team"}, Person: "p"}, a.Scope(act))
	require.True(t, a.Scope("other").Empty())
	require.False(t, a.Can("other"))
	require.Equal(t, []string{"station", "team"}, a.Units())
}

func TestScopeCovers(t *testing.T) {
	s := authz.Scope{Areas: []string{"street"}, Units: []string{"station"}, Person: "p"}
	require.True(t, s.Covers(authz.Target{Areas: []string{"city", "street", "grid"}}))
	require.True(t, s.Covers(authz.Target{Areas: []string{"elsewhere"}, Units: []string{"station"}}))
	require.True(t, s.Covers(authz.Target{Persons: []string{"p"}}))
	require.False(t, s.Covers(authz.Target{Areas: []string{"elsewhere", ""}, Units: []string{""}, Persons: []string{""}}))
	require.False(t, authz.Scope{Areas: []string{""}}.Covers(authz.Target{Areas: []string{""}}), "an unknown area is nobody's")
	require.False(t, authz.Scope{}.Covers(authz.Target{Persons: []string{""}}))
	require.True(t, authz.Scope{All: true}.Covers(authz.Target{}))
}

func TestStrangersAndMachines(t *testing.T) {
	require.False(t, authz.Actor{}.Known())
	require.False(t, authz.Actor{}.Can(see))
	require.True(t, authz.Actor{}.Scope(see).Empty())
	m := authz.System("sweep")
	require.True(t, m.Known() && m.Can(see) && m.Scope(see).All)
}

func TestAPostWithoutAnAreaCoversEverything(t *testing.T) {
	require.True(t, authz.Actor{AccountID: "p", Posts: []authz.Post{post(authz.ReachArea, "", "", see)}}.Scope(see).All)
	require.True(t, authz.Actor{AccountID: "p", Posts: []authz.Post{post(authz.ReachNone, "", "", see)}}.Scope(see).All)
}
