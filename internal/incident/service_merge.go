package incident

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/flow"
	"gezhi/internal/kit/id"
)

// linker is who the machine is on the timeline when one incident follows another.
var linker = authz.System("merge")

// linkBatch is how many messages are read at a time.
const linkBatch = 200

// maxHops bounds how far the incident with which a merged one is handled is looked for. While messages are under way
// there may be a few in a row; when all is carried out there is one.
const maxHops = 8

// targetOf finds the incident into which an action merges, by id or number, as far as the actor may see it. Of one that
// is merged itself it is the one with which that is handled. Nil when there is none, or nothing is merged.
func (s *Service) targetOf(ctx context.Context, actor authz.Actor, a Action) (*Incident, error) {
	var into string
	if a.Do != "merge" || json.Unmarshal(a.Fields["into"], &into) != nil {
		return nil, nil
	}
	into = strings.TrimSpace(into)
	if !id.Valid(into) {
		digits := PhoneDigits(into)
		if len(digits) != 14 {
			return nil, nil
		}
		var err error
		if into, err = idOfNumber(ctx, s.DB.Read(), digits[:6]+"-"+digits[6:10]+"-"+digits[10:]); err != nil || into == "" {
			return nil, err
		}
	}
	target, err := s.pointedAt(ctx, into)
	if err != nil || target == nil || !s.sees(actor, target) {
		return nil, err
	}
	return s.root(ctx, s.DB.Read(), target)
}

// root returns the incident with which one is handled: itself unless it is merged.
func (s *Service) root(ctx context.Context, q db.Querier, i *Incident) (*Incident, error) {
	for range maxHops {
		if i.State != Merged || i.MergedInto == "" {
			break
		}
		next, err := load(ctx, q, i.MergedInto)
		if err != nil {
			return nil, err
		}
		i = next
	}
	return i, nil
}

// RunLinks carries out what incidents have to tell each other until the context ends: at once when this node wrote
// something, and after a rest what others left behind.
func (s *Service) RunLinks(ctx context.Context, rest time.Duration) {
	tick := time.NewTicker(rest)
	defer tick.Stop()
	for {
		if _, err := s.CarryOutLinks(ctx); err != nil && ctx.Err() == nil {
			slog.Error("joining merged incidents failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-s.linked:
		}
	}
}

// wakeAll wakes who follows a change that was committed.
func (s *Service) wakeAll(inc *Incident) {
	s.Wake()
	if !inc.tells {
		return
	}
	select {
	case s.linked <- struct{}{}:
	default:
	}
}

// CarryOutLinks carries out everything that incidents have to tell each other and returns how many messages are done.
// Each changes its target once, however often it is carried out and on however many nodes, so that it may stop anywhere
// and begin again. One that fails keeps none of the others back.
func (s *Service) CarryOutLinks(ctx context.Context) (done int, err error) {
	for {
		n, err := s.carryOutAll(ctx)
		if done += n; n == 0 || err != nil {
			return done, err
		}
		s.Wake()
	}
}

// carryOutAll carries out what waits now; a message may bring new ones.
func (s *Service) carryOutAll(ctx context.Context) (done int, err error) {
	for last := (link{}); ; {
		list, e := linksAfter(ctx, s.DB.Read(), last, linkBatch)
		if e != nil {
			return done, errors.Join(err, e)
		}
		for _, l := range list {
			last = l
			ok, e := s.carryOut(ctx, l)
			if e == nil && ok {
				e = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return deleteLink(ctx, tx, l) })
				done++
			}
			err = errors.Join(err, e)
		}
		if len(list) < linkBatch {
			return done, err
		}
	}
}

// carryOut carries out one message; false when another one has to come first.
func (s *Service) carryOut(ctx context.Context, l link) (bool, error) {
	switch l.What {
	case linkLeave:
		return true, s.leave(ctx, l)
	case linkRelease:
		return true, s.release(ctx, l)
	}
	target, err := s.join(ctx, l)
	if err != nil || target == nil {
		return err == nil, err
	}
	return s.elsewhere(ctx, l.Incident, target)
}

// join lets the target handle the sender too. It returns the target when that cannot, because it was merged itself or
// ended meanwhile.
func (s *Service) join(ctx context.Context, l link) (not *Incident, err error) {
	err = s.onTarget(ctx, l, func(ctx context.Context, tx db.Tx, c *change, was Joined, known bool) error {
		if not = nil; !takes(c.inc, "joined") {
			not = c.inc
			return errReplay
		}
		if !known || was.LeftAt != 0 {
			c.inc.Joined++
		}
		return saveJoined(ctx, tx, c.inc.ID, Joined{Member: l.Incident, Seq: l.Seq, How: l.How, At: l.At})
	}, "joined")
	return not, err
}

// leave lets the target forget the sender. What it never knew it remembers as gone, for a message that comes late.
func (s *Service) leave(ctx context.Context, l link) error {
	return s.onTarget(ctx, l, func(ctx context.Context, tx db.Tx, c *change, was Joined, known bool) error {
		was.Member, was.Seq = l.Incident, l.Seq
		if !known || was.LeftAt != 0 {
			was.LeftAt = l.At
			if err := saveJoined(ctx, tx, c.inc.ID, was); err != nil {
				return err
			}
			return errSilent
		}
		was.LeftAt = l.At
		c.inc.Joined--
		return saveJoined(ctx, tx, c.inc.ID, was)
	}, "left")
}

// errSilent says that a change needs no entry.
var errSilent = errors.New("incident: nothing to tell")

// onTarget carries out a message in the target's own transaction, unless it was carried out before or a later one of
// the same sender was.
func (s *Service) onTarget(ctx context.Context, l link, apply func(context.Context, db.Tx, *change, Joined, bool) error, do string) error {
	var inc *Incident
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var err error
		if inc, err = s.touch(ctx, tx, l.Target); err != nil {
			return err
		}
		was, known, err := joinedOne(ctx, tx, l.Target, l.Incident)
		if err != nil {
			return err
		}
		if known && was.Seq >= l.Seq {
			return errReplay
		}
		others, err := briefs(ctx, tx, []string{l.Incident})
		if err != nil {
			return err
		}
		c := &change{Service: s, actor: linker, inc: inc, at: s.Clock.Now().UnixMilli()}
		switch err := apply(ctx, tx, c, was, known); {
		case errors.Is(err, errSilent):
			return nil
		case err != nil:
			return err
		}
		if err := c.move(do, flow.Given{"member": l.Incident, "number": others[l.Incident].number, "how": l.How, "people": inc.Joined + 1}); err != nil {
			return err
		}
		if err := save(ctx, tx, inc); err != nil {
			return err
		}
		return c.write(ctx, tx)
	})
	if errors.Is(err, errReplay) {
		return nil
	}
	if err == nil {
		s.remember(inc)
	}
	return err
}

// release finds another place for everything that was handled with an incident that ended or was merged.
func (s *Service) release(ctx context.Context, l link) error {
	from, err := load(ctx, s.DB.Read(), l.Incident)
	if err != nil {
		return err
	}
	for last := ""; ; {
		members, err := membersAfter(ctx, s.DB.Read(), l.Incident, last, linkBatch)
		if err != nil {
			return err
		}
		for _, m := range members {
			last = m.Member
			if _, err := s.elsewhere(ctx, m.Member, from); err != nil {
				return err
			}
		}
		if len(members) < linkBatch {
			return nil
		}
	}
}

// elsewhere lets a merged incident follow the one with which it was handled: on into what that was merged into, or back
// to the desk when that ended without being handled. Of two that were merged into each other at the same moment the
// newer one stands alone; false for the older, which comes after it.
func (s *Service) elsewhere(ctx context.Context, member string, from *Incident) (done bool, err error) {
	var into *Incident
	if from.State == Merged {
		if into, err = s.pointedAt(ctx, from.MergedInto); err != nil {
			return false, err
		}
	}
	do := "merge_moved"
	switch {
	case into == nil && takes(from, "joined"):
		return true, nil // it handles them again
	case into == nil:
		do = "merge_undone"
	case into.ID == member:
		if member < from.ID {
			return false, nil
		}
		do = "merge_undone"
	}
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		inc, err := s.touch(ctx, tx, member)
		if err != nil {
			return err
		}
		if inc.State != Merged || inc.MergedInto != from.ID {
			return errReplay
		}
		c := &change{Service: s, actor: linker, inc: inc, at: s.Clock.Now().UnixMilli(), into: into}
		if err := c.move(do, flow.Given{}); err != nil {
			return err
		}
		if err := save(ctx, tx, inc); err != nil {
			return err
		}
		return c.write(ctx, tx)
	})
	if errors.Is(err, errReplay) || fault.Is(err, "not_found") {
		return true, nil
	}
	return err == nil, err
}
