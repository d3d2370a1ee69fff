package people

import (
	"context"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/sheet"
)

// accountPlan is what a table of accounts comes to over the store as it is.
type accountPlan struct {
	outcomes []bulk.Outcome // of every row
	made     []*Account
	changed  []*Account
	posts    []Post
	madeIn   map[int]string // row in which an account is made -> its login
	known    map[string]*Account
	named    map[string]bool // logins that an earlier row of the table spoke of
	touched  map[string]bool // accounts in changed
}

func (p *accountPlan) wrong() (n int) {
	for _, o := range p.outcomes {
		if o.Result == bulk.Refused {
			n++
		}
	}
	return n
}

// planAccounts looks at every row in order; a row builds on what the rows above it come to.
func (in importer) planAccounts(ctx context.Context, q db.Querier, actor authz.Actor, t *sheet.Table, at time.Time) (*accountPlan, error) {
	roles, err := rolesByCode(ctx, q)
	if err != nil {
		return nil, err
	}
	office, err := readOffice(ctx, q)
	if err != nil {
		return nil, err
	}
	units, err := readUnitIndex(ctx, q)
	if err != nil {
		return nil, err
	}
	plan := &accountPlan{outcomes: make([]bulk.Outcome, len(t.Rows)), madeIn: map[int]string{}, named: map[string]bool{}, touched: map[string]bool{}}
	rows := make([]accountRow, len(t.Rows))
	var logins []string
	for i, r := range t.Rows {
		row, wrong := in.checkRow(t, r, roles, units, at)
		if rows[i] = row; wrong != nil {
			plan.outcomes[i] = *wrong
			continue
		}
		logins = append(logins, row.login)
	}
	if plan.known, err = accountsByLogin(ctx, q, logins); err != nil {
		return nil, err
	}
	for i, row := range rows {
		if plan.outcomes[i].Result == bulk.Refused {
			continue
		}
		if plan.outcomes[i], err = in.planRow(plan, actor, i, row, roles, office.OneAdmin, at); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

func (in importer) planRow(plan *accountPlan, actor authz.Actor, i int, row accountRow, roles map[string]Role, oneAdmin bool, at time.Time) (bulk.Outcome, error) {
	a, exists := plan.known[row.login]
	result := bulk.Same
	switch {
	case !exists:
		made, err := in.newImported(row, at)
		if err != nil {
			return bulk.Outcome{}, err
		}
		a = made
	case a.Kind != PersonAccount:
		return bulk.Wrong("login", "account.not_a_person"), nil
	case a.Disabled:
		return bulk.Wrong("login", "account.disabled"), nil
	case a.ID == actor.AccountID && !oneAdmin:
		return bulk.Wrong("login", "post.self"), nil
	case plan.named[row.login] && a.Name != row.name:
		return bulk.Wrong("name", "import.name_differs", "name", a.Name), nil
	}
	post := row.post
	post.ID, post.AccountID, post.CreatedAt = id.New(at), a.ID, at.UnixMilli()
	err := post.checkAgainst(a.Posts, roles, oneAdmin)
	held := fault.Is(err, "post.duplicate")
	if f, ok := fault.As(err); ok && !held {
		return bulk.Outcome{Result: bulk.Refused, Column: "role", Code: f.Code, Params: f.Params}, nil
	}
	if exists {
		changed, err := in.renew(plan, a, row)
		if err != nil {
			return bulk.Outcome{}, err
		}
		if changed {
			result = bulk.Changed
		}
	} else {
		result = bulk.Made
		plan.known[row.login], plan.madeIn[i] = a, row.login
		plan.made = append(plan.made, a)
		plan.touched[a.ID] = true // written with the account itself
	}
	plan.named[row.login] = true
	if !held {
		a.Posts = append(a.Posts, post)
		plan.posts = append(plan.posts, post)
		if exists {
			result = bulk.Changed
		}
	}
	return bulk.Outcome{Result: result}, nil
}

// renew takes over a name and phone that differ; an empty phone keeps the one that is there.
func (in importer) renew(plan *accountPlan, a *Account, row accountRow) (bool, error) {
	phone := ""
	if row.phone != "" {
		now, err := in.s.Seal.Open(a.Phone, phonePlace(a.ID))
		if err != nil || now != row.phone { // one that does not open any more is replaced
			phone = row.phone
		}
	}
	if a.Name == row.name && phone == "" {
		return false, nil
	}
	a.Name = row.name
	if phone != "" {
		sealed, err := in.s.Seal.Seal(phone, phonePlace(a.ID))
		if err != nil {
			return false, err
		}
		a.Phone = sealed
	}
	if !plan.touched[a.ID] {
		plan.touched[a.ID] = true
		plan.changed = append(plan.changed, a)
	}
	return true, nil
}
