package grid

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/now"
)

// farthest is how far ahead a redraw can be planned.
const farthest = 3 * 366 * 24 * time.Hour

// errNotPlanned ends the transaction of a redraw that somebody else has applied, withdrawn or stopped meanwhile.
var errNotPlanned = errors.New("the redraw is not planned any more")

// PlanRedraw keeps a draft until its instant (unix ms; 0 or one that has passed: at once) and applies it then. What
// does not fit now is refused: invalid with the fields, area.topology with the places, redraw.area_planned when
// another planned redraw touches the same areas, not_found, forbidden.
func (s *Service) PlanRedraw(ctx context.Context, actor authz.Actor, d Draft, at int64, note string) (PlannedRedraw, error) {
	var made PlannedRedraw
	err := s.change(ctx, func(t *Tree, present int64) (plan, error) {
		var f fault.Fields
		note := fault.CheckText(&f, "note", note, false, 500)
		if at > present+farthest.Milliseconds() {
			f.Add("at", "redraw.at_far")
		}
		if err := f.Err(); err != nil {
			return plan{}, err
		}
		w, err := d.resolve(t)
		if err != nil {
			return plan{}, err
		}
		if err := mayDraft(actor, t, w.out); err != nil {
			return plan{}, err
		}
		if _, err := s.weigh(actor, t, planOf(t, w), present); err != nil {
			return plan{}, err
		}
		made = PlannedRedraw{
			ID: id.New(time.UnixMilli(present)), Kind: d.Kind, State: RedrawPlanned, Note: note, Plan: planOf(t, w),
			EffectAt: max(at, present), CreatedAt: present, CreatedBy: actor.AccountID, Creator: actor.Name,
		}
		return plan{write: func(ctx context.Context, tx db.Tx) error {
			waiting, err := readPlanned(ctx, tx)
			if err != nil {
				return err
			}
			if err := clashes(made, waiting); err != nil {
				return err
			}
			if err := insertRedraw(ctx, tx, made); err != nil {
				return err
			}
			return s.audit.Record(ctx, tx, actor, "redraw.plan", "redraw", made.ID, redrawDetail(made))
		}}, nil
	})
	if err != nil {
		return PlannedRedraw{}, err
	}
	if made.EffectAt <= now.Ms(s.clock) {
		if err := s.applyOne(context.WithoutCancel(ctx), made); err != nil {
			slog.Error("apply a redraw; it is tried again", "redraw", made.ID, "error", err)
		}
	}
	return readRedraw(context.WithoutCancel(ctx), s.db.Read(), made.ID)
}

func redrawDetail(r PlannedRedraw) map[string]any {
	return map[string]any{"kind": r.Kind, "name": strings.Join(r.Plan.Names, "、"), "effect_at": r.EffectAt}
}

// clashes refuses a redraw of areas that another one will change.
func clashes(made PlannedRedraw, waiting []PlannedRedraw) error {
	mine := map[string]bool{}
	for _, e := range made.Plan.Expect {
		mine[e.AreaID] = true
	}
	for _, other := range waiting {
		for _, e := range other.Plan.Expect {
			if mine[e.AreaID] {
				return fault.New(fault.Conflict, "redraw.area_planned", "name", e.Name, "at", other.EffectAt, "redraw", other.ID)
			}
		}
	}
	return nil
}

// weigh makes the edit of a plan on a tree, or says why it cannot be.
func (s *Service) weigh(actor authz.Actor, t *Tree, p RedrawPlan, at int64) (*edit, error) {
	b := redrawer{t: t, in: p.Do, edit: &edit{at: at, source: p.Do.Source, draws: map[string]drawn{}, where: map[string]string{}}}
	if err := b.build(actor); err != nil {
		return nil, err
	}
	after := b.edit.after(t)
	b.edit.checkTree(&b.f, t, after)
	if err := b.f.Err(); err != nil {
		return nil, err
	}
	refused, _ := b.edit.topology(t, after, DefaultTolerance, p.rule())
	return b.edit, topologyFault("shapes", refused)
}

// ApplyDue applies the planned redraws whose instant has come, each in one transaction with its own end, so once on
// however many nodes. One that does not fit any more is stopped with the reason. It returns how many came to an end.
func (s *Service) ApplyDue(ctx context.Context) (ended int, err error) {
	due, err := readDue(ctx, s.db.Read(), now.Ms(s.clock))
	if err != nil {
		return 0, err
	}
	for _, r := range due {
		if failed := s.applyOne(ctx, r); failed != nil { // one that fails must not hold up the others
			err = errors.Join(err, fmt.Errorf("redraw %s: %w", r.ID, failed))
			continue
		}
		ended++
	}
	return ended, err
}

func (s *Service) applyOne(ctx context.Context, r PlannedRedraw) error {
	actor := authz.System("redraw")
	err := s.change(ctx, func(t *Tree, present int64) (plan, error) {
		if names := r.Plan.changedSince(t); len(names) > 0 {
			return s.stop(actor, r, present, fault.New(fault.Conflict, "redraw.changed", "names", strings.Join(names, "、"))), nil
		}
		e, err := s.weigh(actor, t, r.Plan, r.EffectAt)
		if why, ok := fault.As(err); ok {
			return s.stop(actor, r, present, why), nil
		} else if err != nil {
			return plan{}, err
		}
		return plan{waiting: e.moved(t), write: func(ctx context.Context, tx db.Tx) error {
			if err := endRedraw(ctx, tx, r.ID, RedrawApplied, present, actor, RedrawReason{}); err != nil {
				return err
			}
			if err := e.write(ctx, tx, t); err != nil {
				return err
			}
			return s.audit.Record(ctx, tx, actor, "redraw.apply", "redraw", r.ID, redrawDetail(r))
		}}, nil
	})
	if errors.Is(err, errNotPlanned) {
		return nil
	}
	return err
}

// stop ends a redraw with nothing of it done.
func (s *Service) stop(actor authz.Actor, r PlannedRedraw, at int64, why *fault.Error) plan {
	reason := RedrawReason{Code: why.Code, Params: why.Params, Fields: why.Fields}
	return plan{write: func(ctx context.Context, tx db.Tx) error {
		if err := endRedraw(ctx, tx, r.ID, RedrawStopped, at, actor, reason); err != nil {
			return err
		}
		detail := redrawDetail(r)
		detail["reason"] = why.Code
		return s.audit.Record(ctx, tx, actor, "redraw.stop", "redraw", r.ID, detail)
	}}
}

// WithdrawRedraw takes a planned redraw back before its instant. Faults: not_found, forbidden, redraw.over when it is
// not planned any more.
func (s *Service) WithdrawRedraw(ctx context.Context, actor authz.Actor, redrawID, text string) (PlannedRedraw, error) {
	var f fault.Fields
	text = fault.CheckText(&f, "reason", text, false, 500)
	if err := f.Err(); err != nil {
		return PlannedRedraw{}, err
	}
	r, err := readRedraw(ctx, s.db.Read(), redrawID)
	if err != nil {
		return r, err
	}
	if err := mayWithdraw(actor, s.Tree(), r.Plan); err != nil {
		return r, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := endRedraw(ctx, tx, r.ID, RedrawWithdrawn, now.Ms(s.clock), actor, RedrawReason{Text: text}); err != nil {
			return err
		}
		return s.audit.Record(ctx, tx, actor, "redraw.withdraw", "redraw", r.ID, redrawDetail(r))
	})
	if errors.Is(err, errNotPlanned) {
		return r, fault.New(fault.Conflict, "redraw.over")
	}
	if err != nil {
		return r, err
	}
	return readRedraw(ctx, s.db.Read(), r.ID)
}

// mayWithdraw asks for every area that a plan touches or in which it begins one. Where all of them ended meanwhile it
// asks for the whole tree.
func mayWithdraw(actor authz.Actor, t *Tree, p RedrawPlan) error {
	var ids []string
	for _, e := range p.Expect {
		ids = append(ids, e.AreaID)
	}
	for _, b := range p.Do.Begins {
		ids = append(ids, b.ParentID)
	}
	ids = slices.DeleteFunc(ids, func(area string) bool { return t.byID[area] == nil })
	return coversAll(actor, t, ids)
}

// Redraws lists redraws, the newest first, at most limit after the one with the id before. A state chooses those in it.
func (s *Service) Redraws(ctx context.Context, state RedrawState, before string, limit int) ([]PlannedRedraw, error) {
	return listRedraws(ctx, s.db.Read(), state, before, limit)
}

// RedrawByID returns one redraw. Fault: not_found.
func (s *Service) RedrawByID(ctx context.Context, redrawID string) (PlannedRedraw, error) {
	return readRedraw(ctx, s.db.Read(), redrawID)
}
