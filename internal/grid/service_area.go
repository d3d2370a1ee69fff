package grid

import (
	"context"
	"encoding/json"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/id"
)

// NewArea is what an area is created from. Without a shape it has a code before it has a boundary.
type NewArea struct {
	Code     string
	Name     string
	Level    Level
	Kind     string
	ParentID string
	Shape    json.RawMessage // GeoJSON
	Datum    string          // of the shape; required with one
}

// CreateArea adds one area. A boundary must be whole, lie in its parent and overlap no sibling; gaps beside it are no
// fault, for areas are drawn one by one. Faults: invalid with the fields, area.topology with the places, forbidden.
func (s *Service) CreateArea(ctx context.Context, actor authz.Actor, in NewArea) (Area, error) {
	var made Area
	err := s.change(ctx, func(t *Tree, at int64) (plan, error) {
		var f fault.Fields
		a := checkArea(&f, "", Area{Code: in.Code, Name: in.Name, Level: in.Level, Kind: in.Kind, ParentID: in.ParentID})
		shape := readShape(&f, "shape", in.Shape)
		e := &edit{at: at, source: "drawn", draws: map[string]drawn{}}
		if shape != nil {
			e.datum = requireDatum(&f, in.Datum)
		}
		if err := f.Err(); err != nil {
			return plan{}, err
		}
		if err := covers(actor, t, in.ParentID); err != nil {
			return plan{}, err
		}
		a.ID = id.New(time.UnixMilli(at))
		if shape != nil {
			stored, err := shape.ToWGS84(e.datum)
			if err != nil {
				return plan{}, err
			}
			a.Shape = stored.Normalise()
			e.draws[a.ID] = drawn{a.Shape, shape}
		}
		e.opens = []Area{a}
		made = a
		return s.planned(actor, t, e, DefaultTolerance, reportGaps, "area.create", a.ID, map[string]any{"code": a.Code, "level": a.Level})
	})
	if err != nil {
		return Area{}, err
	}
	return s.current(made.ID)
}

// AreaChange is what to change about an area; nil leaves a thing as it is.
type AreaChange struct {
	Code    *string
	Name    *string
	Kind    *string
	Version *int64 // refuse with area.stale if it is another one by now
}

// UpdateArea changes code, name or kind. Faults: not_found, invalid, area.stale with the present Area, forbidden.
func (s *Service) UpdateArea(ctx context.Context, actor authz.Actor, areaID string, c AreaChange) (Area, error) {
	err := s.change(ctx, func(t *Tree, at int64) (plan, error) {
		a, err := editable(actor, t, areaID, c.Version)
		if err != nil {
			return plan{}, err
		}
		was := a
		set(&a.Code, c.Code)
		set(&a.Name, c.Name)
		set(&a.Kind, c.Kind)
		var f fault.Fields
		a = checkArea(&f, "", a)
		if err := f.Err(); err != nil {
			return plan{}, err
		}
		if a.Code == was.Code && a.Name == was.Name && a.Kind == was.Kind {
			return plan{}, nil
		}
		detail := map[string]any{"code": []string{was.Code, a.Code}, "name": []string{was.Name, a.Name}, "kind": []string{was.Kind, a.Kind}}
		return s.planned(actor, t, &edit{at: at, updates: []Area{a}}, DefaultTolerance, reportGaps, "area.update", areaID, detail)
	})
	if err != nil {
		return Area{}, err
	}
	return s.current(areaID)
}

// CloseArea ends an area that has no valid area below it. Its history stays. Faults: not_found, area.stale,
// area.has_children, forbidden.
func (s *Service) CloseArea(ctx context.Context, actor authz.Actor, areaID string, version *int64) error {
	return s.change(ctx, func(t *Tree, at int64) (plan, error) {
		a, err := editable(actor, t, areaID, version)
		if err != nil {
			return plan{}, err
		}
		if n := len(t.children[areaID]); n > 0 {
			return plan{}, fault.New(fault.Conflict, "area.has_children", "count", n)
		}
		e := &edit{at: at, closes: []string{areaID}}
		return s.planned(actor, t, e, DefaultTolerance, reportGaps, "area.close", areaID, map[string]any{"code": a.Code})
	})
}

// History returns the boundaries that an area had, the newest first, and from what it was made and what was made of it.
func (s *Service) History(ctx context.Context, areaID string) ([]ShapePeriod, []Lineage, error) {
	periods, err := readPeriods(ctx, s.db.Read(), areaID)
	if err != nil {
		return nil, nil, err
	}
	lineage, err := readLineage(ctx, s.db.Read(), areaID)
	if err == nil && len(periods) == 0 && len(lineage) == 0 && s.Tree().byID[areaID] == nil {
		err = fault.Missing("area")
	}
	return periods, lineage, err
}

// ShapeAt returns the boundary that an area had at an instant (unix ms); an empty one if it had none.
func (s *Service) ShapeAt(ctx context.Context, areaID string, at int64) (geo.Shape, error) {
	periods, _, err := s.History(ctx, areaID)
	for _, p := range periods {
		if p.ValidFrom <= at && (p.ValidTo == nil || *p.ValidTo > at) {
			return p.Shape, err
		}
	}
	return nil, err
}

// Shortages lists the areas of the present tree that miss somebody at this moment.
func (s *Service) Shortages(ctx context.Context, at int64) ([]Shortage, error) {
	counts := map[string]map[string]int{}
	if s.posts != nil {
		var err error
		if counts, err = s.posts.CountByAreaRole(ctx, at); err != nil {
			return nil, err
		}
	}
	return s.Tree().Shortages(counts), nil
}

// planned checks an edit against the tree and makes it a plan that also writes the audit trail.
func (s *Service) planned(actor authz.Actor, t *Tree, e *edit, tol Tolerance, rule gapRule, action, object string, detail map[string]any) (plan, error) {
	var f fault.Fields
	after := e.after(t)
	e.checkTree(&f, t, after)
	if err := f.Err(); err != nil {
		return plan{}, err
	}
	if len(e.draws) > 0 {
		refused, _ := e.topology(t, after, tol, rule)
		if err := topologyFault("shape", refused); err != nil {
			return plan{}, err
		}
	}
	return s.written(actor, t, e, action, object, detail), nil
}

func (s *Service) written(actor authz.Actor, t *Tree, e *edit, action, object string, detail map[string]any) plan {
	return plan{waiting: e.moved(t), write: func(ctx context.Context, tx db.Tx) error {
		if err := e.write(ctx, tx, t); err != nil {
			return err
		}
		return s.audit.Record(ctx, tx, actor, action, "area", object, detail)
	}}
}

// editable finds an area that the actor may manage, in the version that the actor has seen.
func editable(actor authz.Actor, t *Tree, areaID string, version *int64) (Area, error) {
	a, ok := t.Area(areaID)
	if !ok {
		return a, fault.Missing("area")
	}
	if err := covers(actor, t, areaID); err != nil {
		return a, err
	}
	if version != nil && *version != a.Version {
		stale := fault.New(fault.Conflict, "area.stale")
		stale.Current = a
		return a, stale
	}
	return a, nil
}

// current returns an area that was just written.
func (s *Service) current(areaID string) (Area, error) {
	a, ok := s.Tree().Area(areaID)
	if !ok {
		return a, fault.Missing("area")
	}
	return a, nil
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}
