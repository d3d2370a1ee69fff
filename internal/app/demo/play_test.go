package demo_test

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/app"
	"gezhi/internal/app/demo"
	"gezhi/internal/incident"
	"gezhi/internal/kit/flow"
)

// play lives on for three hours with a loaded demo.
func play(t *testing.T, a *app.App, clock *demo.Clock) {
	ctx := context.Background()
	fixed, before := map[string]int64{}, 0
	for _, i := range all(t, a) {
		before++
		if strings.HasPrefix(i.ExternalID, "demo-fixed-") {
			fixed[i.ID] = i.Version
		}
	}
	require.NotEmpty(t, fixed)
	mine := visit(t, a)

	player, err := demo.NewPlayer(ctx, services(a, clock))
	require.NoError(t, err)
	done := map[string]int{}
	at := until
	for range 400 {
		at = at.Add(27 * time.Second)
		clock.Set(at)
		do, err := player.Step(ctx)
		require.NoError(t, err, do)
		done[do]++
	}
	for _, do := range []string{"report", "dispatch", "accept_order", "arrive", "handle", "check_pass", "close"} {
		require.NotZero(t, done[do], "%s: %v", do, done)
	}
	t.Log(done)
	list := all(t, a)
	open := 0
	for _, i := range list {
		if v, ok := fixed[i.ID]; ok {
			require.Equal(t, v, i.Version, "the walk-through stays as it is")
		}
		if i.ID == mine.ID {
			require.Equal(t, mine.Version, i.Version, "what a visitor reported is theirs")
		}
		if incident.Flow.Phase(i.State) == flow.Open {
			open++
		}
	}
	require.Greater(t, len(list), before+10)
	require.True(t, open >= 60 && open <= 150, "%d open", open)
	v, err := a.Incident.Verify(ctx)
	require.NoError(t, err)
	require.Empty(t, v.Broken)
}

// visit reports something as a visitor would.
func visit(t *testing.T, a *app.App) *incident.Incident {
	t.Helper()
	inc, _, err := a.Incident.Report(context.Background(), actors(t, a)["duty"], incident.Report{Text: "门口的花坛倒了", Channel: "hotline"}, incident.Repeat{})
	require.NoError(t, err)
	return inc
}

// TestPlayKeepsHandsOff lets a visitor write on an incident of the living day: from then on it is theirs.
func TestPlayKeepsHandsOff(t *testing.T) {
	a, clock := open(t, "")
	ctx := context.Background()
	require.NoError(t, demo.LoadOffice(ctx, services(a, clock), demo.Small))
	clock.Set(until)
	duty := actors(t, a)["duty"]
	player, err := demo.NewPlayer(ctx, services(a, clock))
	require.NoError(t, err)
	do, err := player.Step(ctx)
	require.NoError(t, err)
	require.Equal(t, "report", do, "an empty desk gets something to do")
	first := all(t, a)[0]
	touched, err := a.Incident.Act(ctx, duty, first.ID, incident.Action{Do: "note", Fields: map[string]json.RawMessage{"text": json.RawMessage(`"我来看看"`)}})
	require.NoError(t, err)
	for n := range 300 {
		clock.Set(until.Add(time.Duration(n+1) * 30 * time.Second))
		_, err := player.Step(ctx)
		require.NoError(t, err)
	}
	left, err := a.Incident.Get(ctx, duty, first.ID)
	require.NoError(t, err)
	require.Equal(t, touched.Version, left.Version)
	moved := 0
	for _, i := range all(t, a) {
		if i.EntrySeq > 2 {
			moved++
		}
	}
	require.Greater(t, moved, 20, "with the others the day goes on")
}

// TestDay changes the speed within its bounds.
func TestDay(t *testing.T) {
	_, err := demo.NewDay(0)
	require.ErrorIs(t, err, demo.ErrSpeed)
	day, err := demo.NewDay(1)
	require.NoError(t, err)
	require.NoError(t, day.Set(60, true))
	speed, paused := day.Speed()
	require.EqualValues(t, 60, speed)
	require.True(t, paused)
	for _, bad := range []float64{-1, 0.01, 601, math.NaN(), math.Inf(1)} {
		require.ErrorIs(t, day.Set(bad, false), demo.ErrSpeed)
	}
	speed, paused = day.Speed()
	require.EqualValues(t, 60, speed)
	require.True(t, paused)
}

func TestPlayStops(t *testing.T) {
	a, clock := open(t, "")
	require.NoError(t, demo.LoadOffice(context.Background(), services(a, clock), demo.Small))
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	day, err := demo.NewDay(600)
	require.NoError(t, err)
	go func() { ended <- demo.Play(ctx, services(a, clock), day) }()
	stop()
	select {
	case err := <-ended:
		require.NoError(t, err)
	case <-time.After(10 * time.Second):
		t.Fatal("Play does not stop")
	}
}
