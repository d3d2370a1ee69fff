package demo

import (
	"context"
	"math/rand/v2"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/people"
	"gezhi/internal/perm"
)

// crew is everybody who can act in the demo, in order of login.
type crew struct {
	list []authz.Actor
	byID map[string]authz.Actor
}

// crew reads the accounts as they are now.
func (s Services) crew(ctx context.Context) (*crew, error) {
	c := &crew{byID: map[string]authz.Actor{}}
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
	for _, a := range c.list {
		c.byID[a.AccountID] = a
	}
	return c, nil
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

// choose returns the staff (or, with demo, the demo accounts) that fit.
func (c *crew) choose(demo bool, fits func(authz.Actor) bool) []authz.Actor {
	var out []authz.Actor
	for _, a := range c.list {
		if isDemo(a.Login) == demo && fits(a) {
			out = append(out, a)
		}
	}
	return out
}

// handlers returns who can take an order of a unit.
func (c *crew) handlers(demo bool, unit string) []authz.Actor {
	return c.choose(demo, func(a authz.Actor) bool { return slices.Contains(a.Scope(perm.IncidentHandle).Units, unit) })
}

// staff picks somebody with a role; nobody when there is none.
func (c *crew) staff(rng *rand.Rand, role string) authz.Actor {
	return one(rng, c.choose(false, func(a authz.Actor) bool { return a.HasRole(role) }))
}

// worker picks a grid worker of a unit.
func (c *crew) worker(rng *rand.Rand, unit string) authz.Actor {
	return one(rng, c.choose(false, func(a authz.Actor) bool { return a.HasRole("grid_worker") && slices.Contains(a.Units(), unit) }))
}

// head returns the head of one of the areas.
func (c *crew) head(areas []string) (authz.Actor, bool) {
	found := c.choose(false, func(a authz.Actor) bool {
		return a.HasRole("grid_head") && slices.ContainsFunc(a.Scope(perm.IncidentCheck).Areas, func(id string) bool { return slices.Contains(areas, id) })
	})
	if len(found) == 0 {
		return authz.Actor{}, false
	}
	return found[0], true
}

func one(rng *rand.Rand, list []authz.Actor) authz.Actor {
	if len(list) == 0 {
		return authz.Actor{}
	}
	return pick(rng, list)
}
