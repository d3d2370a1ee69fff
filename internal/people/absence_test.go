package people_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/people"
	"gezhi/internal/people/peopletest"
)

// moves stands for the work in hands: it notes who hands on what to whom.
type moves struct {
	hands
	handed []string
}

func (m *moves) HandOn(_ context.Context, actor authz.Actor, from, to string) (int, int, error) {
	m.handed = append(m.handed, actor.AccountID+": "+from+" -> "+to)
	return 2, 1, nil
}

func TestAbsenceNamesADelegate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		work := &moves{}
		s.UseWork(work)
		u := s.Unit("城管所", people.Department, "")
		me := s.Account("me", "department", people.AddOptions{Name: "甲", UnitID: u.ID})
		mate := s.Account("mate", "department", people.AddOptions{Name: "乙", UnitID: u.ID})
		stranger := s.Account("stranger", "duty", people.AddOptions{AreaID: "A1"})
		token, mateToken := s.Token("me"), s.Token("mate")
		const path = "/api/v1/me/absence"
		at := s.Clock.Now()
		plan := func(from, to time.Duration, delegate string) string {
			return fmt.Sprintf(`{"from":%d,"to":%d,"delegate":%q,"note":"年假"}`, at.Add(from).UnixMilli(), at.Add(to).UnixMilli(), delegate)
		}
		require.JSONEq(t, `{"absence":null,"stands_for":[]}`, s.call(t, "GET", path, token, "").raw)
		require.Equal(t, "absence.none", s.call(t, "POST", path, token, `{"hand_over":true}`).code())
		for name, body := range map[string]string{
			"ends before it begins": plan(2*time.Hour, time.Hour, mate.ID), "over already": plan(-2*time.Hour, -time.Hour, mate.ID),
			"for ever": plan(0, 400*24*time.Hour, mate.ID), "myself": plan(0, time.Hour, me.ID), "a stranger": plan(0, time.Hour, stranger.ID),
			"nobody": plan(0, time.Hour, "nobody"),
		} {
			require.Equal(t, 422, s.call(t, "PUT", path, token, body).status, name)
		}

		r := s.call(t, "PUT", path, token, plan(time.Hour, 25*time.Hour, mate.ID))
		require.Equal(t, 200, r.status, r.raw)
		absence := r.body["absence"].(map[string]any)
		require.Equal(t, map[string]any{"id": mate.ID, "name": "乙"}, absence["delegate"])
		require.Equal(t, false, absence["now"])
		_, isAway := s.Directory().AbsenceOf(me.ID)
		require.False(t, isAway, "not yet")
		require.JSONEq(t, `{"to":2,"back":1}`, s.call(t, "POST", path, token, `{"hand_over":true}`).raw)
		require.Equal(t, []string{me.ID + ": " + me.ID + " -> " + mate.ID}, work.handed)

		s.Clock.Advance(2 * time.Hour)
		a, isAway := s.Directory().AbsenceOf(me.ID)
		require.True(t, isAway)
		require.Equal(t, mate.ID, a.DelegateID)
		require.Equal(t, []string{me.ID}, s.Actor("mate").StandsFor)
		stands := s.call(t, "GET", path, mateToken, "").body["stands_for"].([]any)
		require.Equal(t, "甲", stands[0].(map[string]any)["name"])

		require.Equal(t, 204, s.call(t, "DELETE", path, token, "").status)
		_, isAway = s.Directory().AbsenceOf(me.ID)
		require.False(t, isAway)
		require.Empty(t, s.Actor("mate").StandsFor)
	})
}

func TestAbsenceEndsByItself(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := peopletest.New(t, d)
		u := f.Unit("城管所", people.Department, "")
		me := f.Account("me", "department", people.AddOptions{UnitID: u.ID})
		mate := f.Account("mate", "department", people.AddOptions{UnitID: u.ID})
		at := f.Clock.Now().UnixMilli()
		_, err := f.SetAbsence(bg, f.Actor("me"), people.Absence{From: at, To: at + 3_600_000, DelegateID: mate.ID})
		require.NoError(t, err)
		require.Equal(t, []string{me.ID}, f.Directory().StandsFor(mate.ID))
		f.Clock.Advance(time.Hour)
		require.Empty(t, f.Directory().StandsFor(mate.ID))
		_, planned, err := f.Absence(bg, f.Actor("me"))
		require.NoError(t, err)
		require.False(t, planned)
	})
}
