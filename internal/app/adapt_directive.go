package app

import (
	"context"

	"gezhi/internal/directive"
	"gezhi/internal/duty"
	"gezhi/internal/kit/now"
	"gezhi/internal/people"
)

// buildDuty makes the services of duty and of directives.
func (a *App) buildDuty(ctx context.Context) (err error) {
	a.Duty, err = duty.NewService(ctx, duty.Config{DB: a.DB, Clock: a.Clock, Units: dutyUnits{a}, People: dutyPeople{a}, Work: openWorkOf{a}})
	a.Directive = directive.NewService(directive.Config{DB: a.DB, Clock: a.Clock, World: chain{a}, Wake: a.Relay.Wake})
	return err
}

// chain is what directives know of areas, units and who holds which post.
type chain struct{ app *App }

func (c chain) Area(id string) (directive.Area, bool) {
	a, ok := c.app.Grid.Tree().Area(id)
	return directive.Area{ID: a.ID, Name: a.Name, Path: c.app.Grid.Tree().PathIDs(id)}, ok
}

func (c chain) Unit(id string) (directive.Unit, bool) {
	u, ok := c.app.People.Directory().Unit(id)
	return directive.Unit{ID: u.ID, Name: u.Name, Areas: c.app.Grid.Tree().PathIDs(u.AreaID)}, ok && u.Open
}

func (c chain) Name(person string) string { return c.app.People.Directory().PersonName(person) }

func (c chain) PostsIn(unit string) []directive.Post {
	return postsOf(c.app.People.Directory().PostsOfUnit(unit, now.Ms(c.app.Clock)))
}

func (c chain) PostsBelow(area string) []directive.Post {
	var out []directive.Post
	dir, at := c.app.People.Directory(), now.Ms(c.app.Clock)
	within := map[string]bool{}
	for _, id := range c.app.Grid.Tree().Below(area) {
		within[id] = true
		out = append(out, postsOf(dir.PostsOfArea(id, at))...)
	}
	for _, u := range dir.OpenUnits() {
		if !within[u.AreaID] {
			continue
		}
		for _, p := range dir.PostsOfUnit(u.ID, at) {
			if p.AreaID == "" { // else the area of the post says where it is
				out = append(out, directive.Post{Person: p.AccountID, Role: p.Role, Unit: p.UnitID})
			}
		}
	}
	return out
}

func postsOf(posts []people.Post) []directive.Post {
	out := make([]directive.Post, len(posts))
	for n, p := range posts {
		out[n] = directive.Post{Person: p.AccountID, Role: p.Role, Unit: p.UnitID, Area: p.AreaID}
	}
	return out
}
