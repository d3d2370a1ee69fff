package grid

import (
	"cmp"
	"slices"
	"time"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
)

// importer turns the items of a file into an edit of a tree.
type importer struct {
	t       *Tree
	options ImportOptions
	edit    *edit
	report  *ImportReport
	f       fault.Fields
	ids     map[levelCode]string // what the file itself names, and the city that it needs
	parents []string             // existing areas under which something new or moved goes; "" the root
}

func newImporter(t *Tree, at int64, rep *ImportReport) *importer {
	return &importer{
		t: t, report: rep, ids: map[levelCode]string{},
		edit: &edit{at: at, draws: map[string]drawn{}, where: map[string]string{}},
	}
}

// add puts items into the edit, parents before children.
func (b *importer) add(items []item) {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(x, y item) int { return cmp.Compare(x.level.Depth(), y.level.Depth()) })
	for _, it := range items {
		k := levelCode{it.level, it.code}
		if old := b.t.byCode[k]; old != nil {
			b.ids[k] = old.ID
		} else {
			b.ids[k] = id.New(time.UnixMilli(b.edit.at))
		}
	}
	for _, it := range items {
		b.one(it)
	}
}

func (b *importer) one(it item) {
	areaID := b.ids[levelCode{it.level, it.code}]
	b.edit.where[areaID] = it.at
	old := b.t.byID[areaID]
	parent, ok := b.parentOf(it, old)
	if !ok {
		return
	}
	if !it.file.IsEmpty() && (old == nil || !sameShape(old.Shape, it.stored)) {
		b.edit.draws[areaID] = drawn{it.stored, it.file}
	}
	if old == nil {
		b.report.Created++
		b.edit.opens = append(b.edit.opens, Area{
			ID: areaID, Code: it.code, Level: it.level, Kind: it.kind, Name: it.name, ParentID: parent, Shape: it.stored,
		})
		b.parents = append(b.parents, parent)
		return
	}
	_, redrawn := b.edit.draws[areaID]
	now := *old
	if !it.keepName {
		now.Name = it.name
	}
	if it.kind != "" {
		now.Kind = it.kind
	}
	now.ParentID = parent
	renamed, moved := now.Name != old.Name || now.Kind != old.Kind, now.ParentID != old.ParentID
	if renamed || moved {
		b.edit.updates = append(b.edit.updates, now)
	}
	if moved {
		b.parents = append(b.parents, parent)
	}
	count(&b.report.Redrawn, redrawn)
	count(&b.report.Renamed, renamed)
	count(&b.report.Moved, moved)
	count(&b.report.Unchanged, !redrawn && !renamed && !moved)
}

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

// parentOf finds the parent of an item: the one that the file names, the one that the options give, the city to be
// made, for an area that exists already the one it has, else the area in which it lies.
func (b *importer) parentOf(it item, old *Area) (parent string, ok bool) {
	if it.parent != "" {
		if parent, ok := b.above(it.level, it.parent); ok {
			return parent, true
		}
	}
	if it.parent == "" && b.options.Parent != "" {
		if a := b.t.byID[b.options.Parent]; a != nil {
			return a.ID, true
		}
		if parent, ok := b.above(it.level, b.options.Parent); ok {
			return parent, true
		}
		b.f.Add("parent", "area.parent_unknown", "code", b.options.Parent)
		return "", false
	}
	switch {
	case it.level == District && b.options.CityCode+b.options.CityName != "":
		return b.city(it)
	case old != nil && (it.parent == "" || it.level == District):
		return old.ParentID, true
	case it.level == City:
		return "", true
	case it.level == District:
		b.report.Roots = append(b.report.Roots, it.code)
		return "", true
	case it.parent != "":
		b.f.Add(it.at+"parent", "area.parent_unknown", "code", it.parent)
		return "", false
	}
	return b.around(it)
}

// above finds the area with the code on the nearest level above, in the file or in the tree.
func (b *importer) above(level Level, code string) (string, bool) {
	for n := level.Depth() - 1; n >= 0; n-- {
		k := levelCode{Levels[n], code}
		if areaID, ok := b.ids[k]; ok {
			return areaID, true
		}
		if a := b.t.byCode[k]; a != nil {
			return a.ID, true
		}
	}
	return "", false
}

// city finds or makes the city that the options name.
func (b *importer) city(it item) (string, bool) {
	code := cmp.Or(b.options.CityCode, it.parent)
	if parent, ok := b.above(District, code); ok {
		return parent, true
	}
	var f fault.Fields
	a := checkArea(&f, "city.", Area{Code: code, Name: cmp.Or(b.options.CityName, code), Level: City})
	if f.Err() != nil {
		b.f = append(b.f, f...)
		return "", false
	}
	a.ID = id.New(time.UnixMilli(b.edit.at))
	b.ids[levelCode{City, code}] = a.ID
	b.edit.where[a.ID] = "city."
	b.edit.opens = append(b.edit.opens, a)
	b.parents = append(b.parents, "")
	b.report.Created++
	return a.ID, true
}

// around finds the area in which an item lies, or the one area under which everything hangs. In an empty tree there is
// none, and the item begins it.
func (b *importer) around(it item) (string, bool) {
	inside, _ := it.stored.Inside()
	path, _ := b.t.Locate(inside)
	for _, a := range slices.Backward(path) {
		if a.Level.Depth() < it.level.Depth() {
			return a.ID, true
		}
	}
	trunk, ok := b.t.Trunk()
	switch {
	case ok && trunk.Level.Depth() < it.level.Depth() && trunk.Shape.IsEmpty():
		return trunk.ID, true
	case !slices.ContainsFunc(b.t.order, func(a *Area) bool { return a.Level.Depth() < it.level.Depth() }):
		return "", true
	}
	b.f.Add(it.at+"parent", "import.parent_missing", "code", it.code)
	return "", false
}

// allowed tells whether the actor may change all that the file changes.
func (b *importer) allowed(actor authz.Actor) error {
	ids := slices.Clone(b.parents)
	for _, a := range b.edit.updates {
		ids = append(ids, a.ID)
	}
	for areaID := range b.edit.draws {
		ids = append(ids, areaID)
	}
	slices.Sort(ids)
	for _, areaID := range slices.Compact(ids) {
		if areaID != "" && b.t.byID[areaID] == nil {
			continue // made by the file itself, whose parent is asked for
		}
		if err := covers(actor, b.t, areaID); err != nil {
			return err
		}
	}
	return nil
}
