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
	"gezhi/internal/perm"
)

// units says how a table of units is read. A unit is known by its code, or without one by its name; an empty cell keeps
// what is there. All rows are written in one transaction, so that a row may name a unit of a row above it.
func (in importer) units() bulk.Kind {
	return bulk.Kind{
		Name: "units", Need: perm.UnitManage,
		Columns: []sheet.Column{
			{Key: "code", Kind: sheet.Code, Width: 16},
			{Key: "name", Kind: sheet.Text, Required: true, Width: 28},
			{Key: "kind", Kind: sheet.Text, Required: true, Width: 14},
			{Key: "speciality", Kind: sheet.Text, Width: 16},
			{Key: "parent", Kind: sheet.Text, Width: 26},
			{Key: "area", Kind: sheet.Text, Width: 34},
			{Key: "section", Kind: sheet.Text, Width: 16},
			{Key: "phone", Kind: sheet.Code, Width: 16},
			{Key: "address", Kind: sheet.Text, Width: 34},
		},
		Check: func(ctx context.Context, _ authz.Actor, t *sheet.Table) ([]bulk.Outcome, error) {
			plan, err := in.planUnits(ctx, in.s.DB.Read(), t, in.s.Clock.Now())
			if err != nil {
				return nil, err
			}
			return plan.outcomes, nil
		},
		Write: in.writeUnits,
	}
}

// unitPlan is what a table of units comes to over the store as it is.
type unitPlan struct {
	outcomes []bulk.Outcome
	made     []Unit
	changed  []Unit
}

func (in importer) writeUnits(ctx context.Context, actor authz.Actor, t *sheet.Table, whole bool, kept bulk.Kept) error {
	return in.s.change(ctx, func(ctx context.Context, tx db.Tx, at time.Time) error {
		plan, err := in.planUnits(ctx, tx, t, at)
		if err != nil {
			return err
		}
		for _, o := range plan.outcomes {
			if whole && o.Result == bulk.Refused {
				return fault.New(fault.Conflict, "import.rows_wrong", "count", 1)
			}
		}
		for _, u := range plan.made {
			if err := insertUnit(ctx, tx, u); err != nil {
				return err
			}
			if err := record(ctx, tx, at, actor, "unit.create", "unit", u.ID, "code", u.Code, "kind", string(u.Kind)); err != nil {
				return err
			}
		}
		for _, u := range plan.changed {
			u.Version, u.UpdatedAt = u.Version+1, at.UnixMilli()
			if err := updateUnit(ctx, tx, u); err != nil {
				return err
			}
			if err := record(ctx, tx, at, actor, "unit.update", "unit", u.ID, "code", u.Code); err != nil {
				return err
			}
		}
		return kept(ctx, tx, plan.outcomes)
	})
}

func (in importer) planUnits(ctx context.Context, q db.Querier, t *sheet.Table, at time.Time) (*unitPlan, error) {
	units, err := readUnitIndex(ctx, q)
	if err != nil {
		return nil, err
	}
	plan := &unitPlan{outcomes: make([]bulk.Outcome, len(t.Rows))}
	spoken := map[string]bool{}
	for i, r := range t.Rows {
		u, exists, wrong := in.unitRow(t, r, units, at)
		switch {
		case wrong != nil:
			plan.outcomes[i] = *wrong
			continue
		case spoken[u.ID]:
			plan.outcomes[i] = bulk.Wrong("name", "import.twice")
			continue
		}
		spoken[u.ID] = true
		switch {
		case !exists:
			units.add(u)
			plan.made = append(plan.made, u)
			plan.outcomes[i] = bulk.Outcome{Result: bulk.Made}
		case u == units.byID[u.ID]:
			plan.outcomes[i] = bulk.Outcome{Result: bulk.Same}
		default:
			units.byID[u.ID] = u
			plan.changed = append(plan.changed, u)
			plan.outcomes[i] = bulk.Outcome{Result: bulk.Changed}
		}
	}
	return plan, nil
}

// unitRow returns the unit as the row wants it, and whether it is there already.
func (in importer) unitRow(t *sheet.Table, r sheet.Row, units *unitIndex, at time.Time) (u Unit, exists bool, wrong *bulk.Outcome) {
	get := func(key string) string { return t.Get(r, key) }
	if code := get("code"); code != "" {
		if found := units.find(code); len(found) == 1 && units.byID[found[0]].Code == code {
			u, exists = units.byID[found[0]], true
		}
	} else if found := units.byName[get("name")]; len(found) == 1 {
		u, exists = units.byID[found[0]], true
	} else if len(found) > 1 {
		_, wrong = one(found, "name", "unit", get("name"))
		return u, false, wrong
	}
	if !exists {
		u = Unit{ID: id.New(at), Code: get("code"), Open: true, Version: 1, CreatedAt: at.UnixMilli(), UpdatedAt: at.UnixMilli()}
		if u.Code == "" {
			u.Code = "U-" + u.ID[len(u.ID)-8:]
		}
	}
	kind, ok := in.words.Named("units.kind", get("kind"))
	if !ok {
		o := bulk.Wrong("kind", "import.unit_kind", "text", get("kind"))
		return u, exists, &o
	}
	u.Name, u.Kind = get("name"), UnitKind(kind)
	if text := get("speciality"); text != "" {
		if u.Speciality, ok = in.words.Named("units.speciality", text); !ok {
			u.Speciality = text
		}
	}
	if text := get("parent"); text != "" {
		if u.ParentID, wrong = one(units.find(text), "parent", "unit", text); wrong != nil {
			return u, exists, wrong
		}
	}
	if text := get("area"); text != "" {
		if u.AreaID, wrong = in.area("area", text); wrong != nil {
			return u, exists, wrong
		}
	}
	for field, text := range map[*string]string{&u.Section: get("section"), &u.Phone: get("phone"), &u.Address: get("address")} {
		if text != "" {
			*field = text
		}
	}
	var f fault.Fields
	u.Validate(&f)
	if len(f) == 0 && units.loops(u) {
		f.Add("parent", "unit.parent_loop")
	}
	if len(f) > 0 {
		return u, exists, outcome(f)
	}
	return u, exists, nil
}

// loops tells whether a unit would stand above itself.
func (x *unitIndex) loops(u Unit) bool {
	for above, n := u.ParentID, 0; above != ""; above, n = x.byID[above].ParentID, n+1 {
		if above == u.ID || n > maxUnitDepth {
			return true
		}
	}
	return false
}
