package video

import (
	"context"
	"maps"
	"slices"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/db"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/id"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/words"
	"gezhi/internal/perm"
)

// importChunk is how many rows are written in one transaction, unless all or none are.
const importChunk = 500

// Import returns the register as a list that can be brought in. A row is a stream with its camera: rows with the same
// number belong to one camera, what stands empty keeps what is there, and a row without a stream is the camera alone.
func Import(s *Service, w *words.Catalog) bulk.Kind {
	in := importer{s, w}
	return bulk.Kind{
		Name: "cameras", Need: perm.VideoManage, Chunk: importChunk,
		Columns: []sheet.Column{
			{Key: "number", Kind: sheet.Code, Required: true, Width: 18},
			{Key: "name", Kind: sheet.Text, Required: true, Width: 30},
			{Key: "kind", Kind: sheet.Text, Width: 14},
			{Key: "state", Kind: sheet.Text, Width: 10},
			{Key: "lon", Kind: sheet.Code, Width: 14},
			{Key: "lat", Kind: sheet.Code, Width: 14},
			{Key: "datum", Kind: sheet.Code, Width: 12},
			{Key: "owner", Kind: sheet.Text, Width: 24},
			{Key: "stream", Kind: sheet.Code, Width: 16},
			{Key: "stream_name", Kind: sheet.Text, Width: 24},
			{Key: "stream_state", Kind: sheet.Text, Width: 12},
			{Key: "address", Kind: sheet.Text, Width: 40},
		},
		Check: func(ctx context.Context, actor authz.Actor, t *sheet.Table) ([]bulk.Outcome, error) {
			p, err := in.plan(ctx, s.DB.Read(), actor, t)
			if err != nil {
				return nil, err
			}
			return p.outcomes, nil
		},
		Write: in.write,
	}
}

// importer turns rows of a table into cameras.
type importer struct {
	s     *Service
	words *words.Catalog
}

// entry is a camera as a table leaves it.
type entry struct {
	placed
	known   bool // it is in the store
	changed bool
}

// plan is what a table comes to over the store as it is.
type plan struct {
	outcomes []bulk.Outcome
	entries  map[string]*entry // by number
	order    []*entry          // new and changed ones, as the table names them first
}

// keep takes a camera up as a row leaves it.
func (p *plan) keep(e *entry, c placed) {
	if !e.changed {
		p.order = append(p.order, e)
	}
	p.entries[c.Number], e.placed, e.changed = e, c, true
}

func (in importer) plan(ctx context.Context, q db.Querier, actor authz.Actor, t *sheet.Table) (*plan, error) {
	p := &plan{outcomes: make([]bulk.Outcome, len(t.Rows)), entries: map[string]*entry{}}
	named := map[string]bool{}
	for _, r := range t.Rows {
		named[plainNumber(t.Get(r, "number"))] = true
	}
	have, err := byNumbers(ctx, q, slices.Collect(maps.Keys(named)))
	if err != nil {
		return nil, err
	}
	for _, c := range have {
		p.entries[c.Number] = &entry{placed: placed{Camera: c}, known: true}
	}
	for i, r := range t.Rows {
		p.outcomes[i] = in.row(p, actor, t, r)
	}
	return p, nil
}

// write brings the rows in, in one transaction; cameras that are the same are not touched.
func (in importer) write(ctx context.Context, actor authz.Actor, t *sheet.Table, whole bool, kept bulk.Kept) error {
	err := in.s.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := in.plan(ctx, tx, actor, t)
		if err != nil {
			return err
		}
		if whole && slices.ContainsFunc(p.outcomes, func(o bulk.Outcome) bool { return o.Result == bulk.Refused }) {
			return fault.New(fault.Conflict, "import.rows_wrong", "count", 1)
		}
		at := in.s.Clock.Now()
		var fresh []placed
		for _, e := range p.order {
			if e.known {
				if ok, err := updateCamera(ctx, tx, e.Camera, e.path, at.UnixMilli()); err != nil || !ok {
					if err == nil {
						err = fault.New(fault.Conflict, "camera.stale")
					}
					return err
				}
			} else {
				e.ID, e.Version = id.New(at), 1
				fresh = append(fresh, e.placed)
			}
			action := map[bool]string{true: "camera.update", false: "camera.create"}[e.known]
			if err := in.s.record(ctx, tx, actor, action, e.Camera); err != nil {
				return err
			}
		}
		if err := insertCameras(ctx, tx, at.UnixMilli(), fresh); err != nil {
			return err
		}
		return kept(ctx, tx, p.outcomes)
	})
	return orTaken(err)
}
