package people

import (
	"context"
	"strconv"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// Setup is what the first start asks for.
type Setup struct {
	Office Office
	Suite  string // cipher suite, '' for the one in use
	Admins map[Administration]FirstAdmin
}

// FirstAdmin is one of the first administrators. With Office.OneAdmin the system and the security administrator may
// be one account: the same login, name and password.
type FirstAdmin struct {
	Login    string
	Name     string
	Password string
}

// firstAdmins are the roles of the first administrators, in the order in which the page asks.
var firstAdmins = []struct {
	of   Administration
	role string
}{{SystemAdmin, "system_admin"}, {SecurityAdmin, "security_admin"}, {AuditAdmin, "audit_admin"}}

// SetupNeeded tells whether nobody can sign in because there is no account.
func (s *Service) SetupNeeded(ctx context.Context) (bool, error) {
	any, err := anyAccount(ctx, s.DB.Read())
	return !any, err
}

// SetUp makes the first administrators and names the office. It works once, in a store without accounts: of two at
// once one wins, and everybody else gets "setup.done". All field errors come at once.
func (s *Service) SetUp(ctx context.Context, in Setup) error {
	if needed, err := s.SetupNeeded(ctx); err != nil || !needed {
		return orDone(err)
	}
	accounts, hashes, err := s.prepareSetup(ctx, &in)
	if err != nil {
		return err
	}
	if in.Suite != "" {
		if s.opts.ChooseSuite == nil {
			return fault.New(fault.Conflict, "setup.suite_fixed")
		}
		if err := s.opts.ChooseSuite(ctx, in.Suite); err != nil {
			return err
		}
	}
	actor := authz.System("set-up")
	return s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		first, err := claimSetting(ctx, tx, setupKey, strconv.FormatInt(at.UnixMilli(), 10), at.UnixMilli())
		if err != nil {
			return err
		}
		if any, err := anyAccount(ctx, tx); err != nil || any || !first {
			return orDone(err)
		}
		if err := writeOffice(ctx, tx, in.Office, at.UnixMilli()); err != nil {
			return err
		}
		for i, a := range accounts {
			if err := s.addAccount(ctx, tx, at, actor, a, hashes[i], false, nil); err != nil {
				return err
			}
		}
		return record(ctx, tx, at, actor, "office.setup", "office", "office", "one_admin", strconv.FormatBool(in.Office.OneAdmin))
	})
}

func orDone(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "setup.done")
}

// prepareSetup checks everything that needs no store and makes the accounts with their hashes.
func (s *Service) prepareSetup(ctx context.Context, in *Setup) (accounts []Account, hashes []string, err error) {
	at := s.Clock.Now()
	var f fault.Fields
	in.Office.Name = fault.CheckText(&f, "name", in.Office.Name, true, 60)
	var passwords []string
	byLogin := map[string]int{}
	for _, x := range firstAdmins {
		admin := in.Admins[x.of]
		a, own, err := s.prepareAccount(&NewAccount{Login: admin.Login, Name: admin.Name, Kind: PersonAccount,
			Password: admin.Password, Final: true, Posts: []Post{{Role: x.role}}}, at)
		if err != nil {
			return nil, nil, err
		}
		prefix := "admins." + string(x.of) + "."
		for _, e := range own {
			e.Field = prefix + e.Field
			f = append(f, e)
		}
		if i, ok := byLogin[a.Login]; ok && a.Login != "" {
			shared := in.Office.OneAdmin && x.of == SecurityAdmin
			switch {
			case !shared:
				f.Add(prefix+"login", "account.login_taken")
			case accounts[i].Name != a.Name || passwords[i] != admin.Password:
				f.Add(prefix+"password", "setup.one_person")
			default:
				p := a.Posts[0]
				p.ID, p.AccountID = id.New(at), accounts[i].ID
				accounts[i].Posts = append(accounts[i].Posts, p)
			}
			continue
		}
		byLogin[a.Login] = len(accounts)
		accounts, passwords = append(accounts, a), append(passwords, admin.Password)
	}
	if err := f.Err(); err != nil {
		return nil, nil, err
	}
	for _, p := range passwords {
		hash, err := s.passwords.Hash(ctx, p)
		if err != nil {
			return nil, nil, err
		}
		hashes = append(hashes, hash)
	}
	return accounts, hashes, nil
}
