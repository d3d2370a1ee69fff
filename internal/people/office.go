package people

import (
	"context"
	"strconv"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/perm"
)

// WarnOneAdmin is the code of the warning that goes with Office.OneAdmin: classified protection level 3 forbids it.
const WarnOneAdmin = "office.one_admin_forbidden_at_level_3"

// Office is what an installation says about itself.
type Office struct {
	Name     string
	OneAdmin bool // one person may hold the system and the security administration; never audit
}

// Warnings returns the codes of what the office's settings should not be in a larger installation.
func (o Office) Warnings() []string {
	if o.OneAdmin {
		return []string{WarnOneAdmin}
	}
	return []string{}
}

// Office returns the settings of the office. Everybody may know them.
func (s *Service) Office(ctx context.Context) (Office, error) { return readOffice(ctx, s.DB.Read()) }

// UpdateOffice changes the office's settings. Taking OneAdmin back is refused with "office.one_admin_in_use" while an
// account or a role makes use of it.
func (s *Service) UpdateOffice(ctx context.Context, actor authz.Actor, o Office) (Office, error) {
	if err := need(actor, perm.SettingsManage); err != nil {
		return Office{}, err
	}
	var f fault.Fields
	o.Name = fault.CheckText(&f, "name", o.Name, true, 60)
	if err := f.Err(); err != nil {
		return Office{}, err
	}
	err := s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		if err := writeOffice(ctx, tx, o, at.UnixMilli()); err != nil {
			return err
		}
		if err := checkHolders(ctx, tx, at, "office.one_admin_in_use"); err != nil {
			return err
		}
		roles, err := readRoles(ctx, tx)
		if err != nil {
			return err
		}
		for _, r := range roles {
			if Mixes(Administrations(r.Permissions), o.OneAdmin) {
				return fault.New(fault.Conflict, "office.one_admin_in_use", "count", 1)
			}
		}
		return record(ctx, tx, at, actor, "office.update", "office", "office", "one_admin", strconv.FormatBool(o.OneAdmin))
	})
	return o, err
}

func readOffice(ctx context.Context, q db.Querier) (o Office, err error) {
	if o.Name, err = readSetting(ctx, q, officeNameKey); err != nil {
		return Office{}, err
	}
	one, err := readSetting(ctx, q, oneAdminKey)
	o.OneAdmin = one == "true"
	return o, err
}

func writeOffice(ctx context.Context, tx db.Tx, o Office, at int64) error {
	if err := writeSetting(ctx, tx, officeNameKey, o.Name, at); err != nil {
		return err
	}
	return writeSetting(ctx, tx, oneAdminKey, strconv.FormatBool(o.OneAdmin), at)
}
