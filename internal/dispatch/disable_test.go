package dispatch_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/dispatch"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
)

func TestARuleThatLeadsNowhereIsSwitchedOffOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a, o, log := open(t, d)
		good, err := a.Create(t.Context(), manager, dispatch.Rule{Name: "公安", Target: dispatch.ByUnit, Value: "police"})
		require.NoError(t, err)
		shut, err := a.Create(t.Context(), manager, dispatch.Rule{Name: "队伍", Target: dispatch.ByUnit, Value: "team"})
		require.NoError(t, err)
		empty, err := a.Create(t.Context(), manager, dispatch.Rule{Name: "城管", Target: dispatch.ByUnit, Value: "urban"})
		require.NoError(t, err)
		require.NoError(t, a.DisableBroken(t.Context()))
		require.Len(t, log.actions, 3, "what leads somewhere stays as it is")

		o.shut("team")
		o.empty = map[string]bool{"urban": true}
		b, _, _ := open(t, d)
		b.Directory = o
		b.Audit = log
		log.actions = nil
		var nodes sync.WaitGroup
		for _, s := range []*dispatch.Service{a, b, a, b} {
			nodes.Go(func() { require.NoError(t, s.DisableBroken(t.Context())) })
		}
		nodes.Wait()
		require.Equal(t, []string{"rule.disable", "rule.disable"}, log.actions)
		for id, why := range map[string]string{good.ID: "", shut.ID: "unit_closed", empty.ID: "unit_empty"} {
			r, err := a.Get(t.Context(), manager, id)
			require.NoError(t, err)
			require.Equal(t, why, r.DisabledWhy)
			require.Equal(t, why == "", r.Active)
			require.Equal(t, why != "", r.DisabledAt > 0)
		}

		gone, err := a.Get(t.Context(), manager, shut.ID)
		require.NoError(t, err)
		_, err = a.SetActive(t.Context(), manager, gone.ID, gone.Version, true)
		require.True(t, fault.Is(err, "rule.unit_closed"), "%v", err)
		o.empty = nil
		again, err := a.Get(t.Context(), manager, empty.ID)
		require.NoError(t, err)
		on, err := a.SetActive(t.Context(), manager, again.ID, again.Version, true)
		require.NoError(t, err)
		require.Empty(t, on.DisabledWhy, "switched on by a person it is told no more")
		require.Zero(t, on.DisabledAt)
	})
}
