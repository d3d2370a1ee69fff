package demo_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app"
	"gezhi/internal/app/demo"
	"gezhi/internal/dispatch"
	"gezhi/internal/grid"
	"gezhi/internal/incident"
	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
	"gezhi/internal/perm"
)

// actors signs every demo account in, as a visitor would.
func actors(t *testing.T, a *app.App) map[string]authz.Actor {
	t.Helper()
	ctx := context.Background()
	out := map[string]authz.Actor{}
	for _, account := range demo.Accounts() {
		token, me, err := a.People.SignIn(ctx, "127.0.0.1", account.Login, demo.Password)
		require.NoError(t, err, account.Login)
		require.False(t, me.Account.MustChange, "the password is final")
		require.NotEmpty(t, account.AboutZh)
		require.NotEmpty(t, account.AboutEn)
		require.Equal(t, account.Name, me.Account.Name)
		actor, ok, err := a.People.Authenticate(ctx, token)
		require.NoError(t, err)
		require.True(t, ok)
		require.True(t, actor.HasRole(account.Role), account.Login)
		out[account.Login] = actor
	}
	return out
}

// TestDemoAccountsTakeEveryOrder asks the rules about every category, kind, severity and channel at every micro-grid
// and where nobody knows the place: some demo account can take whatever they propose.
func TestDemoAccountsTakeEveryOrder(t *testing.T) {
	a, clock := open(t, "")
	require.NoError(t, demo.LoadOffice(context.Background(), services(a, clock), demo.Small))
	clock.Set(until)
	takable(t, a)
}

func takable(t *testing.T, a *app.App) {
	t.Helper()
	who := actors(t, a)
	require.Len(t, who, 12)
	takable := map[string]bool{}
	for _, actor := range who {
		for _, unit := range actor.Scope(perm.IncidentHandle).Units {
			takable[unit] = true
		}
	}
	for _, path := range paths(a) {
		for _, c := range a.Incident.Categories().All() {
			for _, kind := range incident.Kinds {
				for _, severity := range incident.Severities {
					s := dispatch.Situation{Category: c.Code, Kind: kind, Severity: severity, Channel: "hotline", Path: path}
					d := a.Dispatch.Decide(s)
					require.True(t, takable[d.UnitID], "%s %s %s at %s goes to %s", c.Code, kind, severity, path[len(path)-1].Name, d.UnitID)
					s.Avoid = []string{d.UnitID} // after a return
					if d = a.Dispatch.Decide(s); d.UnitID != "" {
						require.True(t, takable[d.UnitID], "after a return: %s %s", c.Code, d.UnitID)
					}
				}
			}
		}
	}
}

// absent counts who is away and has somebody to stand in.
func absent(t *testing.T, a *app.App) (n int) {
	t.Helper()
	list, _, err := a.People.Accounts(context.Background(), machine, people.AccountQuery{Limit: 200})
	require.NoError(t, err)
	for _, one := range list {
		if away, ok := a.People.Directory().AbsenceOf(one.ID); ok && away.DelegateID != "" {
			n++
		}
	}
	return n
}

// paths lists the paths of the street and, in each community, of one micro-grid of each kind.
func paths(a *app.App) [][]dispatch.Area {
	tree := a.Grid.Tree()
	trunk, _ := tree.Trunk()
	out := [][]dispatch.Area{path(tree, trunk.ID)}
	for _, community := range tree.Children(trunk.ID) {
		kinds := map[string]bool{}
		for _, g := range tree.Children(community.ID) {
			if !kinds[g.Kind] {
				kinds[g.Kind] = true
				out = append(out, path(tree, tree.Children(g.ID)[0].ID))
			}
		}
	}
	return out
}

func path(tree *grid.Tree, id string) []dispatch.Area {
	var out []dispatch.Area
	for _, a := range tree.Path(id) {
		out = append(out, dispatch.Area{ID: a.ID, Code: a.Code, Name: a.Name, Level: string(a.Level), Kind: a.Kind})
	}
	return out
}

func TestOffice(t *testing.T) {
	a, clock := open(t, "")
	ctx := context.Background()
	require.NoError(t, demo.LoadOffice(ctx, services(a, clock), demo.Small))
	needed, err := a.People.SetupNeeded(ctx)
	require.NoError(t, err)
	require.False(t, needed)
	office, err := a.People.Office(ctx)
	require.NoError(t, err)
	require.Contains(t, office.Name, "演示", "everybody sees that it is invented")

	counts, err := a.People.CountByAreaRole(ctx, until.UnixMilli())
	require.NoError(t, err)
	require.NotEmpty(t, a.Grid.Tree().Shortages(counts), "some posts are vacant on purpose")
	dedicated := 0
	for _, p := range a.Grid.Tree().PatrolAreas() {
		require.NotEmpty(t, p.StationID)
		require.NotEmpty(t, p.Members)
		if p.Kind == grid.Dedicated {
			dedicated++
		}
	}
	require.Len(t, a.Grid.Tree().PatrolAreas(), 4)
	require.Equal(t, 1, dedicated)
	_, _, err = a.People.SignIn(ctx, "127.0.0.1", "staff-001", "")
	require.Error(t, err, "invented staff never sign in")
	require.NotEmpty(t, a.Grid.FindPlaces(grid.PlaceQuery{Q: "锦绣苑", Limit: 5}))
}
