package grid

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/page"
	"gezhi/internal/kit/web"
)

// PatrolRef is a patrol area without its members.
type PatrolRef struct {
	ID        string     `json:"id"`
	Code      string     `json:"code"`
	Name      string     `json:"name"`
	Kind      PatrolKind `json:"kind" enum:"general,dedicated"`
	StationID string     `json:"station_id,omitempty"`
}

type areaDetail struct {
	AreaView
	Path   []AreaRef  `json:"path" nullable:"false" doc:"from the top down to the area itself"`
	Bounds []float64  `json:"bounds,omitempty" doc:"west, south, east, north"`
	Lon    float64    `json:"lon,omitempty" doc:"a point inside"`
	Lat    float64    `json:"lat,omitempty"`
	Patrol *PatrolRef `json:"patrol_area,omitempty" doc:"the patrol area that serves it"`
}

func viewDetail(t *Tree, a Area) areaDetail {
	d := areaDetail{AreaView: viewArea(t, a), Path: RefsOf(t.Path(a.ID))}
	if !a.Shape.IsEmpty() {
		b := a.Shape.Bounds()
		d.Bounds = []float64{b.West, b.South, b.East, b.North}
		inside, _ := a.Shape.Inside()
		d.Lon, d.Lat = inside.Lon, inside.Lat
	}
	if p, ok := t.PatrolAreaOf(a.ID); ok {
		d.Patrol = &PatrolRef{p.ID, p.Code, p.Name, p.Kind, p.StationID}
	}
	return d
}

type areaQuery struct {
	Level  string `query:"level" enum:"city,district,street,community,grid,microgrid"`
	Kind   string `query:"kind" maxLength:"32" doc:"code of an area kind; none: general"`
	Parent string `query:"parent" maxLength:"40" doc:"id: areas right below it; root: areas without a parent"`
	Under  string `query:"under" maxLength:"40" doc:"id: areas anywhere below it"`
	Q      string `query:"q" maxLength:"100" doc:"words of the name, or the beginning of the code"`
	Sort   string `query:"sort" enum:"code,name,changed" doc:"code: by level and code; changed: the last change in front"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"500"`
}

// ByID is the input of a route that speaks of one item.
type ByID struct {
	ID string `path:"id" maxLength:"40"`
}

type newAreaBody struct {
	Code     string          `json:"code" doc:"unique within its level"`
	Name     string          `json:"name"`
	Level    Level           `json:"level" enum:"city,district,street,community,grid,microgrid"`
	Kind     string          `json:"kind,omitempty"`
	ParentID string          `json:"parent_id,omitempty"`
	Shape    json.RawMessage `json:"shape,omitempty" doc:"GeoJSON Polygon, MultiPolygon or Feature"`
	Datum    string          `json:"datum,omitempty" doc:"wgs84, cgcs2000, gcj02 or bd09; required with a shape"`
}

type areaPatch struct {
	ByID
	Body struct {
		Code    *string `json:"code,omitempty"`
		Name    *string `json:"name,omitempty"`
		Kind    *string `json:"kind,omitempty"`
		Version *int64  `json:"version,omitempty"`
	}
}

type areaCloseInput struct {
	ByID
	Body struct {
		Version *int64 `json:"version,omitempty"`
	}
}

func areaRoutes(a *web.API, s *Service) {
	web.Register(a, get("/api/v1/areas", "listAreas", "Areas by level, parent or name", mayRead),
		func(_ context.Context, in *areaQuery) (*itemsOf[AreaView], error) { return listAreas(s.Tree(), in) })

	web.Register(a, get("/api/v1/areas/{id}", "getArea", "An area with its path", mayRead),
		func(_ context.Context, in *ByID) (*body[areaDetail], error) {
			t := s.Tree()
			area, ok := t.Area(in.ID)
			if !ok {
				return nil, fault.Missing("area")
			}
			return &body[areaDetail]{viewDetail(t, area)}, nil
		})

	web.Register(a, get("/api/v1/areas/{id}/children", "listAreaChildren", "The areas right below one", mayRead),
		func(_ context.Context, in *ByID) (*itemsOf[AreaView], error) {
			t := s.Tree()
			if _, ok := t.Area(in.ID); !ok {
				return nil, fault.Missing("area")
			}
			return items(viewAreas(t, t.Children(in.ID))), nil
		})

	create := manage(http.MethodPost, "/api/v1/areas", "createArea", "Add an area, with or without a boundary")
	create.Status = http.StatusCreated
	web.Register(a, create, func(ctx context.Context, in *body[newAreaBody]) (*body[areaDetail], error) {
		b := in.Body
		area, err := s.CreateArea(ctx, web.Actor(ctx), NewArea{b.Code, b.Name, b.Level, b.Kind, b.ParentID, b.Shape, b.Datum})
		if err != nil {
			return nil, err
		}
		return &body[areaDetail]{viewDetail(s.Tree(), area)}, nil
	})

	web.Register(a, manage(http.MethodPatch, "/api/v1/areas/{id}", "updateArea", "Rename an area, change its code or kind"),
		func(ctx context.Context, in *areaPatch) (*body[areaDetail], error) {
			b := in.Body
			area, err := s.UpdateArea(ctx, web.Actor(ctx), in.ID, AreaChange{b.Code, b.Name, b.Kind, b.Version})
			if err != nil {
				return nil, shown(s.Tree(), err)
			}
			return &body[areaDetail]{viewDetail(s.Tree(), area)}, nil
		})

	shut := manage(http.MethodPost, "/api/v1/areas/{id}/close", "closeArea", "End an area that has none below it")
	shut.Status = http.StatusNoContent
	web.Register(a, shut, func(ctx context.Context, in *areaCloseInput) (*struct{}, error) {
		return nil, shown(s.Tree(), s.CloseArea(ctx, web.Actor(ctx), in.ID, in.Body.Version))
	})
}

func listAreas(t *Tree, in *areaQuery) (*itemsOf[AreaView], error) {
	f := Filter{Level: Level(in.Level), Parent: in.Parent, Under: in.Under, Q: in.Q, Limit: in.Limit}
	if in.Kind == "none" {
		f.Kind = new(string)
	} else if in.Kind != "" {
		f.Kind = &in.Kind
	}
	if in.Sort != "code" {
		f.Sort = Order(in.Sort)
	}
	last, err := page.Parse(in.Cursor, "areas"+string(f.Sort), 5)
	if err != nil {
		return nil, err
	}
	if last != nil {
		changed, err := strconv.ParseInt(last[4], 10, 64)
		if err != nil {
			return nil, fault.New(fault.Invalid, "request.cursor")
		}
		f.After = Area{Level: Level(last[0]), Code: last[1], ID: last[2], Name: last[3], UpdatedAt: changed}
	}
	list, more := t.List(f)
	out := items(viewAreas(t, list))
	if more {
		end := list[len(list)-1]
		out.Body.Next = page.Cursor("areas"+string(f.Sort), string(end.Level), end.Code, end.ID, end.Name, strconv.FormatInt(end.UpdatedAt, 10))
	}
	return out, nil
}
