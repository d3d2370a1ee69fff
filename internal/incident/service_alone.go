package incident

import (
	"context"
	"strconv"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// Alone says from which confidence on a model may act before anybody has looked.
type Alone struct {
	Above float64 `json:"above" doc:"least confidence, 0.5 to 0.99; 0: never"`
}

const (
	leastAlone = 0.5
	mostAlone  = 0.99
)

// lone is the setting of a model: its key, who may change it, and what the audit trail calls that.
type lone struct {
	key    string
	needs  authz.Permission
	action string
}

var lones = map[Learned]lone{
	LearnedCategory: {"incident.classify_alone", perm.CategoryManage, "category.alone"},
	LearnedUnit:     {"incident.dispatch_alone", perm.RuleManage, "dispatch.alone"},
}

// Alone returns the setting of a model; it is off until somebody switches it on.
func (s *Service) Alone(ctx context.Context, of Learned) (Alone, error) {
	return alone(ctx, s.DB.Read(), of)
}

func alone(ctx context.Context, q db.Querier, of Learned) (Alone, error) {
	text, err := db.Setting(ctx, q, lones[of].key)
	if err != nil || text == "" {
		return Alone{}, err
	}
	above, err := strconv.ParseFloat(text, 64)
	return Alone{above}, err
}

func (a Alone) allows(g Guess) bool { return a.Above > 0 && g.Confidence >= a.Above }

// SetAlone changes the setting, for reports from now on.
func (s *Service) SetAlone(ctx context.Context, actor authz.Actor, of Learned, in Alone) error {
	setting := lones[of]
	if !actor.Can(setting.needs) {
		return fault.New(fault.Forbidden, "forbidden")
	}
	if in.Above != 0 && !(in.Above >= leastAlone && in.Above <= mostAlone) {
		return invalid("above", "category.alone_range")
	}
	text := strconv.FormatFloat(in.Above, 'f', -1, 64)
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := db.PutSetting(ctx, tx, setting.key, text, s.Clock.Now().UnixMilli()); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, setting.action, "setting", setting.key, map[string]string{"above": text})
	})
}

// sureOfUnit tells whether the model may send an incident by itself: no rule knows the matter, its place is known, and
// the guess is as sure as it must be.
func (s *Service) sureOfUnit(ctx context.Context, q db.Querier, inc *Incident) (bool, error) {
	p := s.propose(inc)
	if p.guess == nil || !p.General || !inc.Placed {
		return false, nil
	}
	set, err := alone(ctx, q, LearnedUnit)
	return set.allows(*p.guess), err
}

// classify gives a report without a category the one that the model is sure of, where it may act alone. The entry of
// the report says so, and rules go by it like by any other.
func (s *Service) classify(ctx context.Context, r *Report) error {
	if r.Category != "" {
		return nil
	}
	text := strings.TrimSpace(r.Text)
	g, ok := s.guess(first(strings.TrimSpace(r.Title), titleOf(text)), text)
	if !ok {
		return nil
	}
	set, err := s.Alone(ctx, LearnedCategory)
	if err == nil && set.allows(g) {
		r.Category, r.guessed = g.Label, &g
	}
	return err
}
