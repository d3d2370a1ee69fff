package app

import (
	"context"

	"gezhi/internal/app/demo"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/now"
	"gezhi/internal/notice"
	"gezhi/internal/notify"
	"gezhi/internal/people"
)

// buildNotice makes the service of notices.
func (a *App) buildNotice() {
	a.Notice = notice.NewService(notice.Config{DB: a.DB, Clock: a.Clock, World: noticeWorld{a}, Wake: a.Relay.Wake,
		Alarm: func(ctx context.Context, tx db.Tx, id string, at int64, persons []string) error {
			return a.Notify.WakePeople(ctx, tx, notify.Emergency, id, at, persons)
		}})
}

// noticeWorld is what notices know of areas, units and who holds which post.
type noticeWorld struct{ app *App }

func (w noticeWorld) Area(id string) (notice.Area, bool) {
	a, ok := w.app.Grid.Tree().Area(id)
	return notice.Area{ID: a.ID, Name: a.Name, Path: w.app.Grid.Tree().PathIDs(id)}, ok
}

func (w noticeWorld) Unit(id string) string { return w.app.People.Directory().UnitName(id) }

func (w noticeWorld) Name(person string) string { return w.app.People.Directory().PersonName(person) }

func (w noticeWorld) OnDuty(person string) bool {
	return w.app.Duty.IsOnDuty(person, w.app.Clock.Now())
}

func (w noticeWorld) Place(area, unit string) []string {
	if area == "" && unit != "" {
		u, _ := w.app.People.Directory().Unit(unit)
		area = u.AreaID
	}
	return w.app.Grid.Tree().PathIDs(area)
}

func (w noticeWorld) Trunk() []string {
	tree := w.app.Grid.Tree()
	trunk, _ := tree.Trunk()
	return tree.PathIDs(trunk.ID)
}

func (w noticeWorld) Everybody() []notice.Post {
	return w.posts(w.app.People.Directory().Posts(now.Ms(w.app.Clock)))
}

func (w noticeWorld) Posts(person string) []notice.Post {
	return w.posts(w.app.People.Directory().PostsOf(person, now.Ms(w.app.Clock)))
}

func (w noticeWorld) posts(list []people.Post) []notice.Post {
	out := make([]notice.Post, len(list))
	for n, p := range list {
		out[n] = notice.Post{Person: p.AccountID, Role: p.Role, Unit: p.UnitID, Areas: w.Place(p.AreaID, p.UnitID)}
	}
	return out
}

// loadDemoNotices lets somebody who is on the centre's desk in the demo publish its notices.
func (a *App) loadDemoNotices(ctx context.Context, clock *demo.Clock) error {
	until := clock.Now()
	defer clock.Release()
	officer, err := a.demoActor(ctx, "duty")
	if err != nil || !officer.Known() {
		return err
	}
	return demo.LoadNotices(ctx, a.Notice, clock, officer, until)
}
