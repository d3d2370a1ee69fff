package notice

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/page"
	"gezhi/internal/perm"
)

// Filter is which notices a list shows. The zero Filter is all.
type Filter struct {
	State  State
	Search string // in title and text
	Cursor string
	Limit  int
}

// maxSearch bounds what may be searched for, in characters.
const maxSearch = 60

// view says what somebody may see of the notices: those over their areas; without the right to publish only what has
// begun. A list then leaves out what was withdrawn, but who had it open still sees why.
func (s *Service) view(actor authz.Actor) seenBy {
	return seenBy{standing: s.standing(actor), person: actor.AccountID, publisher: actor.Can(perm.NoticePublish), at: now.Ms(s.Clock)}
}

// List returns the notices that concern the actor, the newest first, with the cursor of the next page.
func (s *Service) List(ctx context.Context, actor authz.Actor, f Filter) ([]*Notice, string, error) {
	var wrong fault.Fields
	q := listQuery{seenBy: s.view(actor), state: f.State, limit: page.Limit(f.Limit) + 1}
	q.search = fault.CheckText(&wrong, "q", f.Search, false, maxSearch)
	if err := wrong.Err(); err != nil {
		return nil, "", err
	}
	key, err := page.Parse(f.Cursor, "notices", 1)
	if err != nil {
		return nil, "", err
	}
	if key != nil {
		q.before = key[0]
	}
	list, err := listBulletins(ctx, s.DB.Read(), q)
	if err != nil || len(list) < q.limit {
		return list, "", err
	}
	list = list[:q.limit-1]
	return list, page.Cursor("notices", list[len(list)-1].ID), nil
}

// Get returns a notice to those whom it concerns.
func (s *Service) Get(ctx context.Context, actor authz.Actor, notice string) (*Notice, error) {
	return readBulletin(ctx, s.DB.Read(), s.view(actor), notice)
}

// mostCurrent bounds what a face is told at once; nobody reads more.
const mostCurrent = 20

// Current returns what is to be shown to the actor now on a face (one of the audiences but residents): emergencies
// first, then the newest. more is how many there are beyond.
func (s *Service) Current(ctx context.Context, actor authz.Actor, face string) (list []*Notice, more int64, err error) {
	return currentBulletins(ctx, s.DB.Read(), s.view(actor), face, mostCurrent)
}

// Read notes that the actor has read a notice that was meant for desks or phones. Doing it again changes nothing.
func (s *Service) Read(ctx context.Context, actor authz.Actor, notice string) (*Notice, error) {
	n, err := s.Get(ctx, actor, notice)
	if err != nil {
		return nil, err
	}
	state := n.State(now.Ms(s.Clock))
	if n.ReadAt > 0 || state == Planned || state == Withdrawn || !n.For(Desks) && !n.For(Phones) {
		return n, nil
	}
	r := reading{person: actor.AccountID, at: now.Ms(s.Clock)}
	if c := s.crowd(n, s.World.Posts(actor.AccountID)); len(c.reached) > 0 {
		r.post, r.place = c.reached[0].Role, c.reached[0].place()
	}
	n.ReadAt = r.at
	return n, s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return insertReading(ctx, tx, n.ID, r) })
}
