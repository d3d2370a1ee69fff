package geo

import (
	"cmp"
	"slices"
)

// Cell is one shape of a set that ought to tile the plane.
type Cell struct {
	ID string
	// Parent is the id of the cell that this one is a part of, or empty. Cells
	// with the same Parent are siblings. The parent need not be in the set.
	Parent string
	Shape  Shape
}

// Options set what Check lets pass. The zero Options tolerate only what is lost
// in the arithmetic (noiseArea).
type Options struct {
	// SliverWidth in metres: an overlap, gap or overhang in which no circle of
	// about this diameter fits is tolerated, however long it is. Pieces up to
	// 1.5 times as wide may pass too, never wider ones.
	SliverWidth float64
	// SliverArea in m2: anything up to this size is tolerated, whatever its form.
	SliverArea float64
}

// DefaultOptions suit boundaries that were drawn by hand or rounded to six
// decimals: slivers up to a metre wide and specks up to ten square metres pass.
var DefaultOptions = Options{SliverWidth: 1, SliverArea: 10}

// FindingKind says what is wrong with a set of cells. Its text is stable and can
// serve as the last part of a translation key.
type FindingKind string

// The findings of Check, in their order in a Report.
const (
	BrokenRing FindingKind = "broken_ring" // a shape is not valid in itself
	Overlap    FindingKind = "overlap"     // an area is covered by several siblings
	Outside    FindingKind = "outside"     // a part of a cell is not in its parent
	Gap        FindingKind = "gap"         // an area is covered by none of the siblings
)

var kindOrder = []FindingKind{BrokenRing, Overlap, Outside, Gap}

// Finding is one connected place where the set is wrong.
type Finding struct {
	Kind FindingKind
	// Fault is set for BrokenRing only.
	Fault FaultKind
	// Parent is the common parent of the cells involved.
	Parent string
	// IDs of the cells involved, sorted: the broken cell; all cells that cover
	// the overlap; the cell that is outside; the cells around the gap.
	IDs []string
	// Area in m2 and Width in metres: twice the area by the perimeter, which is
	// the mean width of a long piece. Both are zero for BrokenRing.
	Area, Width float64
	// At is a place to look at, inside the piece, in the datum of the cells. It
	// is the zero Point for a ring without usable vertices.
	At Point
	// Bounds holds the whole piece; for BrokenRing the cell.
	Bounds Box
}

// Report is what Check found. Within it findings are sorted by kind, then the
// largest first, then by ids and place; the order of the input does not matter.
type Report struct {
	Findings  []Finding
	Tolerated []Finding
	// Incomplete is true if the set was too tangled to be checked to the end,
	// so that more may be wrong. It never happens with a set that is nearly right.
	Incomplete bool
}

// OK reports whether the set was checked to the end and nothing was found
// beyond what the options tolerate.
func (r Report) OK() bool { return len(r.Findings) == 0 && !r.Incomplete }

// Check looks for broken rings, for overlaps and gaps between siblings and for
// parts of cells that lie outside their parent.
//
// Siblings are checked together, once for each parent. If the parent is in the
// set and has a shape, a gap is what the parent has and its children have not;
// otherwise a gap is a hole enclosed by the siblings. Cells without a shape are
// passed over: an area may have a code before it has a boundary.
//
// The method: all edges of a family are projected to a plane and slightly
// rotated, so that none is vertical. Vertical lines through every vertex and
// every crossing cut the plane into slabs in which edges do not cross; between
// two neighbouring edges of a slab lies a trapezoid of which it is known what
// covers it. Faulty trapezoids that touch are joined to one finding. Nothing is
// snapped or clipped, so rounding can shift an area by its own size but never
// break the topology. Areas are exact up to 1e-6 of their value for cells of
// the size of a city. The cost grows with the number of slabs times the edges
// that one slab meets.
func Check(cells []Cell, opt Options) Report {
	sorted := slices.Clone(cells)
	slices.SortStableFunc(sorted, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Parent, b.Parent), cmp.Compare(a.ID, b.ID))
	})
	shapes := make(map[string]Shape, len(sorted))
	usable := sorted[:0]
	var rep Report
	for _, c := range sorted {
		if c.Shape.IsEmpty() {
			continue
		}
		faults := Validate(c.Shape)
		for _, f := range faults {
			rep.Findings = append(rep.Findings, Finding{
				Kind: BrokenRing, Fault: f.Kind, Parent: c.Parent, IDs: []string{c.ID}, At: f.At, Bounds: c.Shape.Bounds(),
			})
		}
		// A ring with impossible positions cannot be drawn. All other faults
		// leave something to compare, under the even-odd rule.
		if slices.ContainsFunc(faults, func(f Fault) bool { return f.Kind == FaultPosition }) {
			continue
		}
		usable = append(usable, c)
		if _, twice := shapes[c.ID]; !twice {
			shapes[c.ID] = c.Shape
		}
	}
	for from := 0; from < len(usable); {
		to := from
		for to < len(usable) && usable[to].Parent == usable[from].Parent {
			to++
		}
		checkFamily(usable[from:to], shapes, opt, &rep)
		from = to
	}
	sortFindings(rep.Findings)
	sortFindings(rep.Tolerated)
	return rep
}

// checkFamily checks the cells of one parent.
func checkFamily(cells []Cell, shapes map[string]Shape, opt Options, rep *Report) {
	parent := cells[0].Parent
	var around Shape
	if parent != "" {
		around = shapes[parent]
	}
	sw := newSweep(cells, around)
	sw.run()
	rep.Incomplete = rep.Incomplete || sw.incomplete
	for _, p := range sw.pieces() {
		f := Finding{
			Kind: p.kind, Parent: parent, Area: p.area, Width: 2 * p.area / p.perimeter,
			At: sw.plane.back(p.x, p.y), Bounds: p.bounds,
		}
		for _, c := range p.cells {
			f.IDs = append(f.IDs, cells[c].ID)
		}
		if p.area <= opt.SliverArea || sw.isSliver(p, opt.SliverWidth) {
			rep.Tolerated = append(rep.Tolerated, f)
		} else {
			rep.Findings = append(rep.Findings, f)
		}
	}
}

func sortFindings(fs []Finding) {
	slices.SortFunc(fs, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(kindOrder, a.Kind), slices.Index(kindOrder, b.Kind)),
			cmp.Compare(b.Area, a.Area),
			slices.Compare(a.IDs, b.IDs),
			cmp.Compare(a.At.Lon, b.At.Lon),
			cmp.Compare(a.At.Lat, b.At.Lat),
			cmp.Compare(a.Parent, b.Parent),
			cmp.Compare(a.Fault, b.Fault),
		)
	})
}
