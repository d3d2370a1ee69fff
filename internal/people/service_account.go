package people

import (
	"context"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/page"
	"gezhi/internal/perm"
)

// NewAccount is what an account is made from.
type NewAccount struct {
	Login    string
	Name     string
	Phone    string // plain
	Kind     AccountKind
	Rate     int64  // of a partner
	Password string // of a person; '' to have one made
	Final    bool   // the password is required and need not be changed; only the program itself may say so
	Lenient  bool   // a post may lack its place and then covers everything; only the program itself may say so
	Barred   bool   // nobody signs in before a password is given; only the program itself may say so
	Posts    []Post // role, unit, area, period; a From of 0 means now
}

// AccountQuery says which accounts to list. Empty fields do not restrict.
type AccountQuery struct {
	Text     string // part of name or login
	Kind     AccountKind
	Role     string // of a post held now or later; likewise unit and area
	UnitID   string
	AreaID   string
	Disabled *bool
	Locked   bool // locked out at this moment
	// UnusedSince, if not 0, leaves only what is older than this (unix ms) and was not used since.
	UnusedSince int64
	Sort        string // login, name or created, with - in front for descending
	Limit       int
	Cursor      string
}

// AccountChange is what an administrator may change of an account over the version that was read.
type AccountChange struct {
	ID      string
	Version int64
	Name    string
	Phone   *string // plain; nil keeps it, '' removes it
	Rate    int64
}

// CreateAccount makes an account with its posts. For a person it returns the first password, to be shown once; it must
// be changed at the first sign-in. Everything that is wrong comes back as field errors, posts as "posts.0.unit".
func (s *Service) CreateAccount(ctx context.Context, actor authz.Actor, in NewAccount) (Account, string, error) {
	if err := need(actor, perm.AccountManage); err != nil {
		return Account{}, "", err
	}
	if !actor.Machine {
		in.Final, in.Lenient, in.Barred = false, false, false
	}
	at := s.Clock.Now()
	a, f, err := s.prepareAccount(&in, at)
	if err != nil {
		return Account{}, "", err
	}
	hash := ""
	if a.Kind == PersonAccount && !in.Barred && len(f) == 0 {
		if hash, err = s.passwords.Hash(ctx, in.Password); err != nil {
			return Account{}, "", err
		}
	}
	err = s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		return s.addAccount(ctx, tx, at, actor, a, hash, in.Lenient, f)
	})
	if err != nil {
		return Account{}, "", err
	}
	return a, in.Password, nil
}

// prepareAccount checks what needs no store and makes the account.
func (s *Service) prepareAccount(in *NewAccount, at time.Time) (Account, fault.Fields, error) {
	var f fault.Fields
	a := Account{ID: id.New(at), Kind: in.Kind, Version: 1, CreatedAt: at.UnixMilli(), UpdatedAt: at.UnixMilli()}
	a.Login = checkLogin(&f, "login", in.Login)
	a.Name = fault.CheckText(&f, "name", in.Name, true, 40)
	phone := checkPhone(&f, "phone", in.Phone)
	switch {
	case a.Kind == PersonAccount && in.Barred:
		in.Password, a.MustChange = "", true
	case a.Kind == PersonAccount:
		if in.Password == "" && !in.Final {
			in.Password = newPassword()
		}
		checkPassword(&f, "password", in.Password, a.Login)
		a.MustChange = !in.Final
	case a.Kind == PartnerAccount:
		a.PartnerRate = checkRate(&f, in.Rate)
		in.Password = ""
	default:
		f.Add("kind", "field.choice", "choices", []AccountKind{PersonAccount, PartnerAccount})
	}
	for _, p := range in.Posts {
		p.ID, p.AccountID, p.CreatedAt = id.New(at), a.ID, at.UnixMilli()
		if p.From == 0 {
			p.From = at.UnixMilli()
		}
		a.Posts = append(a.Posts, p)
	}
	var err error
	a.Phone, err = s.Seal.Seal(phone, phonePlace(a.ID))
	return a, f, err
}

// addAccount finishes the checks and writes the account with its posts. f holds what was found wrong so far.
func (s *Service) addAccount(ctx context.Context, tx db.Tx, at time.Time, actor authz.Actor, a Account, hash string, lenient bool, found fault.Fields) error {
	f := append(fault.Fields{}, found...)
	taken, err := loginTaken(ctx, tx, a.Login)
	if err != nil {
		return err
	}
	if taken {
		f.Add("login", "account.login_taken")
	}
	for i, p := range a.Posts {
		var own fault.Fields
		if err := s.checkPost(ctx, tx, &own, p, lenient); err != nil {
			return err
		}
		for _, e := range own {
			e.Field = "posts." + strconv.Itoa(i) + "." + e.Field
			f = append(f, e)
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	if err := insertAccount(ctx, tx, a, hash); err != nil {
		return err
	}
	if err := record(ctx, tx, at, actor, "account.create", "account", a.ID, "kind", string(a.Kind)); err != nil {
		return err
	}
	for i, p := range a.Posts {
		if err := s.placePost(ctx, tx, at, actor, a.Kind, p, a.Posts[:i]); err != nil {
			return err
		}
	}
	return nil
}

func checkRate(f *fault.Fields, rate int64) int64 {
	if rate < 0 || rate > maxPartnerRate {
		f.Add("rate", "field.range", "min", 0, "max", maxPartnerRate)
	}
	return rate
}

// UpdateAccount changes name, phone and a partner's rate. An older version is answered with "stale" and the account.
func (s *Service) UpdateAccount(ctx context.Context, actor authz.Actor, in AccountChange) (Account, error) {
	var fields []string
	return s.alterAccount(ctx, actor, in.ID, "account.update", func(_ context.Context, _ db.Tx, _ time.Time, a *Account) ([]string, error) {
		if a.Version != in.Version {
			return nil, stale(*a)
		}
		var f fault.Fields
		fields = nil
		if name := fault.CheckText(&f, "name", in.Name, true, 40); name != a.Name {
			a.Name, fields = name, append(fields, "name")
		}
		if in.Phone != nil {
			var err error
			if a.Phone, err = s.Seal.Seal(checkPhone(&f, "phone", *in.Phone), phonePlace(a.ID)); err != nil {
				return nil, err
			}
			fields = append(fields, "phone")
		}
		if rate := checkRate(&f, in.Rate); a.Kind == PartnerAccount && rate != a.PartnerRate {
			a.PartnerRate, fields = rate, append(fields, "rate")
		}
		return []string{"fields", strings.Join(fields, ",")}, f.Err()
	})
}

// DisableAccount bars an account from signing in and ends its sessions and tokens. Nobody disables the own account
// ("account.self") or the last one that can manage accounts ("account.last_admin").
func (s *Service) DisableAccount(ctx context.Context, actor authz.Actor, accountID string) (Account, error) {
	return s.alterAccount(ctx, actor, accountID, "account.disable", func(ctx context.Context, tx db.Tx, at time.Time, a *Account) ([]string, error) {
		if a.ID == actor.AccountID {
			return nil, fault.New(fault.Conflict, "account.self")
		}
		a.Disabled = true
		return nil, deleteSessions(ctx, tx, a.ID, "")
	})
}

// EnableAccount lets a disabled account sign in again, unless its posts have meanwhile come to hold administrations
// that must stay apart.
func (s *Service) EnableAccount(ctx context.Context, actor authz.Actor, accountID string) (Account, error) {
	return s.alterAccount(ctx, actor, accountID, "account.enable", func(ctx context.Context, tx db.Tx, at time.Time, a *Account) ([]string, error) {
		a.Disabled = false
		roles, err := rolesByCode(ctx, tx)
		if err != nil {
			return nil, err
		}
		office, err := readOffice(ctx, tx)
		if err != nil {
			return nil, err
		}
		for _, p := range a.Posts {
			if p.To != 0 && p.To <= at.UnixMilli() {
				continue
			}
			if held := mixedWith(p, a.Posts, roles, office.OneAdmin); held != nil {
				return nil, fault.New(fault.Conflict, "post.mixed_administration", "administrations", held)
			}
		}
		return nil, nil
	})
}

// UnlockAccount ends a lock-out before its time.
func (s *Service) UnlockAccount(ctx context.Context, actor authz.Actor, accountID string) (Account, error) {
	return s.alterAccount(ctx, actor, accountID, "account.unlock", func(ctx context.Context, tx db.Tx, _ time.Time, a *Account) ([]string, error) {
		a.LockedUntil = 0
		return nil, resetFailures(ctx, tx, a.ID)
	})
}

// alterAccount changes an account in one transaction; alter returns the detail for the audit trail. An empty action
// means that alter records by itself.
func (s *Service) alterAccount(ctx context.Context, actor authz.Actor, accountID, action string,
	alter func(ctx context.Context, tx db.Tx, at time.Time, a *Account) ([]string, error)) (Account, error) {
	if err := need(actor, perm.AccountManage); err != nil {
		return Account{}, err
	}
	var out Account
	err := s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		a, ok, err := readAccount(ctx, tx, accountID)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Missing("account")
		}
		detail, err := alter(ctx, tx, at, &a)
		if err != nil {
			return err
		}
		a.Version, a.UpdatedAt = a.Version+1, at.UnixMilli()
		if err := updateAccount(ctx, tx, a, at.UnixMilli()); err != nil {
			return err
		}
		if err := checkAdminLeft(ctx, tx, actor, at); err != nil {
			return err
		}
		out = a
		if action == "" {
			return nil
		}
		return record(ctx, tx, at, actor, action, "account", a.ID, detail...)
	})
	return out, err
}

// Accounts lists accounts with their posts and returns the cursor of the next ones (” at the end).
func (s *Service) Accounts(ctx context.Context, actor authz.Actor, query AccountQuery) ([]Account, string, error) {
	if err := need(actor, perm.AccountRead); err != nil {
		return nil, "", err
	}
	o, err := parseOrder(query.Sort, "login", accountOrders)
	if err != nil {
		return nil, "", err
	}
	key, err := o.parse("accounts", query.Cursor)
	if err != nil {
		return nil, "", err
	}
	query.Text = strings.TrimSpace(query.Text)
	limit := page.Limit(query.Limit)
	accounts, err := searchAccounts(ctx, s.DB.Read(), query, s.Clock.Now().UnixMilli(), o, key, limit+1)
	if err != nil || len(accounts) <= limit {
		return accounts, "", err
	}
	last := accounts[limit-1]
	value := map[string]string{"login": last.Login, "name": last.Name, "id": last.ID}[o.column]
	return accounts[:limit], page.Cursor(o.name("accounts"), value, last.ID), nil
}

// Account returns one account with its posts, past ones too.
func (s *Service) Account(ctx context.Context, actor authz.Actor, accountID string) (Account, error) {
	if err := need(actor, perm.AccountRead); err != nil {
		return Account{}, err
	}
	a, ok, err := readAccount(ctx, s.DB.Read(), accountID)
	if err == nil && !ok {
		err = fault.Missing("account")
	}
	return a, err
}
