package people

import (
	"context"
	"slices"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// EnsureRoles adds the seed roles that the store lacks, and lets those that nobody changed (version 1) do what they may
// do in this release. What administrators changed stays.
func (s *Service) EnsureRoles(ctx context.Context) error {
	have, err := rolesByCode(ctx, s.DB.Read())
	if err != nil {
		return err
	}
	var missing, grown []Role
	for _, r := range SeedRoles() {
		var f fault.Fields
		r.Version = 1
		r.Validate(&f, false) // sets what it administers
		if err := f.Err(); err != nil {
			return err
		}
		switch kept, ok := have[r.Code]; {
		case !ok:
			missing = append(missing, r)
		case kept.Version == 1 && permissionList(kept) != permissionList(r):
			grown = append(grown, r)
		}
	}
	if len(missing)+len(grown) == 0 {
		return nil
	}
	return s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		for _, r := range missing {
			if _, err := insertRole(ctx, tx, r); err != nil {
				return err
			}
		}
		for _, r := range grown {
			if err := updateRole(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// Roles returns all roles in the order of the matrix.
func (s *Service) Roles(ctx context.Context, actor authz.Actor) ([]Role, error) {
	if !actor.Can(perm.RoleManage) && !actor.Can(perm.AccountRead) {
		return nil, fault.New(fault.Forbidden, "forbidden")
	}
	return readRoles(ctx, s.DB.Read())
}

// roleIndex returns the roles by code, for showing their names.
func (s *Service) roleIndex(ctx context.Context) (map[string]Role, error) {
	return rolesByCode(ctx, s.DB.Read())
}

// CreateRole adds a role. Refuses with field errors: what mixes administrations is "role.mixed".
func (s *Service) CreateRole(ctx context.Context, actor authz.Actor, r Role) (Role, error) {
	if err := need(actor, perm.RoleManage); err != nil {
		return Role{}, err
	}
	r.Version = 1
	err := s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		if err := checkRole(ctx, tx, &r); err != nil {
			return err
		}
		if ok, err := insertRole(ctx, tx, r); err != nil || !ok {
			if err == nil {
				var f fault.Fields
				f.Add("code", "role.code_taken")
				err = f.Err()
			}
			return err
		}
		return record(ctx, tx, at, actor, "role.create", "role", r.Code, "permissions", permissionList(r))
	})
	return r, err
}

// UpdateRole changes names, reach, permissions and place of a role over the version that was read. It is refused with
// "role.accounts_mixed" when accounts that hold the role would then hold administrations that must stay apart, and
// with "account.last_admin" when nobody could manage accounts any more.
func (s *Service) UpdateRole(ctx context.Context, actor authz.Actor, r Role) (Role, error) {
	if err := need(actor, perm.RoleManage); err != nil {
		return Role{}, err
	}
	err := s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		roles, err := rolesByCode(ctx, tx)
		if err != nil {
			return err
		}
		old, ok := roles[r.Code]
		if !ok {
			return fault.Missing("role")
		}
		if old.Version != r.Version {
			return stale(old)
		}
		if err := checkRole(ctx, tx, &r); err != nil {
			return err
		}
		next := r
		next.Version++
		if err := updateRole(ctx, tx, next); err != nil {
			return err
		}
		if err := checkHolders(ctx, tx, at, "role.accounts_mixed"); err != nil {
			return err
		}
		if err := checkAdminLeft(ctx, tx, actor, at); err != nil {
			return err
		}
		r = next
		return record(ctx, tx, at, actor, "role.update", "role", r.Code, "before", permissionList(old), "after", permissionList(r))
	})
	return r, err
}

func checkRole(ctx context.Context, tx db.Tx, r *Role) error {
	office, err := readOffice(ctx, tx)
	if err != nil {
		return err
	}
	var f fault.Fields
	r.Validate(&f, office.OneAdmin)
	return f.Err()
}

// checkHolders refuses when an account now holds administrations that must stay apart.
func checkHolders(ctx context.Context, tx db.Tx, at time.Time, code string) error {
	office, err := readOffice(ctx, tx)
	if err != nil {
		return err
	}
	roles, err := rolesByCode(ctx, tx)
	if err != nil {
		return err
	}
	posts, err := livePosts(ctx, tx, at.UnixMilli())
	if err != nil {
		return err
	}
	byAccount := map[string][]Post{}
	for _, p := range posts {
		byAccount[p.AccountID] = append(byAccount[p.AccountID], p)
	}
	mixed := 0
	for _, held := range byAccount {
		if slices.ContainsFunc(held, func(p Post) bool { return mixedWith(p, held, roles, office.OneAdmin) != nil }) {
			mixed++
		}
	}
	if mixed > 0 {
		return fault.New(fault.Conflict, code, "count", mixed)
	}
	return nil
}

// checkAdminLeft refuses a person's change after which no enabled person could manage accounts.
func checkAdminLeft(ctx context.Context, tx db.Tx, actor authz.Actor, at time.Time) error {
	if actor.Machine {
		return nil
	}
	roles, err := rolesByCode(ctx, tx)
	if err != nil {
		return err
	}
	var able []string
	for _, r := range roles {
		if slices.Contains(r.Permissions, perm.AccountManage) {
			able = append(able, r.Code)
		}
	}
	n, err := countHolders(ctx, tx, able, at.UnixMilli())
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "account.last_admin")
	}
	return err
}

func permissionList(r Role) string {
	list := make([]string, len(r.Permissions))
	for i, p := range r.Permissions {
		list[i] = string(p)
	}
	return strings.Join(list, " ")
}
