package notice_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/notice"
	"gezhi/internal/perm"
)

var (
	begin = time.Date(2026, 3, 2, 8, 0, 0, 0, time.FixedZone("CST", 8*3600))
	bg    = context.Background()
)

// land is a district of two streets; the first has a community with a grid, and another community.
type land struct{}

var parents = map[string]string{"district": "", "street": "district", "community": "street", "grid": "community", "community2": "street",
	"street2": "district", "grid2": "street2"}

func (land) Area(id string) (notice.Area, bool) {
	if _, ok := parents[id]; !ok {
		return notice.Area{}, false
	}
	var path []string
	for at := id; at != ""; at = parents[at] {
		path = append([]string{at}, path...)
	}
	return notice.Area{ID: id, Name: "区" + id, Path: path}, true
}

func (land) Unit(id string) string { return map[string]string{"station": "站"}[id] }

func (l land) Place(area, unit string) []string {
	if area == "" && unit == "station" {
		area = "street"
	}
	a, _ := l.Area(area)
	return a.Path
}

func (l land) Trunk() []string { return []string{"district"} }

type held struct{ person, role, unit, area string }

var posts = []held{{"worker", "grid_worker", "station", "grid"}, {"worker", "volunteer", "", "community"}, {"head", "grid_head", "", "grid"},
	{"staff", "station", "station", ""}, {"clerk", "window", "", "community2"}, {"duty", "duty", "", "street"}, {"far", "grid_worker", "", "grid2"},
	{"next", "duty", "", "street2"}, {"mayor", "leader", "", "district"}, {"admin", "system_admin", "", ""}}

func (l land) Everybody() (out []notice.Post) {
	for _, p := range posts {
		out = append(out, notice.Post{Person: p.person, Role: p.role, Unit: p.unit, Areas: l.Place(p.area, p.unit)})
	}
	return out
}

func (l land) Posts(person string) (out []notice.Post) {
	return slices.DeleteFunc(l.Everybody(), func(p notice.Post) bool { return p.Person != person })
}

func (land) Name(id string) string     { return "名" + id }
func (land) OnDuty(person string) bool { return person != "head" }

var permissions = map[string][]authz.Permission{"duty": {perm.NoticePublish, perm.FiguresRead}, "next": {perm.NoticePublish, perm.FiguresRead},
	"mayor": {perm.NoticePublish, perm.FiguresRead}, "staff": {perm.FiguresRead}}

// who returns somebody with the posts that the land knows of them.
func who(id string) authz.Actor {
	out := authz.Actor{AccountID: id, Name: id, SessionID: "session of " + id}
	for _, p := range posts {
		if p.person != id {
			continue
		}
		may := map[authz.Permission]bool{perm.IncidentRead: true}
		for _, m := range permissions[id] {
			may[m] = true
		}
		out.Posts = append(out.Posts, authz.Post{Role: p.role, UnitID: p.unit, AreaID: p.area, Reach: authz.ReachArea, Permissions: may})
	}
	return out
}

type office struct {
	*notice.Service
	clock *now.Manual
	db    *db.DB
	woken *[]string
}

func each(t *testing.T, fn func(t *testing.T, o office)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		require.NoError(t, d.Write(bg, func(ctx context.Context, tx db.Tx) error {
			for _, p := range []string{"worker", "head", "staff", "clerk", "duty", "far", "next", "mayor", "admin"} {
				if _, err := tx.ExecContext(ctx, `INSERT INTO accounts (id, login, name, kind, phone, password_hash, must_change, failures, locked_until, partner_rate, version, created_at, updated_at)
					VALUES ($1, $1, $1, 'person', '', '', FALSE, 0, 0, 0, 1, 0, 0)`, p); err != nil {
					return err
				}
			}
			return nil
		}))
		var woken []string
		clock := now.NewManual(begin)
		alarm := func(_ context.Context, _ db.Tx, _ string, _ int64, persons []string) error {
			woken = append(woken, persons...)
			return nil
		}
		fn(t, office{notice.NewService(notice.Config{DB: d, Clock: clock, World: land{}, Alarm: alarm}), clock, d, &woken})
	})
}

func in(hours float64) int64 {
	return begin.Add(time.Duration(hours * float64(time.Hour))).UnixMilli()
}

// flood is a notice for everybody in an area, for four hours.
func flood(area string) notice.Notice {
	return notice.Notice{Kind: notice.Plain, Title: "停水通知", Text: "今晚十点到明早六点停水，请提前储水。", Area: area,
		Audiences: []string{notice.Screens, notice.Desks, notice.Phones, notice.Residents}, Until: in(4)}
}

func (o office) publish(t *testing.T, by string, n notice.Notice) *notice.Notice {
	t.Helper()
	made, err := o.Publish(bg, who(by), n, true)
	require.NoError(t, err)
	o.clock.Advance(time.Second)
	return made
}

func (o office) current(t *testing.T, by, face string) []string {
	t.Helper()
	list, _, err := o.Current(bg, who(by), face)
	require.NoError(t, err)
	return ids(list)
}

func (o office) listed(t *testing.T, by string, f notice.Filter) []string {
	t.Helper()
	list, _, err := o.List(bg, who(by), f)
	require.NoError(t, err)
	return ids(list)
}

func (o office) public(t *testing.T) []string {
	t.Helper()
	list, err := o.Public(bg)
	require.NoError(t, err)
	return ids(list)
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	require.True(t, fault.Is(err, code), "%v is not %s", err, code)
}

func ids(list []*notice.Notice) []string {
	out := []string{}
	for _, n := range list {
		out = append(out, n.ID)
	}
	return out
}
