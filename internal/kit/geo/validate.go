package geo

import (
	"cmp"
	"slices"
)

// FaultKind says what is wrong with a ring. Its text is stable and can serve as
// the last part of a translation key.
type FaultKind string

// The faults that Validate finds.
const (
	FaultPosition     FaultKind = "position"      // a vertex is no position on earth
	FaultOpen         FaultKind = "open"          // the last point is not the first
	FaultShort        FaultKind = "short"         // fewer than four points
	FaultZeroArea     FaultKind = "zero_area"     // the ring encloses nothing
	FaultIntersection FaultKind = "intersection"  // the ring crosses or touches itself
	FaultHoleOutside  FaultKind = "hole_outside"  // a hole is not within its outer ring
	FaultHolesOverlap FaultKind = "holes_overlap" // two holes of one polygon overlap
	FaultPartsOverlap FaultKind = "parts_overlap" // two polygons of one shape overlap
	FaultTooComplex   FaultKind = "too_complex"   // too many meeting lines to be checked
)

// Fault is one thing that is wrong with a shape.
type Fault struct {
	Kind FaultKind
	Part int   // index of the polygon in the shape
	Ring int   // index of the ring in the polygon; 0 is the outer one
	At   Point // where to look; the zero Point if there is no such place
}

const (
	// maxFaults bounds the faults reported for one shape: past the first few
	// the drawing has to be done again anyway.
	maxFaults = 20
	// leastArea in m2 is what a ring must enclose to be more than a line.
	leastArea = 1e-3
)

// Validate returns what is wrong with the shape, nil if nothing is: at most 20
// faults, in order of part, ring, kind and place. It accepts rings of either
// winding (see Normalise), points repeated in a row, and a hole or part that
// touches another ring at single points or along an edge.
func Validate(s Shape) []Fault {
	v := validator{shape: s}
	sound := true
	for i, poly := range s {
		if len(poly) == 0 {
			v.add(Fault{Kind: FaultShort, Part: i})
		}
		for j, r := range poly {
			sound = v.ring(i, j, r) && sound
		}
	}
	if sound {
		v.lines()
		if len(v.faults) == 0 {
			v.nesting()
		}
	}
	slices.SortFunc(v.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(a.Ring, b.Ring), cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.At.Lon, b.At.Lon), cmp.Compare(a.At.Lat, b.At.Lat))
	})
	return slices.Compact(v.faults)
}

type validator struct {
	shape  Shape
	faults []Fault
}

func (v *validator) add(f Fault) bool {
	if len(v.faults) < maxFaults {
		v.faults = append(v.faults, f)
	}
	return len(v.faults) < maxFaults
}

// ring checks what can be seen in one ring alone, its own crossings aside. It
// reports whether the ring is sound enough for those.
func (v *validator) ring(part, ring int, r Ring) bool {
	for _, p := range r {
		if p.Valid() != nil {
			v.add(Fault{Kind: FaultPosition, Part: part, Ring: ring})
			return false
		}
	}
	switch {
	case len(r) < 4:
		f := Fault{Kind: FaultShort, Part: part, Ring: ring}
		if len(r) > 0 {
			f.At = r[0]
		}
		v.add(f)
		return false
	case r[0] != r[len(r)-1]:
		v.add(Fault{Kind: FaultOpen, Part: part, Ring: ring, At: r[len(r)-1]})
	}
	// A bow tie may enclose nothing on balance, but "it crosses itself" is the
	// better advice, so the area is judged by the hull of the ring: its width.
	if r.Area() < leastArea && flat(r) {
		v.add(Fault{Kind: FaultZeroArea, Part: part, Ring: ring, At: r[0]})
		return false
	}
	return true
}

// flat reports whether all points of the ring lie on one line.
func flat(r Ring) bool {
	a := r[0]
	far := slices.MaxFunc(r, func(p, q Point) int { return cmp.Compare(Distance(a, p), Distance(a, q)) })
	length := Distance(a, far)
	for _, p := range r {
		if (Ring{a, far, p, a}).Area() > max(leastArea, length*1e-6) {
			return false
		}
	}
	return true
}

// owner says which edge of which ring a segment is.
type owner struct {
	part, ring, edge, of int
}

// lines finds the places where rings cut through themselves or each other.
func (v *validator) lines() {
	var segs []segment
	var owners []owner
	for i, poly := range v.shape {
		for j, r := range poly {
			n := slices.Compact(slices.Clone(r))
			if n[0] == n[len(n)-1] {
				n = n[:len(n)-1]
			}
			for k, p := range n {
				q := n[(k+1)%len(n)]
				segs = append(segs, segment{p.Lon, p.Lat, q.Lon, q.Lat})
				owners = append(owners, owner{i, j, k, len(n)})
			}
		}
	}
	done := pairs(segs, func(i, j int) bool {
		kind, bad := fault(segs[i], segs[j], owners[i], owners[j])
		if !bad {
			return true
		}
		a, b := owners[i], owners[j]
		if b.part > a.part || (b.part == a.part && b.ring > a.ring) {
			a = b
		}
		return v.add(Fault{Kind: kind, Part: a.part, Ring: a.ring, At: place(segs[i], segs[j])})
	})
	if !done {
		v.add(Fault{Kind: FaultTooComplex})
	}
}

// fault tells what it means that two segments meet.
func fault(s, t segment, a, b owner) (FaultKind, bool) {
	how := relate(s, t)
	same := a.part == b.part && a.ring == b.ring
	switch {
	case how == apart:
		return "", false
	case same && (a.edge+1)%a.of == b.edge:
		return FaultIntersection, foldsBack(s, t)
	case same && (b.edge+1)%b.of == a.edge:
		return FaultIntersection, foldsBack(t, s)
	case same:
		return FaultIntersection, true
	case how != crosses:
		return "", false
	case a.part != b.part:
		return FaultPartsOverlap, true
	case a.ring == 0 || b.ring == 0:
		return FaultHoleOutside, true
	}
	return FaultHolesOverlap, true
}

// foldsBack reports whether t, which begins where s ends, runs back along s.
func foldsBack(s, t segment) bool {
	if side(s.ax, s.ay, s.bx, s.by, t.bx, t.by) != 0 {
		return false
	}
	return (s.bx-s.ax)*(t.bx-t.ax)+(s.by-s.ay)*(t.by-t.ay) < 0
}

// place is a point that two meeting segments have in common.
func place(s, t segment) Point {
	if relate(s, t) == crosses {
		x, y := meeting(s, t)
		return Point{Lon: x, Lat: y}
	}
	if side(s.ax, s.ay, s.bx, s.by, t.ax, t.ay) == 0 && within(t.ax, t.ay, s) {
		return Point{Lon: t.ax, Lat: t.ay}
	}
	if side(s.ax, s.ay, s.bx, s.by, t.bx, t.by) == 0 && within(t.bx, t.by, s) {
		return Point{Lon: t.bx, Lat: t.by}
	}
	return Point{Lon: s.ax, Lat: s.ay}
}

func within(x, y float64, s segment) bool {
	x0, y0, x1, y1 := s.span()
	return x >= x0 && x <= x1 && y >= y0 && y <= y1
}
