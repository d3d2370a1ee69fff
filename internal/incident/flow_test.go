package incident

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/flow"
	"gezhi/internal/perm"
	"gezhi/migrations"
)

// TestTablesAreSound holds that both workflows are without dead ends.
func TestTablesAreSound(t *testing.T) {
	require.Empty(t, Flow.Lint())
	require.Empty(t, OrderFlow.Lint())
}

// TestDrivenMovesExist holds that each move that drives another one names a move that nobody takes by hand.
func TestDrivenMovesExist(t *testing.T) {
	for _, m := range Flow.Moves {
		if m.Drive != "" {
			require.True(t, slices.ContainsFunc(OrderFlow.Moves, func(o flow.Move[OrderState, Held]) bool { return o.Do == m.Drive && o.Auto }), m.Drive)
		}
	}
	for _, o := range OrderFlow.Moves {
		if o.Drive != "" {
			require.True(t, slices.ContainsFunc(Flow.Moves, func(m flow.Move[State, *Incident]) bool { return m.Do == o.Drive && m.Auto }), o.Drive)
		}
	}
}

// TestEveryPermissionOfTheTablesIsKnown keeps the tables and the list of permissions together.
func TestEveryPermissionOfTheTablesIsKnown(t *testing.T) {
	for _, m := range Flow.Moves {
		require.True(t, m.Auto || slices.Contains(perm.All, m.Need), m.Do)
	}
	for _, m := range OrderFlow.Moves {
		require.True(t, m.Auto || slices.Contains(perm.All, m.Need), m.Do)
	}
}

// TestSchemaListsTheStates compares the CHECKs of the schema with the tables.
func TestSchemaListsTheStates(t *testing.T) {
	raw, err := migrations.Tree.ReadFile("0004_incidents.sql")
	require.NoError(t, err)
	var states, orderStates []string
	for _, s := range Flow.States {
		states = append(states, "'"+string(s.Name)+"'")
	}
	for _, s := range OrderFlow.States {
		orderStates = append(orderStates, "'"+string(s.Name)+"'")
	}
	for _, list := range [][]string{states, orderStates} {
		require.Contains(t, string(raw), "CHECK (state IN ("+strings.Join(list, ", ")+"))")
	}
	for column, list := range map[string][]string{"kind": Kinds, "severity": Severities} {
		require.Contains(t, string(raw), "CHECK ("+column+" IN ('"+strings.Join(list, "', '")+"'))")
	}
}
