package demo

import (
	"context"
	"math/rand/v2"

	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
	"gezhi/internal/perm"
)

// crew is everybody who can act in the demo, in order of login.
type crew struct {
	list     []authz.Actor
	byID     map[string]authz.Actor
	byRole   map[string][]authz.Actor // the staff; likewise the others
	byUnit   map[string][]authz.Actor // who can take an order of a unit
	demoUnit map[string][]authz.Actor // the same of the demo accounts
	heads    map[string][]authz.Actor // of an area
	walkers  map[string][]authz.Actor // grid workers of an area
}

// crew reads the accounts as they are now.
func (s Services) crew(ctx context.Context) (*crew, error) {
	c := &crew{}
	roles, err := s.People.Roles(ctx, machine)
	if err != nil {
		return nil, err
	}
	byCode := map[string]people.Role{}
	for _, r := range roles {
		byCode[r.Code] = r
	}
	at := s.Clock.Now().UnixMilli()
	for cursor := ""; ; {
		accounts, next, err := s.People.Accounts(ctx, machine, people.AccountQuery{Limit: 200, Cursor: cursor})
		if err != nil {
			return nil, err
		}
		for _, a := range accounts {
			if !a.Disabled {
				c.list = append(c.list, actorOf(a, byCode, at))
			}
		}
		if cursor = next; next == "" {
			break
		}
	}
	c.index()
	return c, nil
}

// index sorts everybody by what they are asked for: a street has some hundred people, and its history asks often.
func (c *crew) index() {
	c.byID, c.byRole, c.heads = map[string]authz.Actor{}, map[string][]authz.Actor{}, map[string][]authz.Actor{}
	c.byUnit, c.demoUnit, c.walkers = map[string][]authz.Actor{}, map[string][]authz.Actor{}, map[string][]authz.Actor{}
	for _, a := range c.list {
		c.byID[a.AccountID] = a
		units := c.byUnit
		if isDemo(a.Login) {
			units = c.demoUnit
		} else {
			roles := map[string]bool{}
			for _, p := range a.Posts {
				if !roles[p.Role] {
					roles[p.Role] = true
					c.byRole[p.Role] = append(c.byRole[p.Role], a)
				}
				if p.Role == "grid_worker" {
					c.walkers[p.AreaID] = append(c.walkers[p.AreaID], a)
				}
			}
			if roles["grid_head"] {
				for _, area := range a.Scope(perm.IncidentCheck).Areas {
					c.heads[area] = append(c.heads[area], a)
				}
			}
		}
		if isDemo(a.Login) && a.HasRole("unit_head") {
			continue // looks at the work of others
		}
		for _, u := range a.Scope(perm.IncidentHandle).Units {
			units[u] = append(units[u], a)
		}
	}
}

// actorOf is the actor that a session of the account would be.
func actorOf(a people.Account, roles map[string]people.Role, at int64) authz.Actor {
	actor := authz.Actor{AccountID: a.ID, Login: a.Login, Name: a.Name}
	for _, p := range a.Posts {
		if !p.Holds(at) {
			continue
		}
		post := authz.Post{ID: p.ID, Role: p.Role, UnitID: p.UnitID, AreaID: p.AreaID, Reach: roles[p.Role].Reach, Permissions: map[authz.Permission]bool{}}
		for _, v := range roles[p.Role].Permissions {
			post.Permissions[v] = true
		}
		actor.Posts = append(actor.Posts, post)
	}
	return actor
}

// isStaff tells whether an account belongs to the invented staff, not to a visitor.
func (c *crew) isStaff(accountID string) bool {
	a, ok := c.byID[accountID]
	return ok && !isDemo(a.Login)
}

// handlers returns who of the staff, or with demo of the demo accounts, can take an order of a unit.
func (c *crew) handlers(demo bool, unit string) []authz.Actor {
	if demo {
		return c.demoUnit[unit]
	}
	return c.byUnit[unit]
}

// staff picks somebody with a role; nobody when there is none.
func (c *crew) staff(rng *rand.Rand, role string) authz.Actor { return one(rng, c.byRole[role]) }

// walker is the grid worker of a grid; where the post is vacant somebody else's.
func (c *crew) walker(rng *rand.Rand, grid string) authz.Actor {
	if list := c.walkers[grid]; len(list) > 0 {
		return one(rng, list)
	}
	return c.staff(rng, "grid_worker")
}

// approver is who of a unit looks at a reply that somebody else wrote.
func (c *crew) approver(unit, by string) (authz.Actor, bool) {
	for _, a := range c.byUnit[unit] {
		if a.HasRole("unit_head") && a.AccountID != by {
			return a, true
		}
	}
	return authz.Actor{}, false
}

// head returns the head of the first of the areas that has one.
func (c *crew) head(areas []string) (authz.Actor, bool) {
	for _, area := range areas {
		if list := c.heads[area]; len(list) > 0 {
			return list[0], true
		}
	}
	return authz.Actor{}, false
}

func one(rng *rand.Rand, list []authz.Actor) authz.Actor {
	if len(list) == 0 {
		return authz.Actor{}
	}
	return pick(rng, list)
}
