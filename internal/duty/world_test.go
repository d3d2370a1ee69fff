package duty_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/duty"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

var (
	cst   = time.FixedZone("CST", 8*3600)
	begin = time.Date(2026, 3, 2, 8, 0, 0, 0, cst)
	bg    = context.Background()
)

// world is two stations in two streets with their people.
type world struct {
	*duty.Service
	db    *db.DB
	clock *now.Manual
	zone  *time.Location
	away  map[string]bool
	t     *testing.T
}

type units struct{}

func (units) Units() []duty.Unit {
	return []duty.Unit{{ID: "a", Name: "东站", Kind: "station", Areas: []string{"city", "east"}}, {ID: "b", Name: "西站", Kind: "station", Areas: []string{"city", "west"}}}
}

func (units) Unit(id string) (duty.Unit, bool) {
	for _, u := range (units{}).Units() {
		if u.ID == id {
			return u, true
		}
	}
	return duty.Unit{}, false
}

// staff are the people by unit; both works in both.
var staff = map[string][]string{"a": {"ann", "bob", "cho", "both"}, "b": {"dan", "eve", "both"}}

type people struct{ away map[string]bool }

func (people) Name(id string) string        { return "名" + id }
func (people) Members(unit string) []string { return staff[unit] }
func (people) Areas(string) []string        { return []string{"city", "east"} }
func (p people) Away(id string) bool        { return p.away[id] }

type work struct{}

func (work) OpenItems(_ context.Context, u duty.Unit) (duty.OpenItems, error) {
	return duty.OpenItems{Total: 2, Urgent: 1, Items: []duty.OpenItem{{Incident: "i1", Number: "260302-0000-0001", State: "in_progress"}, {Incident: "i2", Number: "260302-0000-0002"}}}, nil
}

// member is one of the staff, who holds a post in each of their units and may do nothing of duty besides.
func member(id string) authz.Actor {
	a := authz.Actor{AccountID: id, Name: id}
	for _, u := range []string{"a", "b"} {
		for _, p := range staff[u] {
			if p == id {
				a.Posts = append(a.Posts, authz.Post{UnitID: u, Reach: authz.ReachUnit, Permissions: map[authz.Permission]bool{perm.IncidentRead: true}})
			}
		}
	}
	return a
}

func over(id, area string) authz.Actor {
	return authz.Actor{AccountID: id, Name: id, Posts: []authz.Post{{AreaID: area, Reach: authz.ReachArea,
		Permissions: map[authz.Permission]bool{perm.DutyRead: true, perm.ShiftManage: true, perm.IncidentRead: true}}}}
}

var (
	east = over("east-duty", "east")
	west = over("west-duty", "west")
)

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		require.NoError(t, d.Write(bg, func(ctx context.Context, tx db.Tx) error {
			for _, u := range []string{"a", "b"} {
				if _, err := tx.ExecContext(ctx, `INSERT INTO units (id, code, name, kind, speciality, section, phone, address, open, version, created_at, updated_at)
					VALUES ($1, $1, $1, 'station', '', '', '', '', TRUE, 1, 0, 0)`, u); err != nil {
					return err
				}
			}
			for _, p := range []string{"ann", "bob", "cho", "both", "dan", "eve", "east-duty", "west-duty"} {
				if _, err := tx.ExecContext(ctx, `INSERT INTO accounts (id, login, name, kind, phone, password_hash, must_change, failures, locked_until, partner_rate, version, created_at, updated_at)
					VALUES ($1, $1, $1, 'person', '', '', FALSE, 0, 0, 0, 1, 0, 0)`, p); err != nil {
					return err
				}
			}
			return nil
		}))
		w := &world{db: d, clock: now.NewManual(begin), zone: cst, away: map[string]bool{}, t: t}
		w.Service = w.node()
		fn(t, w)
	})
}

// node is another process on the same store.
func (w *world) node() *duty.Service {
	w.t.Helper()
	s, err := duty.NewService(bg, duty.Config{DB: w.db, Clock: w.clock, Units: units{}, People: people{w.away}, Work: work{},
		Zone: func() *time.Location { return w.zone }})
	require.NoError(w.t, err)
	return s
}

// at is an instant so many hours after the beginning, in unix ms.
func at(hours float64) int64 { return begin.Add(time.Duration(hours * float64(time.Hour))).UnixMilli() }

func (w *world) shift(name string, from, to float64, members ...string) duty.Shift {
	w.t.Helper()
	s, err := w.CreateShift(bg, east, duty.Shift{Unit: "a", Name: name, From: at(from), To: at(to), Members: members, Leader: members[0]})
	require.NoError(w.t, err)
	return s
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	require.Error(t, err)
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, code, f.Code, "%v", err)
}

// codes returns the field errors of a refusal, in order.
func codes(t *testing.T, err error) (list []string) {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	for _, one := range f.Fields {
		list = append(list, one.Field+" "+one.Code)
	}
	return list
}
