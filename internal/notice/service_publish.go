package notice

import (
	"context"
	"strconv"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
	"gezhi/internal/perm"
)

// Reach is what a notice would reach if it were published now.
type Reach struct {
	Areas     []string // none: everywhere
	People    int      // whom it reaches at desks and phones, each once
	OnDuty    int      // of them, now
	ByRole    map[string]int
	Screens   int // walls over its areas that were on in the last hour
	Residents bool
}

// place decides which areas a notice covers, and notes an area that lies outside the actor's reach.
func (s *Service) place(actor authz.Actor, n *Notice, f *fault.Fields) (paths [][]string) {
	scope := actor.Scope(perm.NoticePublish)
	n.Areas, n.Everywhere = nil, false
	if n.Area != "" {
		a, ok := s.World.Area(n.Area)
		if !ok || !scope.Covers(authz.Target{Areas: a.Path}) {
			f.Add("area", "notice.area_outside")
			return nil
		}
		n.Areas = []string{n.Area}
		return [][]string{a.Path}
	}
	if scope.All {
		n.Everywhere = true
		return nil
	}
	for _, area := range scope.Areas {
		if a, ok := s.World.Area(area); ok {
			n.Areas, paths = append(n.Areas, area), append(paths, a.Path)
		}
	}
	if len(n.Areas) == 0 {
		f.Add("area", "notice.area_outside")
	}
	return paths
}

// Preview tells what a notice for an area and some audiences would reach. It refuses an area that Publish would refuse.
func (s *Service) Preview(ctx context.Context, actor authz.Actor, area string, audiences []string) (Reach, error) {
	n := Notice{Area: area, Audiences: audiences}
	var f fault.Fields
	n.checkAudiences(&f)
	s.place(actor, &n, &f)
	if err := f.Err(); err != nil {
		return Reach{}, err
	}
	c := s.crowd(&n, s.World.Everybody())
	out := Reach{Areas: n.Areas, People: len(c.reached), ByRole: map[string]int{}, Residents: n.For(Residents)}
	for _, p := range c.reached {
		out.ByRole[p.Role]++
		if s.World.OnDuty(p.Person) {
			out.OnDuty++
		}
	}
	if !n.For(Screens) {
		return out, nil
	}
	walls, err := wallsSince(ctx, s.DB.Read(), now.Ms(s.Clock)-wallsFor)
	if err != nil {
		return Reach{}, err
	}
	for _, account := range walls {
		if len(s.crowd(&n, s.World.Posts(account)).seen) > 0 {
			out.Screens++
		}
	}
	return out, nil
}

// Publish publishes a notice now, or for the time when it begins. An emergency must be confirmed ("notice.confirm"):
// whoever publishes it has seen what it reaches.
func (s *Service) Publish(ctx context.Context, actor authz.Actor, n Notice, confirmed bool) (*Notice, error) {
	at := s.Clock.Now()
	var f fault.Fields
	n.Validate(&f, at.UnixMilli())
	paths := s.place(actor, &n, &f)
	if n.Kind == Emergency && !confirmed {
		f.Add("confirmed", "notice.confirm")
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	n.ID, n.Publisher, n.PublishedAt, n.told = id.New(at), actor.AccountID, at.UnixMilli(), n.State(at.UnixMilli())
	c := s.crowd(&n, s.World.Everybody())
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		n.seq, n.seqAt = 0, 0
		if err := s.tell(ctx, tx, &n, "publish", append(c.seen, n.Publisher)); err != nil {
			return err
		}
		if err := insertBulletin(ctx, tx, n, went.Rows(n.ID, paths)); err != nil {
			return err
		}
		if err := s.begin(ctx, tx, &n, c); err != nil {
			return err
		}
		return s.record(ctx, tx, at, actor, "notice.publish", n.ID, map[string]string{"kind": n.Kind, "area": n.Area, "audiences": strings.Join(n.Audiences, " "),
			"from": strconv.FormatInt(n.From, 10), "until": strconv.FormatInt(n.Until, 10)})
	})
	s.wake()
	return &n, err
}

// undoFor is for how long a withdrawal can be taken back: longer than a screen offers it, because the answer travels.
const undoFor = 30_000

// ChangeEnd lets a notice end at another time; one that is not ahead ends it now. What ended already is "notice.ended".
func (s *Service) ChangeEnd(ctx context.Context, actor authz.Actor, notice string, until int64) (*Notice, error) {
	return s.change(ctx, actor, notice, "end", func(n *Notice, at int64) error {
		switch state := n.State(at); {
		case state == Withdrawn:
			return fault.New(fault.Conflict, "notice.withdrawn")
		case state == Ended:
			return fault.New(fault.Conflict, "notice.ended")
		case state == Current && until <= at:
			n.Until = at
			return nil
		}
		var f fault.Fields
		first := n.From
		n.Until = until
		n.From = max(first, at) // a new end lies ahead, too
		n.checkUntil(&f)
		n.From = first
		return f.Err()
	})
}

// Withdraw takes a notice back, with a reason that stays with it.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, notice, reason string) (*Notice, error) {
	var f fault.Fields
	reason = fault.CheckText(&f, "reason", reason, true, maxReason)
	if err := f.Err(); err != nil {
		return nil, err
	}
	return s.change(ctx, actor, notice, "withdraw", func(n *Notice, at int64) error {
		switch n.State(at) {
		case Withdrawn:
			return fault.New(fault.Conflict, "notice.withdrawn")
		case Ended:
			return fault.New(fault.Conflict, "notice.ended")
		}
		n.WithdrawnAt, n.WithdrawnBy, n.Withdrawn = at, actor.AccountID, reason
		return nil
	})
}

// Restore undoes a withdrawal: whoever withdrew a notice may do so for a moment ("notice.undo_late").
func (s *Service) Restore(ctx context.Context, actor authz.Actor, notice string) (*Notice, error) {
	return s.change(ctx, actor, notice, "restore", func(n *Notice, at int64) error {
		switch {
		case n.WithdrawnAt == 0:
			return fault.New(fault.Conflict, "notice.stands")
		case n.WithdrawnBy != actor.AccountID || at > n.WithdrawnAt+undoFor:
			return fault.New(fault.Conflict, "notice.undo_late")
		}
		n.WithdrawnAt, n.WithdrawnBy, n.Withdrawn = 0, "", ""
		return nil
	})
}

// Manages tells whether somebody may change a notice: whoever may publish to all of its areas, not its publisher alone,
// because the next shift must be able to take an emergency back.
func (s *Service) Manages(actor authz.Actor, n *Notice) bool {
	scope := actor.Scope(perm.NoticePublish)
	if scope.All || n.Everywhere {
		return scope.All
	}
	for _, area := range n.Areas {
		if a, ok := s.World.Area(area); !ok || !scope.Covers(authz.Target{Areas: a.Path}) {
			return false
		}
	}
	return len(n.Areas) > 0
}

// change runs a step of whoever manages a notice. To anybody who does not see it, it is not there.
func (s *Service) change(ctx context.Context, actor authz.Actor, notice, do string, step func(n *Notice, at int64) error) (*Notice, error) {
	if _, err := s.Get(ctx, actor, notice); err != nil {
		return nil, err
	}
	posts := s.World.Everybody()
	var out *Notice
	err := s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		at := s.Clock.Now()
		n, err := lockBulletin(ctx, tx, notice)
		if err != nil {
			return err
		}
		if !s.Manages(actor, n) {
			return fault.New(fault.Forbidden, "notice.not_yours")
		}
		if err := step(n, at.UnixMilli()); err != nil {
			return err
		}
		if n.told = n.State(at.UnixMilli()); n.told == Withdrawn {
			n.told = Ended
		}
		out = n
		if err := s.tell(ctx, tx, n, do, append(s.crowd(n, posts).seen, n.Publisher)); err != nil {
			return err
		}
		if err := saveBulletin(ctx, tx, n); err != nil {
			return err
		}
		return s.record(ctx, tx, at, actor, "notice."+do, n.ID, map[string]string{"until": strconv.FormatInt(n.Until, 10)})
	})
	s.wake()
	return out, err
}
