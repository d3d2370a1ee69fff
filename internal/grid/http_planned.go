package grid

import (
	"context"
	"encoding/json"
	"net/http"

	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/geo"
	"gezhi/internal/kit/page"
	"gezhi/internal/kit/web"
)

type redrawPartBody struct {
	Keep string `json:"keep,omitempty" doc:"id of the area that stays with its code, name, kind and posts"`
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
	Kind string `json:"kind,omitempty"`
}

type redrawMoveBody struct {
	From []float64 `json:"from" minItems:"2" maxItems:"2" doc:"longitude and latitude of a place on a border, WGS-84"`
	To   []float64 `json:"to,omitempty" minItems:"2" maxItems:"2"`
	Drop bool      `json:"drop,omitempty" doc:"take the corner out"`
}

// RedrawDraftBody is a draft as it is sent. It is exported because the API document shows embedded fields of exported
// types only.
type RedrawDraftBody struct {
	Kind   DraftKind        `json:"kind" enum:"new,split,merge,border,parent"`
	Areas  []string         `json:"areas,omitempty" maxItems:"2000" doc:"ids; split: the one; merge and parent: all"`
	Parent string           `json:"parent,omitempty" doc:"id; new and parent"`
	Level  Level            `json:"level,omitempty" enum:"city,district,street,community,grid,microgrid" doc:"new"`
	Line   [][]float64      `json:"line,omitempty" maxItems:"2000" doc:"split: positions in WGS-84"`
	Shape  json.RawMessage  `json:"shape,omitempty" doc:"new: GeoJSON in WGS-84"`
	Fit    bool             `json:"fit,omitempty" doc:"new: leave out what lies outside the parent or in a neighbour"`
	Parts  []redrawPartBody `json:"parts,omitempty" maxItems:"12" doc:"what comes of it; split: the largest piece first"`
	Moves  []redrawMoveBody `json:"moves,omitempty" maxItems:"2000" doc:"border"`
}

type redrawPlanBody struct {
	RedrawDraftBody
	At   int64  `json:"at,omitempty" doc:"unix ms at which it takes effect; none or past: now"`
	Note string `json:"note,omitempty" maxLength:"500"`
}

func (b RedrawDraftBody) draft() (Draft, error) {
	d := Draft{Kind: b.Kind, Areas: b.Areas, Parent: b.Parent, Level: b.Level, Shape: b.Shape, Fit: b.Fit}
	var f fault.Fields
	for i, p := range b.Line {
		if len(p) != 2 {
			f.Add("line["+itoa(i)+"]", "position.range")
			continue
		}
		d.Line = append(d.Line, geo.Point{Lon: p[0], Lat: p[1]})
	}
	for i, m := range b.Moves {
		move := VertexMove{From: geo.Point{Lon: m.From[0], Lat: m.From[1]}, Drop: m.Drop}
		switch {
		case len(m.To) == 2:
			move.To = geo.Point{Lon: m.To[0], Lat: m.To[1]}
		case m.Drop:
			move.To = move.From
		default:
			f.Add("moves["+itoa(i)+"].to", "field.required")
		}
		d.Moves = append(d.Moves, move)
	}
	for _, p := range b.Parts {
		d.Parts = append(d.Parts, Part(p))
	}
	return d, f.Err()
}

type redrawReasonView struct {
	Code   string         `json:"code,omitempty" doc:"translation key errors.<code>"`
	Params map[string]any `json:"params,omitempty"`
	Errors []fault.Field  `json:"errors,omitempty"`
	Text   string         `json:"text,omitempty"`
}

type redrawByView struct {
	ID   string `json:"id,omitempty" doc:"account; none: the program"`
	Name string `json:"name"`
}

// PlannedRedrawView is a redraw in lists.
type PlannedRedrawView struct {
	ID        string            `json:"id"`
	Kind      DraftKind         `json:"kind" enum:"new,split,merge,border,parent"`
	State     RedrawState       `json:"state" enum:"planned,applied,withdrawn,stopped"`
	Note      string            `json:"note,omitempty"`
	Names     []string          `json:"names" nullable:"false" doc:"of the areas that it changes, ends or begins"`
	EffectAt  int64             `json:"effect_at"`
	CreatedAt int64             `json:"created_at"`
	CreatedBy redrawByView      `json:"created_by"`
	EndedAt   int64             `json:"ended_at,omitempty"`
	EndedBy   *redrawByView     `json:"ended_by,omitempty"`
	Reason    *redrawReasonView `json:"reason,omitempty" doc:"why it was stopped or withdrawn"`
}

type redrawFeature struct {
	Name     string          `json:"name"`
	Begins   bool            `json:"begins"`
	Geometry json.RawMessage `json:"geometry"`
}

type redrawDetailView struct {
	PlannedRedrawView
	Shapes []redrawFeature `json:"shapes" nullable:"false" doc:"boundaries as they shall be, WGS-84"`
}

func viewRedraw(r PlannedRedraw) PlannedRedrawView {
	v := PlannedRedrawView{
		ID: r.ID, Kind: r.Kind, State: r.State, Note: r.Note, Names: some(r.Plan.Names), EffectAt: r.EffectAt, CreatedAt: r.CreatedAt,
		CreatedBy: redrawByView{r.CreatedBy, r.Creator}, EndedAt: r.EndedAt,
	}
	if r.State != RedrawPlanned {
		v.EndedBy = &redrawByView{r.EndedBy, r.Ender}
	}
	if r.Reason.Code != "" || r.Reason.Text != "" {
		why := redrawReasonView{r.Reason.Code, r.Reason.Params, r.Reason.Fields, r.Reason.Text}
		v.Reason = &why
	}
	return v
}

func viewRedrawDetail(r PlannedRedraw) redrawDetailView {
	v := redrawDetailView{PlannedRedrawView: viewRedraw(r), Shapes: []redrawFeature{}}
	names := map[string]string{}
	for _, e := range r.Plan.Expect {
		names[e.AreaID] = e.Name
	}
	for _, x := range r.Plan.Do.Shapes {
		v.Shapes = append(v.Shapes, redrawFeature{Name: names[x.AreaID], Geometry: x.Shape})
	}
	for _, x := range r.Plan.Do.Begins {
		if len(x.Shape) > 0 {
			v.Shapes = append(v.Shapes, redrawFeature{Name: x.Name, Begins: true, Geometry: x.Shape})
		}
	}
	return v
}

type redrawsQuery struct {
	State  string `query:"state" enum:"planned,applied,withdrawn,stopped"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"200"`
}

type withdrawInput struct {
	ByID
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500"`
	}
}

func plannedRoutes(a *web.API, s *Service) {
	web.Register(a, get("/api/v1/redraws", "listRedraws", "Redraws of areas: planned, applied, withdrawn, stopped; the newest first", mayManage),
		func(ctx context.Context, in *redrawsQuery) (*itemsOf[PlannedRedrawView], error) {
			last, err := page.Parse(in.Cursor, "redraws", 1)
			if err != nil {
				return nil, err
			}
			before := ""
			if last != nil {
				before = last[0]
			}
			limit := page.Limit(in.Limit)
			list, err := s.Redraws(ctx, RedrawState(in.State), before, limit+1)
			if err != nil {
				return nil, err
			}
			out := items[PlannedRedrawView](nil)
			if len(list) > limit {
				list = list[:limit]
				out.Body.Next = page.Cursor("redraws", list[limit-1].ID)
			}
			for _, r := range list {
				out.Body.Items = append(out.Body.Items, viewRedraw(r))
			}
			return out, nil
		})

	preview := manage(http.MethodPost, "/api/v1/redraws/preview", "previewRedraw", "What a redraw would do, with nothing changed")
	preview.NoKeep = true
	web.Register(a, preview, func(ctx context.Context, in *body[RedrawDraftBody]) (*body[redrawPreviewView], error) {
		d, err := in.Body.draft()
		if err != nil {
			return nil, err
		}
		p, err := s.PreviewRedraw(ctx, web.Actor(ctx), d)
		if err != nil {
			return nil, err
		}
		return &body[redrawPreviewView]{viewPreview(p)}, nil
	})

	create := manage(http.MethodPost, "/api/v1/redraws", "planRedraw", "Plan a redraw for now or for an instant")
	create.Status = http.StatusCreated
	web.Register(a, create, func(ctx context.Context, in *body[redrawPlanBody]) (*body[redrawDetailView], error) {
		d, err := in.Body.draft()
		if err != nil {
			return nil, err
		}
		r, err := s.PlanRedraw(ctx, web.Actor(ctx), d, in.Body.At, in.Body.Note)
		if err != nil {
			return nil, shown(s.Tree(), err)
		}
		return &body[redrawDetailView]{viewRedrawDetail(r)}, nil
	})

	web.Register(a, get("/api/v1/redraws/{id}", "getRedraw", "A redraw with its boundaries", mayManage),
		func(ctx context.Context, in *ByID) (*body[redrawDetailView], error) {
			r, err := s.RedrawByID(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &body[redrawDetailView]{viewRedrawDetail(r)}, nil
		})

	web.Register(a, manage(http.MethodPost, "/api/v1/redraws/{id}/withdraw", "withdrawRedraw", "Take a planned redraw back"),
		func(ctx context.Context, in *withdrawInput) (*body[redrawDetailView], error) {
			r, err := s.WithdrawRedraw(ctx, web.Actor(ctx), in.ID, in.Body.Reason)
			if err != nil {
				return nil, err
			}
			return &body[redrawDetailView]{viewRedrawDetail(r)}, nil
		})
}
