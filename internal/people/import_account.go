package people

import (
	"context"
	"regexp"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/perm"
)

// importChunk is how many rows of accounts one transaction writes.
const importChunk = 200

// firstCost hashes the first passwords that an import makes. They are random with 60 bits, which no guessing reaches
// however cheap a guess is, and are hashed at the full cost when they are first used; so 50,000 take a minute, not an hour.
var firstCost = Cost{Passes: 1, MemoryKiB: 256, Threads: 1}

// accounts says how a table of accounts is read: one row, one post; rows with the same login add posts.
func (in importer) accounts() bulk.Kind {
	return bulk.Kind{
		Name: "accounts", Need: perm.AccountManage, Chunk: importChunk,
		Columns: []sheet.Column{
			{Key: "name", Kind: sheet.Text, Required: true, Width: 14},
			{Key: "phone", Kind: sheet.Code, Width: 16},
			{Key: "login", Kind: sheet.Code, Width: 18},
			{Key: "role", Kind: sheet.Text, Required: true, Width: 18},
			{Key: "unit", Kind: sheet.Text, Width: 26},
			{Key: "area", Kind: sheet.Text, Width: 34},
			{Key: "from", Kind: sheet.Code, Width: 14},
			{Key: "to", Kind: sheet.Code, Width: 14},
		},
		Check: func(ctx context.Context, actor authz.Actor, t *sheet.Table) ([]bulk.Outcome, error) {
			plan, err := in.planAccounts(ctx, in.s.DB.Read(), actor, t, in.s.Clock.Now())
			if err != nil {
				return nil, err
			}
			return plan.outcomes, nil
		},
		Write: in.writeAccounts,
	}
}

// writeAccounts writes what the rows ask for, looking at every row again in the transaction that writes.
func (in importer) writeAccounts(ctx context.Context, actor authz.Actor, t *sheet.Table, whole bool, kept bulk.Kept) error {
	before, err := in.planAccounts(ctx, in.s.DB.Read(), actor, t, in.s.Clock.Now())
	if err != nil {
		return err
	}
	hash := newHasher(firstCost)
	secrets, hashes := map[string]string{}, map[string]string{}
	for _, a := range before.made {
		secrets[a.Login] = newPassword()
		if hashes[a.Login], err = hash.Hash(ctx, secrets[a.Login]); err != nil {
			return err
		}
	}
	return in.s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		plan, err := in.planAccounts(ctx, tx, actor, t, at)
		if err != nil {
			return err
		}
		if wrong := plan.wrong(); whole && wrong > 0 {
			return fault.New(fault.Conflict, "import.rows_wrong", "count", wrong)
		}
		for _, a := range plan.made {
			if hashes[a.Login] == "" { // somebody removed the login since; only then is a hash made here
				secrets[a.Login] = newPassword()
				hashes[a.Login] = hash.make(secrets[a.Login])
			}
			if err := insertAccount(ctx, tx, *a, hashes[a.Login]); err != nil {
				return err
			}
			if err := record(ctx, tx, at, actor, "account.create", "account", a.ID, "kind", string(a.Kind)); err != nil {
				return err
			}
		}
		for _, a := range plan.changed {
			a.Version, a.UpdatedAt = a.Version+1, at.UnixMilli()
			if err := updateAccount(ctx, tx, *a, 0); err != nil {
				return err
			}
			if err := record(ctx, tx, at, actor, "account.update", "account", a.ID, "fields", "import"); err != nil {
				return err
			}
		}
		for _, p := range plan.posts {
			if err := insertPost(ctx, tx, p); err != nil {
				return err
			}
			if err := record(ctx, tx, at, actor, "post.add", "account", p.AccountID, "post", p.ID, "role", p.Role, "unit", p.UnitID, "area", p.AreaID); err != nil {
				return err
			}
		}
		for i, login := range plan.madeIn {
			plan.outcomes[i].Secret = secrets[login]
		}
		return kept(ctx, tx, plan.outcomes)
	})
}

// accountRow is what a row says, found and checked as far as one row can be.
type accountRow struct {
	login, name, phone string
	post               Post
}

var mobile = regexp.MustCompile(`^1[3-9][0-9]{9}$`)

// checkRow reads a row; wrong says what does not hold in it.
func (in importer) checkRow(t *sheet.Table, r sheet.Row, roles roleIndex, units *unitIndex, at time.Time) (row accountRow, wrong *bulk.Outcome) {
	get := func(key string) string { return t.Get(r, key) }
	row.phone = strings.NewReplacer(" ", "", "-", "").Replace(get("phone"))
	row.login = get("login")
	if row.login == "" {
		row.login = strings.TrimPrefix(row.phone, "+86")
	}
	var f fault.Fields
	row.login = checkLogin(&f, "login", row.login)
	row.name = fault.CheckText(&f, "name", get("name"), true, 40)
	checkPhone(&f, "phone", row.phone)
	if strings.HasPrefix(row.phone, "1") && !mobile.MatchString(row.phone) {
		f.Add("phone", "field.phone")
	}
	row.post.From = day(&f, "from", get("from"), at.UnixMilli(), 0)
	row.post.To = day(&f, "to", get("to"), 0, 1)
	if len(f) > 0 {
		return row, outcome(f)
	}
	role, ok := roles.find(get("role"))
	if !ok {
		o := bulk.Wrong("role", "import.role_unknown", "text", get("role"))
		return row, &o
	}
	row.post.Role = role.Code
	if text := get("unit"); text != "" {
		if row.post.UnitID, wrong = one(units.find(text), "unit", "unit", text); wrong != nil {
			return row, wrong
		}
		if !units.byID[row.post.UnitID].Open {
			o := bulk.Wrong("unit", "unit.closed")
			return row, &o
		}
	}
	if row.post.AreaID, wrong = in.area("area", get("area")); wrong != nil {
		return row, wrong
	}
	row.post.checkPlace(&f, role.Reach)
	if len(f) > 0 {
		return row, outcome(f)
	}
	return row, nil
}

// outcome is the first thing wrong; a row is mended one cell at a time.
func outcome(f fault.Fields) *bulk.Outcome {
	return &bulk.Outcome{Result: bulk.Refused, Column: f[0].Field, Code: f[0].Code, Params: f[0].Params}
}

// day reads a date; empty is missing. A day without a time ends, with plus 1, when it is over.
func day(f *fault.Fields, column, text string, missing int64, plus int) int64 {
	if text == "" {
		return missing
	}
	t, ok := sheet.ParseTime(text)
	if !ok {
		f.Add(column, "import.date", "text", text)
		return 0
	}
	if t.Hour() == 0 && t.Minute() == 0 {
		t = t.AddDate(0, 0, plus)
	}
	return t.UnixMilli()
}

// roleIndex finds roles by code or by name in either language.
type roleIndex map[string]Role

func (x roleIndex) find(text string) (Role, bool) {
	if r, ok := x[strings.ToLower(text)]; ok {
		return r, true
	}
	for _, r := range x {
		if r.NameZh == text || strings.EqualFold(r.NameEn, text) {
			return r, true
		}
	}
	return Role{}, false
}

// newImported makes the account of a row.
func (in importer) newImported(row accountRow, at time.Time) (*Account, error) {
	a := &Account{ID: id.New(at), Login: row.login, Name: row.name, Kind: PersonAccount, MustChange: true, Version: 1,
		CreatedAt: at.UnixMilli(), UpdatedAt: at.UnixMilli()}
	var err error
	a.Phone, err = in.s.Seal.Seal(row.phone, phonePlace(a.ID))
	return a, err
}
