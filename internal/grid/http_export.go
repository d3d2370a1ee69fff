package grid

import (
	"context"
	"strings"

	"gezhi/internal/kit/bulk"
	"gezhi/internal/kit/sheet"
	"gezhi/internal/kit/web"
	"gezhi/internal/kit/words"
)

// AreaSearch are the filters of the list of areas.
type AreaSearch = areaQuery

type areaExportInput struct {
	bulk.Lang
	AreaSearch
}

// ExportRoutes registers areas and patrol areas as tables; unit names the unit that serves a patrol area.
func ExportRoutes(a *web.API, s *Service, d *bulk.Desk, unit func(id string) string) {
	bulk.Export(a, d, bulk.List{Name: "areas", Path: "/api/v1/areas", ID: "exportAreas", Tag: "grid", Access: mayRead,
		Columns: []sheet.Column{{Key: "level", Width: 10}, {Key: "code", Width: 24}, {Key: "name", Width: 26}, {Key: "area_kind"}, {Key: "above", Width: 46},
			{Key: "children", Kind: sheet.Number}, {Key: "has_shape", Kind: sheet.Bool}, {Key: "valid_from", Kind: sheet.Time}}},
		func(_ context.Context, in *areaExportInput, say words.Speaker, row bulk.Row) error {
			t := s.Tree()
			f := Filter{Level: Level(in.Level), Parent: in.Parent, Under: in.Under, Q: in.Q}
			if in.Kind != "" {
				kind := strings.TrimPrefix(in.Kind, "none")
				f.Kind = &kind
			}
			areas, _ := t.List(f)
			for _, area := range areas {
				if err := row(say.Say("areas.level."+string(area.Level)), area.Code, area.Name, kindName(t, say, area.Kind), PathName(t.Path(area.ParentID)),
					len(t.Children(area.ID)), !area.Shape.IsEmpty(), area.ValidFrom); err != nil {
					return err
				}
			}
			return nil
		})
	bulk.Export(a, d, bulk.List{Name: "patrol_areas", Path: "/api/v1/patrol-areas", ID: "exportPatrolAreas", Tag: "grid", Access: mayRead,
		Columns: []sheet.Column{{Key: "code"}, {Key: "name", Width: 26}, {Key: "patrol_kind"}, {Key: "station", Width: 28}, {Key: "members", Width: 70}, {Key: "valid_from", Kind: sheet.Time}}},
		func(_ context.Context, _ *bulk.Lang, say words.Speaker, row bulk.Row) error {
			t := s.Tree()
			for _, p := range t.PatrolAreas() {
				names := make([]string, len(p.Members))
				for i, id := range p.Members {
					names[i] = PathName(t.Path(id))
				}
				if err := row(p.Code, p.Name, say.Say("areas.patrol.kind."+string(p.Kind)), unit(p.StationID), strings.Join(names, "\n"), p.ValidFrom); err != nil {
					return err
				}
			}
			return nil
		})
}

// PathName joins the names of a path with slashes, from the top down.
func PathName(path []Area) string {
	names := make([]string, len(path))
	for i, a := range path {
		names[i] = a.Name
	}
	return strings.Join(names, "/")
}

func kindName(t *Tree, say words.Speaker, code string) string {
	for _, k := range t.Kinds() {
		if k.Code == code {
			return say.Pick(k.NameZH, k.NameEN)
		}
	}
	return code
}
