package directive

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/kit/page"
	"gezhi/internal/perm"
)

// Boxes are the lists of directives: those that reached me, those I sent, and those over my areas.
var Boxes = []string{"in", "sent", "area"}

// List returns directives of a box, the newest first, with the cursor of the next page. An unknown box is refused.
func (s *Service) List(ctx context.Context, actor authz.Actor, box string, open bool, cursor string, limit int) ([]*Directive, string, error) {
	key, err := page.Parse(cursor, "directives."+box, 1)
	if err != nil {
		return nil, "", err
	}
	q := listQuery{box: box, person: actor.AccountID, open: open, limit: page.Limit(limit) + 1}
	if key != nil {
		q.before = key[0]
	}
	switch box {
	case "in", "sent":
	case "area":
		q.scope, q.above = actor.Scope(perm.DirectiveRead), s.above(actor)
	default:
		var f fault.Fields
		f.Add("box", "field.choice")
		return nil, "", f.Err()
	}
	list, err := listDirectives(ctx, s.DB.Read(), q)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(list) == q.limit {
		list = list[:q.limit-1]
		next = page.Cursor("directives."+box, list[len(list)-1].ID)
	}
	return list, next, fill(ctx, s.DB.Read(), list, actor.AccountID)
}

// above returns the areas of the actor's scope with all above them: what was sent to one of those was sent to them too.
func (s *Service) above(actor authz.Actor) []string {
	var out []string
	for _, id := range actor.Scope(perm.DirectiveRead).Areas {
		if a, ok := s.World.Area(id); ok {
			out = append(out, a.Path...)
		}
	}
	return out
}

// Get returns a directive to its sender, its receivers, and those over whose areas it went.
func (s *Service) Get(ctx context.Context, actor authz.Actor, directive string) (*Directive, error) {
	d, err := readDirective(ctx, s.DB.Read(), directive)
	if err != nil {
		return nil, err
	}
	if err := fill(ctx, s.DB.Read(), []*Directive{d}, actor.AccountID); err != nil {
		return nil, err
	}
	if d.Sender == actor.AccountID || d.Mine != nil {
		return d, nil
	}
	ok, err := inScope(ctx, s.DB.Read(), d.ID, actor.Scope(perm.DirectiveRead), s.above(actor))
	if err == nil && !ok {
		err = fault.Missing("directive")
	}
	return d, err
}

// Receipts returns who got a directive and how far they have come, in order of their ids: of one status or with an empty
// one of all. Its sender may see them, and those over whose areas it went.
func (s *Service) Receipts(ctx context.Context, actor authz.Actor, directive, status, cursor string, limit int) ([]Receipt, string, error) {
	d, err := s.Get(ctx, actor, directive)
	if err != nil {
		return nil, "", err
	}
	if d.Sender != actor.AccountID {
		ok, err := inScope(ctx, s.DB.Read(), d.ID, actor.Scope(perm.DirectiveRead), s.above(actor))
		if err != nil || !ok {
			if err == nil {
				err = fault.New(fault.Forbidden, "forbidden")
			}
			return nil, "", err
		}
	}
	key, err := page.Parse(cursor, "receipts", 1)
	if err != nil {
		return nil, "", err
	}
	after := ""
	if key != nil {
		after = key[0]
	}
	limit = page.Limit(limit)
	list, err := listReceipts(ctx, s.DB.Read(), d.ID, status, after, limit+1)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	return list[:limit], page.Cursor("receipts", list[limit-1].Person), nil
}

// Read notes that the actor has opened a directive that reached them. Doing it again changes nothing.
func (s *Service) Read(ctx context.Context, actor authz.Actor, directive string) (*Directive, error) {
	return s.mark(ctx, actor, directive, "read", func(r *Receipt, at int64) bool {
		if r.ReadAt > 0 {
			return false
		}
		r.ReadAt = at
		return true
	})
}

// Acknowledge notes that the actor has understood a directive that reached them, with a word if they like. Doing it
// again changes nothing; a withdrawn one is "directive.withdrawn".
func (s *Service) Acknowledge(ctx context.Context, actor authz.Actor, directive, note string) (*Directive, error) {
	var f fault.Fields
	note = fault.CheckText(&f, "note", note, false, maxNote)
	if err := f.Err(); err != nil {
		return nil, err
	}
	return s.mark(ctx, actor, directive, "ack", func(r *Receipt, at int64) bool {
		if r.AckedAt > 0 {
			return false
		}
		r.AckedAt, r.Note = at, note
		if r.ReadAt == 0 {
			r.ReadAt = at
		}
		return true
	})
}

// mark changes the actor's own receipt. The sender hears of acknowledgements.
func (s *Service) mark(ctx context.Context, actor authz.Actor, directive, do string, change func(r *Receipt, at int64) bool) (*Directive, error) {
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		d, err := lockDirective(ctx, tx, directive)
		if err != nil {
			return err
		}
		r, ok, err := receiptOf(ctx, tx, directive, actor.AccountID)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Missing("directive")
		}
		if d.WithdrawnAt > 0 && do == "ack" && r.AckedAt == 0 {
			return fault.New(fault.Conflict, "directive.withdrawn")
		}
		if !change(&r, now.Ms(s.Clock)) {
			return nil
		}
		if err := saveReceipt(ctx, tx, directive, r); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, d, do, []string{d.Sender, actor.AccountID}); err != nil {
			return err
		}
		return saveDirective(ctx, tx, d)
	})
	if err != nil {
		return nil, err
	}
	s.wake()
	return s.Get(ctx, actor, directive)
}
