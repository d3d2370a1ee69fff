package people

import (
	"context"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/kit/audit"
	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/page"
	"gezhi/internal/perm"
)

// maxUnitDepth bounds the tree of units.
const maxUnitDepth = 12

// UnitQuery says which units to list. Empty fields do not restrict.
type UnitQuery struct {
	Text   string // part of name or code
	Kind   UnitKind
	AreaID string
	Open   *bool
	Sort   string // code, name or kind, with - in front for descending
	Limit  int
	Cursor string
}

// CreateUnit makes an open unit. Without a code it gets one. Refuses with field errors (a taken code is
// "unit.code_taken").
func (s *Service) CreateUnit(ctx context.Context, actor authz.Actor, u Unit) (Unit, error) {
	if err := need(actor, perm.UnitManage); err != nil {
		return Unit{}, err
	}
	at := s.Clock.Now()
	u.ID, u.Open, u.Version, u.CreatedAt, u.UpdatedAt = id.New(at), true, 1, at.UnixMilli(), at.UnixMilli()
	if u.Code == "" {
		u.Code = "U-" + u.ID[len(u.ID)-8:]
	}
	err := s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		if err := s.checkUnit(ctx, tx, &u); err != nil {
			return err
		}
		if err := insertUnit(ctx, tx, u); err != nil {
			return err
		}
		return record(ctx, tx, at, actor, "unit.create", "unit", u.ID, "code", u.Code, "kind", string(u.Kind))
	})
	return u, err
}

// UpdateUnit writes the unit's texts, place and parent over the version that was read; a newer one is answered with
// "stale" and the unit as it is now. Whether it is open does not change.
func (s *Service) UpdateUnit(ctx context.Context, actor authz.Actor, u Unit) (Unit, error) {
	return s.alterUnit(ctx, actor, u.ID, u.Version, "unit.update", func(ctx context.Context, tx db.Tx, old *Unit) error {
		u.Open, u.Version, u.CreatedAt, u.UpdatedAt = old.Open, old.Version, old.CreatedAt, old.UpdatedAt
		*old = u
		return s.checkUnit(ctx, tx, old)
	})
}

// CloseUnit ends a unit. It is refused with "unit.has_posts" and their count while somebody has or will have a post
// in it, and with "unit.has_units" while open units belong to it.
func (s *Service) CloseUnit(ctx context.Context, actor authz.Actor, unitID string, version int64) (Unit, error) {
	return s.alterUnit(ctx, actor, unitID, version, "unit.close", func(ctx context.Context, tx db.Tx, u *Unit) error {
		posts, err := countPostsOfUnit(ctx, tx, unitID, s.Clock.Now().UnixMilli())
		if err != nil {
			return err
		}
		if posts > 0 {
			return fault.New(fault.Conflict, "unit.has_posts", "count", posts)
		}
		units, err := countOpenChildren(ctx, tx, unitID)
		if err != nil {
			return err
		}
		if units > 0 {
			return fault.New(fault.Conflict, "unit.has_units", "count", units)
		}
		u.Open = false
		return nil
	})
}

// ReopenUnit opens a closed unit again.
func (s *Service) ReopenUnit(ctx context.Context, actor authz.Actor, unitID string, version int64) (Unit, error) {
	return s.alterUnit(ctx, actor, unitID, version, "unit.reopen", func(_ context.Context, _ db.Tx, u *Unit) error {
		u.Open = true
		return nil
	})
}

func (s *Service) alterUnit(ctx context.Context, actor authz.Actor, unitID string, version int64, action string,
	alter func(ctx context.Context, tx db.Tx, u *Unit) error) (Unit, error) {
	if err := need(actor, perm.UnitManage); err != nil {
		return Unit{}, err
	}
	var out Unit
	err := s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		u, ok, err := readUnit(ctx, tx, unitID)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Missing("unit")
		}
		if u.Version != version {
			return stale(u)
		}
		if err := alter(ctx, tx, &u); err != nil {
			return err
		}
		u.Version, u.UpdatedAt = version+1, at.UnixMilli()
		if err := updateUnit(ctx, tx, u); err != nil {
			return err
		}
		out = u
		return record(ctx, tx, at, actor, action, "unit", u.ID, "version", strconv.FormatInt(u.Version, 10))
	})
	return out, err
}

// checkUnit validates the unit and what it refers to.
func (s *Service) checkUnit(ctx context.Context, tx db.Tx, u *Unit) error {
	var f fault.Fields
	u.Validate(&f)
	taken, err := unitCodeTaken(ctx, tx, u.Code, u.ID)
	if err != nil {
		return err
	}
	if taken {
		f.Add("code", "unit.code_taken")
	}
	if u.AreaID != "" && !s.Areas.Exists(u.AreaID) {
		f.Add("area", "field.not_found")
	}
	if err := checkParent(ctx, tx, &f, *u); err != nil {
		return err
	}
	return f.Err()
}

// checkParent walks up to see that the parent exists and that the unit is not above itself.
func checkParent(ctx context.Context, tx db.Tx, f *fault.Fields, u Unit) error {
	next := u.ParentID
	for depth := 0; next != "" && next != u.ID; depth++ {
		parent, ok, err := readUnit(ctx, tx, next)
		if err != nil {
			return err
		}
		if !ok || depth == 0 && !parent.Open {
			f.Add("parent", "field.not_found")
			return nil
		}
		if depth == maxUnitDepth {
			f.Add("parent", "unit.too_deep", "max", maxUnitDepth)
			return nil
		}
		next = parent.ParentID
	}
	if next != "" && u.ParentID != u.ID {
		f.Add("parent", "unit.parent_loop")
	}
	return nil
}

// Units lists units and returns the cursor of the next ones (” at the end).
func (s *Service) Units(ctx context.Context, actor authz.Actor, query UnitQuery) ([]Unit, string, error) {
	if err := need(actor, perm.UnitRead); err != nil {
		return nil, "", err
	}
	o, err := parseOrder(query.Sort, "code", unitOrders)
	if err != nil {
		return nil, "", err
	}
	key, err := o.parse("units", query.Cursor)
	if err != nil {
		return nil, "", err
	}
	query.Text = strings.TrimSpace(query.Text)
	limit := page.Limit(query.Limit)
	units, err := searchUnits(ctx, s.DB.Read(), query, o, key, limit+1)
	if err != nil || len(units) <= limit {
		return units, "", err
	}
	last := units[limit-1]
	value := map[string]string{"code": last.Code, "name": last.Name, "kind": string(last.Kind)}[o.column]
	return units[:limit], page.Cursor(o.name("units"), value, last.ID), nil
}

// Unit returns one unit.
func (s *Service) Unit(ctx context.Context, actor authz.Actor, unitID string) (Unit, error) {
	if err := need(actor, perm.UnitRead); err != nil {
		return Unit{}, err
	}
	return s.UnitByID(ctx, unitID)
}

// UnitByID returns one unit for other parts of the program, or a NotFound fault.
func (s *Service) UnitByID(ctx context.Context, unitID string) (Unit, error) {
	u, ok, err := readUnit(ctx, s.DB.Read(), unitID)
	if err == nil && !ok {
		err = fault.Missing("unit")
	}
	return u, err
}

// stale is the answer to a change that was made on an older version; current is the item as it is now.
func stale(current any) error {
	f := fault.New(fault.Conflict, "stale")
	f.Current = current
	return f
}

// record writes to the audit trail; detail is alternating names and values.
func record(ctx context.Context, tx db.Tx, at time.Time, actor authz.Actor, action, object, objectID string, detail ...string) error {
	d := map[string]string{}
	for i := 0; i+1 < len(detail); i += 2 {
		d[detail[i]] = detail[i+1]
	}
	return audit.Record(ctx, tx, at, audit.Entry{Actor: actor, Action: action, Object: object, ObjectID: objectID, Detail: d})
}
