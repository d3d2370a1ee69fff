package stats

import (
	"context"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
)

// Oldest returns the open facts of an area that were received first, at most n; of ” those that the actor may see.
func (s *Service) Oldest(ctx context.Context, actor authz.Actor, area string, n int) ([]*Fact, error) {
	r, err := s.reachOf(actor, area)
	if err != nil {
		return nil, err
	}
	today, err := parseDay(s.today())
	if err != nil {
		return nil, err
	}
	w := (&plan{reach: r}).facts(period{today.AddDate(0, 0, 1-maxDays), today})
	w.add("is_open")
	return db.List(ctx, s.DB.Read(), scanFact, `SELECT `+factColumns+` FROM facts WHERE `+w.text()+` ORDER BY day, received_at, id LIMIT `+w.args.Add(n), w.args.Values...)
}
