package demo_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app"
	"gezhi/internal/app/demo"
	"gezhi/internal/grid"
	"gezhi/internal/people"
)

// TestFullOffice makes the whole street once: its areas pass the product's own import, every grid has somebody, and the
// demo accounts still take whatever the rules propose.
func TestFullOffice(t *testing.T) {
	a, clock := open(t, "")
	ctx := context.Background()
	begun := time.Now()
	require.NoError(t, demo.LoadOffice(ctx, services(a, clock), demo.Full))
	t.Log("made in", time.Since(begun))
	clock.Set(until)

	tree := a.Grid.Tree()
	street, ok := tree.AreaByCode(grid.Street, "990101001")
	require.True(t, ok)
	counts, err := a.People.CountByAreaRole(ctx, until.UnixMilli())
	require.NoError(t, err)
	grids, micro := 0, 0
	for _, c := range tree.Children(street.ID) {
		for _, g := range tree.Children(c.ID) {
			grids++
			micro += len(tree.Children(g.ID))
			held := counts[g.ID]
			require.Positive(t, held["grid_worker"]+held["grid_head"], "%s has a worker or a head", g.Name)
		}
	}
	require.Equal(t, 14, len(tree.Children(street.ID)))
	require.Equal(t, 133, grids)
	require.Equal(t, 997, micro)

	missing := map[string]int{}
	for _, s := range tree.Shortages(counts) {
		for _, l := range s.Lacks {
			missing[l.Role]++
		}
	}
	for _, role := range []string{"grid_head", "grid_worker", "grid_instructor", "functional_worker", "microgrid_worker"} {
		require.Positive(t, missing[role], "%s is vacant somewhere on purpose", role)
	}
	require.Less(t, missing["grid_worker"], 10)
	require.Less(t, missing["microgrid_worker"], 100)
	require.Len(t, a.Grid.FindPlaces(grid.PlaceQuery{Q: "书香轩", Limit: 5}), 1, "no compound's name comes twice")
	crewed(t, a)
	takable(t, a)
}

// crewed looks at stations and at how many work here.
func crewed(t *testing.T, a *app.App) {
	t.Helper()
	dedicated, stationed := 0, 0
	patrols := a.Grid.Tree().PatrolAreas()
	require.Len(t, patrols, 7, "6+1")
	for _, p := range patrols {
		if p.Kind == grid.Dedicated {
			dedicated++
		}
		require.NotEmpty(t, p.Members)
		for _, one := range a.People.Directory().PeopleOfUnit(p.StationID) {
			if one.Name != "高远舟" { // the visitor's own account is at every station
				stationed++
			}
		}
	}
	require.Equal(t, 1, dedicated)
	require.GreaterOrEqual(t, stationed, 40)

	kinds, total, names := map[people.UnitKind]int{}, 0, map[string]bool{}
	for _, u := range a.People.Directory().OpenUnits() {
		kinds[u.Kind]++
	}
	require.Equal(t, 10, kinds[people.Department])
	require.Equal(t, 14, kinds[people.Community])
	for cursor := ""; ; {
		list, next, err := a.People.Accounts(context.Background(), machine, people.AccountQuery{Limit: 200, Cursor: cursor})
		require.NoError(t, err)
		for _, one := range list {
			total++
			if strings.HasPrefix(one.Login, "staff-") {
				require.False(t, names[one.Name], "two are called %s", one.Name)
				names[one.Name] = true
			}
		}
		if cursor = next; next == "" {
			break
		}
	}
	t.Log(total, "accounts")
	require.True(t, total >= 400 && total <= 500, total)
}
