package incident

import (
	"context"

	"gezhi/internal/kit/db"
)

// lessonsOf returns closed incidents with a category whose ids follow one, by id.
func lessonsOf(ctx context.Context, q db.Querier, after string, limit int) ([]Lesson, error) {
	return db.List(ctx, q, func(r db.Scanner) (l Lesson, err error) {
		err = r.Scan(&l.ID, &l.Title, &l.Text, &l.Category)
		return l, err
	}, `SELECT i.id, i.title, i.text, i.category FROM incidents i WHERE i.id > $1 AND i.state = 'closed' AND i.category <> '' ORDER BY i.id LIMIT $2`, after, limit)
}
