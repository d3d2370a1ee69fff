package grid

import (
	"context"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// CreatePatrolArea adds a patrol area; ID, ValidFrom and Version of the argument are ignored. Faults: invalid with the
// fields, forbidden.
func (s *Service) CreatePatrolArea(ctx context.Context, actor authz.Actor, in PatrolArea) (PatrolArea, error) {
	var made PatrolArea
	err := s.change(ctx, func(t *Tree, at int64) (plan, error) {
		p, err := s.checkedPatrol(ctx, actor, t, in)
		if err != nil {
			return plan{}, err
		}
		p.ID, p.ValidFrom, p.Version = id.New(time.UnixMilli(at)), at, 1
		made = p
		return plan{write: func(ctx context.Context, tx db.Tx) error {
			if err := insertPatrol(ctx, tx, p); err != nil {
				return err
			}
			return s.audit.Record(ctx, tx, actor, "patrol_area.create", "patrol_area", p.ID, patrolDetail(p))
		}}, nil
	})
	return made, err
}

// PatrolChange is what to change about a patrol area; nil leaves a thing as it is.
type PatrolChange struct {
	Code      *string
	Name      *string
	Kind      *PatrolKind
	StationID *string
	Members   *[]string
	Version   *int64 // refuse with patrol_area.stale if it is another one by now
}

// UpdatePatrolArea changes a patrol area. Faults: not_found, invalid, patrol_area.stale with the present PatrolArea,
// forbidden.
func (s *Service) UpdatePatrolArea(ctx context.Context, actor authz.Actor, patrolID string, c PatrolChange) (PatrolArea, error) {
	err := s.change(ctx, func(t *Tree, _ int64) (plan, error) {
		p, err := patrolToEdit(actor, t, patrolID, c.Version)
		if err != nil {
			return plan{}, err
		}
		set(&p.Code, c.Code)
		set(&p.Name, c.Name)
		set(&p.Kind, c.Kind)
		set(&p.StationID, c.StationID)
		set(&p.Members, c.Members)
		if p, err = s.checkedPatrol(ctx, actor, t, p); err != nil {
			return plan{}, err
		}
		return plan{write: func(ctx context.Context, tx db.Tx) error {
			if err := updatePatrol(ctx, tx, p); err != nil {
				return err
			}
			return s.audit.Record(ctx, tx, actor, "patrol_area.update", "patrol_area", p.ID, patrolDetail(p))
		}}, nil
	})
	if err != nil {
		return PatrolArea{}, err
	}
	p, ok := s.Tree().PatrolArea(patrolID)
	if !ok {
		return p, fault.Missing("patrol_area")
	}
	return p, nil
}

// ClosePatrolArea ends a patrol area. Faults: not_found, patrol_area.stale, forbidden.
func (s *Service) ClosePatrolArea(ctx context.Context, actor authz.Actor, patrolID string, version *int64) error {
	return s.change(ctx, func(t *Tree, at int64) (plan, error) {
		p, err := patrolToEdit(actor, t, patrolID, version)
		if err != nil {
			return plan{}, err
		}
		return plan{write: func(ctx context.Context, tx db.Tx) error {
			if err := closePatrol(ctx, tx, p.ID, at); err != nil {
				return err
			}
			return s.audit.Record(ctx, tx, actor, "patrol_area.close", "patrol_area", p.ID, map[string]any{"code": p.Code})
		}}, nil
	})
}

func patrolDetail(p PatrolArea) map[string]any {
	return map[string]any{"code": p.Code, "name": p.Name, "kind": p.Kind, "station": p.StationID, "members": len(p.Members)}
}

// checkedPatrol checks a patrol area against the tree. The actor must manage all of its members.
func (s *Service) checkedPatrol(ctx context.Context, actor authz.Actor, t *Tree, p PatrolArea) (PatrolArea, error) {
	var f fault.Fields
	p = checkPatrol(&f, p)
	for _, other := range t.patrols {
		if other.Code == p.Code && other.ID != p.ID {
			f.Add("code", "patrol_area.code_taken", "code", p.Code)
		}
	}
	for i, m := range p.Members {
		if t.byID[m] == nil {
			f.Add("members["+itoa(i)+"]", "area.unknown")
		}
	}
	if p.StationID != "" && s.stations != nil {
		ok, err := s.stations.IsStation(ctx, p.StationID)
		if err != nil {
			return p, err
		}
		if !ok {
			f.Add("station_id", "patrol_area.station_unknown")
		}
	}
	if err := f.Err(); err != nil {
		return p, err
	}
	return p, coversAll(actor, t, p.Members)
}

func patrolToEdit(actor authz.Actor, t *Tree, patrolID string, version *int64) (PatrolArea, error) {
	p, ok := t.PatrolArea(patrolID)
	if !ok {
		return p, fault.Missing("patrol_area")
	}
	if err := coversAll(actor, t, p.Members); err != nil {
		return p, err
	}
	if version != nil && *version != p.Version {
		stale := fault.New(fault.Conflict, "patrol_area.stale")
		stale.Current = p
		return p, stale
	}
	return p, nil
}

// coversAll is covers for several areas; for none of them it asks for the whole tree.
func coversAll(actor authz.Actor, t *Tree, areaIDs []string) error {
	if len(areaIDs) == 0 {
		return covers(actor, t, "")
	}
	for _, m := range areaIDs {
		if err := covers(actor, t, m); err != nil {
			return err
		}
	}
	return nil
}

// SaveKind adds a kind of areas or changes its names. Faults: invalid, forbidden.
func (s *Service) SaveKind(ctx context.Context, actor authz.Actor, k Kind) error {
	return s.change(ctx, func(t *Tree, _ int64) (plan, error) {
		var f fault.Fields
		if !t.hasKind(k.Code) {
			k.Code = checkCode(&f, "code", k.Code)
		}
		k.NameZH = fault.CheckText(&f, "name_zh", k.NameZH, true, maxName)
		k.NameEN = fault.CheckText(&f, "name_en", k.NameEN, true, maxName)
		if err := f.Err(); err != nil {
			return plan{}, err
		}
		if err := covers(actor, t, ""); err != nil {
			return plan{}, err
		}
		return plan{write: func(ctx context.Context, tx db.Tx) error {
			if err := putKind(ctx, tx, k); err != nil {
				return err
			}
			return s.audit.Record(ctx, tx, actor, "area_kind.save", "area_kind", k.Code, map[string]any{"name_zh": k.NameZH})
		}}, nil
	})
}

// SaveTemplates replaces all lines of the staffing templates. Faults: invalid, forbidden.
func (s *Service) SaveTemplates(ctx context.Context, actor authz.Actor, lines []Template) error {
	return s.change(ctx, func(t *Tree, _ int64) (plan, error) {
		var f fault.Fields
		checkTemplates(&f, lines, t.kinds)
		if err := f.Err(); err != nil {
			return plan{}, err
		}
		if err := covers(actor, t, ""); err != nil {
			return plan{}, err
		}
		return plan{write: func(ctx context.Context, tx db.Tx) error {
			if err := replaceTemplates(ctx, tx, lines); err != nil {
				return err
			}
			return s.audit.Record(ctx, tx, actor, "staffing.save", "staffing_templates", "", map[string]any{"lines": len(lines)})
		}}, nil
	})
}

// SavePlaces adds named places or replaces those with the same ids. Faults: invalid, forbidden.
func (s *Service) SavePlaces(ctx context.Context, actor authz.Actor, places []Place) error {
	return s.change(ctx, func(t *Tree, _ int64) (plan, error) {
		var f fault.Fields
		for i, p := range places {
			at := "items[" + itoa(i) + "]."
			fault.CheckText(&f, at+"id", p.ID, true, 64)
			fault.CheckText(&f, at+"name", p.Name, true, maxName)
			CheckPoint(&f, at, p.Point.Lon, p.Point.Lat, "")
		}
		if err := f.Err(); err != nil {
			return plan{}, err
		}
		if err := covers(actor, t, ""); err != nil {
			return plan{}, err
		}
		return plan{write: func(ctx context.Context, tx db.Tx) error {
			if err := putPlaces(ctx, tx, places); err != nil {
				return err
			}
			return s.audit.Record(ctx, tx, actor, "place.save", "place", "", map[string]any{"count": len(places)})
		}}, nil
	})
}
