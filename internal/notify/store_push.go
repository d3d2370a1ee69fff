package notify

import (
	"context"
	"database/sql"
	"errors"

	"gezhi/internal/kit/db"
)

// subscription is a browser that may be woken.
type subscription struct {
	ID       string
	Account  string
	Endpoint string // sealed
}

func putSubscription(ctx context.Context, tx db.Tx, s subscription, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO push_subscriptions (id, account_id, endpoint, created_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET account_id = $2, endpoint = $3, created_at = $4`, s.ID, s.Account, s.Endpoint, at)
	return err
}

func subscriptionsOf(ctx context.Context, q db.Querier, account string) ([]subscription, error) {
	return db.List(ctx, q, func(r db.Scanner) (s subscription, err error) {
		err = r.Scan(&s.ID, &s.Account, &s.Endpoint)
		return s, err
	}, `SELECT id, account_id, endpoint FROM push_subscriptions WHERE account_id = $1 ORDER BY created_at, id`, account)
}

// subscribed returns those of some accounts who have a browser that may be woken.
func subscribed(ctx context.Context, q db.Querier, accounts []string) ([]string, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	var args db.Args
	where := args.In(accounts)
	return db.List(ctx, q, db.One[string], `SELECT DISTINCT account_id FROM push_subscriptions WHERE account_id IN (`+where+`) ORDER BY account_id`, args.Values...)
}

// deleteSubscription removes a browser, of one account or, with ”, whoever's it is.
func deleteSubscription(ctx context.Context, tx db.Tx, subscription, account string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM push_subscriptions WHERE id = $1 AND ($2 = '' OR account_id = $2)`, subscription, account)
	return err
}

// wantsSMS tells whether a person wants to be told of work by phone; they do until they say otherwise.
func wantsSMS(ctx context.Context, q db.Querier, account string) (bool, error) {
	var sms bool
	err := q.QueryRowContext(ctx, `SELECT sms FROM notice_choices WHERE account_id = $1`, account).Scan(&sms)
	if errors.Is(err, sql.ErrNoRows) {
		return true, nil
	}
	return sms, err
}

func putChoice(ctx context.Context, tx db.Tx, account string, sms bool, at int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO notice_choices (account_id, sms, updated_at) VALUES ($1, $2, $3)
		ON CONFLICT (account_id) DO UPDATE SET sms = $2, updated_at = $3`, account, sms, at)
	return err
}
