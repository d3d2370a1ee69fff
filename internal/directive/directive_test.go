package directive_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gezhi/internal/directive"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/db/dbtest"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/outbox"
	"gezhi/internal/perm"
)

var (
	begin = time.Date(2026, 3, 2, 8, 0, 0, 0, time.FixedZone("CST", 8*3600))
	bg    = context.Background()
)

// land is six levels with two branches: city - district - street - community - grid - micro; and street2 beside street.
type land struct{}

var parents = map[string]string{"city": "", "district": "city", "street": "district", "community": "street", "grid": "community", "micro": "grid",
	"street2": "district", "micro2": "street2"}

func (land) Area(id string) (directive.Area, bool) {
	if _, ok := parents[id]; !ok {
		return directive.Area{}, false
	}
	var path []string
	for at := id; at != ""; at = parents[at] {
		path = append([]string{at}, path...)
	}
	return directive.Area{ID: id, Name: "区" + id, Path: path}, true
}

func (l land) Unit(id string) (directive.Unit, bool) {
	a, _ := l.Area("street")
	return directive.Unit{ID: id, Name: "站", Areas: a.Path}, id == "station"
}

var posts = []directive.Post{
	{Person: "worker", Role: "grid_worker", Unit: "station", Area: "grid"}, {Person: "worker", Role: "microgrid_worker", Area: "micro"},
	{Person: "small", Role: "microgrid_worker", Area: "micro"}, {Person: "head", Role: "grid_head", Area: "grid"},
	{Person: "far", Role: "microgrid_worker", Area: "micro2"}, {Person: "staff", Role: "station", Unit: "station"},
	{Person: "admin", Role: "system_admin"}, {Person: "mayor", Role: "leader", Area: "city"},
}

func (l land) PostsBelow(area string) (out []directive.Post) {
	for _, p := range posts {
		at := p.Area
		if at == "" && p.Unit == "station" {
			at = "street"
		}
		if a, ok := l.Area(at); ok && slices.Contains(a.Path, area) {
			out = append(out, p)
		}
	}
	return out
}

func (land) PostsIn(unit string) (out []directive.Post) {
	for _, p := range posts {
		if p.Unit == unit {
			out = append(out, p)
		}
	}
	return out
}

func (land) Name(id string) string { return "名" + id }

func actor(id, area string, may ...authz.Permission) authz.Actor {
	p := authz.Post{AreaID: area, Reach: authz.ReachArea, Permissions: map[authz.Permission]bool{perm.IncidentRead: true}}
	for _, m := range may {
		p.Permissions[m] = true
	}
	return authz.Actor{AccountID: id, Name: id, Posts: []authz.Post{p}}
}

var (
	mayor  = actor("mayor", "city", perm.DirectiveSend, perm.DirectiveRead)
	duty   = actor("duty", "street", perm.DirectiveSend, perm.DirectiveRead)
	next   = actor("next", "street2", perm.DirectiveSend, perm.DirectiveRead)
	head   = actor("head", "grid", perm.DirectiveRead)
	worker = actor("worker", "grid")
	small  = actor("small", "micro")
	far    = actor("far", "micro2")
)

type office struct {
	*directive.Service
	clock *now.Manual
	db    *db.DB
}

func each(t *testing.T, fn func(t *testing.T, o office)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		require.NoError(t, d.Write(bg, func(ctx context.Context, tx db.Tx) error {
			for _, p := range []string{"worker", "small", "head", "far", "staff", "admin", "mayor", "duty", "next"} {
				if _, err := tx.ExecContext(ctx, `INSERT INTO accounts (id, login, name, kind, phone, password_hash, must_change, failures, locked_until, partner_rate, version, created_at, updated_at)
					VALUES ($1, $1, $1, 'person', '', '', FALSE, 0, 0, 0, 1, 0, 0)`, p); err != nil {
					return err
				}
			}
			return nil
		}))
		clock := now.NewManual(begin)
		fn(t, office{directive.NewService(directive.Config{DB: d, Clock: clock, World: land{}}), clock, d})
	})
}

func in(hours int) int64 { return begin.Add(time.Duration(hours) * time.Hour).UnixMilli() }

func flood(areas ...string) directive.Directive {
	return directive.Directive{Title: "防汛巡查", Text: "今晚有暴雨，请到低洼处巡查一遍。", Deadline: in(4), Target: directive.Target{Areas: areas}}
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	require.True(t, fault.Is(err, code), "%v is not %s", err, code)
}

func ids(list []*directive.Directive) []string {
	out := []string{}
	for _, d := range list {
		out = append(out, d.ID)
	}
	return out
}

// TestADirectiveGoesStraightDown sends from the city to the workers of a micro-grid with one action; the levels between
// see it, the neighbours do not, and the sender sees who has read and acknowledged.
func TestADirectiveGoesStraightDown(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		d, err := o.Send(bg, mayor, flood("micro"))
		require.NoError(t, err)
		require.Equal(t, int64(2), d.Receivers, "each once, whatever their posts")
		for _, copied := range []authz.Actor{duty, head} {
			list, _, err := o.List(bg, copied, "area", false, "", 0)
			require.NoError(t, err)
			require.Equal(t, []string{d.ID}, ids(list))
			_, err = o.Get(bg, copied, d.ID)
			require.NoError(t, err)
			in, _, err := o.List(bg, copied, "in", false, "", 0)
			require.NoError(t, err)
			require.Empty(t, in, "a copy is not an order")
		}
		for _, stranger := range []authz.Actor{next, far} {
			_, err := o.Get(bg, stranger, d.ID)
			refused(t, err, "not_found")
			_, err = o.Acknowledge(bg, stranger, d.ID, "")
			refused(t, err, "not_found")
			list, _, err := o.List(bg, stranger, "area", false, "", 0)
			require.NoError(t, err)
			require.Empty(t, list)
		}
		_, _, err = o.Receipts(bg, worker, d.ID, "", "", 0)
		refused(t, err, "forbidden")

		o.clock.Advance(time.Minute)
		_, err = o.Read(bg, small, d.ID)
		require.NoError(t, err)
		_, err = o.Acknowledge(bg, worker, d.ID, "已到三号桥")
		require.NoError(t, err)
		o.clock.Advance(time.Minute)
		again, err := o.Acknowledge(bg, worker, d.ID, "又一次")
		require.NoError(t, err, "twice is no fault")
		require.Equal(t, begin.Add(time.Minute).UnixMilli(), again.Mine.AckedAt)
		got, err := o.Get(bg, mayor, d.ID)
		require.NoError(t, err)
		require.Equal(t, []int64{2, 1}, []int64{got.Read, got.Acked})
		for status, want := range map[string]string{"acked": "worker", "read": "small"} {
			list, _, err := o.Receipts(bg, mayor, d.ID, status, "", 0)
			require.NoError(t, err)
			require.Len(t, list, 1)
			require.Equal(t, want, list[0].Person)
		}
		open, _, err := o.List(bg, worker, "in", true, "", 0)
		require.NoError(t, err)
		require.Empty(t, open)
	})
}

// TestADirectiveFromAboveIsSeenBelow: what went to the whole street concerns a grid head's grid too.
func TestADirectiveFromAboveIsSeenBelow(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		d := flood("street")
		d.Target.Roles = []string{"station", "microgrid_worker"}
		sent, err := o.Send(bg, duty, d)
		require.NoError(t, err)
		require.Equal(t, int64(3), sent.Receivers, "worker and small by their micro-grid, the station by its unit")
		list, _, err := o.List(bg, head, "area", false, "", 0)
		require.NoError(t, err)
		require.Equal(t, []string{sent.ID}, ids(list))
		list, _, err = o.List(bg, next, "area", false, "", 0)
		require.NoError(t, err)
		require.Empty(t, list)
		total, byRole, err := o.Preview(duty, directive.Target{Units: []string{"station"}})
		require.NoError(t, err)
		require.Equal(t, 2, total)
		require.Equal(t, map[string]int{"grid_worker": 1, "station": 1}, byRole)
	})
}

// TestASenderRemindsOnceAndMayWithdraw.
func TestASenderRemindsOnceAndMayWithdraw(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		d, err := o.Send(bg, mayor, flood("micro"))
		require.NoError(t, err)
		_, err = o.Remind(bg, duty, d.ID)
		refused(t, err, "not_found")
		_, err = o.Remind(bg, mayor, d.ID)
		require.NoError(t, err)
		_, err = o.Remind(bg, mayor, d.ID)
		refused(t, err, "directive.reminded")
		_, err = o.Withdraw(bg, mayor, d.ID, " ")
		refused(t, err, "invalid")
		_, err = o.Withdraw(bg, mayor, d.ID, "雨停了")
		require.NoError(t, err)
		_, err = o.Acknowledge(bg, small, d.ID, "")
		refused(t, err, "directive.withdrawn")
		seen, err := o.Get(bg, small, d.ID)
		require.NoError(t, err)
		require.Equal(t, "雨停了", seen.Withdrawn)
		open, _, err := o.List(bg, small, "in", true, "", 0)
		require.NoError(t, err)
		require.Empty(t, open)

		second, err := o.Send(bg, mayor, flood("micro2"))
		require.NoError(t, err)
		_, err = o.Acknowledge(bg, far, second.ID, "")
		require.NoError(t, err)
		_, err = o.Remind(bg, mayor, second.ID)
		refused(t, err, "directive.all_acked")
	})
}

// TestADirectiveMustMakeSense says everything at once, and lets nobody send beyond their reach.
func TestADirectiveMustMakeSense(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		fields := func(by authz.Actor, d directive.Directive) (list []string) {
			_, err := o.Send(bg, by, d)
			f, ok := fault.As(err)
			require.True(t, ok, "%v", err)
			for _, one := range f.Fields {
				list = append(list, one.Field+" "+one.Code)
			}
			return list
		}
		require.Equal(t, []string{"title field.required", "text field.required", "deadline directive.deadline_past", "areas directive.nowhere"}, fields(mayor, directive.Directive{}))
		require.Equal(t, []string{"areas directive.area_outside"}, fields(duty, flood("street2")))
		require.Equal(t, []string{"areas directive.area_outside"}, fields(duty, flood("city")))
		require.Equal(t, []string{"areas directive.area_outside"}, fields(worker, flood("grid")), "without the permission everything is outside")
		beyond := flood()
		beyond.Target.Units = []string{"station", "moon"}
		require.Equal(t, []string{"units directive.unit_outside"}, fields(mayor, beyond))
		require.Equal(t, []string{"units directive.unit_outside", "units directive.unit_outside"}, fields(next, beyond))
		none := flood("micro")
		none.Target.Roles = []string{"mediator"}
		require.Equal(t, []string{"areas directive.nobody"}, fields(mayor, none))
		none.Target.Roles, none.Title, none.Deadline = []string{"system_admin"}, strings.Repeat("长", 81), in(24*100)
		require.Equal(t, []string{"title field.too_long", "deadline directive.deadline_far", "roles field.choice"}, fields(mayor, none))
		_, err := o.Get(bg, mayor, "\x00")
		refused(t, err, "not_found")
		_, _, err = o.List(bg, mayor, "moon", false, "", 0)
		refused(t, err, "invalid")
	})
}

// TestTheFeedNamesWhomItConcerns: each step is told to those who have to know, in order.
func TestTheFeedNamesWhomItConcerns(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		d, err := o.Send(bg, mayor, flood("micro"))
		require.NoError(t, err)
		_, err = o.Acknowledge(bg, worker, d.ID, "")
		require.NoError(t, err)
		_, err = o.Remind(bg, mayor, d.ID)
		require.NoError(t, err)
		feed := outbox.NewFeed(o.db)
		_, err = outbox.NewRelay(o.db, o.clock, feed.Told).Once(bg)
		require.NoError(t, err)
		events, err := feed.After(bg, directive.Topic, 0, 10)
		require.NoError(t, err)
		var told []string
		for _, e := range events {
			var body struct {
				Do      string
				Persons []string
			}
			require.NoError(t, json.Unmarshal(e.Body, &body))
			slices.Sort(body.Persons)
			told = append(told, fmt.Sprint(body.Do, body.Persons))
		}
		require.Equal(t, []string{"send[mayor small worker]", "ack[mayor worker]", "remind[mayor small]"}, told)
	})
}

// TestListsGoOnFromPageToPage.
func TestListsGoOnFromPageToPage(t *testing.T) {
	each(t, func(t *testing.T, o office) {
		var want []string
		for range 3 {
			d, err := o.Send(bg, mayor, flood("micro"))
			require.NoError(t, err)
			want = append([]string{d.ID}, want...)
			o.clock.Advance(time.Second)
		}
		for box, who := range map[string]authz.Actor{"in": small, "sent": mayor, "area": duty} {
			var seen []string
			for cursor := ""; ; {
				list, next, err := o.List(bg, who, box, false, cursor, 2)
				require.NoError(t, err)
				seen = append(seen, ids(list)...)
				if cursor = next; next == "" {
					break
				}
			}
			require.Equal(t, want, seen, box)
		}
	})
}
