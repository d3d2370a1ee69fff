package web_test

import (
	"context"
	"crypto/sha256"
	"math/bits"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/web"
)

// solve does what a browser does with a challenge.
func solve(challenge string, want int) string {
	for n := 0; ; n++ {
		answer := challenge + "." + strconv.Itoa(n)
		zeros := 0
		for _, b := range sha256.Sum256([]byte(answer)) {
			zeros += bits.LeadingZeros8(b)
			if b != 0 {
				break
			}
		}
		if zeros >= want {
			return answer
		}
	}
}

// from gives the context of a request that came from an address.
func from(t *testing.T, address string) context.Context {
	return web.WithClient(t.Context(), address)
}

func TestAFloodIsAskedToWorkAndNotTurnedAway(t *testing.T) {
	clock := now.NewManual(time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC))
	trusted, err := web.ParseTrusted("10.0.0.0/8, 192.0.2.7")
	require.NoError(t, err)
	gate := web.NewGate(clock, []byte("key"), trusted)
	here := from(t, "198.51.100.1")
	n := 0
	for gate.Pass(here, "") == nil {
		n++
		require.Less(t, n, 100)
	}
	require.Equal(t, 10, n)
	require.True(t, fault.Is(gate.Pass(here, ""), "challenge.needed"))
	require.NoError(t, gate.Pass(from(t, "198.51.100.2"), ""), "another address is not concerned")
	for range 50 {
		require.NoError(t, gate.Pass(from(t, "10.1.2.3"), ""), "a trusted address is not counted")
	}

	answer := solve(gate.Challenge(), 18)
	require.NoError(t, gate.Pass(here, answer))
	require.True(t, fault.Is(gate.Pass(here, answer), "challenge.wrong"), "an answer counts once")
	for _, wrong := range []string{"x", ".", gate.Challenge(), gate.Challenge() + ".notanswered", "0-A-B.1"} {
		require.True(t, fault.Is(gate.Pass(here, wrong), "challenge.wrong"), wrong)
	}
	forged := web.NewGate(clock, []byte("another key"), nil).Challenge()
	require.True(t, fault.Is(gate.Pass(here, solve(forged, 18)), "challenge.wrong"))
	old := solve(gate.Challenge(), 18)
	clock.Advance(11 * time.Minute)
	require.True(t, fault.Is(gate.Pass(here, old), "challenge.wrong"), "a challenge grows old")
	require.NoError(t, gate.Pass(here, ""), "after a pause nothing is asked")
}

func TestLooksAreBounded(t *testing.T) {
	clock := now.NewManual(time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC))
	gate := web.NewGate(clock, []byte("key"), nil)
	here := from(t, "198.51.100.1")
	n := 0
	for gate.Look(here) == nil {
		n++
		require.Less(t, n, 1000)
	}
	require.Equal(t, 120, n)
	clock.Advance(time.Second)
	require.NoError(t, gate.Look(here))
	_, err := web.ParseTrusted("somewhere")
	require.Error(t, err)
}
