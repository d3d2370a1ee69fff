package grid

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"gezhi/internal/kit/web"
)

type areaReshape struct {
	AreaID  string          `json:"area_id"`
	Shape   json.RawMessage `json:"shape"`
	Version *int64          `json:"version,omitempty"`
	From    []string        `json:"from,omitempty" maxItems:"100" doc:"ids of the areas that it takes in"`
}

type areaBegin struct {
	Code     string          `json:"code"`
	Name     string          `json:"name"`
	Level    Level           `json:"level" enum:"city,district,street,community,grid,microgrid"`
	Kind     string          `json:"kind,omitempty"`
	ParentID string          `json:"parent_id,omitempty" doc:"an id, or begins[N]"`
	Shape    json.RawMessage `json:"shape,omitempty"`
	From     []string        `json:"from,omitempty" maxItems:"100" doc:"ids of the areas that it was made from"`
}

type areaMove struct {
	AreaID   string `json:"area_id"`
	ParentID string `json:"parent_id,omitempty" doc:"an id, or begins[N]"`
}

type areaRedrawBody struct {
	Datum  string        `json:"datum,omitempty" doc:"of all shapes: wgs84, cgcs2000, gcj02 or bd09; required with one"`
	Source string        `json:"source,omitempty"`
	At     int64         `json:"at,omitempty" doc:"unix ms; none: now"`
	Shapes []areaReshape `json:"shapes,omitempty" maxItems:"1000" doc:"areas that stay and get another boundary"`
	Begins []areaBegin   `json:"begins,omitempty" maxItems:"1000" doc:"new areas"`
	Moves  []areaMove    `json:"moves,omitempty" maxItems:"1000" doc:"areas that get another parent"`
	Ends   []string      `json:"ends,omitempty" maxItems:"1000" doc:"ids of areas that end"`
}

func (b areaRedrawBody) redrawing() Redrawing {
	r := Redrawing{Datum: b.Datum, Source: b.Source, At: b.At, Ends: b.Ends}
	for _, x := range b.Shapes {
		r.Shapes = append(r.Shapes, Reshape(x))
	}
	for _, x := range b.Begins {
		r.Begins = append(r.Begins, Begin(x))
	}
	for _, x := range b.Moves {
		r.Moves = append(r.Moves, Move(x))
	}
	return r
}

type areaRedrawView struct {
	Begun     []AreaView            `json:"begun" nullable:"false"`
	Changed   []string              `json:"changed" nullable:"false" doc:"ids of areas whose incidents may belong elsewhere now"`
	Tolerated []topologyFindingView `json:"tolerated" nullable:"false"`
}

type importInput struct {
	Datum       string  `query:"datum" maxLength:"20" doc:"wgs84, cgcs2000, gcj02 or bd09; required"`
	Level       string  `query:"level" maxLength:"20"`
	LevelField  string  `query:"level_field" maxLength:"60"`
	CodeField   string  `query:"code_field" maxLength:"60"`
	NameField   string  `query:"name_field" maxLength:"60"`
	ParentField string  `query:"parent_field" maxLength:"60"`
	KindField   string  `query:"kind_field" maxLength:"60"`
	Kind        string  `query:"kind" maxLength:"32"`
	Parent      string  `query:"parent" maxLength:"40" doc:"id or code of the parent of features that name none"`
	CityCode    string  `query:"city_code" maxLength:"32"`
	CityName    string  `query:"city_name" maxLength:"100"`
	Width       float64 `query:"tolerance_width" default:"1" minimum:"0" maximum:"1000" doc:"metres"`
	Size        float64 `query:"tolerance_m2" default:"10" minimum:"0" maximum:"10000000"`
	Partial     bool    `query:"partial" doc:"the file draws only some areas: gaps are reported, not refused"`
	Source      string  `query:"source" maxLength:"200"`
	DryRun      bool    `query:"dry_run" doc:"check and report only"`
	RawBody     []byte  `contentType:"application/geo+json"`
}

func (in *importInput) options() ImportOptions {
	return ImportOptions{
		Datum: in.Datum, Level: Level(in.Level), LevelField: in.LevelField, CodeField: in.CodeField, NameField: in.NameField,
		ParentField: in.ParentField, KindField: in.KindField, Kind: in.Kind, Parent: in.Parent, CityCode: in.CityCode,
		CityName: in.CityName, Tolerance: &Tolerance{in.Width, in.Size}, Partial: in.Partial, Source: in.Source, DryRun: in.DryRun,
	}
}

type areaImportView struct {
	Total     int                   `json:"total"`
	Created   int                   `json:"created"`
	Redrawn   int                   `json:"redrawn"`
	Renamed   int                   `json:"renamed"`
	Moved     int                   `json:"moved"`
	Unchanged int                   `json:"unchanged"`
	Roots     []string              `json:"roots" nullable:"false" doc:"codes of districts whose city is not known"`
	Tolerated []topologyFindingView `json:"tolerated" nullable:"false"`
}

func redrawRoutes(a *web.API, s *Service) {
	web.Register(a, manage(http.MethodPost, "/api/v1/areas/redraw", "redrawAreas", "Reshape, merge, split or move areas at one instant"),
		func(ctx context.Context, in *body[areaRedrawBody]) (*body[areaRedrawView], error) {
			rep, err := s.Redraw(ctx, web.Actor(ctx), in.Body.redrawing())
			if err != nil {
				return nil, shown(s.Tree(), err)
			}
			return &body[areaRedrawView]{areaRedrawView{viewAreas(s.Tree(), rep.Begun), some(rep.Changed), viewFindings(rep.Tolerated)}}, nil
		})

	load := manage(http.MethodPost, "/api/v1/areas/import", "importAreas", "Read areas from GeoJSON; codes that exist are redrawn")
	load.MaxBody = 64 << 20
	web.Register(a, load, func(ctx context.Context, in *importInput) (*body[areaImportView], error) {
		rep, err := s.ImportAreas(ctx, web.Actor(ctx), bytes.NewReader(in.RawBody), in.options())
		if err != nil {
			return nil, err
		}
		return &body[areaImportView]{areaImportView{
			rep.Total, rep.Created, rep.Redrawn, rep.Renamed, rep.Moved, rep.Unchanged, some(rep.Roots), viewFindings(rep.Tolerated),
		}}, nil
	})
}

// some makes an empty list of none, which JSON tells apart.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
