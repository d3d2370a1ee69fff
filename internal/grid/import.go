package grid

import (
	"context"
	"fmt"
	"io"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// ImportOptions say how to read a GeoJSON file of areas.
type ImportOptions struct {
	Datum       string // wgs84, cgcs2000, gcj02 or bd09; required
	Level       Level  // of all features; empty: each feature's property says
	LevelField  string // property with the level; default "level"
	CodeField   string // default: code, adcode, id, then the feature's own id
	NameField   string // default "name"
	ParentField string // property with the parent's code, as text, number or an object that holds it; default "parent"
	KindField   string // default "kind"
	Kind        string // of features that name none
	Parent      string // id or code of the parent of features that name none
	CityCode    string // districts without a known parent go under this city, which is made when it is missing;
	CityName    string // without a code it has the code that the districts name
	Tolerance   *Tolerance
	Partial     bool   // the file draws only some areas: gaps are reported, not refused
	Source      string // where the boundaries come from, for the record
	DryRun      bool   // check and report only
}

// ImportReport tells what an import did, would do, or why it was refused.
type ImportReport struct {
	Total     int // features or rows that name an area
	Created   int
	Redrawn   int
	Renamed   int
	Moved     int
	Unchanged int
	Roots     []string  // codes of districts whose parent is not known
	Refused   []Finding // places that do not fit together
	Tolerated []Finding // places that were let pass
}

// ImportAreas reads areas with boundaries. Codes that exist already are redrawn. Topology is checked in the file's own
// datum, with the siblings, parents and children that are there already; if anything is wrong nothing changes and the
// report lists the places. Faults: invalid with the fields, area.topology with the places, forbidden.
func (s *Service) ImportAreas(ctx context.Context, actor authz.Actor, r io.Reader, o ImportOptions) (ImportReport, error) {
	var rep ImportReport
	var f fault.Fields
	datum := requireDatum(&f, o.Datum)
	if o.Level != "" && o.Level.Depth() < 0 {
		f.Add("level", "area.level_unknown")
	}
	if o.Tolerance != nil && !(o.Tolerance.Width >= 0 && o.Tolerance.Area >= 0) {
		f.Add("tolerance", "field.too_small", "min", 0)
	}
	o.Source = fault.CheckText(&f, "source", o.Source, false, 200)
	if err := f.Err(); err != nil {
		return rep, err
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(geo.DefaultLimits.Bytes)+1))
	if err != nil {
		return rep, fmt.Errorf("read areas: %w", err)
	}
	features, err := geo.Decode(data, geo.Limits{})
	if err != nil {
		f.Add("file", shapeCode(err), "detail", err.Error())
		return rep, f.Err()
	}
	items := readItems(&f, features, o, datum)
	if err := f.Err(); err != nil {
		return rep, err
	}
	err = s.change(ctx, func(t *Tree, at int64) (plan, error) {
		rep = ImportReport{Total: len(items)}
		b := newImporter(t, at, &rep)
		b.edit.datum, b.edit.source = datum, o.Source
		b.options = o
		b.add(items)
		return s.imported(actor, t, b, o)
	})
	return rep, err
}

// imported checks what an importer has put together and makes it a plan.
func (s *Service) imported(actor authz.Actor, t *Tree, b *importer, o ImportOptions) (plan, error) {
	if err := b.f.Err(); err != nil {
		return plan{}, err
	}
	if err := b.allowed(actor); err != nil {
		return plan{}, err
	}
	after := b.edit.after(t)
	b.edit.checkTree(&b.f, t, after)
	if err := b.f.Err(); err != nil {
		return plan{}, err
	}
	tol, rule := DefaultTolerance, refuseGaps
	set(&tol, o.Tolerance)
	if o.Partial {
		rule = reportGaps
	}
	b.report.Refused, b.report.Tolerated = b.edit.topology(t, after, tol, rule)
	if err := topologyFault("file", b.report.Refused); err != nil {
		return plan{}, err
	}
	if o.DryRun || b.edit.empty() {
		return plan{}, nil
	}
	detail := map[string]any{"created": b.report.Created, "redrawn": b.report.Redrawn, "moved": b.report.Moved, "renamed": b.report.Renamed, "source": o.Source}
	return s.written(actor, t, b.edit, "area.import", "", detail), nil
}
