package demo_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app/demo"
	"gezhi/internal/window"
)

// TestHall lets numbers be drawn, called, served and done in the living day, but for the one that a visitor called.
func TestHall(t *testing.T) {
	a, clock := open(t, "")
	ctx := context.Background()
	s := services(a, clock)
	require.NoError(t, demo.LoadOffice(ctx, s, demo.Small))
	centre := ""
	for _, u := range a.People.Directory().OpenUnits() {
		if u.Code == "centre" {
			centre = u.ID
		}
	}
	require.NoError(t, demo.LoadWindows(ctx, a.Window, clock, centre, until))
	visitor := actors(t, a)["window"]
	day, err := a.Window.Today(ctx, visitor, centre)
	require.NoError(t, err)
	var mine *window.QueueNumber
	for _, w := range day.Windows {
		if mine, err = a.Window.CallNext(ctx, visitor, w.ID); err == nil {
			break
		}
	}
	require.NoError(t, err)

	player, err := demo.NewPlayer(ctx, s)
	require.NoError(t, err)
	done := map[string]int{}
	for n := range 500 {
		clock.Set(until.Add(time.Duration(n+1) * 20 * time.Second))
		do, err := player.Step(ctx)
		require.NoError(t, err)
		done[do]++
	}
	for _, do := range []string{"take", "call", "serve", "done"} {
		require.NotZero(t, done[do], "%s: %v", do, done)
	}
	day, err = a.Window.Today(ctx, visitor, centre)
	require.NoError(t, err)
	for _, n := range day.Numbers {
		if n.ID == mine.ID {
			require.Equal(t, window.Called, n.State)
		}
	}
}
