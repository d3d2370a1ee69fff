package dispatch_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"gezhi/internal/dispatch"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
)

// memory is a past that a test makes up.
type memory []dispatch.Case

func (m memory) Latest(_ context.Context, limit int) ([]dispatch.Case, error) {
	return m[:min(limit, len(m))], nil
}

func past(category, unit string, at int64) dispatch.Case {
	return dispatch.Case{ID: fmt.Sprint("i", at), Number: fmt.Sprint("n", at), UnitID: unit,
		Situation: dispatch.Situation{Category: category, Kind: "complaint", Severity: "general", Channel: "app", Path: street, At: at}}
}

func TestARehearsalTellsWhatWouldChange(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	s.Past = memory{past("environment.light", "station", 40), past("security.noise", "station", 30), past("environment", "urban", 20), past("care", "gone", 10)}
	kept, err := s.Create(t.Context(), manager, dispatch.Rule{Name: "其他", Target: dispatch.Station})
	require.NoError(t, err)
	_, err = s.Create(t.Context(), manager, dispatch.Rule{Name: "月亮", Category: "safety.fire", Target: dispatch.Station})
	require.NoError(t, err)

	r, err := s.Rehearse(t.Context(), manager, nil, nil)
	require.NoError(t, err)
	require.Equal(t, 4, r.Cases)
	require.Equal(t, []int64{10, 40}, []int64{r.From, r.To})
	require.Equal(t, 2, r.Same)
	require.Equal(t, 2, r.Different)
	require.Equal(t, []dispatch.RuleShare{{RuleID: kept.ID, Rule: "其他", Active: true, Fits: 4, Chosen: 4}, {RuleID: r.Rules[1].RuleID, Rule: "月亮", Active: true}}, r.Rules, "what matches nothing is told")
	require.Equal(t, []dispatch.UnitShare{{Unit: dispatch.Unit{ID: "station", Name: "名station", Open: true}, Was: 2, Would: 4},
		{Unit: dispatch.Unit{ID: "gone"}, Was: 1}, {Unit: dispatch.Unit{ID: "urban", Name: "名urban", Open: true}, Was: 1}}, r.Units)

	light := dispatch.Rule{Name: "环境", Category: "environment", Target: dispatch.Speciality, Value: "urban_management"}
	behind, err := s.Rehearse(t.Context(), manager, nil, &light)
	require.NoError(t, err)
	require.Equal(t, dispatch.RuleShare{RuleID: "draft 3", Rule: "环境", Active: true, Fits: 2, Chosen: 0}, behind.Rules[2], "behind a rule for everything it decides nothing")
	light.ID = kept.ID
	instead, err := s.Rehearse(t.Context(), manager, nil, &light)
	require.NoError(t, err)
	require.Equal(t, 2, instead.Rules[0].Chosen)
	require.Equal(t, 2, instead.Unrouted)
	require.Equal(t, "n40", instead.Differences[0].Number)
	require.Equal(t, "urban", instead.Differences[0].Would.ID)

	light.ID = ""
	whole, err := s.Rehearse(t.Context(), manager, []dispatch.Rule{active(light), active(dispatch.Rule{ID: kept.ID, Name: "其他", Target: dispatch.Station})}, nil)
	require.NoError(t, err)
	require.Equal(t, 2, whole.Rules[0].Chosen)
	require.Equal(t, 2, whole.Rules[1].Chosen)
	require.Len(t, s.Rules().All(), 2, "nothing is kept")
}

func TestARehearsalIsBoundedAndGuarded(t *testing.T) {
	s, _, _ := open(t, dbtest.Lite(t))
	var many memory
	for n := range 1500 {
		many = append(many, past("care", "police", int64(n+1)))
	}
	s.Past = many
	r, err := s.Rehearse(t.Context(), manager, []dispatch.Rule{}, nil)
	require.NoError(t, err)
	require.Equal(t, 1000, r.Cases)
	require.Equal(t, 1000, r.Different)
	require.Equal(t, 1000, r.Unrouted)
	require.Len(t, r.Differences, 200)

	_, err = s.Rehearse(t.Context(), duty, nil, nil)
	require.True(t, fault.Is(err, "forbidden"))
	_, err = s.Rehearse(t.Context(), manager, []dispatch.Rule{{Name: "a", Target: dispatch.Station}, {Target: "moon"}}, nil)
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, "rules[1].name", f.Fields[0].Field)
	s.Past = nil
	empty, err := s.Rehearse(t.Context(), manager, nil, nil)
	require.NoError(t, err)
	require.Zero(t, empty.Cases)
}
