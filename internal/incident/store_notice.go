package incident

import (
	"context"

	"gezhi/internal/kit/db"
)

// reportsOfPhone returns the newest reports under a phone's blind index, of one number or, with ”, of any.
func reportsOfPhone(ctx context.Context, q db.Querier, index, number string, limit int) ([]string, error) {
	return db.List(ctx, q, db.One[string], `SELECT id FROM incidents WHERE reporter_index = $1 AND reporter_index <> '' AND ($2 = '' OR number = $2)
		ORDER BY received_at DESC, id DESC LIMIT $3`, index, number, limit)
}
