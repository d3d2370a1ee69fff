package grid

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// Redrawing is one reshaping of areas: all of it happens at one instant or nothing does.
type Redrawing struct {
	Datum     string // of all shapes; required with one
	Source    string // where the boundaries come from, for the record
	At        int64  // unix ms, not in the future nor before what it replaces; 0: now
	Tolerance *Tolerance
	Shapes    []Reshape // areas that stay and get another boundary
	Begins    []Begin   // new areas
	Moves     []Move    // areas that get another parent
	Ends      []string  // ids of areas that end
}

// Reshape gives an area another boundary.
type Reshape struct {
	AreaID  string
	Shape   json.RawMessage // GeoJSON
	Version *int64          // refuse with area.stale if it is another one by now
	From    []string        // ids of the areas that it takes in
}

// Begin is a new area in a redrawing. ParentID may be "begins[N]" for another area of the same redrawing.
type Begin struct {
	Code     string
	Name     string
	Level    Level
	Kind     string
	ParentID string
	Shape    json.RawMessage
	From     []string // ids of the areas that it was made from
}

// Move hangs an area under another parent, which may be "begins[N]".
type Move struct {
	AreaID   string
	ParentID string
}

// RedrawReport tells what a redrawing did.
type RedrawReport struct {
	Begun     []Area // in the order of Begins
	Changed   []string
	Tolerated []Finding
}

// Redraw ends boundaries and areas at an instant and begins others, with their lineage: what several areas became is
// merged, what one area became several of is split, else redrawn. No new gap, overlap or overhang may come of it.
// Faults: invalid with the fields, area.topology with the places, area.stale, not_found, forbidden.
func (s *Service) Redraw(ctx context.Context, actor authz.Actor, r Redrawing) (RedrawReport, error) {
	var rep RedrawReport
	err := s.change(ctx, func(t *Tree, now int64) (plan, error) {
		rep = RedrawReport{}
		b := redrawer{t: t, in: r, edit: &edit{at: r.At, source: r.Source, draws: map[string]drawn{}, where: map[string]string{}}}
		if r.At == 0 {
			b.edit.at = now
		} else if r.At > now {
			b.f.Add("at", "redraw.at_future")
		}
		if err := b.build(actor); err != nil {
			return plan{}, err
		}
		if b.edit.empty() {
			return plan{}, nil
		}
		tol := DefaultTolerance
		set(&tol, r.Tolerance)
		after := b.edit.after(t)
		b.edit.checkTree(&b.f, t, after)
		if err := b.f.Err(); err != nil {
			return plan{}, err
		}
		refused, tolerated := b.edit.topology(t, after, tol, refuseNewGaps)
		if err := topologyFault("shapes", refused); err != nil {
			return plan{}, err
		}
		rep = RedrawReport{Begun: b.edit.opens, Changed: b.edit.moved(t), Tolerated: tolerated}
		detail := map[string]any{"begun": len(b.edit.opens), "redrawn": len(r.Shapes), "moved": len(r.Moves), "ended": len(r.Ends)}
		return s.written(actor, t, b.edit, "area.redraw", "", detail), nil
	})
	for i, a := range rep.Begun {
		if now, ok := s.Tree().Area(a.ID); ok {
			rep.Begun[i] = now
		}
	}
	return rep, err
}

type redrawer struct {
	t    *Tree
	in   Redrawing
	f    fault.Fields
	edit *edit
}

// build reads the input into the edit. It returns what stops at once; field errors gather in f.
func (b *redrawer) build(actor authz.Actor) error {
	shapes := slices.ContainsFunc(b.in.Begins, func(x Begin) bool { return len(x.Shape) > 0 }) || len(b.in.Shapes) > 0
	if shapes {
		b.edit.datum = requireDatum(&b.f, b.in.Datum)
	}
	fault.CheckText(&b.f, "source", b.in.Source, false, 200)
	for i, x := range b.in.Shapes {
		at := "shapes[" + itoa(i) + "]."
		a, err := editable(actor, b.t, x.AreaID, x.Version)
		if err != nil {
			return err
		}
		b.notBefore(a.ShapeFrom)
		b.draw(a.ID, at+"shape", x.Shape, true)
		b.inherit(a.ID, at, x.From, "merged")
	}
	ids := make([]string, len(b.in.Begins))
	for i := range ids {
		ids[i] = id.New(time.UnixMilli(b.edit.at))
	}
	for i, x := range b.in.Begins {
		at := "begins[" + itoa(i) + "]."
		b.edit.where[ids[i]] = at
		a := checkArea(&b.f, at, Area{Code: x.Code, Name: x.Name, Level: x.Level, Kind: x.Kind, ParentID: b.parent(x.ParentID, ids)})
		a.ID = ids[i]
		if !slices.Contains(ids, a.ParentID) {
			if err := covers(actor, b.t, a.ParentID); err != nil {
				return err
			}
		}
		b.draw(a.ID, at+"shape", x.Shape, false)
		a.Shape = b.edit.draws[a.ID].stored
		b.edit.opens = append(b.edit.opens, a)
		b.inherit(a.ID, at, x.From, "")
	}
	for i, x := range b.in.Moves {
		a, err := editable(actor, b.t, x.AreaID, nil)
		if err != nil {
			return err
		}
		b.edit.where[a.ID] = "moves[" + itoa(i) + "]."
		a.ParentID = b.parent(x.ParentID, ids)
		if !slices.Contains(ids, a.ParentID) {
			if err := covers(actor, b.t, a.ParentID); err != nil {
				return err
			}
		}
		b.edit.updates = append(b.edit.updates, a)
	}
	for i, areaID := range b.in.Ends {
		a, err := editable(actor, b.t, areaID, nil)
		if err != nil {
			return err
		}
		b.edit.where[areaID] = "ends[" + itoa(i) + "]."
		b.notBefore(max(a.ValidFrom, a.ShapeFrom))
		if slices.Contains(b.edit.closes, areaID) || b.edit.draws[areaID].stored != nil {
			b.f.Add("ends["+itoa(i)+"]", "field.duplicate")
		}
		b.edit.closes = append(b.edit.closes, areaID)
	}
	return b.f.Err()
}

func (b *redrawer) notBefore(from int64) {
	if b.edit.at < from && !slices.ContainsFunc(b.f, func(x fault.Field) bool { return x.Field == "at" }) {
		b.f.Add("at", "redraw.at_before")
	}
}

// parent resolves "begins[N]".
func (b *redrawer) parent(ref string, ids []string) string {
	if n, ok := strings.CutPrefix(ref, "begins["); ok {
		i, err := strconv.Atoi(strings.TrimSuffix(n, "]"))
		if err == nil && i >= 0 && i < len(ids) {
			return ids[i]
		}
	}
	return ref
}

func (b *redrawer) draw(areaID, field string, raw json.RawMessage, required bool) {
	shape := readShape(&b.f, field, raw)
	if shape == nil {
		if required && (len(raw) == 0 || string(raw) == "null") {
			b.f.Add(field, "field.required")
		}
		return
	}
	if _, twice := b.edit.draws[areaID]; twice {
		b.f.Add(field, "field.duplicate")
	}
	stored, err := shape.ToWGS84(b.edit.datum)
	if err != nil {
		b.f.Add(field, positionCode(err))
		return
	}
	b.edit.draws[areaID] = drawn{stored.Normalise(), shape}
}

// inherit notes from which areas one was made; how is found out when it is not given.
func (b *redrawer) inherit(areaID, at string, from []string, how string) {
	for j, source := range slices.Compact(slices.Sorted(slices.Values(from))) {
		old, ok := b.t.Area(source)
		if !ok {
			b.f.Add(at+"from["+itoa(j)+"]", "area.unknown")
			continue
		}
		if how != "" {
			b.edit.lineage = append(b.edit.lineage, Lineage{AreaID: areaID, FromID: source, FromName: old.Name, How: how, At: b.edit.at})
			continue
		}
		how := "redrawn"
		heirs := 0
		for _, x := range b.in.Begins {
			if slices.Contains(x.From, source) {
				heirs++
			}
		}
		// An area that stays with a part of itself was split too.
		stays := !slices.Contains(b.in.Ends, source)
		switch {
		case heirs > 1 || stays:
			how = "split"
		case len(from) > 1:
			how = "merged"
		}
		b.edit.lineage = append(b.edit.lineage, Lineage{AreaID: areaID, FromID: source, FromName: old.Name, How: how, At: b.edit.at})
	}
}
