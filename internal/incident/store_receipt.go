package incident

import (
	"context"

	"gezhi/internal/kit/db"
)

// putReceipts notes what a screen said of orders of one incident; the first time of each counts.
func putReceipts(ctx context.Context, tx db.Tx, incident string, list []Receipt) error {
	for _, r := range list {
		_, err := tx.ExecContext(ctx, `INSERT INTO order_receipts (incident_id, order_id, account_id, delivered_at, read_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (incident_id, order_id, account_id) DO UPDATE SET read_at = COALESCE(order_receipts.read_at, excluded.read_at)`,
			incident, r.Order, r.Account, r.DeliveredAt, nullable(r.ReadAt))
		if err != nil {
			return err
		}
	}
	return nil
}

func receiptsOf(ctx context.Context, q db.Querier, incident string) ([]Receipt, error) {
	return db.List(ctx, q, func(r db.Scanner) (out Receipt, err error) {
		err = r.Scan(&out.Order, &out.Account, &out.DeliveredAt, stamp{&out.ReadAt})
		return out, err
	}, `SELECT order_id, account_id, delivered_at, read_at FROM order_receipts WHERE incident_id = $1 ORDER BY delivered_at, order_id, account_id`, incident)
}
