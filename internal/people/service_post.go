package people

import (
	"context"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// AreaPost is somebody's post in an area, for staffing lists.
type AreaPost struct {
	AreaID    string
	Role      string
	AccountID string
	Name      string
}

// areasAtOnce bounds the areas of one statement.
const areasAtOnce = 500

// AddPost gives an account a post. A From of 0 means now. It is refused with "post.mixed_administration" when the
// account would hold administrations that must stay apart, "post.duplicate" when it has the same post already, and
// "post.self" when somebody would give a post to themselves.
func (s *Service) AddPost(ctx context.Context, actor authz.Actor, p Post) (Account, error) {
	return s.alterAccount(ctx, actor, p.AccountID, "", func(ctx context.Context, tx db.Tx, at time.Time, a *Account) ([]string, error) {
		office, err := readOffice(ctx, tx)
		if err != nil {
			return nil, err
		}
		if a.ID == actor.AccountID && !office.OneAdmin {
			return nil, fault.New(fault.Conflict, "post.self")
		}
		p.ID, p.CreatedAt = id.New(at), at.UnixMilli()
		if p.From == 0 {
			p.From = at.UnixMilli()
		}
		var f fault.Fields
		if err := s.checkPost(ctx, tx, &f, p, false); err != nil {
			return nil, err
		}
		if err := f.Err(); err != nil {
			return nil, err
		}
		if err := s.placePost(ctx, tx, at, actor, a.Kind, p, a.Posts); err != nil {
			return nil, err
		}
		a.Posts = append(a.Posts, p)
		return nil, nil
	})
}

// EndPost ends a post now; one that has not begun never begins. The last post that can manage accounts stays
// ("account.last_admin").
func (s *Service) EndPost(ctx context.Context, actor authz.Actor, accountID, postID string) (Account, error) {
	return s.alterAccount(ctx, actor, accountID, "post.end", func(ctx context.Context, tx db.Tx, at time.Time, a *Account) ([]string, error) {
		for i, p := range a.Posts {
			if p.ID != postID {
				continue
			}
			if p.To != 0 && p.To <= at.UnixMilli() {
				return nil, fault.New(fault.Conflict, "post.ended")
			}
			a.Posts[i].To = max(at.UnixMilli(), p.From)
			return []string{"post", p.ID, "role", p.Role}, endPost(ctx, tx, p.ID, a.Posts[i].To)
		}
		return nil, fault.Missing("post")
	})
}

// checkPost notes a post whose role, unit or area does not exist or does not fit. A lenient one may lack its place.
func (s *Service) checkPost(ctx context.Context, tx db.Tx, f *fault.Fields, p Post, lenient bool) error {
	roles, err := rolesByCode(ctx, tx)
	if err != nil {
		return err
	}
	role, ok := roles[p.Role]
	if !ok {
		f.Add("role", "field.not_found")
		return nil
	}
	if !lenient || role.Reach == authz.ReachNone {
		p.checkPlace(f, role.Reach)
	}
	if p.UnitID != "" {
		u, ok, err := readUnit(ctx, tx, p.UnitID)
		if err != nil {
			return err
		}
		if !ok {
			f.Add("unit", "field.not_found")
		} else if !u.Open {
			f.Add("unit", "unit.closed")
		}
	}
	if p.AreaID != "" && !s.Areas.Exists(p.AreaID) {
		f.Add("area", "field.not_found")
	}
	return nil
}

// placePost writes a checked post after comparing it with the account's others.
func (s *Service) placePost(ctx context.Context, tx db.Tx, at time.Time, actor authz.Actor, kind AccountKind, p Post, others []Post) error {
	roles, err := rolesByCode(ctx, tx)
	if err != nil {
		return err
	}
	office, err := readOffice(ctx, tx)
	if err != nil {
		return err
	}
	if kind == PartnerAccount && roles[p.Role].Administers != NoAdministration {
		return fault.New(fault.Conflict, "post.partner_administers")
	}
	if err := p.checkAgainst(others, roles, office.OneAdmin); err != nil {
		return err
	}
	if err := insertPost(ctx, tx, p); err != nil {
		return err
	}
	return record(ctx, tx, at, actor, "post.add", "account", p.AccountID, "post", p.ID, "role", p.Role, "unit", p.UnitID, "area", p.AreaID)
}

// PostsByArea returns who holds a post in the areas at an instant, for staffing lists. It asks no permission: it is
// for other parts of the program.
func (s *Service) PostsByArea(ctx context.Context, areaIDs []string, at time.Time) ([]AreaPost, error) {
	var out []AreaPost
	for len(areaIDs) > 0 {
		n := min(len(areaIDs), areasAtOnce)
		part, err := postsByArea(ctx, s.DB.Read(), areaIDs[:n], at.UnixMilli())
		if err != nil {
			return nil, err
		}
		out, areaIDs = append(out, part...), areaIDs[n:]
	}
	return out, nil
}

// AddOptions are the optional parts of AddAccount.
type AddOptions struct {
	Name   string // default: the login
	UnitID string
	AreaID string // '' covers everything
}

// AddAccount makes an account from a terminal. The password is final. Without unit and area the post covers everything.
func (s *Service) AddAccount(ctx context.Context, login, role, password string, opt AddOptions) (Account, error) {
	if opt.Name == "" {
		opt.Name = login
	}
	a, _, err := s.CreateAccount(ctx, authz.System("terminal"), NewAccount{
		Login: login, Name: opt.Name, Kind: PersonAccount, Password: password, Final: true, Lenient: true,
		Posts: []Post{{Role: role, UnitID: opt.UnitID, AreaID: opt.AreaID}},
	})
	return a, err
}
