package demo_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app"
	"gezhi/internal/app/demo"
	"gezhi/internal/people"
)

// TestTheDemoKeepsRosters fills the small demo: at every hour of the next two weeks somebody is on duty at the centre
// and at each station that has three people or more, and the past shifts were signed over but for some.
func TestTheDemoKeepsRosters(t *testing.T) {
	each(t, func(t *testing.T, a *app.App, clock *demo.Clock) {
		ctx := context.Background()
		require.NoError(t, demo.LoadOffice(ctx, services(a, clock), demo.Small))
		clock.Set(until)
		visitor := func(account string) bool {
			return slices.ContainsFunc(demo.Accounts(), func(v people.DemoAccount) bool { return v.Name == a.People.Directory().PersonName(account) })
		}
		require.NoError(t, demo.LoadShifts(ctx, a.Duty, a.People.Directory(), clock, visitor, until))
		kept, signed := 0, 0
		for _, u := range a.People.Directory().OpenUnits() {
			if _, rostered := a.Duty.OnDuty(u.ID, until); !rostered {
				continue
			}
			kept++
			for at := until; at.Before(until.AddDate(0, 0, 13)); at = at.Add(time.Hour) {
				on, _ := a.Duty.OnDuty(u.ID, at)
				require.NotEmpty(t, on, "%s at %s", u.Name, at)
			}
			list, _, err := a.Duty.Handovers(ctx, machine, u.ID, "", 50)
			require.NoError(t, err)
			signed += len(list)
			if u.Kind == people.Centre {
				now, err := a.Duty.Now(ctx, machine, u.ID, "")
				require.NoError(t, err)
				require.Len(t, now[0].Shifts, 1)
			}
		}
		require.Positive(t, kept)
		require.Positive(t, signed)
	})
}
