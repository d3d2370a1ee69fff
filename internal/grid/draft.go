package grid

import (
	"encoding/json"
	"strconv"
	"strings"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
)

// DraftKind is what a person wants to do to areas on the map.
type DraftKind string

// The kinds of drafts.
const (
	DraftNew    DraftKind = "new"    // draw an area that was not there
	DraftSplit  DraftKind = "split"  // cut one area along a line
	DraftMerge  DraftKind = "merge"  // make one area of neighbours
	DraftBorder DraftKind = "border" // move points of borders, for all areas that share them
	DraftParent DraftKind = "parent" // hang areas under another parent
)

// Draft is what a person drew: little, and always possible to draw again. What it does to which areas follows from the
// tree (resolve). Positions are WGS-84.
type Draft struct {
	Kind   DraftKind
	Areas  []string        // split: the one; merge and parent: all of them
	Parent string          // new and parent: under which area; "" is no parent
	Level  Level           // new
	Line   []geo.Point     // split
	Shape  json.RawMessage // new: GeoJSON
	Fit    bool            // new: leave out what lies outside the parent or in a neighbour
	Parts  []Part          // the areas that come of it: of new and merge one, of split each piece, the largest first
	Moves  []VertexMove    // border
}

// Part names an area that comes of a draft: it keeps an area that is there, or is a new one.
type Part struct {
	Keep string // id of an area that stays, with its code, name, kind and posts
	Code string
	Name string
	Kind string
}

// VertexMove moves one point of borders. A point on an edge becomes a corner.
type VertexMove struct {
	From, To geo.Point
	Drop     bool // take the corner out instead
}

// Bounds of one draft.
const (
	maxLine  = 2000
	maxMoves = 2000
	maxParts = 12
)

// drafting turns a draft into a redrawing.
type drafting struct {
	t     *Tree
	in    Draft
	f     fault.Fields
	out   Redrawing
	rule  gapRule
	parts []Part // as given, or proposed where nothing was given
	names map[string]bool
}

// resolve says what a draft does to the tree. The faults are those of the drawing itself; whether codes, parents and
// borders fit is for the redrawing to find out.
func (d Draft) resolve(t *Tree) (*drafting, error) {
	w := &drafting{t: t, in: d, rule: refuseNewGaps, names: map[string]bool{}}
	w.out.Source = string(d.Kind)
	if len(d.Line) > maxLine || len(d.Moves) > maxMoves || len(d.Areas) > maxMoves || len(d.Parts) > maxParts {
		return nil, fault.New(fault.TooLarge, "redraw.too_much")
	}
	for _, id := range d.Areas {
		if _, ok := t.Area(id); !ok {
			return nil, fault.Missing("area")
		}
	}
	for i, p := range d.Line {
		CheckPoint(&w.f, "line["+itoa(i)+"].", p.Lon, p.Lat, "")
	}
	for i, m := range d.Moves {
		CheckPoint(&w.f, "moves["+itoa(i)+"].", m.To.Lon, m.To.Lat, "")
	}
	if err := w.f.Err(); err != nil {
		return w, err
	}
	switch d.Kind {
	case DraftNew:
		w.draw()
	case DraftSplit:
		w.split()
	case DraftMerge:
		w.merge()
	case DraftBorder:
		w.border()
	case DraftParent:
		w.hang()
	default:
		w.f.Add("kind", "field.choice", "choices", "new, split, merge, border, parent")
	}
	return w, w.f.Err()
}

// shape adds a boundary to the redrawing in the form of its input.
func (w *drafting) shape(s geo.Shape) json.RawMessage {
	w.out.Datum = string(geo.WGS84)
	raw, _ := json.Marshal(s) // valid positions always marshal
	return raw
}

// reshape gives an area that stays another boundary.
func (w *drafting) reshape(areaID string, s geo.Shape, from ...string) {
	w.out.Shapes = append(w.out.Shapes, Reshape{AreaID: areaID, Shape: w.shape(s), From: from})
}

// partsFor returns the parts as given if they are as many as asked, else proposals; in a proposal the largest piece
// keeps the area.
func (w *drafting) partsFor(n int, of Area) []Part {
	if len(w.in.Parts) == n {
		w.parts = w.in.Parts
		return w.parts
	}
	if len(w.in.Parts) > 0 {
		w.f.Add("parts", "redraw.parts_count", "count", n)
	}
	w.parts = make([]Part, n)
	w.parts[0] = Part{Keep: of.ID}
	for i := 1; i < n; i++ {
		w.parts[i] = Part{Code: w.freeCode(of), Name: of.Name + "（" + strconv.Itoa(i+1) + "）", Kind: of.Kind}
	}
	return w.parts
}

// freeCode proposes a code beside an area's: the next number after those of its siblings, or its own with a number.
func (w *drafting) freeCode(of Area) string {
	taken := func(code string) bool {
		_, used := w.t.byCode[levelCode{of.Level, code}]
		return used || w.names[code] || len(code) > maxCode
	}
	pick := func(code string) string {
		w.names[code] = true
		return code
	}
	before, digits := numbered(of.Code)
	last := int64(-1)
	for _, s := range w.t.children[of.ParentID] {
		if b, d := numbered(s.Code); b == before && len(d) == len(digits) && s.Level == of.Level {
			if n, err := strconv.ParseInt(d, 10, 64); err == nil {
				last = max(last, n)
			}
		}
	}
	if last >= 0 {
		for n := last + 1; n < last+1000; n++ {
			d := strconv.FormatInt(n, 10)
			if code := before + strings.Repeat("0", max(0, len(digits)-len(d))) + d; len(d) <= len(digits) && !taken(code) {
				return pick(code)
			}
		}
	}
	for n := 2; n < 1000; n++ {
		if code := of.Code + "-" + strconv.Itoa(n); !taken(code) {
			return pick(code)
		}
	}
	return ""
}

// numbered takes the number at a code's end off, at most twelve digits of it.
func numbered(code string) (before, digits string) {
	i := len(code)
	for i > 0 && code[i-1] >= '0' && code[i-1] <= '9' && len(code)-i < 12 {
		i--
	}
	return code[:i], code[i:]
}

// mayDraft tells whether the actor manages everything that a redrawing changes.
func mayDraft(actor authz.Actor, t *Tree, r Redrawing) error {
	var ids []string
	for _, x := range r.Shapes {
		ids = append(ids, x.AreaID)
	}
	for _, x := range r.Moves {
		ids = append(ids, x.AreaID)
	}
	ids = append(ids, r.Ends...)
	for _, id := range ids {
		if err := covers(actor, t, id); err != nil {
			return err
		}
	}
	return nil
}
