package demo_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app"
)

// same holds when two demos made at one time are alike in all that people see of them.
func same(t *testing.T, tellings []string) {
	t.Helper()
	require.Len(t, tellings, 2)
	one, two := strings.Split(tellings[0], "\n"), strings.Split(tellings[1], "\n")
	require.Equal(t, len(one), len(two))
	for i := range one {
		require.Equal(t, one[i], two[i])
	}
}

// telling writes down every incident by its name, without what is made anew in each store.
func telling(t *testing.T, a *app.App) string {
	var b strings.Builder
	list := all(t, a)
	byName := map[string]int{}
	for i, inc := range list {
		byName[inc.ExternalID] = i
	}
	require.Len(t, byName, len(list))
	for _, name := range sorted(byName) {
		inc := list[byName[name]]
		area, _ := a.Grid.Tree().Area(inc.AreaID)
		fmt.Fprintln(&b, name, inc.ReceivedAt, inc.OccurredAt, inc.State, inc.Kind, inc.Channel, inc.Category, inc.Severity, inc.Title, inc.Text, inc.Address, area.Code,
			inc.Answer, inc.Satisfaction, inc.EntryAt, a.People.Directory().PersonName(inc.Source))
		if inc.Lon != nil {
			fmt.Fprintln(&b, *inc.Lon, *inc.Lat)
		}
		for _, o := range inc.Orders {
			fmt.Fprintln(&b, o.Role, o.State, a.People.Directory().UnitName(o.UnitID), a.People.Directory().PersonName(o.PersonID), o.Result, o.Outcome, o.SentAt, o.HandledAt)
		}
		entries, _, err := a.Incident.Timeline(context.Background(), machine, inc.ID, 0, 100)
		require.NoError(t, err)
		for _, e := range entries {
			fmt.Fprintln(&b, e.Seq, e.At, e.Do, e.ActorName, e.From, e.To, len(e.Files))
		}
	}
	return b.String()
}

func sorted(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
