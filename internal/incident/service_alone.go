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

// Alone says whether the model may give a report its category before anybody has looked.
type Alone struct {
	Above float64 `json:"above" doc:"least confidence, 0.5 to 0.99; 0: never"`
}

const (
	aloneKey   = "incident.classify_alone"
	leastAlone = 0.5
	mostAlone  = 0.99
)

// Alone returns the setting; it is off until somebody switches it on.
func (s *Service) Alone(ctx context.Context) (Alone, error) {
	text, err := db.Setting(ctx, s.DB.Read(), aloneKey)
	if err != nil || text == "" {
		return Alone{}, err
	}
	above, err := strconv.ParseFloat(text, 64)
	return Alone{above}, err
}

// SetAlone changes the setting, for reports from now on.
func (s *Service) SetAlone(ctx context.Context, actor authz.Actor, in Alone) error {
	if !actor.Can(perm.CategoryManage) {
		return fault.New(fault.Forbidden, "forbidden")
	}
	if in.Above != 0 && !(in.Above >= leastAlone && in.Above <= mostAlone) {
		return invalid("above", "category.alone_range")
	}
	text := strconv.FormatFloat(in.Above, 'f', -1, 64)
	return s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := db.PutSetting(ctx, tx, aloneKey, text, s.Clock.Now().UnixMilli()); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "category.alone", "setting", aloneKey, map[string]string{"above": text})
	})
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
	alone, err := s.Alone(ctx)
	if err == nil && alone.Above > 0 && g.Confidence >= alone.Above {
		r.Category, r.guessed = g.Category, &g
	}
	return err
}
