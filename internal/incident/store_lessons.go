package incident

import (
	"context"

	"gezhi/internal/kit/db"
)

// lessonsOf returns closed incidents whose ids follow one, by id; Where is the id of the deepest area. An order that was
// returned, or handed over, teaches who had it in the end.
func lessonsOf(ctx context.Context, q db.Querier, after string, limit int) ([]Lesson, error) {
	return db.List(ctx, q, func(r db.Scanner) (l Lesson, err error) {
		err = r.Scan(&l.ID, &l.Title, &l.Text, &l.Category, &l.Where, &l.Unit)
		return l, err
	}, `SELECT i.id, i.title, i.text, i.category, i.area_id, CASE WHEN i.lead_state = 'handled' THEN i.lead_unit ELSE '' END
		FROM incidents i WHERE i.id > $1 AND i.state = 'closed' ORDER BY i.id LIMIT $2`, after, limit)
}
