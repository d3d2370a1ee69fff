package grid

import (
	"cmp"
	"maps"
	"slices"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// Tolerance is how large a gap, overlap or overhang may be and still pass; it is reported all the same.
type Tolerance struct {
	Width float64 // metres: long slivers up to this mean width
	Area  float64 // m2: anything up to this size
}

// DefaultTolerance passes what drawing by hand and rounding to six decimals leave.
var DefaultTolerance = Tolerance{Width: geo.DefaultOptions.SliverWidth, Area: geo.DefaultOptions.SliverArea}

// enclaveShare is how much of the area around it a hole may be to pass as an enclave of somebody else: a real district
// has one of 0.12 %.
const enclaveShare = 0.01

// Finding is one place where boundaries do not fit together.
type Finding struct {
	Kind   string     // gap, overlap, outside or broken_ring
	Fault  string     // with broken_ring: what is wrong with the ring
	Areas  []AreaName // involved: around a gap, in an overlap, outside, broken
	Parent string     // code of the parent, empty for none
	Size   float64    // m2
	Width  float64    // metres, mean
	At     geo.Point  // a place to look at, WGS-84
	InFile geo.Point  // the same in the datum of the file
}

// AreaName names an area to a person.
type AreaName struct{ Code, Name string }

// gapRule says what to do about gaps.
type gapRule int

const (
	refuseGaps    gapRule = iota // a set of areas must be whole
	refuseNewGaps                // what was missing before may stay missing
	reportGaps                   // areas are drawn one by one
)

// family is the areas that ought to tile one parent (or, without a parent, one level).
type family struct {
	parent string
	level  Level // of roots only
}

func familyOf(a Area) family {
	if a.ParentID == "" {
		return family{level: a.Level}
	}
	return family{parent: a.ParentID}
}

// topology checks the families that the edit touches, in the datum of the file, and tells what cannot pass and what
// was let pass.
func (e *edit) topology(t *Tree, after *sketch, tol Tolerance, rule gapRule) (refused, tolerated []Finding) {
	c := checker{edit: e, tol: tol}
	var before *sketch
	for _, fam := range e.families(t, after) {
		bad, fine := c.family(after, fam)
		open := rule == reportGaps || slices.ContainsFunc(after.members(fam), func(a Area) bool { return a.Shape.IsEmpty() })
		if rule == refuseNewGaps && !open && slices.ContainsFunc(bad, isGap) {
			if before == nil {
				before = sketchOf(t)
			}
			was, _ := (&checker{edit: &edit{datum: e.datum}, tol: tol}).family(before, fam)
			open = gapArea(bad) <= gapArea(was)+tol.Area
		}
		for _, f := range bad {
			if isGap(f) && open {
				fine = append(fine, f)
			} else {
				refused = append(refused, f)
			}
		}
		tolerated = append(tolerated, fine...)
	}
	return refused, tolerated
}

func isGap(f Finding) bool { return f.Kind == string(geo.Gap) }

func gapArea(list []Finding) (sum float64) {
	for _, f := range list {
		if isGap(f) {
			sum += f.Size
		}
	}
	return sum
}

// families lists what must be looked at: where a boundary is new, gone or moved, and what lies in a new boundary.
func (e *edit) families(t *Tree, after *sketch) []family {
	set := map[family]bool{}
	touch := func(a Area) {
		set[familyOf(a)] = true
		if len(after.children[a.ID]) > 0 {
			set[family{parent: a.ID}] = true
		}
	}
	for _, a := range e.opens {
		if !a.Shape.IsEmpty() {
			touch(a)
		}
	}
	for id := range e.draws {
		touch(after.byID[id])
	}
	for _, id := range e.closes {
		if a := t.byID[id]; !a.Shape.IsEmpty() {
			set[familyOf(*a)] = true
		}
	}
	for _, a := range e.updates {
		old := t.byID[a.ID]
		if now := after.byID[a.ID]; now.ParentID != old.ParentID && !now.Shape.IsEmpty() {
			set[familyOf(now)] = true
			if old.ParentID != "" { // roots need not tile anything, so one may leave them
				set[familyOf(*old)] = true
			}
		}
	}
	return slices.SortedFunc(maps.Keys(set), func(a, b family) int {
		return cmp.Or(cmp.Compare(a.parent, b.parent), cmp.Compare(a.level, b.level))
	})
}

func (s *sketch) members(fam family) []Area {
	var out []Area
	for _, id := range s.children[fam.parent] {
		if a := s.byID[id]; fam.parent != "" || a.Level == fam.level {
			out = append(out, a)
		}
	}
	return out
}

type checker struct {
	edit *edit
	tol  Tolerance
}

// shape returns the boundary of an area in the datum of the file, untouched if the file draws it.
func (c *checker) shape(a Area) geo.Shape {
	if d, ok := c.edit.draws[a.ID]; ok {
		return d.file
	}
	return fromWGS84(a.Shape, c.edit.datum)
}

func (c *checker) family(s *sketch, fam family) (bad, fine []Finding) {
	parent := s.byID[fam.parent]
	cells := []geo.Cell{}
	if !parent.Shape.IsEmpty() {
		// The parent is given a family of its own, which is not looked at here.
		cells = append(cells, geo.Cell{ID: parent.ID, Parent: "above", Shape: c.shape(parent)})
	}
	sizes := map[string]float64{}
	for _, a := range s.members(fam) {
		shape := c.shape(a)
		sizes[a.ID] = shape.Area()
		cells = append(cells, geo.Cell{ID: a.ID, Parent: fam.parent, Shape: shape})
	}
	rep := geo.Check(cells, geo.Options{SliverWidth: c.tol.Width, SliverArea: c.tol.Area})
	for _, f := range rep.Findings {
		if f.Parent == "above" {
			continue
		}
		enclave := f.Kind == geo.Gap && parent.Shape.IsEmpty() && len(f.IDs) == 1 && f.Area <= enclaveShare*sizes[f.IDs[0]]
		if enclave {
			fine = append(fine, c.finding(s, f))
		} else {
			bad = append(bad, c.finding(s, f))
		}
	}
	for _, f := range rep.Tolerated {
		if f.Parent != "above" {
			fine = append(fine, c.finding(s, f))
		}
	}
	if rep.Incomplete {
		bad = append(bad, Finding{Kind: string(geo.BrokenRing), Fault: string(geo.FaultTooComplex), Parent: parent.Code})
	}
	return bad, fine
}

func (c *checker) finding(s *sketch, f geo.Finding) Finding {
	out := Finding{
		Kind: string(f.Kind), Fault: string(f.Fault), Parent: s.byID[f.Parent].Code, Size: f.Area, Width: f.Width, InFile: f.At,
	}
	out.At, _ = geo.ToWGS84(f.At, c.edit.datum) // a finding lies between valid positions
	for _, id := range f.IDs {
		out.Areas = append(out.Areas, AreaName{s.byID[id].Code, s.byID[id].Name})
	}
	return out
}

// maxListed bounds the places that one refusal names.
const maxListed = 100

// topologyFault is the refusal with its places, each as a field error topology.<kind>.
func topologyFault(field string, refused []Finding) error {
	if len(refused) == 0 {
		return nil
	}
	var fields fault.Fields
	for _, f := range refused[:min(len(refused), maxListed)] {
		fields.Add(field, "topology."+f.Kind, "areas", namesOf(f.Areas), "fault", f.Fault, "parent", f.Parent, "m2", f.Size, "width", f.Width,
			"lon", f.At.Lon, "lat", f.At.Lat)
	}
	err := fault.New(fault.Invalid, "area.topology", "count", len(refused))
	err.Fields = fields
	return err
}

func namesOf(areas []AreaName) []string {
	names := make([]string, len(areas))
	for i, a := range areas {
		names[i] = a.Name + " " + a.Code
	}
	return names
}
