package upkeep

import (
	"context"

	"gezhi/internal/kit/db"
)

// takeDay tells whether this node is the first to take on the planned backup of a day.
func (s *Service) takeDay(ctx context.Context, day string) (mine bool, err error) {
	at := s.Clock.Now().UnixMilli()
	err = s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, updated_at) VALUES ($1, $2, $3)
			ON CONFLICT (key) DO UPDATE SET value = $2, updated_at = $3 WHERE settings.value < $2`, dayKey, day, at)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		mine = n == 1
		return err
	})
	return mine, err
}
