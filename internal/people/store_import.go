package people

import (
	"context"
	"slices"

	"gezhi/internal/kit/db"
)

// loginsAtOnce bounds the logins of one statement.
const loginsAtOnce = 500

// accountsByLogin reads the accounts of these logins with all their posts.
func accountsByLogin(ctx context.Context, q db.Querier, logins []string) (map[string]*Account, error) {
	slices.Sort(logins)
	out := map[string]*Account{}
	for part := range slices.Chunk(slices.Compact(logins), loginsAtOnce) {
		var args db.Args
		rows, err := q.QueryContext(ctx, `SELECT `+accountColumns+` FROM accounts WHERE login IN (`+args.In(part)+`)`, args.Values...)
		if err != nil {
			return nil, err
		}
		accounts, err := scanAccounts(rows)
		if err != nil {
			return nil, err
		}
		if err := attachPosts(ctx, q, accounts); err != nil {
			return nil, err
		}
		for i := range accounts {
			out[accounts[i].Login] = &accounts[i]
		}
	}
	return out, nil
}
